"""Numbers of dead and wounded, with their bounds."""

from __future__ import annotations

import re
from functools import cache

import msgspec

from counterclaim.lexicons import read_lexicon


class Quantity(msgspec.Struct, frozen=True, order=True):
    """How many ``measure`` (dead, wounded); ``exact`` is False for "at least", "about" and the like."""

    measure: str
    value: float
    exact: bool


def quantities(text: str) -> tuple[Quantity, ...]:
    """Return the numbers of dead and wounded that a text gives, the first of each measure."""
    found = []
    for measure, patterns in _patterns().items():
        matches = [match for pattern in patterns for match in pattern.finditer(text)]
        if matches:
            first = min(matches, key=lambda match: match.start("number"))
            found.append(Quantity(measure, _value(first["number"]), first["bound"] is None))
    return tuple(sorted(found))


@cache
def _patterns() -> dict[str, tuple[re.Pattern[str], ...]]:
    lexicon = read_lexicon("quantities")
    tens, units = "|".join(lexicon["tens"]), "|".join(lexicon["units"])
    parts = {
        "{number}": rf"(?P<number>\d[\d,]*(?:\.\d+)?|(?:{tens})-(?:{units})|{tens}|{units})",
        "{bound}": rf"(?P<bound>{'|'.join(lexicon['bounds'])})?",
        "{people}": lexicon["people"],
    }
    compiled = {}
    for measure, patterns in lexicon["measures"].items():
        filled = []
        for pattern in patterns:
            for name, part in parts.items():
                pattern = pattern.replace(name, part)
            filled.append(re.compile(pattern, re.IGNORECASE))
        compiled[measure] = tuple(filled)
    return compiled


@cache
def _values() -> dict[str, int]:
    lexicon = read_lexicon("quantities")
    units = {word: value for value, word in enumerate(lexicon["units"])}
    return units | {word: 10 * (index + 2) for index, word in enumerate(lexicon["tens"])}


def _value(number: str) -> float:
    lower = number.casefold()
    if lower[0].isdigit():
        return float(lower.replace(",", ""))
    return float(sum(_values()[part] for part in lower.split("-")))
