"""Whether the words around an expression speak of the past or of what is to come.

Without a parser: the nearest word that shows tense decides, within the sentence, those before the
expression ahead of those after it.
"""

from __future__ import annotations

from counterclaim.lexicons import read_lexicon
from counterclaim.times.tokens import Tokens

_TENSE = read_lexicon("times")["tense"]
_FUTURE, _PAST, _NOT_PAST = (frozenset(_TENSE[name]) for name in ("future", "past", "not_past"))
_REACH = 24
"""Tokens to look at on each side."""


def tense(tokens: Tokens, start: int, end: int) -> int:
    """Return -1 for the past, 1 for what is to come, 0 where nothing shows it."""
    nearest = 0
    for place in range(start - 1, max(-1, start - _REACH), -1):
        if tokens.letters[place] in ";¦" and not _abbreviation(tokens, place):
            break
        shown = _shows(tokens, place)
        if shown > 0:
            return 1
        nearest = nearest or shown
        if nearest and tokens.letters[place] in ",:":
            break
    if nearest:
        return nearest
    for place in range(end, min(len(tokens.letters), end + _REACH)):
        if tokens.letters[place] in ";¦" and not _abbreviation(tokens, place):
            break
        shown = _shows(tokens, place)
        if shown:
            return shown
    return 0


def _abbreviation(tokens: Tokens, place: int) -> bool:
    """Tell whether a full stop ends an abbreviation such as "Mr." or "U.S."."""
    return tokens.near(place) and tokens.letter(place - 1) == "X" and len(tokens.word(place - 1)) <= 2


def _shows(tokens: Tokens, place: int) -> int:
    letter = tokens.letters[place]
    if letter not in "_X":
        return 0
    word = tokens.word(place).lower()
    if word in _FUTURE:
        return 0 if word == "due" and tokens.word(place + 1) == "to" else 1
    if word in ("is", "are") and tokens.word(place + 1) == "to":
        return 1
    if word in _PAST or (word.endswith("ed") and letter == "_" and len(word) > 4 and word not in _NOT_PAST):
        return -1
    return 0
