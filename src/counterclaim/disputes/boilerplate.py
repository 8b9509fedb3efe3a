"""What an outlet prints under every report, learnt from its reports: footers, notices, set phrases."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from counterclaim.disputes.shingles import Shingles, common

MATTERS = 3
"""Reports of one outlet on different matters in which a shingle stands that is boilerplate."""
MOST = 0.4
"""Share of a text above which what it has in common with others is its matter, not a footer."""
ONE_MATTER = 0.33
"""Share of the rest of the shorter text from which two reports are of one matter."""
_LOOKED_AT = 6
"""Reports looked at to tell whether those that hold a shingle are of different matters."""
_MIX = np.uint64(0x9E3779B97F4A7C15)
_SHIFT = np.uint64(31)


def boilerplate(texts: Sequence[Shingles], publishers: Sequence[str | None]) -> Shingles:
    """Return the shingles that some outlet repeats in reports on different matters, sorted.

    Shingles that stand in the same reports of an outlet are decided together. Versions of one story,
    which share most of their text, are one matter however many they are.
    """
    outlets: dict[str, list[int]] = defaultdict(list)
    for index, publisher in enumerate(publishers):
        if publisher is not None and len(texts[index]):
            outlets[publisher].append(index)
    found = [
        shingles
        for publisher in sorted(outlets)
        if len(outlets[publisher]) >= MATTERS
        for shingles in _of_outlet([texts[index] for index in outlets[publisher]])
    ]
    learnt: Shingles = np.unique(np.concatenate(found)) if found else np.empty(0, dtype=np.uint64)
    return learnt


def _of_outlet(texts: list[Shingles]) -> list[Shingles]:
    values = np.concatenate(texts)
    holders = np.repeat(np.arange(len(texts)), [len(text) for text in texts])
    order = np.argsort(values, kind="stable")
    values, holders = values[order], holders[order]
    starts = np.flatnonzero(np.concatenate(([True], values[1:] != values[:-1])))
    counts = np.diff(np.append(starts, len(values)))
    often = counts >= MATTERS
    if not often.any():
        return []
    # reports that hold a shingle, as one number: shingles with the same number stand in the same reports
    sets = np.add.reduceat(_scattered(len(texts))[holders], starts)
    chosen, first, belongs = np.unique(sets[often], return_index=True, return_inverse=True)
    repeated, places, sizes = values[starts][often], starts[often], counts[often]
    by_set = np.argsort(belongs, kind="stable")
    bounds = np.searchsorted(belongs[by_set], np.arange(len(chosen) + 1))
    learnt = []
    for number in range(len(chosen)):
        members = by_set[bounds[number] : bounds[number + 1]]
        place, size = places[first[number]], sizes[first[number]]
        several = holders[place : place + size]
        step = max(1, len(several) // _LOOKED_AT)
        looked = [texts[index] for index in several[::step][:_LOOKED_AT]]
        if _matters(looked, len(members)) >= MATTERS:
            learnt.append(repeated[members])
    return learnt


def _matters(texts: Sequence[Shingles], looked_at: int) -> int:
    """Count texts that are mostly their own: beside ``looked_at`` shingles that all of them hold."""
    apart: list[Shingles] = []
    for text in texts:
        if looked_at <= MOST * len(text) and all(
            len(common(text, other)) - looked_at < ONE_MATTER * (min(len(text), len(other)) - looked_at)
            for other in apart
        ):
            apart.append(text)
    return len(apart)


def _scattered(count: int) -> NDArray[np.uint64]:
    """Return a number for each of so many reports, spread over 64 bits (splitmix64; Steele 2014)."""
    numbers = np.arange(1, count + 1, dtype=np.uint64) * _MIX
    numbers ^= numbers >> _SHIFT
    mixed: NDArray[np.uint64] = numbers * _MIX
    return mixed
