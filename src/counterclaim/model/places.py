"""Where: names of places in a text, and the points of the Earth that they may stand for."""

from __future__ import annotations

from enum import StrEnum

import msgspec

from counterclaim.model.span import Span


class PlaceKind(StrEnum):
    """The kind of place, as the gazetteer gives it."""

    CONTINENT = "continent"
    COUNTRY = "country"
    DIVISION = "division"
    """A first-level division: a province, a governorate, a state of a federation."""
    DISTRICT = "district"
    """A division below the first level."""
    CITY = "city"
    """A populated place of any size."""
    NEIGHBOURHOOD = "neighbourhood"
    REGION = "region"
    """A region that no administration bounds: Darfur, the Sahel."""
    VALLEY = "valley"
    PASS = "pass"  # noqa: S105 (of a mountain)
    MOUNTAIN = "mountain"
    WATER = "water"
    ISLAND = "island"
    DESERT = "desert"
    FACILITY = "facility"
    """Something built: an airport, a base, a crossing, a street."""


class PlaceReading(StrEnum):
    """What the name stands for in its sentence."""

    LOCATION = "location"
    METONYM = "metonym"
    """A government or another body that sits there: "Islamabad said"."""
    DEMONYM = "demonym"
    """People or things of the place: "Afghan forces"."""


class Precision(StrEnum):
    """How closely the words fix the place, as conflict researchers grade it.

    In the terms of UCDP's ``where_prec`` exact is 1, near is 2, region is 3 to 5, country is 6; in
    those of ACLED's ``GEO_PRECISION`` exact is 1, near is 2, region is 3.
    """

    EXACT = "exact"
    NEAR = "near"
    REGION = "region"
    COUNTRY = "country"


class PlaceRelation(msgspec.Struct, frozen=True, kw_only=True):
    """How what is spoken of lies to the place named: "north of Kabul", "the road between A and B".

    ``kind`` is one of ``near``, ``outside``, ``north-of`` (and the other seven winds), ``between``,
    ``on-the-road``, ``along``, ``around``; ``span`` the words that say so, ``other`` the second place
    of "between", ``kilometres`` the distance where one is given.
    """

    kind: str
    span: Span
    other: Span | None = None
    kilometres: float | None = None


class PlaceCandidate(msgspec.Struct, frozen=True, kw_only=True):
    """One place that a name may mean.

    ``id`` names it in its source (``geonames:1138958``, ``supplement:panjshir-valley``). ``latitude``
    and ``longitude`` are degrees (WGS 84). ``country`` is ISO 3166-1 alpha-2 and ``division`` the
    ISO 3166-2 code or the name of the first-level division, where there is one. ``score`` between
    0 and 1; those of the candidates of one mention sum to 1 at most.
    """

    id: str
    name: str
    kind: PlaceKind
    latitude: float
    longitude: float
    country: str | None = None
    division: str | None = None
    population: int = 0
    score: float = 1.0


class PlaceMention(msgspec.Struct, frozen=True, kw_only=True):
    """One name of a place in a text.

    ``candidates`` are the places that it may mean, the likeliest first; empty for a name that is a
    place by its words and that no gazetteer knows. ``confidence`` is that it names a place at all.
    """

    span: Span
    reading: PlaceReading
    candidates: tuple[PlaceCandidate, ...] = ()
    precision: Precision = Precision.EXACT
    relation: PlaceRelation | None = None
    confidence: float = 1.0

    @property
    def place(self) -> PlaceCandidate | None:
        """The likeliest place, None where none is known."""
        return self.candidates[0] if self.candidates else None
