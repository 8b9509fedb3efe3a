"""Which place a name means: a log-linear choice from the gazetteer's prior and from what stands around.

The evidence is the one that the literature found to matter (Leidner 2007; Lieberman, Samet and
Sankaranarayanan 2010): the likeliest referent by importance, a container named beside it ("Paris,
Texas"), containers and neighbours named elsewhere in the report (spatial minimality), one referent for
a name within a report, and where the report is published. It costs time linear in the number of names.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from counterclaim.model import PlaceKind
from counterclaim.places.gazetteer import Entry, NameKind, built_in

PRIOR = 10.0
CONTAINED = 7.0
NOT_CONTAINED = -1.5
COUNTRY = 3.0
DIVISION = 3.5
NEIGHBOUR = 2.0
CUE = 3.0
AREA_WITHOUT_WORD = -1.0
OTHER_NAME = -2.0
OTHER_MARKS = -0.7
WIDE = 2.5
SEAT = 0.55
HOME = 2.5
SPOKEN = 0.5
SPOKEN_MOST = 2.0
ROUNDS = 2
KEPT = 5
"""Candidates that a mention keeps."""
_LEAST = 0.02
_CONSIDERED = 25
_CELL = 1.5
"""The width of a cell of neighbours, in degrees."""

_WIDE = frozenset({PlaceKind.CONTINENT, PlaceKind.COUNTRY, PlaceKind.DIVISION})


class Name(NamedTuple):
    """One name to be resolved: the places it may mean, and what its surroundings say."""

    text: str
    places: tuple[Entry, ...]
    containers: tuple[Entry, ...] = ()
    """What a container named right beside it may mean."""
    cues: frozenset[PlaceKind] = frozenset()
    """The kinds that a word beside it tells: "the city of", "province"."""
    weight: float = 1.0


class Ranked(NamedTuple):
    """A place with its probability."""

    entry: Entry
    score: float


def resolve(
    names: Sequence[Name], home: Iterable[Entry] = (), countries: Iterable[str] = ()
) -> list[tuple[Ranked, ...]]:
    """Return for each name the places that it may mean, the likeliest first.

    ``home`` are places that the report is known to be from (dateline, publisher), ``countries`` codes of
    countries whose people it speaks of.
    """
    base = [[_own_score(name, entry) for entry in name.places[:_CONSIDERED]] for name in names]
    spoken = Counter(countries)
    homes = list(home)
    beliefs = [_softmax(scores) for scores in base]
    for _ in range(ROUNDS):
        context = _Context(names, beliefs, spoken, homes)
        scores = [
            [
                own + context.support(number, entry)
                for own, entry in zip(base[number], name.places, strict=False)
            ]
            for number, name in enumerate(names)
        ]
        beliefs = [_softmax(each) for each in scores]
    return [_ranked(name, belief) for name, belief in zip(names, beliefs, strict=True)]


def _own_score(name: Name, entry: Entry) -> float:
    score = PRIOR * entry.importance
    if entry.name_kind is NameKind.ALTERNATE:
        score += OTHER_NAME
    elif entry.name.casefold() != name.text.casefold():
        score += OTHER_MARKS
    if entry.kind in _WIDE and not _has_namesake_seat(name, entry):
        score += WIDE
    if name.containers:
        score += CONTAINED if any(contains(each, entry) for each in name.containers) else NOT_CONTAINED
    if name.cues:
        score += CUE if entry.kind in name.cues else 0.0
    elif entry.kind is PlaceKind.DISTRICT:
        score += AREA_WITHOUT_WORD
    return score


def _has_namesake_seat(name: Name, area: Entry) -> bool:
    """Tell whether a city of the same name lies in a division: Kandahar in Kandahar, New York in New York."""
    return area.kind is PlaceKind.DIVISION and any(
        entry.kind is PlaceKind.CITY and entry.division == area.division and entry.importance > SEAT
        for entry in name.places[:_CONSIDERED]
    )


def contains(container: Entry, entry: Entry) -> bool:
    """Tell whether a place lies in another, as far as the gazetteer knows."""
    if container.index == entry.index:
        return False
    if container.kind is PlaceKind.COUNTRY:
        return container.country == entry.country and entry.kind is not PlaceKind.COUNTRY
    if entry.kind in _WIDE and container.kind is not PlaceKind.CONTINENT:
        return False
    if container.kind is PlaceKind.DIVISION:
        if entry.division is not None and entry.division == container.division:
            return True
        return entry.country == container.country and _above(container, entry)
    if _above(container, entry):
        return True
    if container.kind in {
        PlaceKind.DISTRICT,
        PlaceKind.CITY,
        PlaceKind.ISLAND,
        PlaceKind.REGION,
        PlaceKind.VALLEY,
    }:
        reach = 60 if container.kind in {PlaceKind.DISTRICT, PlaceKind.CITY} else 200
        return container.country in {entry.country, None} and kilometres(container, entry) < reach
    return False


def _above(container: Entry, entry: Entry) -> bool:
    parent = entry.parent
    for _ in range(4):
        if parent is None:
            return False
        if parent == container.index:
            return True
        parent = built_in().entry(parent).parent
    return False


def kilometres(one: Entry, other: Entry) -> float:
    """Return the distance of two places on the great circle, in kilometres (haversine)."""
    a, b = math.radians(one.latitude), math.radians(one.longitude)
    c, d = math.radians(other.latitude), math.radians(other.longitude)
    x = math.sin((c - a) / 2) ** 2 + math.cos(a) * math.cos(c) * math.sin((d - b) / 2) ** 2
    return 12742 * math.asin(min(1.0, math.sqrt(x)))


class _Context:
    """What the report as a whole is about, by what is believed of its names so far."""

    def __init__(
        self,
        names: Sequence[Name],
        beliefs: Sequence[Sequence[float]],
        spoken: Counter[str],
        homes: Sequence[Entry],
    ) -> None:
        self._countries: defaultdict[str, float] = defaultdict(float)
        self._divisions: defaultdict[str, float] = defaultdict(float)
        self._cells: defaultdict[tuple[int, int], float] = defaultdict(float)
        self._shares = [self._share(name, belief) for name, belief in zip(names, beliefs, strict=True)]
        for share in self._shares:
            self._add(share, 1.0)
        for code, count in spoken.items():
            self._countries[code] += min(SPOKEN_MOST, SPOKEN * count)
        for entry in homes:
            self._add(self._of(entry, HOME), 1.0)

    @staticmethod
    def _of(entry: Entry, weight: float) -> list[tuple[str, object, float]]:
        share: list[tuple[str, object, float]] = []
        if entry.country:
            share.append(("country", entry.country, weight))
        if entry.division and entry.kind is not PlaceKind.COUNTRY:
            share.append(("division", entry.division, weight))
        if entry.kind not in _WIDE:
            share.append(("cell", _cell(entry), weight))
        return share

    def _share(self, name: Name, belief: Sequence[float]) -> list[tuple[str, object, float]]:
        share: list[tuple[str, object, float]] = []
        for entry, weight in zip(name.places, belief, strict=False):
            if weight >= 0.05:
                share += self._of(entry, weight * name.weight)
        return share

    def _add(self, share: list[tuple[str, object, float]], sign: float) -> None:
        for kind, key, weight in share:
            if kind == "country":
                self._countries[key] += sign * weight  # type: ignore[index]
            elif kind == "division":
                self._divisions[key] += sign * weight  # type: ignore[index]
            else:
                self._cells[key] += sign * weight  # type: ignore[index]

    def support(self, number: int, entry: Entry) -> float:
        """Return how much the other names of the report speak for a place."""
        share = self._shares[number]
        own_country = sum(w for kind, key, w in share if kind == "country" and key == entry.country)
        own_division = sum(w for kind, key, w in share if kind == "division" and key == entry.division)
        country = max(0.0, self._countries.get(entry.country or "", 0.0) - own_country)
        score = COUNTRY * _saturate(country)
        if entry.division and entry.kind is not PlaceKind.COUNTRY:
            division = max(0.0, self._divisions.get(entry.division, 0.0) - own_division)
            score += DIVISION * _saturate(division)
        if entry.kind not in _WIDE:
            x, y = _cell(entry)
            near = {(x + dx, y + dy) for dx in (-1, 0, 1) for dy in (-1, 0, 1)}
            total = sum(self._cells.get(cell, 0.0) for cell in near)
            own = sum(w for kind, key, w in share if kind == "cell" and key in near)
            score += NEIGHBOUR * _saturate(max(0.0, total - own))
        return score


def _saturate(weight: float) -> float:
    return weight / (weight + 1.0)


def _cell(entry: Entry) -> tuple[int, int]:
    return math.floor(entry.latitude / _CELL), math.floor(entry.longitude / _CELL)


def _softmax(scores: Sequence[float]) -> list[float]:
    if not scores:
        return []
    top = max(scores)
    powers = [math.exp(score - top) for score in scores]
    total = sum(powers)
    return [power / total for power in powers]


def _ranked(name: Name, belief: Sequence[float]) -> tuple[Ranked, ...]:
    ranked = sorted(
        (Ranked(entry, score) for entry, score in zip(name.places, belief, strict=False)),
        key=lambda each: (-each.score, each.entry.index),
    )
    return tuple(each for number, each in enumerate(ranked[:KEPT]) if number == 0 or each.score >= _LEAST)
