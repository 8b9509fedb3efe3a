"""The map: where claimed events are said to have happened, how closely that is known, and who says so."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable

import msgspec

from counterclaim.model import PlaceMention, Precision, Statement
from counterclaim.views.catalogue import Catalogue, Side
from counterclaim.views.happening import Happening
from counterclaim.views.places import places_of, precision_of

PLACES = 60
"""Places that a map shows at most: those of which most reports speak."""
SIDES = 12
"""Positions that are named of one place."""
NEAR = 25.0
"""Kilometres that a place "near" another may be off, as UCDP's codebook has it (``where_prec`` 2)."""


class PlaceSide(msgspec.Struct, frozen=True, kw_only=True):
    """A position in a dispute that statements about a place take; ``number`` is its index in the dispute."""

    dispute: str
    question: str
    position: str
    label: str
    number: int
    statements: int


class MapPlace(msgspec.Struct, frozen=True, kw_only=True):
    """One place at one precision.

    ``latitude`` and ``longitude`` are degrees (WGS 84). ``kilometres`` is how far the place may be off
    the point: 0 where the words name the place itself, None where it is somewhere within an area of
    which the ledger does not know the size. ``guessed`` counts the statements whose words may mean
    another place too. ``reports`` counts documents. A clause counts with its statement.
    """

    id: str
    name: str
    kind: str
    country: str | None
    division: str | None
    latitude: float
    longitude: float
    precision: Precision
    kilometres: float | None
    guessed: int
    reports: int
    statements: tuple[str, ...]
    sides: tuple[PlaceSide, ...]
    more_sides: int

    @property
    def key(self) -> str:
        """The name of the place at this precision: a place may be there twice, as itself and as "near" it."""
        return f"{self.id}/{self.precision}"


class MapView(msgspec.Struct, frozen=True, kw_only=True):
    """Places, those of which most reports speak first.

    ``left_out`` counts places beyond the bound. Of ``statements`` in all, ``placed`` name a place that
    has a point; all are counted, those at places that are left out too.
    """

    places: tuple[MapPlace, ...]
    left_out: int
    statements: int
    placed: int


def map_view(
    catalogue: Catalogue,
    *,
    dispute: str | None = None,
    actor: str | None = None,
    happening: Happening | None = None,
    limit: int = PLACES,
) -> MapView:
    """Return the places of what is said in one dispute, by one actor (ids), or in the whole catalogue.

    The places are those for which the event of a statement is told, else those that its content names,
    as the exports choose them. At most ``limit`` of them.
    """
    chosen = said_about(catalogue, dispute=dispute, actor=actor, happening=happening)
    at: defaultdict[tuple[str, Precision], list[tuple[Statement, PlaceMention]]] = defaultdict(list)
    for statement in chosen:
        for mention in event_places(catalogue, statement):
            place = mention.candidates[0]
            at[place.id, precision_of(mention)].append((statement, mention))
    places = [_place(catalogue, precision, told, dispute) for (_id, precision), told in at.items()]
    places.sort(key=lambda each: (-each.reports, -len(each.statements), each.name, each.key))
    return MapView(
        places=tuple(places[:limit]),
        left_out=max(0, len(places) - limit),
        statements=len({each.whole for each in chosen}),
        placed=len({statement.whole for told in at.values() for statement, _mention in told}),
    )


def said_about(
    catalogue: Catalogue,
    *,
    dispute: str | None = None,
    actor: str | None = None,
    happening: Happening | None = None,
) -> list[Statement]:
    """Return the statements that take a side in a dispute and those of an actor; all where neither is given.

    Both are ids; with both, the statements of the actor in the dispute. Of these, those alone that
    ``happening`` takes.
    """
    return [
        each
        for each in catalogue.snapshot.statements
        if (dispute is None or any(side.dispute.id == dispute for side in catalogue.sides(each.id)))
        and (actor is None or catalogue.actor_id_of(each) == actor)
        and (happening is None or happening.takes(each))
    ]


def event_places(catalogue: Catalogue, statement: Statement) -> tuple[PlaceMention, ...]:
    """Return the places told for the event of a statement; those in its content where there are none."""
    found = places_of(catalogue.annotations.get(statement.document), statement)
    if statement.event is None:
        return found
    spans = {(span.start, span.end) for span in statement.event.places}
    told = tuple(each for each in found if (each.span.start, each.span.end) in spans)
    return told or found


def kilometres_of(mention: PlaceMention) -> float | None:
    """Return how far off its point a place may be; None for somewhere in an area of unknown size."""
    precision = precision_of(mention)
    if precision is Precision.EXACT:
        return 0.0
    if precision is not Precision.NEAR:
        return None
    told = mention.relation.kilometres if mention.relation else None
    return NEAR if told is None else told


def _place(
    catalogue: Catalogue,
    precision: Precision,
    told: list[tuple[Statement, PlaceMention]],
    dispute: str | None,
) -> MapPlace:
    place = told[0][1].candidates[0]
    off = [kilometres_of(mention) for _statement, mention in told]
    known = [each for each in off if each is not None]
    said = {statement.id for statement, _mention in told}
    sides = _sides(catalogue, said, dispute)
    return MapPlace(
        id=place.id,
        name=place.name,
        kind=str(place.kind),
        country=place.country,
        division=place.division,
        latitude=place.latitude,
        longitude=place.longitude,
        precision=precision,
        kilometres=max(known) if len(known) == len(off) else None,
        guessed=len({statement.whole for statement, mention in told if len(mention.candidates) > 1}),
        reports=len({statement.document for statement, _mention in told}),
        statements=tuple(sorted({statement.whole for statement, _mention in told})),
        sides=sides[:SIDES],
        more_sides=max(0, len(sides) - SIDES),
    )


def _sides(catalogue: Catalogue, said: Collection[str], dispute: str | None) -> tuple[PlaceSide, ...]:
    taken: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    sides: dict[tuple[str, str], Side] = {}
    for each in sorted(said):
        for side in catalogue.sides(each):
            if dispute is None or side.dispute.id == dispute:
                key = side.dispute.id, side.position.id
                sides[key] = side
                taken[key].add(catalogue.statements[each].whole)
    views = (_side(side, taken[key]) for key, side in sides.items())
    return tuple(sorted(views, key=lambda each: (-each.statements, each.question, each.dispute, each.number)))


def _side(side: Side, statements: Iterable[str]) -> PlaceSide:
    positions = [each.id for each in side.dispute.positions]
    return PlaceSide(
        dispute=side.dispute.id,
        question=side.dispute.question,
        position=side.position.id,
        label=side.position.label,
        number=positions.index(side.position.id),
        statements=len(set(statements)),
    )
