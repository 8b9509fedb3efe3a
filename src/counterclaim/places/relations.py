"""How what is spoken of lies to the place named: "near", "north of", "the road between", and how closely.

The kinds and the precision codes are those of :mod:`counterclaim.model.places`: conflict researchers'
grades (Sundberg and Melander 2013 for UCDP; ACLED's codebook).
"""

from __future__ import annotations

from typing import NamedTuple

from counterclaim.model import PlaceKind, Precision
from counterclaim.places.tokens import Tokens
from counterclaim.places.words import AREAS, CARDINAL, CITYLIKE, COUNTING, ROADS

_WINDS = {
    "north": "north-of",
    "south": "south-of",
    "east": "east-of",
    "west": "west-of",
    "northeast": "north-east-of",
    "northwest": "north-west-of",
    "southeast": "south-east-of",
    "southwest": "south-west-of",
}
_MIDDLE = frozenset(["just", "due", "well", "some", "further", "farther", "immediately", "directly"])
_UNITS = {
    "km": 1.0,
    "kms": 1.0,
    "kilometer": 1.0,
    "kilometers": 1.0,
    "kilometre": 1.0,
    "kilometres": 1.0,
    "mile": 1.609344,
    "miles": 1.609344,
    "mi": 1.609344,
    "m": 0.001,
    "metres": 0.001,
    "meters": 0.001,
}
_NUMBERS = {word: value for value, word in enumerate(COUNTING)} | {
    "thirty": 30,
    "forty": 40,
    "fifty": 50,
    "sixty": 60,
    "hundred": 100,
    "dozen": 12,
}
_SINGLE = {"near": "near", "outside": "outside", "around": "around", "along": "along", "beyond": "near"}
_LOOK_BACK = 12


class Relation(NamedTuple):
    """A relation by tokens: ``first`` to ``last`` (exclusive) are the words that say it."""

    kind: str
    first: int
    last: int
    kilometres: float | None = None
    area: bool = False
    """Whether an area lies so ("the province north of Kabul"), not a point."""
    second: bool = False
    """Whether the next place named is the other end ("between A and B")."""


def relation_before(tokens: Tokens, mention: int) -> Relation | None:
    """Return the relation that the words before the token ``mention`` state; None where they state none."""
    lowers = tokens.lowers
    floor = max(0, mention - _LOOK_BACK)
    place = mention
    if place > floor and lowers[place - 1] == "the":
        place -= 1
    if place - 2 >= floor and lowers[place - 1] == "of" and lowers[place - 2] in CITYLIKE:
        if lowers[place - 2] in {"outskirts", "suburbs", "suburb"}:
            return Relation("outside", _skip_the(lowers, place - 2, floor), place)
        place = _skip_the(lowers, place - 2, floor)
    if place <= floor:
        return None
    word = lowers[place - 1]
    if word in _SINGLE:
        return _single(lowers, place, floor, word)
    if word == "to" and place - 2 >= floor and lowers[place - 2] in {"close", "next"}:
        return Relation("near", place - 2, place)
    if word in {"of", "from"}:
        return _of(tokens, place, floor)
    if word == "between":
        return _between(lowers, place, floor)
    if word == "to" and place - 2 >= floor and lowers[place - 2] in ROADS:
        return Relation("on-the-road", _skip_the(lowers, place - 2, floor), place)
    return None


def relation_after(tokens: Tokens, end: int) -> Relation | None:
    """Return the relation that the words after the mention state: "the Kabul road", "Homs highway"."""
    if end < len(tokens) and tokens.lowers[end] in {"road", "highway", "motorway"}:
        return Relation("on-the-road", end, end + 1)
    return None


def is_cardinal(tokens: Tokens, mention: int) -> bool:
    """Tell whether an adjective before the mention takes a part of the place: "northern Syria"."""
    if not mention:
        return False
    before = tokens.lowers[mention - 1]
    if before in CARDINAL or (before == "of" and mention > 1 and tokens.lowers[mention - 2] in _WINDS):
        return True
    if before == "of" and mention > 2 and tokens.lowers[mention - 2] == "part":
        return True
    return before in {"north", "south", "east", "west"} and not tokens.opens[mention - 1]


def precision_of(kind: PlaceKind | None, relation: Relation | None, *, cardinal: bool) -> Precision:
    """Return how closely the words fix the place."""
    if relation is not None:
        wide = relation.area or kind in {PlaceKind.COUNTRY, PlaceKind.CONTINENT, PlaceKind.DIVISION}
        return Precision.REGION if wide else Precision.NEAR
    if kind in {PlaceKind.COUNTRY, PlaceKind.CONTINENT}:
        return Precision.REGION if cardinal and kind is PlaceKind.COUNTRY else Precision.COUNTRY
    if kind in {None, PlaceKind.CITY, PlaceKind.NEIGHBOURHOOD, PlaceKind.FACILITY, PlaceKind.PASS}:
        return Precision.EXACT
    return Precision.REGION


def _single(lowers: list[str], place: int, floor: int, word: str) -> Relation:
    first = place - 1
    if word == "along" and first - 1 >= floor and lowers[first - 1] in ROADS:
        first -= 1
    if first - 1 >= floor and lowers[first - 1] in _MIDDLE:
        first -= 1
    return Relation(_SINGLE[word], first, place)


def _of(tokens: Tokens, place: int, floor: int) -> Relation | None:
    """Read "12 km north of", "north of", "20 miles from", before ``place``."""
    lowers = tokens.lowers
    first = place - 1
    wind = ""
    if first - 1 >= floor and lowers[first - 1] in _WINDS:
        wind, first = _WINDS[lowers[first - 1]], first - 1
        if first - 2 >= floor and lowers[first - 1] == "-" and lowers[first - 2] in {"north", "south"}:
            wind, first = f"{lowers[first - 2]}-{wind}", first - 2
    elif (
        first - 3 >= floor
        and lowers[first - 1] in {"east", "west"}
        and lowers[first - 2] == "-"
        and lowers[first - 3] in {"north", "south"}
    ):
        wind, first = f"{lowers[first - 3]}-{lowers[first - 1]}-of", first - 3
    while first - 1 >= floor and lowers[first - 1] in _MIDDLE:
        first -= 1
    if first - 1 >= floor and lowers[first - 1] == "the" and wind:
        return (
            Relation(wind, first - 1, place) if lowers[place - 1] == "of" and _to(lowers, first - 2) else None
        )
    kilometres = None
    if first - 2 >= floor and lowers[first - 1] in {"away", "drive"}:
        first -= 1
    if first - 1 >= floor and lowers[first - 1] in _UNITS:
        value = _number(lowers[first - 2]) if first - 2 >= floor else None
        if value is not None:
            kilometres = round(value * _UNITS[lowers[first - 1]], 3)
            first -= 2
    elif (
        first - 4 >= floor
        and lowers[first - 1] == ")"
        and lowers[first - 2] in _UNITS
        and "(" in lowers[first - 4]
    ):
        value = _number(lowers[first - 3])
        if value is not None:
            kilometres = round(value * _UNITS[lowers[first - 2]], 3)
            first -= 4
            if first - 2 >= floor and lowers[first - 1] in _UNITS and _number(lowers[first - 2]) is not None:
                first -= 2
    if not wind and kilometres is None:
        return None
    if lowers[place - 1] == "from" and kilometres is None:
        return None
    area = first > floor and lowers[first - 1] in AREAS
    return Relation(wind or "near", first, place, kilometres, area)


def _between(lowers: list[str], place: int, floor: int) -> Relation:
    first = place - 1
    for back in range(1, 4):
        if first - back >= floor and lowers[first - back] in ROADS:
            return Relation("on-the-road", _skip_the(lowers, first - back, floor), place, second=True)
    return Relation("between", first, place, second=True)


def _skip_the(lowers: list[str], place: int, floor: int) -> int:
    return place - 1 if place - 1 >= floor and lowers[place - 1] in {"the", "a"} else place


def _to(lowers: list[str], place: int) -> bool:
    """Whether "the north of" follows a "to": "to the north of Kabul" lies outside it."""
    return place >= 0 and lowers[place] == "to"


def _number(word: str) -> float | None:
    if word in _NUMBERS:
        return float(_NUMBERS[word])
    digits = word.replace(",", "")
    return float(digits) if digits.replace(".", "", 1).isdigit() and digits.isascii() else None
