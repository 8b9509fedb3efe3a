"""Spellings: names folded for comparison, and whether two words write one name.

Names from Arabic, Persian, Cyrillic and other scripts reach English by many romanisations. Two
words are taken for one name where their consonants agree after the usual confusions (q, g, k;
doubled letters; kh, gh, dh), and their vowels agree group by group within the classes that
romanisations exchange (o and u; a and e; e and i), so that Massoud is Masood and Hassan is not Hussein. The
idea of a key of consonants is that of Soundex and its kin (Zobel and Dart 1996 compare them); the
last guard is the Jaro-Winkler similarity of ``jellyfish``.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from jellyfish import jaro_winkler_similarity

_LETTERS = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ß": "ss", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th", "ð": "d", "ə": "a"}
)
_MARKS = re.compile(r"[’'‘`´ʿʾʻʼ]")
_DOTTED = re.compile(r"\b(?:[A-Za-z]\.){2,}")
_POSSESSIVE = re.compile(r"[’'`´]s\b|(?<=s)[’'](?=\s|$)")
_WORD = re.compile(r"[^\W_]+")
_CONSONANTS = (
    ("sch", "s"), ("tch", "1"), ("kh", "k"), ("gh", "k"), ("dh", "d"), ("th", "t"), ("ph", "f"), ("sh", "s"),
    ("ch", "1"), ("zh", "z"), ("dj", "j"), ("ck", "k"), ("x", "ks"), ("q", "k"), ("g", "k"), ("c", "k"),
)  # fmt: skip
_VOWELS = "aeiouyw"
_EXCHANGED = frozenset({frozenset("ou"), frozenset("ae"), frozenset("ei")})
SHORTEST = 4
"""Characters from which on two words can be spellings of one name."""
ALIKE = 0.78
"""Jaro-Winkler similarity below which two words are never one name."""


def fold(text: str) -> str:
    """Return a text in small letters without accents and apostrophes."""
    plain = unicodedata.normalize("NFKD", _MARKS.sub("", text).casefold().translate(_LETTERS))
    return "".join(character for character in plain if not unicodedata.combining(character))


@lru_cache(maxsize=200_000)
def words(name: str) -> tuple[str, ...]:
    """Return the words of a name, folded: "U.N.'s" is "un", "Ki-moon" is "ki" and "moon"."""
    whole = _POSSESSIVE.sub("", name)
    whole = _DOTTED.sub(lambda match: match.group().replace(".", "") + " ", whole)
    return tuple(_WORD.findall(fold(whole)))


def key(name: str) -> str:
    """Return the form in which two writings of one name are equal: its folded words."""
    return " ".join(words(name))


@lru_cache(maxsize=200_000)
def skeleton(word: str) -> str:
    """Return the consonants of a folded word, those that romanisations confuse made equal.

    Doubled letters count once; h counts only at the beginning.
    """
    for letters, one in _CONSONANTS:
        word = word.replace(letters, one)
    first = "v" if word[:1] == "w" else word[:1]
    rest = "".join(letter for letter in word[1:] if letter not in _VOWELS and letter != "h")
    whole = (first if first not in _VOWELS else "") + rest.replace("w", "v")
    return re.sub(r"(.)\1+", r"\1", whole)


def _vowels(word: str) -> list[str]:
    """Return the class of each group of vowels: its first letter; i for y alone, u for w alone."""
    groups = re.findall(rf"[{_VOWELS}]+", word[1:] if word[:1] in "wy" else word)
    found = []
    for group in groups:
        clear = group.strip("yw") or ("i" if "y" in group else "u")
        found.append("u" if clear.startswith("ou") else clear[0])
    return found


@lru_cache(maxsize=200_000)
def same_word(one: str, other: str) -> bool:
    """Tell whether two folded words are spellings of one name ("qaddafi", "gadhafi")."""
    if one == other:
        return True
    if min(len(one), len(other)) < SHORTEST or skeleton(one) != skeleton(other):
        return False
    first, second = _vowels(one), _vowels(other)
    if len(first) != len(second):
        return False
    agree = all(a == b or frozenset((a, b)) in _EXCHANGED for a, b in zip(first, second, strict=True))
    return agree and jaro_winkler_similarity(_plain(one), _plain(other)) >= ALIKE


def _plain(word: str) -> str:
    """Return a word with the confused consonants made equal, vowels kept."""
    for letters, one in _CONSONANTS:
        word = word.replace(letters, one)
    return re.sub(r"(.)\1+", r"\1", word)
