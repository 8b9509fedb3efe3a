"""The blocks of text of a page (paragraphs, headings, list items, cells), mapped to its source."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from counterclaim.documents.elements import BLOCKS, MARGIN, MARGIN_ROLES, UNSEEN, VOID, is_hidden
from counterclaim.documents.markup import Token, attributes, references, tokens

Piece = tuple[str, int, int]
"""Characters of a text, and the place (start, length) of the source that they were made from."""

References = Callable[[str, int, int], Iterator[tuple[int, int, str]]]
"""Gives the character references of a stretch of the source, as :func:`markup.references` does."""

# A single space between two characters is no fold: it is copied with the words around it.
_FOLDED = re.compile(
    "(?: (?=$)|[^\\S ]| [\\s\u00ad\u200b\ufeff\0]|[\u00ad\u200b\ufeff\0])[\\s\u00ad\u200b\ufeff\0]*+"
)
_DROPPED = "\u00ad\u200b\ufeff\0"


class Block(NamedTuple):
    """One block: its text with white space folded, and where it stands in the page.

    ``parent`` numbers the element that holds the block's own element; ``linked`` counts the
    characters inside links; ``margin`` is True inside navigation, asides, figures, forms and such.
    """

    text: str
    pieces: list[Piece]
    name: str
    classes: str
    parent: int
    linked: int
    margin: bool
    article: bool


class Page(NamedTuple):
    """What one pass over the source of a page gives.

    ``heads`` are the tags that carry metadata (``meta``, ``link``, ``time``, ``html``),
    ``structured`` the raw contents of its JSON-LD, ``depth`` the deepest nesting, ``size`` the
    number of tags, ``bulk`` the places that hold no text (scripts, styles).
    """

    blocks: list[Block]
    heads: list[tuple[str, dict[str, str]]]
    structured: list[str]
    title: str
    depth: int
    size: int
    bulk: list[tuple[int, int]]


class _Element(NamedTuple):
    name: str
    number: int
    unseen: bool
    margin: bool
    link: bool
    article: bool
    classes: str


_ROOT = _Element("", 0, False, False, False, False, "")


class _Collector:
    def __init__(
        self, source: str, *, show_hidden: bool = False, references_in: References = references
    ) -> None:
        self.source = source
        self._references = references_in
        self._show_hidden = show_hidden
        self.page = Page([], [], [], "", 0, 0, [])
        self._open: list[_Element] = [_ROOT]
        self._counts: Counter[str] = Counter()
        self._pieces: list[Piece] = []
        self._pending: Piece | None = None
        self._breaks = 0
        self._linked = 0
        self._number = 0
        self._depth = 0
        self._size = 0
        self._title = ""

    def collect(self, given: Iterable[Token]) -> Page:
        for token in given:
            if not token.name:
                self._text(token)
            elif token.opens:
                self._start(token)
            else:
                self._end(token)
        self._flush()
        return self.page._replace(title=self._title, depth=self._depth, size=self._size)

    def _start(self, token: Token) -> None:
        name = token.name
        self._size += 1
        if token.raw:
            self._raw(token, *token.raw)
        if name in ("meta", "link", "time", "html"):
            self.page.heads.append((name, attributes(token.attributes)))
        if name in BLOCKS:
            self._flush()
            if self._open[-1].name == "p" or (
                name == self._open[-1].name and name in ("li", "td", "dd", "dt")
            ):
                self._pop()
        if name == "br":
            self._break(token)
        elif name == "q":
            self._mark("“", token)
        if name not in VOID:
            self._push(token)

    def _push(self, token: Token) -> None:
        above = self._open[-1]
        name = token.name
        given = attributes(token.attributes) if token.attributes and not above.unseen else {}
        self._number += 1
        self._counts[name] += 1
        marks = [given[key] for key in ("class", "itemprop", "data-testid", "id") if given.get(key)]
        self._open.append(
            _Element(
                name,
                self._number,
                above.unseen or name in UNSEEN or (not self._show_hidden and is_hidden(given)),
                above.margin or name in MARGIN or given.get("role") in MARGIN_ROLES,
                above.link or (name == "a" and "href" in given),
                above.article or name in ("article", "main") or given.get("itemprop") == "articleBody",
                " ".join(marks),
            )
        )
        self._depth = max(self._depth, len(self._open))

    def _end(self, token: Token) -> None:
        name = token.name
        if name in BLOCKS or name == "br":
            self._flush()
        if not self._counts[name]:
            return
        if name == "q":
            self._mark("”", token)
        while self._open[-1].name != name:
            self._pop()
        self._pop()

    def _pop(self) -> None:
        self._counts[self._open.pop().name] -= 1

    def _raw(self, token: Token, start: int, end: int) -> None:
        if token.name == "title":
            self._title = self._title or " ".join(self.source[start:end].split())
        elif "ld+json" in token.attributes.lower():
            self.page.structured.append(self.source[start:end])
        else:
            self.page.bulk.append((start, end))

    def _text(self, token: Token) -> None:
        if self._open[-1].unseen:
            return
        start, end = token.start, token.end
        position = start
        found = () if token.literal else self._references(self.source, start, end)
        for reference_start, reference_end, meant in found:
            self._stretch(position, reference_start)
            size = reference_end - reference_start
            if meant in _DROPPED:
                pass
            elif meant.isspace():
                self._space(reference_start, size)
            else:
                self._add((meant, reference_start, size))
            position = reference_end
        self._stretch(position, end)

    def _stretch(self, start: int, end: int) -> None:
        if start < end and self.source[start] == " ":
            self._space(start, 1)
            start += 1
        position = start
        for match in _FOLDED.finditer(self.source, start, end):
            if match.start() > position:
                self._add((self.source[position : match.start()], position, match.start() - position))
            if match.group().strip(_DROPPED):
                self._space(match.start(), match.end() - match.start())
            position = match.end()
        if end > position:
            self._add((self.source[position:end], position, end - position))

    def _space(self, start: int, length: int) -> None:
        if self._pieces and self._pending is None:
            self._pending = (" ", start, length)

    def _break(self, token: Token) -> None:
        self._breaks += 1
        if self._breaks > 1:
            self._flush()
        elif self._pieces:
            self._pending = ("\n", token.start, token.end - token.start)

    def _mark(self, mark: str, token: Token) -> None:
        if not self._open[-1].unseen:
            self._add((mark, token.start, token.end - token.start))

    def _add(self, piece: Piece) -> None:
        self._breaks = 0
        if self._pending:
            self._pieces.append(self._pending)
            self._pending = None
        self._pieces.append(piece)
        if self._open[-1].link:
            self._linked += len(piece[0])

    def _flush(self) -> None:
        if self._pieces:
            here = next(
                (element for element in reversed(self._open[-8:]) if element.name in BLOCKS), self._open[-1]
            )
            index = self._open.index(here, max(0, len(self._open) - 8))
            parent = self._open[index - 1].number if index else 0
            text = "".join(piece[0] for piece in self._pieces)
            self.page.blocks.append(
                Block(
                    text,
                    self._pieces,
                    here.name,
                    here.classes,
                    parent,
                    self._linked,
                    here.margin,
                    here.article,
                )
            )
        self._pieces, self._pending, self._linked, self._breaks = [], None, 0, 0


def read_page(source: str, *, show_hidden: bool = False) -> Page:
    """Read the blocks and the metadata tags of a page; hidden content is left out.

    White space (no-break spaces too) is folded to one space, ``br`` becomes a line end and two in a
    row end the block, soft hyphens and zero-width spaces are left out, ``q`` gives the quotation
    marks that a browser shows. ``show_hidden`` is for pages that a script is to uncover as a whole.
    Never raises, and takes time in proportion to the source.
    """
    return _Collector(source, show_hidden=show_hidden).collect(tokens(source))


def read_blocks(source: str, given: Iterable[Token], references_in: References) -> Page:
    """Read the blocks of what is no page of HTML but has the same elements: XHTML within XML, say.

    ``given`` are the tags and texts of ``source`` with the names that HTML has for them.
    """
    return _Collector(source, references_in=references_in).collect(given)
