"""Runs of words as numbers, by which texts are compared (shingling; Broder 1997)."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from counterclaim.disputes.spelling import joined, places, spelling

Shingles = NDArray[np.uint64]
"""The distinct shingles of one text, sorted."""

LENGTH = 5
"""Words in a shingle."""

_WORD = re.compile(r"\w+")
_ODD = tuple(int(hashlib.blake2b(b"%d" % i, digest_size=8).hexdigest(), 16) | 1 for i in range(LENGTH))
_FACTORS = np.array(_ODD, dtype=np.uint64)
_MIX = np.uint64(0x9E3779B97F4A7C15)  # 2^64 divided by the golden ratio, as in Knuth's hashing
_SHIFT = np.uint64(29)


@lru_cache(maxsize=1 << 18)
def _number(word: str) -> int:
    """Return a number for a word: one for all its spellings."""
    return int.from_bytes(hashlib.blake2b(spelling(word).encode(), digest_size=8).digest(), "big")


def running(text: str) -> Shingles:
    """Return the shingle that begins at each word of a text, in order; none for fewer than five words.

    Case, marks and spelling are left out of account, and a listed name of several words is one word.
    """
    return _runs(joined(_words(text)))


def placed(text: str) -> tuple[Shingles, NDArray[np.int64]]:
    """Return the shingle that begins at each word, and from which character to which each reaches.

    The places are rows of start and end (exclusive), counted in characters of ``text``.
    """
    found = [(match.group().casefold(), match.start(), match.end()) for match in _WORD.finditer(text)]
    words = [word for word, _, _ in found]
    runs, begins = _runs(joined(words)), places(words)
    count = len(runs)
    starts = [found[begin][1] for begin in begins[:count]]
    # the last word of a run ends before the next one begins, less the article that was left out
    ends = [found[begins[last + LENGTH] - 1][2] for last in range(count)]
    return runs, np.array([starts, ends], dtype=np.int64).T.reshape(count, 2)


def _words(text: str) -> list[str]:
    """Return the words in lower case; folding the whole text at once is faster and may split words."""
    if text.isascii():
        return _WORD.findall(text.casefold())
    return [word.casefold() for word in _WORD.findall(text)]


def _runs(words: list[str]) -> Shingles:
    count = len(words) - LENGTH + 1
    if count < 1:
        return np.empty(0, dtype=np.uint64)
    numbers = np.fromiter(map(_number, words), dtype=np.uint64, count=len(words))
    found = np.zeros(count, dtype=np.uint64)
    for position, factor in enumerate(_FACTORS):
        found += numbers[position : position + count] * factor
    found ^= found >> _SHIFT
    return found * _MIX


def make_shingles(text: str) -> Shingles:
    """Return the distinct shingles of a text, sorted."""
    return np.unique(running(text))


@lru_cache(maxsize=8192)
def shingles(text: str) -> Shingles:
    """Return the distinct shingles of a text, sorted; those of texts read lately are remembered."""
    return make_shingles(text)


def common(one: Shingles, other: Shingles) -> Shingles:
    """Return the shingles that two texts share, sorted."""
    shorter, longer = (one, other) if len(one) <= len(other) else (other, one)
    return shorter[contains(longer, shorter)]


def contains(held: Shingles, wanted: Shingles) -> NDArray[np.bool_]:
    """Tell for each of ``wanted`` whether it is among ``held`` (sorted)."""
    if not len(held):
        return np.zeros(len(wanted), dtype=np.bool_)
    places = np.minimum(np.searchsorted(held, wanted), len(held) - 1)
    found: NDArray[np.bool_] = held[places] == wanted
    return found


def background(texts: Sequence[Shingles], days: Sequence[int | None], *, apart: int, times: int) -> Shingles:
    """Return the shingles that are told again and again: what agencies and outlets repeat for months.

    ``days`` are the days of publication (proleptic Gregorian ordinals), None where unknown. A
    shingle counts once for each stretch of publication that lies more than ``apart`` days after the
    one before; it is background from ``times`` such stretches on. A story that many outlets carry in
    one week is one stretch, however many they are.
    """
    dated = [(text, day) for text, day in zip(texts, days, strict=True) if day is not None and len(text)]
    if not dated:
        return np.empty(0, dtype=np.uint64)
    values = np.concatenate([text for text, _ in dated])
    told = np.repeat(
        np.array([day for _, day in dated], dtype=np.int64), np.array([len(text) for text, _ in dated])
    )
    order = np.lexsort((told, values))
    values, told = values[order], told[order]
    first = np.empty(len(values), dtype=np.bool_)
    first[0] = True
    first[1:] = values[1:] != values[:-1]
    again = first.copy()
    again[1:] |= (told[1:] - told[:-1]) > apart
    starts = np.flatnonzero(first)
    stretches = np.add.reduceat(again.astype(np.int64), starts)
    repeated: Shingles = values[starts][stretches >= times]
    return repeated
