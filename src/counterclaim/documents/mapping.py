"""A text made piece by piece from a source, with the map from each character back to it."""

from __future__ import annotations

import re

from counterclaim.model import OffsetMap, Run

MAX_RUNS = 200_000
"""Whenever a map has twice as many runs, each two neighbours are joined, so that spans are widened."""

UNREADABLE = "\ufffd"
_SURROGATE = re.compile("[\ud800-\udfff]")


def visible(source: str) -> str:
    """Return ``source`` with every lone surrogate (a byte that could not be decoded) as U+FFFD.

    One character for one, so that offsets stay as they are.
    """
    return _SURROGATE.sub(UNREADABLE, source)


class TextBuilder:
    """Collects a text and its :class:`~counterclaim.model.OffsetMap`, in order of the text.

    Offsets into the source count characters of the decoded source.
    """

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._runs: list[Run] = []
        self._length = 0
        self._most = 2 * MAX_RUNS

    @property
    def length(self) -> int:
        """The number of characters of the text so far."""
        return self._length

    def copy(self, text: str, source_start: int) -> None:
        """Add ``text``, which stands in the source character by character from ``source_start``."""
        if text:
            self._add(visible(text), source_start, len(text), whole=False)

    def replace(self, text: str, source_start: int, source_length: int) -> None:
        """Add ``text``, which was made as a whole from ``source_length`` characters of the source."""
        if text:
            self._add(visible(text), source_start, source_length, whole=len(text) != source_length)

    def insert(self, text: str) -> None:
        """Add ``text`` that has nothing in the source."""
        last = self._runs[-1] if self._runs else Run(0, 0, 0, 0)
        self._add(text, last.source_start + last.source_length, 0, whole=True)

    def build(self) -> tuple[str, OffsetMap]:
        """Return the text and its map; the map is empty where it is the identity."""
        if self._runs == [Run(0, self._length, 0, self._length)]:
            return "".join(self._parts), OffsetMap()
        return "".join(self._parts), OffsetMap(tuple(self._runs))

    def _add(self, text: str, source_start: int, source_length: int, *, whole: bool) -> None:
        self._parts.append(text)
        run = Run(self._length, len(text), source_start, source_length)
        self._length += len(text)
        last = self._runs[-1] if self._runs else None
        if (
            not whole
            and last is not None
            and last.text_length == last.source_length
            and last.source_start + last.source_length == source_start
        ):
            self._runs[-1] = Run(
                last.text_start,
                last.text_length + len(text),
                last.source_start,
                last.source_length + len(text),
            )
            return
        self._runs.append(run)
        if len(self._runs) >= self._most:
            self._runs = join_pairs(self._runs)
            self._most = max(2 * MAX_RUNS, len(self._runs) + MAX_RUNS)


def join_pairs(runs: list[Run]) -> list[Run]:
    """Join each two neighbouring runs to one that is made as a whole, where the source goes on forwards.

    Pairs whose joined lengths happen to be equal stay as they are: they would read as character by
    character.
    """
    joined: list[Run] = []
    index = 0
    while index < len(runs):
        one = runs[index]
        other = runs[index + 1] if index + 1 < len(runs) else None
        index += 1
        if other is not None and other.source_start >= one.source_start + one.source_length:
            text_length = one.text_length + other.text_length
            source_length = other.source_start + other.source_length - one.source_start
            if text_length != source_length and source_length:
                joined.append(Run(one.text_start, text_length, one.source_start, source_length))
                index += 1
                continue
        joined.append(one)
    return joined
