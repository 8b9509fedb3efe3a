"""Runs of words as numbers, by which texts are compared (shingling; Broder 1997)."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

Shingles = NDArray[np.uint64]
"""The distinct shingles of one text, sorted."""

LENGTH = 5
"""Words in a shingle."""

_WORD = re.compile(r"\w+")
_DOUBLED = re.compile(r"([a-z])\1")
_ODD = tuple(int(hashlib.blake2b(b"%d" % i, digest_size=8).hexdigest(), 16) | 1 for i in range(LENGTH))
_FACTORS = np.array(_ODD, dtype=np.uint64)
_MIX = np.uint64(0x9E3779B97F4A7C15)  # 2^64 divided by the golden ratio, as in Knuth's hashing
_SHIFT = np.uint64(29)


@lru_cache(maxsize=1 << 18)
def _number(word: str) -> int:
    """Return a number for a word; doubled letters count once, so that Raqqa and Raqa are one."""
    spelling = _DOUBLED.sub(r"\1", word)
    return int.from_bytes(hashlib.blake2b(spelling.encode(), digest_size=8).digest(), "big")


def running(text: str) -> Shingles:
    """Return the shingle that begins at each word of a text, in order; none for fewer than five words.

    Case, marks and doubled letters are left out of account.
    """
    words = _WORD.findall(text.casefold())
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
