"""A text cut where marks begin and end, so that marks which nest or overlap can be drawn flat."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import StrEnum
from itertools import pairwise
from types import MappingProxyType

import msgspec

from counterclaim.model import Span


class Role(StrEnum):
    """Which part of a statement a mark shows."""

    SOURCE = "source"
    CUE = "cue"
    CONTENT = "content"
    CHECK = "check"


class Mark(msgspec.Struct, frozen=True, order=True):
    """Characters ``start`` to ``end`` of the text, as a part of the statement with this number."""

    start: int
    end: int
    role: Role
    number: int


class Segment(msgspec.Struct, frozen=True, kw_only=True):
    """A stretch of text under the same marks throughout.

    ``opens`` are the numbers of the statements whose content begins here.
    """

    start: int
    text: str
    marks: tuple[Mark, ...] = ()
    opens: tuple[int, ...] = ()


class Paragraph(msgspec.Struct, frozen=True, kw_only=True):
    """One line of the text, in segments; ``numbers`` are the statements that begin in it.

    ``part`` is ``headline`` or ``standfirst`` where the line belongs to one.
    """

    start: int
    segments: tuple[Segment, ...]
    numbers: tuple[int, ...] = ()
    part: str | None = None


def paragraphs(
    text: str, marks: Iterable[Mark], parts: Mapping[str, Span] = MappingProxyType({})
) -> tuple[Paragraph, ...]:
    """Cut the text into its lines, empty ones left out, and each line where marks begin and end.

    Takes time in proportion to the text and to the marks drawn, however many lines there are.
    """
    waiting = sorted((_trimmed(text, mark) for mark in marks), reverse=True)
    first: dict[int, int] = {}
    for mark in waiting:
        if mark.role is Role.CONTENT:
            first[mark.number] = min(mark.start, first.get(mark.number, mark.start))
    current: list[Mark] = []
    found: list[Paragraph] = []
    for start, end in _lines(text):
        current = [mark for mark in current if mark.end > start]
        while waiting and waiting[-1].start < end:
            mark = waiting.pop()
            if mark.end > start:
                current.append(mark)
        if not text[start:end].strip():
            continue
        segments = tuple(_cut(text, start, end, current, first))
        numbers = tuple(sorted(number for segment in segments for number in segment.opens))
        part = next((name for name, span in parts.items() if span.start <= start < span.end), None)
        found.append(Paragraph(start=start, segments=segments, numbers=numbers, part=part))
    return tuple(found)


def _trimmed(text: str, mark: Mark) -> Mark:
    """Let a mark begin with its first character that is not white space."""
    words = text[mark.start : mark.end]
    return msgspec.structs.replace(mark, start=mark.start + len(words) - len(words.lstrip()))


def _lines(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for line in text.splitlines(keepends=True):
        yield start, start + len(line.rstrip())
        start += len(line)


def _cut(text: str, start: int, end: int, marks: Sequence[Mark], first: dict[int, int]) -> Iterator[Segment]:
    """Cut one line; ``marks`` are those that touch it, ``first`` where each statement's content begins."""
    edges = {start, end}
    for mark in marks:
        edges.update(edge for edge in (mark.start, mark.end) if start < edge < end)
    places = sorted(edges)
    beginning: dict[int, list[int]] = {}
    for mark in marks:
        if mark.role is Role.CONTENT and first[mark.number] == mark.start >= start:
            beginning.setdefault(mark.start, []).append(mark.number)
    waiting = sorted(marks, reverse=True)
    current: list[Mark] = []
    for left, right in pairwise(places):
        while waiting and waiting[-1].start <= left:
            current.append(waiting.pop())
        current = [mark for mark in current if mark.end > left]
        yield Segment(
            start=left,
            text=text[left:right],
            marks=tuple(sorted(current, key=lambda mark: (mark.number, mark.role))),
            opens=tuple(sorted(set(beginning.get(left, ())))),
        )
