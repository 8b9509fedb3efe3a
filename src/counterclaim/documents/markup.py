"""HTML to a sequence of tags and stretches of text, each with its exact place in the source.

The states of the WHATWG tokenizer that matter for text (data, tag, attribute value, comment,
bogus comment, raw text) as regular expressions without backtracking: the work grows linearly with
the page, whatever it holds. (Python's ``html.parser`` has the positions too, but takes quadratic
time on unclosed comments and tags up to 3.11.13.) Offsets count characters of the decoded source.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from html.entities import html5
from typing import NamedTuple

_MARKUP = re.compile(r"<(?=[a-zA-Z/!?])")
_START = re.compile(
    r"""<(?P<name>[a-zA-Z][^\s/>]*+)(?P<attributes>(?:[^>="']++|=\s*+"[^"]*+"|=\s*+'[^']*+'|[="'])*+)>"""
)
_END = re.compile(r"""</(?P<name>[a-zA-Z][^\s/>]*+)[^>]*+>""")
_ATTRIBUTE = re.compile(
    r"""(?P<name>[^\s=/>"'][^\s=/>]*+)(?:\s*+=\s*+(?:"(?P<double>[^"]*+)"|'(?P<single>[^']*+)'|(?P<bare>[^\s>]*+)))?"""
)
_COMMENT_END = re.compile("--!?>")
_REFERENCE = re.compile(r"&(?:#(?:[0-9]{1,9}|[xX][0-9a-fA-F]{1,8});?|[a-zA-Z][a-zA-Z0-9]{0,31};?)")
_RAW = ("script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes")
_RAW_END = {name: re.compile(rf"</{name}(?=[\s/>])", re.IGNORECASE) for name in _RAW}


class Token(NamedTuple):
    """A tag, a stretch of text, or the raw content of an element such as ``script``.

    ``name`` is the element's name in lower case, empty for text; ``opens`` tells a start tag from
    an end tag. ``raw`` gives the place of the raw content after a start tag, where it has one.
    ``literal`` is True for text in which nothing is a reference (a CDATA section of XML).
    """

    name: str
    opens: bool
    start: int
    end: int
    attributes: str = ""
    raw: tuple[int, int] | None = None
    literal: bool = False


def tokens(source: str) -> Iterator[Token]:
    """Give the tags and texts of a page in order; comments and declarations are left out.

    What follows an unclosed comment, or a tag that no ``>`` ends, is dropped, as browsers do.
    """
    position, length = 0, len(source)
    while position < length:
        match = _MARKUP.search(source, position)
        start = match.start() if match else length
        if start > position:
            yield Token("", False, position, start)
        if start == length:
            return
        if source.startswith("<!--", start):
            position = _after_comment(source, start)
        elif tag := _START.match(source, start):
            name = tag.group("name").lower()
            position = tag.end()
            raw = None
            if name in _RAW_END:
                end = _RAW_END[name].search(source, position)
                raw = (position, end.start() if end else length)
                position = raw[1]
            yield Token(name, True, start, tag.end(), tag.group("attributes"), raw)
        elif tag := _END.match(source, start):
            yield Token(tag.group("name").lower(), False, start, tag.end())
            position = tag.end()
        elif source[start + 1] in "!?/":
            position = source.find(">", start) + 1 or length
        else:
            return


def _after_comment(source: str, start: int) -> int:
    if source.startswith((">", "->"), start + 4):
        return source.index(">", start) + 1
    end = _COMMENT_END.search(source, start + 4)
    return end.end() if end else len(source)


def attributes(raw: str) -> dict[str, str]:
    """Return the attributes of a start tag, names in lower case; of a name given twice the first."""
    found: dict[str, str] = {}
    for match in _ATTRIBUTE.finditer(raw):
        value = match.group("double") or match.group("single") or match.group("bare") or ""
        found.setdefault(match.group("name").lower(), html.unescape(value))
    return found


def references(source: str, start: int, end: int) -> Iterator[tuple[int, int, str]]:
    """Give the character references in ``source[start:end]``: start, end and the characters meant.

    By the rules of the HTML standard for text: an old name counts without its semicolon even where
    letters follow (``&ampfoo``), an unknown name is no reference.
    """
    for match in _REFERENCE.finditer(source, start, end):
        name = match.group()[1:]
        if name.startswith("#"):
            meant = html.unescape(match.group())
            yield match.start(), match.end(), meant if meant.strip("\0") else "\ufffd"
            continue
        for size in range(len(name), 1, -1):
            if name[:size] in html5:
                yield match.start(), match.start() + 1 + size, html5[name[:size]]
                break
