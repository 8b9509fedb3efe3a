"""What a dispute is looked for by: status, actors, places, times. The board is filtered by these alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

import msgspec

from counterclaim.model import DisputeStatus, PlaceReading
from counterclaim.views.board import DisputeView, PositionView
from counterclaim.views.catalogue import Catalogue
from counterclaim.views.names import Named

MOST = 40
"""Actors, and places, of one dispute by which it is found: those with most statements."""


class Facets(msgspec.Struct, frozen=True, kw_only=True, array_like=True):
    """One dispute as it is looked for.

    ``origins`` counts the independent origins on all sides. ``actors`` are those who hold a position and
    the parties, ``places`` those named in its statements, by the gazetteer's id. ``happened`` is the
    first and the last day on which anything is said to have happened (ISO 8601), ``reported`` those of the
    reports.
    """

    id: str
    question: str
    status: DisputeStatus
    origins: int
    reports: int
    unverified: bool
    actors: tuple[Named, ...]
    places: tuple[Named, ...]
    happened: tuple[str, str] | None
    reported: tuple[str, str] | None


def facets_of(catalogue: Catalogue, view: DisputeView) -> Facets:
    """Return by what a dispute is looked for; ``view`` is that of the catalogue."""
    days = [day[:10] for day in (view.first_published, view.last_published) if day]
    return Facets(
        id=view.id,
        question=view.question,
        status=view.status,
        origins=len({origin.id for position in view.positions for origin in position.evidence.origins}),
        reports=len(view.documents),
        unverified=any(position.checks for position in view.positions),
        actors=_most(each for position in view.positions for each in _actors(position)),
        places=_most(_places(catalogue, view)),
        happened=_happened(catalogue, view),
        reported=(days[0], days[-1]) if days else None,
    )


def _most(named: Iterable[Named]) -> tuple[Named, ...]:
    """Return each once, those that come most often first."""
    counted = Counter(named)
    ordered = sorted(counted, key=lambda each: (-counted[each], each.name, each.id))
    return tuple(ordered[:MOST])


def _actors(position: PositionView) -> Iterator[Named]:
    known = {each.id: Named(id=each.id, name=each.name) for each in position.holders if not each.anonymous}
    yield from known.values()
    yield from position.evidence.parties
    yield from (known[quote.actor] for quote in position.quotes if quote.actor in known)


def _statements(view: DisputeView) -> Iterator[str]:
    for position in view.positions:
        yield from (quote.statement for quote in position.quotes)


def _places(catalogue: Catalogue, view: DisputeView) -> Iterator[Named]:
    for each in _statements(view):
        statement = catalogue.statements[each]
        notes = catalogue.annotations.get(statement.document)
        for mention in notes.places_in(statement) if notes else ():
            if mention.place and mention.reading is PlaceReading.LOCATION:
                yield Named(id=mention.place.id, name=mention.place.name)


def _happened(catalogue: Catalogue, view: DisputeView) -> tuple[str, str] | None:
    days = []
    for each in _statements(view):
        statement = catalogue.statements[each]
        when = statement.happened or (statement.event.when if statement.event else None)
        if when is not None:
            days += [end[:10] for end in (when.interval.start, when.interval.end) if end]
    return (min(days), max(days)) if days else None
