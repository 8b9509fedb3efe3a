"""Texts without capitals: only well-known names, and only where a preposition of place leads to them."""

from __future__ import annotations

from counterclaim.model import PlaceKind
from counterclaim.places.candidates import Candidate, facts_of
from counterclaim.places.gazetteer import built_in
from counterclaim.places.tokens import Case, Tokens
from counterclaim.places.words import LEADING, NEVER

LEAST_WORDS = 12
CONFIDENCE = 0.6
WELL_KNOWN = 0.7
_LOOK_AHEAD = 6


def has_no_capitals(tokens: Tokens) -> bool:
    """Tell whether a text of some length has no capitalised word at all."""
    words = sum(case is not Case.NONE for case in tokens.cases)
    return words >= LEAST_WORDS and all(case <= Case.LOWER for case in tokens.cases)


def find_uncapitalised(tokens: Tokens) -> list[Candidate]:
    """List the countries, and the well-known places that follow "in", "near" and the like, in order."""
    found: list[Candidate] = []
    place = 0
    while place < len(tokens):
        size = 0
        if tokens.cases[place] is Case.LOWER and tokens.lowers[place] not in NEVER:
            size = built_in().longest(tokens.texts[place : place + _LOOK_AHEAD])
        if size and _counts(tokens, place, size):
            name = " ".join(tokens.texts[place : place + size])
            found.append(Candidate(place, place + size, place, place + size, name, facts_of(name)))
        place += max(1, size)
    return found


def _counts(tokens: Tokens, place: int, size: int) -> bool:
    name = " ".join(tokens.texts[place : place + size])
    facts = facts_of(name)
    if not facts.places or len(name) < 4 or facts.importance < WELL_KNOWN:
        return False
    led = place > 0 and tokens.lowers[place - 1] in LEADING
    return led or (
        facts.places[0].kind is PlaceKind.COUNTRY and size == 1 and tokens.lowers[place] not in _THINGS
    )


_THINGS = frozenset({"turkey", "china", "jordan", "chad", "mali", "guinea", "jersey", "georgia"})
"""Countries whose names are words or given names too."""
