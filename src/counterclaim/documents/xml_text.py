"""The texts of XML, mapped to its characters, and the paragraphs of what is written in it.

Of references there are those of XML, those by number, and the names of HTML, which feeds use without
declaring them; any other name stays as it is written.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping
from html.entities import html5

from counterclaim.documents.blocks import Page, Piece, read_blocks
from counterclaim.documents.composing import words_of
from counterclaim.documents.decoding import Decoded, decode
from counterclaim.documents.elements import VOID
from counterclaim.documents.mapping import visible
from counterclaim.documents.markup import Token
from counterclaim.model import Capture, InputError
from counterclaim.model.errors import Messages
from counterclaim.sources.xml_parsing import Element, XmlRefused, XmlTree, declared_in, parse_xml

_REFERENCE = re.compile(r"&(?:#(?:[0-9]{1,7}|[xX][0-9a-fA-F]{1,6})|[a-zA-Z][a-zA-Z0-9]{0,31});")
NO_NAMES: Mapping[str, str] = {}


def read_xml(capture: Capture, spaces: dict[str, str] | None = None) -> tuple[XmlTree, Decoded]:
    """Decode and parse the XML of a capture.

    ``spaces`` gives namespaces by prefix for those that are not declared. Raises InputError where it is
    empty, no XML, or XML that is refused.
    """
    declared = capture.encoding or declared_in(capture.content[:400].decode("latin-1"))
    decoded = decode(capture.name, capture.content, declared)
    if not decoded.source.strip("\ufeff \t\r\n\f\v"):
        raise InputError(Messages.input_empty(capture.name))
    try:
        return parse_xml(decoded.source, spaces), decoded
    except XmlRefused as error:
        raise InputError(Messages.xml_refused(capture.name, str(error))) from error


def xml_references(source: str, start: int, end: int) -> Iterator[tuple[int, int, str]]:
    """Give the references in ``source[start:end]``: start, end and the characters meant."""
    for match in _REFERENCE.finditer(source, start, end):
        written = match.group()
        if written.startswith("&#"):
            meant = html.unescape(written)
            yield match.start(), match.end(), meant if meant.strip("\0") else "\ufffd"
        elif written[1:] in html5:
            yield match.start(), match.end(), html5[written[1:]]


def pieces_of(tree: XmlTree, element: Element | None) -> list[Piece]:
    """Return the text of an element and all below it as pieces, white space as it is."""
    pieces: list[Piece] = []
    for token in tree.tokens[element.first : element.last] if element else ():
        if token.name:
            continue
        position = token.start
        found = () if token.literal else xml_references(tree.source, token.start, token.end)
        for start, end, meant in found:
            if start > position:
                pieces.append((tree.source[position:start], position, start - position))
            pieces.append((meant, start, end - start))
            position = end
        if token.end > position:
            pieces.append((tree.source[position : token.end], position, token.end - position))
    return pieces


def words(tree: XmlTree, element: Element | None) -> str:
    """Return the text of an element with white space folded; empty where there is none."""
    return visible(words_of(pieces_of(tree, element))) if element else ""


def page_of(tree: XmlTree, element: Element, names: Mapping[str, str] = NO_NAMES) -> Page:
    """Read the blocks of text within an element.

    ``names`` gives the names that HTML has for elements of other vocabularies.
    """
    given = (
        Token(
            names.get(token.name, token.name),
            token.opens,
            token.start,
            token.end,
            tree.source[token.start : token.end] if token.opens else "",
            None,
            token.literal,
        )
        for token in tree.tokens[element.first + 1 : element.last - 1]
        if token.opens or token.name not in VOID
    )
    return read_blocks(tree.source, given, xml_references)
