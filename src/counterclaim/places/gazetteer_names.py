"""How names of places are compared: one form for all ways of writing a name.

The build of the gazetteer and its look-up both use :func:`normalise`, so that "Ar-Raqqah",
"ar Raqqah" and "AR RAQQAH" are one key. Changing it means building the gazetteer again.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

LETTERS = str.maketrans(
    {
        "ø": "o",
        "ł": "l",
        "đ": "d",
        "ð": "d",
        "ħ": "h",
        "ŧ": "t",
        "ɓ": "b",
        "ɗ": "d",
        "ƙ": "k",
        "ƴ": "y",
        "ı": "i",
        "ŋ": "ng",
        "ə": "a",
        "æ": "ae",
        "œ": "oe",
        "þ": "th",
        "&": " and ",
    }
)
"""Latin letters that Unicode does not decompose, as English newspapers write them."""

DROPPED = frozenset("'’‘‛`´′ʻʼʽʾʿˈ.·")
"""Marks inside a word that writers put or leave out: apostrophes, ayn and hamza, full stops."""


@lru_cache(maxsize=65536)
def normalise(name: str) -> str:
    """Return the form of a name under which it is looked up.

    Case, diacritics, apostrophes and full stops go; hyphens, dashes, commas and all else that is
    neither a letter nor a digit become one space. The form of words joined by a space is that of
    each word joined by a space (empty ones left out), which lets a scan work word by word.
    """
    decomposed = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", name).casefold())
    kept: list[str] = []
    for character in decomposed.translate(LETTERS):
        if character.isalnum():
            kept.append(character)
        elif character not in DROPPED and not unicodedata.combining(character):
            kept.append(" ")
    return " ".join("".join(kept).split())
