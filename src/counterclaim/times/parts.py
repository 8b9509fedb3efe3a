"""Pieces that rules share: patterns for what may stand before a date, and how they are read."""

from __future__ import annotations

import re

from counterclaim.times.tokens import Tokens

BEFORE = r"(?P<pre>(?:t?b?Bf?t?|t?bB?f?(?:-|p)?(?:&b-?|>-?b-?|-?>-?b-?)?t?|w{1,4}t?|t)?)"
"""Words before a date that belong to it: "the end of", "mid-", "early in the", "about"."""

PART = r"(?:[tid]?b?(?P<part>P)U?[fp]?)?"
"""A part of the day before its day: "the early morning hours of"."""

YEAR = r"(?:(?P<y>Y)|(?P<n>[DHNY])(?=G))(?P<era>G)?"
"""A year, with its era where one is told."""

_MODIFIERS = {
    "early": "START",
    "beginning": "START",
    "start": "START",
    "outset": "START",
    "mid": "MID",
    "middle": "MID",
    "late": "END",
    "end": "END",
    "close": "END",
    "about": "APPROX",
    "around": "APPROX",
    "approximately": "APPROX",
    "approx": "APPROX",
    "roughly": "APPROX",
    "circa": "APPROX",
    "ca": "APPROX",
    "some": "APPROX",
    "nearly": "LESS_THAN",
    "almost": "LESS_THAN",
    "less": "LESS_THAN",
    "under": "LESS_THAN",
    "barely": "LESS_THAN",
    "most": "EQUAL_OR_LESS",
    "least": "EQUAL_OR_MORE",
    "more": "MORE_THAN",
    "over": "MORE_THAN",
}


def modifier(tokens: Tokens, start: int, end: int) -> str | None:
    """Return the TIMEX3 modifier that the words at the tokens give, None where they give none."""
    for place in range(start, end):
        found = _MODIFIERS.get(tokens.word(place).lower())
        if found:
            return found
    return None


def group(match: re.Match[str], *names: str) -> int:
    """Return the place of the first of the groups that took part; -1 where none did."""
    known = match.re.groupindex
    for name in names:
        if name in known and match.start(name) >= 0:
            return match.start(name)
    return -1


def year_of(tokens: Tokens, match: re.Match[str]) -> int | None:
    """Return the year that ``YEAR`` matched: negative before the common era."""
    place = group(match, "y", "n")
    if place < 0 or tokens.values[place] != int(tokens.values[place]):
        return None
    year = int(tokens.values[place])
    era = group(match, "era")
    if not 1 <= year <= 9999:
        return None
    return -year if era >= 0 and before_common(tokens, era) else year


def before_common(tokens: Tokens, place: int) -> bool:
    """Tell whether the era at the token is the one before the common era."""
    return tokens.word(place).upper().startswith("B")


PART_VALUES = {"MO", "AF", "EV", "NI", "MI", "DT"}


def with_part(day: str, part: str) -> str:
    """Return a day's value with a part of the day, or with noon and midnight as clock times."""
    return f"{day}T{part}"
