"""The paragraphs of a body: of HTML, of HTML that stands escaped in something else, of plain text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from counterclaim.documents.blocks import Page, Piece, read_page
from counterclaim.documents.composing import folded, joined, through
from counterclaim.documents.region import is_furniture
from counterclaim.model import OffsetMap

_MARKUP = re.compile(
    r"</?[a-zA-Z][a-zA-Z0-9]*(?:\s[^<>]*)?/?>|&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z]\w{1,31});"
)
_TAG = re.compile(
    r"</?(?:p|br|div|span|a|b|i|em|strong|ul|ol|li|h[1-6]|img|blockquote|table|figure|hr|q)\b", re.IGNORECASE
)
_SYNDICATED = re.compile(r"The post .{1,300} appeared first on .{1,120}\.")
_BLANK = re.compile(r"\n[ \t]*\n\s*")
_WRAPPED = 120
"""A text without empty lines whose longest line has more characters has a paragraph a line."""


def page_parts(page: Page) -> list[list[Piece]]:
    """Return the paragraphs of a page that holds a report alone: what stands beside it is left out.

    That is captions, asides, forms, advertisements, and the line by which blog software names the feed.
    """
    blocks = [block for block in page.blocks if not block.margin and not is_furniture(block)]
    blocks = blocks or [block for block in page.blocks if not block.margin] or page.blocks
    return [
        block.pieces
        for index, block in enumerate(blocks)
        if index == 0 or not _SYNDICATED.fullmatch(" ".join(block.text.split()))
    ]


def html_parts(pieces: Iterable[Piece]) -> list[list[Piece]]:
    """Return the paragraphs of HTML that is given as pieces of the source in which it stands escaped."""
    source, outer = joined(pieces)
    return [list(through(part, outer)) for part in page_parts(read_page(source))]


def plain_parts(pieces: Iterable[Piece]) -> list[list[Piece]]:
    r"""Return the paragraphs of plain text that is given as pieces of the source in which it stands.

    They are parted by empty lines; where there are none and lines are long, each line is one. Lines
    within a paragraph stay, with ``\n`` as their end.
    """
    text, outer = joined(pieces)
    breaks = [match.span() for match in _BLANK.finditer(text.replace("\r", " "))]
    if not breaks and max(map(len, text.splitlines()), default=0) > _WRAPPED:
        breaks = [match.span() for match in re.finditer(r"\s*[\r\n]\s*", text)]
    starts = [0, *(end for _, end in breaks)]
    ends = [*(start for start, _ in breaks), len(text)]
    return [
        part for start, end in zip(starts, ends, strict=True) if (part := _stretch(text, start, end, outer))
    ]


def mixed_parts(pieces: Sequence[Piece]) -> list[list[Piece]]:
    """Return the paragraphs of a text that is HTML or plain, as its words tell."""
    source = "".join(piece[0] for piece in pieces)
    return html_parts(pieces) if _TAG.search(source) or _MARKUP.search(source) else plain_parts(pieces)


def line_of(pieces: Sequence[Piece]) -> list[Piece]:
    """Return a headline, which may be HTML, as one line."""
    source = "".join(piece[0] for piece in pieces)
    if _MARKUP.search(source):
        found: list[Piece] = []
        for part in html_parts(pieces):
            if found:
                found.append((" ", found[-1][1] + found[-1][2], 0))
            found += part
        return found
    return folded(pieces)


def _stretch(text: str, start: int, end: int, outer: OffsetMap) -> list[Piece]:
    """Return ``text[start:end]`` without white space at its ends, and without carriage returns."""
    words = text[start:end]
    start += len(words) - len(words.lstrip())
    end = start + len(words.strip())
    parts: list[Piece] = []
    for match in re.finditer(r"\r\n?|[^\r]+", text[start:end]):
        part, place = match.group(), start + match.start()
        parts.append(("\n", place, len(part)) if part.startswith("\r") else (part, place, len(part)))
    return list(through(parts, outer))
