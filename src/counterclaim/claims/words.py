"""Words of a statement as they are compared: stems, with words of one meaning made one."""

from __future__ import annotations

import re
from functools import cache, lru_cache

import snowballstemmer

from counterclaim.lexicons import read_lexicon

_WORD = re.compile(r"[A-Za-z][\w’'-]*|\d[\d,.]*")
_POSSESSIVE = re.compile(r"[’']s?$")
_NAME = re.compile(r"(?<![.!?“”\"]\s)(?<!^)(?<![“\"‘])\b[A-Z][a-zA-Z’'-]{2,}")
REMEMBERED = 8192
"""Texts of which is remembered what was read off them: each is asked for several times, and by its copies."""
_STEMMER = snowballstemmer.stemmer("english")


@cache
def _function_words() -> frozenset[str]:
    return frozenset(read_lexicon("concepts")["function"]["words"])


def words(text: str) -> list[str]:
    """Return the words of a text as written, possessive endings taken off."""
    return [without_possessive(word) for word in _WORD.findall(text)]


def without_possessive(word: str) -> str:
    """Return a word without the possessive ending that it may have."""
    return _POSSESSIVE.sub("", word) if "'" in word or "’" in word else word


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """Return the Snowball (Porter 2) stem of a word in small letters."""
    return str(_STEMMER.stemWord(word.casefold()))


@cache
def _concepts() -> dict[str, str]:
    same = read_lexicon("concepts")["same"]
    table: dict[str, str] = {}
    for concept, members in same.items():
        for member in members:
            table.setdefault(stem(member), f"={concept}")
    return table


@cache
def _weak() -> frozenset[str]:
    rejection = read_lexicon("rejection")
    listed = [*read_lexicon("concepts")["weak"]["words"], *rejection["referring"], *rejection["untrue"]]
    return frozenset(stem(word) for word in listed)


@lru_cache(maxsize=REMEMBERED)
def terms(text: str) -> frozenset[str]:
    """Return the terms of a text: stems of its content words, those of one concept replaced by its name.

    A concept's name begins with ``=``. Function words and words too common in news are left out.
    """
    found = set()
    for word in words(text):
        lower = word.casefold().replace("’", "'")
        if lower in _function_words() or len(lower) < 2 or lower.endswith("n't"):
            continue
        base = stem(lower)
        concept = _concepts().get(base)
        if concept is not None:
            found.add(concept)
        elif base not in _weak():
            found.add(base)
    return frozenset(found)


@lru_cache(maxsize=REMEMBERED)
def names(text: str) -> frozenset[str]:
    """Return the stems of the capitalised words that do not begin a sentence or a quotation."""
    found = set()
    for written in _NAME.findall(text):
        word = without_possessive(written)
        if word.casefold() not in _function_words() and stem(word) not in _weak():
            found.add(stem(word))
    return frozenset(found)
