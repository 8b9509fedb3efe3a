"""Pieces of text through several hands: HTML that stands escaped in XML or JSON, mapped to the outermost.

A piece is some characters and the place (start, length) of the characters that they were made from: the
same character by character where both lengths are equal, otherwise made as a whole.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence

from counterclaim.documents.blocks import Piece
from counterclaim.documents.mapping import TextBuilder
from counterclaim.model import OffsetMap

BREAK = "\n\n"
Place = tuple[int, int]


def joined(pieces: Iterable[Piece]) -> tuple[str, OffsetMap]:
    """Return the text that the pieces make, and its map."""
    builder = TextBuilder()
    for text, start, length in pieces:
        builder.replace(text, start, length)
    return builder.build()


def through(pieces: Iterable[Piece], outer: OffsetMap) -> Iterator[Piece]:
    """Give the pieces, made from a text that has the map ``outer``, as made from that map's source.

    Exact where both are exact, character by character; where either was made as a whole, as a whole.
    """
    if not outer.runs:
        yield from pieces
        return
    behind = 0
    for text, start, length in pieces:
        if not length:  # inserted
            yield text, behind, 0
            continue
        first, behind = outer.to_source(start, start + length)
        if len(text) == length:
            yield from _exact(text, start, outer)
        else:
            yield from _whole(text, first, behind - first)


def _exact(text: str, start: int, outer: OffsetMap) -> Iterator[Piece]:
    index = bisect_right(outer.runs, start, key=lambda run: run.text_start) - 1
    done = 0
    while done < len(text):
        run = outer.runs[index]
        index += 1
        skipped = start + done - run.text_start
        part = text[done : done + run.text_length - skipped]
        done += len(part)
        if run.text_length == run.source_length:
            yield part, run.source_start + skipped, len(part)
        elif run.source_length:
            yield from _whole(part, run.source_start, run.source_length)


def _whole(text: str, start: int, length: int) -> Iterator[Piece]:
    """Give a piece made as a whole; where the lengths happen to be equal, by single characters."""
    if len(text) != length or length == 1:
        yield text, start, length
        return
    for character in text:
        yield character, start, length


def compose(parts: Sequence[Sequence[Piece]]) -> tuple[str, OffsetMap, list[Place]]:
    """Join parts (headline, paragraphs) by empty lines: the text, its map, and the place of each part."""
    builder = TextBuilder()
    places = []
    for pieces in parts:
        if builder.length:
            builder.insert(BREAK)
        start = builder.length
        for text, source_start, source_length in pieces:
            builder.replace(text, source_start, source_length)
        places.append((start, builder.length))
    text, offsets = builder.build()
    return text, offsets, places


def words_of(pieces: Iterable[Piece]) -> str:
    """Return the text of pieces with white space folded."""
    return " ".join("".join(piece[0] for piece in pieces).split())


def folded(pieces: Iterable[Piece]) -> list[Piece]:
    """Fold the white space of pieces: every stretch becomes one space, none at the ends."""
    found: list[Piece] = []
    gap: tuple[int, int] | None = None
    for text, start, length in pieces:
        exact = len(text) == length
        for part, place, size in _split(text, start, length, exact=exact):
            if part.isspace():
                gap = (gap[0] if gap else place, place + size)
                continue
            if gap and found:
                found.append((" ", gap[0], gap[1] - gap[0]))
            gap = None
            found.append((part, place, size))
    return found


def _split(text: str, start: int, length: int, *, exact: bool) -> Iterator[Piece]:
    if not exact:
        yield text, start, length
        return
    position = 0
    while position < len(text):
        end = position + 1
        blank = text[position].isspace()
        while end < len(text) and text[end].isspace() == blank:
            end += 1
        yield text[position:end], start + position, end - position
        position = end
