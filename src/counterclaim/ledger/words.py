"""Texts as words without case and accents, which is how they are indexed, searched and shown as found."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

LONGEST = 100
"""Characters of a word that count; an index cannot hold words of any length."""

_MARKS = (
    r"\u0300-\u036f"  # accents
    r"\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7"  # Hebrew points
    r"\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed"  # Arabic points
)
_WORD = re.compile(rf"[^\W_](?:[^\W_]|[{_MARKS}])*")


class Word(NamedTuple):
    """A word of a text, folded, with its offsets in code points (end exclusive)."""

    folded: str
    start: int
    end: int


def words_in(text: str, start: int = 0, end: int | None = None) -> Iterator[Word]:
    """Give the words that stand within the offsets: runs of letters and digits with their marks."""
    for found in _WORD.finditer(text, start, len(text) if end is None else end):
        yield Word(fold(found.group()), found.start(), found.end())


def folded_words(text: str) -> list[str]:
    """Return the words of a text, folded."""
    return [fold(found) for found in _WORD.findall(text)]


def fold(word: str) -> str:
    """Return a word without case and accents, at most LONGEST characters of it.

    Case by Unicode's full case folding, accents as what canonical decomposition takes apart.
    """
    if word.isascii():
        return word[:LONGEST].lower()
    apart = unicodedata.normalize("NFD", word.casefold())
    kept = (character for character in apart if not unicodedata.combining(character))
    return unicodedata.normalize("NFD", "".join(kept).casefold())[:LONGEST]
