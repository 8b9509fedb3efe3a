"""Numbers of dead, wounded and the like, with their bounds."""

from __future__ import annotations

import re

import msgspec

_SMALL = {
    word: value
    for value, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
        "seventeen eighteen nineteen twenty".split()
    )
} | {"thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90}
_TENS = "twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"
_NUMBER = rf"(?P<number>\d[\d,]*(?:\.\d+)?|(?:{_TENS})-(?:one|two|three|four|five|six|seven|eight|nine)|{'|'.join(_SMALL)})"
_BOUND = r"(?P<bound>at least|more than|over|up to|about|around|some|nearly|almost|fewer than|less than|roughly|as many as|dozens)?"
_PEOPLE = r"(?:people|civilians?|persons?|residents|villagers|men|women|inhabitants|passengers|workers|others|of them|lives)"
_DEAD = r"(?:were |was |are |had been |have been |been |is )?(?:killed|dead|died|dead or|lost their lives|deaths|fatalities|lives lost)"
_HURT = r"(?:were |was |are |had been |have been |been )?(?:wounded|injured|hurt)"
_PATTERNS = {
    "dead": [
        rf"{_BOUND}\s*\b{_NUMBER}\s+(?:\w+ ){{0,2}}?{_PEOPLE}?\s*(?:\w+ ){{0,2}}?{_DEAD}\b",
        rf"\b(?:kill(?:ed|ing)|buried|deaths of|death of|lives of)\s+{_BOUND}\s*\b{_NUMBER}\b(?:\s+(?:\w+ ){{0,2}}?{_PEOPLE})?",
        rf"\b(?:toll|number of (?:dead|deaths|people killed))\b[\w\s,]{{0,40}}?(?:to|at|was|is|stands at|stood at)\s+{_BOUND}\s*\b{_NUMBER}\b",
        rf"{_BOUND}\s*\b{_NUMBER}\s+bodies\b",
    ],
    "wounded": [
        rf"{_BOUND}\s*\b{_NUMBER}\s+(?:\w+ ){{0,2}}?{_PEOPLE}?\s*(?:\w+ ){{0,2}}?{_HURT}\b",
        rf"\b(?:wound(?:ed|ing)|injur(?:ed|ing))\s+{_BOUND}\s*\b{_NUMBER}\b",
    ],
}
_COMPILED = {
    measure: [re.compile(pattern, re.IGNORECASE) for pattern in patterns]
    for measure, patterns in _PATTERNS.items()
}


class Quantity(msgspec.Struct, frozen=True, order=True):
    """How many ``measure`` (dead, wounded); ``exact`` is False for "at least", "about" and the like."""

    measure: str
    value: float
    exact: bool


def quantities(text: str) -> tuple[Quantity, ...]:
    """Return the numbers of dead and wounded that a text gives, the first of each measure."""
    found = {}
    for measure, patterns in _COMPILED.items():
        matches = [match for pattern in patterns for match in pattern.finditer(text)]
        if matches:
            first = min(matches, key=lambda match: match.start("number"))
            found[measure] = Quantity(measure, _value(first["number"]), first["bound"] is None)
    return tuple(sorted(found.values()))


def _value(number: str) -> float:
    lower = number.casefold()
    if lower[0].isdigit():
        return float(lower.replace(",", ""))
    return float(sum(_SMALL[part] for part in lower.split("-")))
