"""Where two texts share their words: the longest stretches, with their places in both.

Offsets count characters of each text, end exclusive.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from functools import lru_cache

import msgspec
import numpy as np
from numpy.typing import NDArray

from counterclaim.disputes.shingles import Shingles, contains, placed

GAP = 2
"""Changed words over which two stretches are one."""

_QUOTATION = re.compile(
    r"“[^“”]{1,4000}”|«[^«»]{1,4000}»|„[^„“”]{1,4000}[“”]"
    r"|(?<!\w)\"(?=\S)[^\"\n]{1,1500}(?<=\S)\"(?!\w)"
)


class Stretch(msgspec.Struct, frozen=True, order=True):
    """A stretch of words that two texts share: its place in the one and in the other, and its length."""

    start: int
    end: int
    other_start: int
    other_end: int
    runs: int
    """Shingles in it: four fewer than the words that are the same, for each unbroken part."""


@lru_cache(maxsize=512)
def _placed(text: str) -> tuple[Shingles, NDArray[np.int64]]:
    return placed(text)


def stretches(one: str, other: str, left_out: Shingles) -> tuple[Stretch, ...]:
    """Return the maximal stretches that two texts share, in order of the first, none within another.

    ``left_out`` (sorted) are shingles that are no evidence. A word or two that differ between two
    stretches do not part them.
    """
    first, places = _placed(one)
    second, other_places = _placed(other)
    held: dict[int, list[int]] = defaultdict(list)
    for index, (value, out) in enumerate(
        zip(second.tolist(), contains(left_out, second).tolist(), strict=True)
    ):
        if not out:
            held[value].append(index)
    values = first.tolist()
    theirs = second.tolist()
    found: list[tuple[int, int, int]] = []
    index = 0
    while index < len(values):
        best, where = 0, 0
        for start in held.get(values[index], ()):
            length = 1
            while (
                index + length < len(values)
                and start + length < len(theirs)
                and values[index + length] == theirs[start + length]
                and values[index + length] in held
            ):
                length += 1
            if length > best:
                best, where = length, start
        if best:
            found.append((index, where, best))
        index += best or 1
    return tuple(_merged(found, places, other_places))


def _merged(
    found: list[tuple[int, int, int]], places: NDArray[np.int64], other_places: NDArray[np.int64]
) -> list[Stretch]:
    """Join stretches between which only a few words differ on both sides."""
    merged: list[list[int]] = []  # first and last shingle in one, in other, shingles shared
    for start, other_start, length in found:
        last, other_last = start + length - 1, other_start + length - 1
        # the shingles over a changed word differ too, so that the gap in shingles is longer by a shingle
        reach = GAP + 5
        if merged and 0 < start - merged[-1][1] <= reach and 0 < other_start - merged[-1][3] <= reach:
            merged[-1][1], merged[-1][3] = last, other_last
            merged[-1][4] += length
        else:
            merged.append([start, last, other_start, other_last, length])
    return [
        Stretch(
            int(places[start][0]),
            int(places[last][1]),
            int(other_places[other_start][0]),
            int(other_places[other_last][1]),
            length,
        )
        for start, last, other_start, other_last, length in merged
    ]


@lru_cache(maxsize=8192)
def quotations(text: str) -> tuple[tuple[int, int], ...]:
    """Return the places of what stands between quotation marks, marks included, in order."""
    return tuple(match.span() for match in _QUOTATION.finditer(text))


def quoted_words(text: str) -> int:
    """Return about how many words stand between quotation marks."""
    return sum(text.count(" ", start, end) + 1 for start, end in quotations(text))


def unquoted(text: str) -> Shingles:
    """Return the shingles that stand, somewhere in the text, wholly outside quotation marks, sorted."""
    runs, places = _placed(text)
    inside = quotations(text)
    starts = [start for start, _ in inside]
    free = np.ones(len(runs), dtype=np.bool_)
    for index, (start, end) in enumerate(places.tolist()):
        before = bisect_right(starts, end - 1) - 1
        free[index] = before < 0 or inside[before][1] <= start
    return np.unique(runs[free])
