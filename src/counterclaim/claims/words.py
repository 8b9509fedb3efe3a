"""Words of a statement as they are compared: stems, with words of one meaning made one."""

from __future__ import annotations

import re
from functools import cache, lru_cache

import snowballstemmer

from counterclaim.statements.lexicon import read_lexicon

_WORD = re.compile(r"[A-Za-z][\w’'-]*|\d[\d,.]*")
_STEMMER = snowballstemmer.stemmer("english")
_FUNCTION_WORDS = frozenset(
    """a about above after again against all am an and any are as at be because been before being below between both
    but by can did do does doing don down during each few for from further had has have having he her here hers herself
    him himself his how i if in into is its itself just me more most my myself no nor not of off on once only or other
    our ours ourselves out over own same she should some such than that the their theirs them themselves then there
    these they this those through to too under until up very was we were what when where which while who whom why will
    with you your yours yourself us may might must shall neither never none nobody nothing without yet upon via per
    cannot however whether either among within toward towards already almost any anyone anything every everyone""".split()
)


def words(text: str) -> list[str]:
    """Return the words of a text as written, possessive endings taken off."""
    return [re.sub(r"[’']s?$", "", match.group()) for match in _WORD.finditer(text)]


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


def terms(text: str) -> frozenset[str]:
    """Return the terms of a text: stems of its content words, those of one concept replaced by its name.

    A concept's name begins with ``=``. Function words and words too common in news are left out.
    """
    found = set()
    for word in words(text):
        lower = word.casefold().replace("’", "'")
        if lower in _FUNCTION_WORDS or len(lower) < 2 or lower.endswith("n't"):
            continue
        base = stem(lower)
        concept = _concepts().get(base)
        if concept is not None:
            found.add(concept)
        elif base not in _weak():
            found.add(base)
    return frozenset(found)


def names(text: str) -> frozenset[str]:
    """Return the stems of capitalised words, the first word of a sentence left out unless it recurs inside."""
    found = set()
    for match in re.finditer(r"(?<![.!?“”\"]\s)(?<!^)(?<![“\"‘])\b[A-Z][a-zA-Z’'-]{2,}", text):
        word = re.sub(r"[’']s?$", "", match.group())
        if word.casefold() not in _FUNCTION_WORDS and stem(word) not in _weak():
            found.add(stem(word))
    return frozenset(found)
