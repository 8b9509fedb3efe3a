"""The part of a ledger that the map and the timeline of one dispute, one actor or the board are read from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import NamedTuple

import msgspec

from counterclaim.ledger import Ledger
from counterclaim.ledger.lookup import named
from counterclaim.ledger.stored_boards import StoredBoard
from counterclaim.model import Actor, Dispute, Statement, UnknownNameError
from counterclaim.model.errors import Messages
from counterclaim.views.actor import ActorView
from counterclaim.views.board import DisputeView
from counterclaim.views.catalogue import Catalogue
from counterclaim.views.excerpt import Excerpt, excerpt
from counterclaim.views.find import find
from counterclaim.views.happening import Happening, LeftOut
from counterclaim.views.map import PLACES, MapView, map_view, said_about
from counterclaim.views.reading import Note, Question, catalogue_for, reading_stored
from counterclaim.views.stored import stored_answer
from counterclaim.views.timeline import ITEMS, Lanes, TimelineView, timeline_view

LOOKED = 600
"""Statements that are read at most where a stored board answers."""
_DISPUTES = 20
"""Disputes, those of most weight, whose statements the whole stored board is shown with."""


class Part(NamedTuple):
    """Some of a ledger. ``beyond`` counts statements of the same that were not read, None for not known."""

    catalogue: Catalogue
    dispute: str | None
    actor: str | None
    beyond: int | None


class MapAnswer(NamedTuple):
    """A map, with what there is to say beside it; ``beyond`` as in :class:`Part`."""

    view: MapView
    note: Note
    beyond: int | None


class TimelineAnswer(NamedTuple):
    """A timeline, with what there is to say beside it; ``beyond`` as in :class:`Part`."""

    view: TimelineView
    note: Note
    beyond: int | None


def read_map(
    ledger: Ledger, question: Question, name: str | None = None, *, limit: int = PLACES
) -> MapAnswer:
    """Return the map of a dispute or an actor, by name or id; of the disputes of the board where None.

    From the stored board where that will do: it reads a bounded number of statements then. Raises
    LedgerError where nothing has the name, or what has it is neither.
    """
    with _part(ledger, question, name) as (part, note):
        view = map_view(
            part.catalogue, dispute=part.dispute, actor=part.actor, happening=question.happening, limit=limit
        )
        return MapAnswer(view, note, part.beyond)


def read_timeline(
    ledger: Ledger,
    question: Question,
    name: str | None = None,
    *,
    lanes_of: Lanes | None = None,
    limit: int = ITEMS,
) -> TimelineAnswer:
    """Return the timeline of the same."""
    with _part(ledger, question, name) as (part, note):
        view = timeline_view(
            part.catalogue,
            dispute=part.dispute,
            actor=part.actor,
            happening=question.happening,
            lanes_of=lanes_of,
            limit=limit,
        )
        return TimelineAnswer(view, note, part.beyond)


@contextmanager
def _part(ledger: Ledger, question: Question, name: str | None) -> Iterator[tuple[Part, Note]]:
    """Give the part, while what it is read from is open: an excerpt asks for more as it is looked at."""
    with reading_stored(ledger, question) as (stored, note):
        if stored is not None:
            yield _of_stored(stored, ledger, name), note
            return
    catalogue = catalogue_for(ledger, question)
    part = _of_catalogue(catalogue, name)
    yield part, Note(None, _left_out(part, question.happening))


def _left_out(part: Part, happening: Happening | None) -> LeftOut | None:
    """Count what was not taken for its event time."""
    if happening is None:
        return None
    met = [
        happening.meets(each)
        for each in said_about(part.catalogue, dispute=part.dispute, actor=part.actor)
        if not happening.takes(each)
    ]
    return LeftOut(elsewhen=met.count(False), unknown=met.count(None))


def _of_catalogue(catalogue: Catalogue, name: str | None) -> Part:
    if name is None:
        return Part(catalogue, None, None, 0)
    found = find(catalogue, name)
    if isinstance(found, Dispute):
        return Part(catalogue, found.id, None, 0)
    if isinstance(found, Actor):
        return Part(catalogue, None, found.id, 0)
    raise UnknownNameError(Messages.neither_dispute_nor_actor(name))


def _of_stored(stored: StoredBoard, ledger: Ledger, name: str | None) -> Part:
    if name is None:
        views = [
            msgspec.json.decode(payload, type=DisputeView)
            for payload in stored.ranked("dispute-view", _DISPUTES)
        ]
        said = list(dict.fromkeys(each for view in views for each in _said_in(view)))
        return Part(_excerpt(stored, said), None, None, None)
    view = stored_answer(stored, name, ledger.capture)
    if isinstance(view, DisputeView):
        said = list(_said_in(view))
        part = _excerpt(stored, said)
        return Part(part, view.id, None, max(0, len(said) - LOOKED))
    if isinstance(view, ActorView):
        said = list(_Said.of(stored.rows("actor", [view.id])[view.id]))
        part = _excerpt(stored, said)
        return Part(part, None, view.id, max(0, len(said) - LOOKED))
    raise UnknownNameError(Messages.neither_dispute_nor_actor(name))


def _excerpt(stored: StoredBoard, said: list[str]) -> Excerpt:
    """Read the first statements, and those of which they are clauses: a side of a clause is theirs too."""
    clauses = named(stored.connection, Statement, said[:LOOKED])
    wholes = {each.part_of for each in clauses.values() if each.part_of is not None}
    return excerpt(stored, statements={*said[:LOOKED], *wholes})


class _Said(msgspec.Struct):
    """The ids of the statements of an actor."""

    statements: tuple[str, ...] = ()

    @classmethod
    def of(cls, payload: bytes) -> tuple[str, ...]:
        return msgspec.json.decode(payload, type=cls).statements


def _said_in(view: DisputeView) -> Iterable[str]:
    """Return the ids of the statements of a dispute, those of its positions by turns, each once."""
    positions = []
    for position in view.positions:
        folded = (*position.evidence.told_by, *position.evidence.asserted_by)
        said = [each.statement for each in position.quotes]
        said += [each.statement for quote in position.quotes for each in quote.reprints]
        said += [each for voice in folded for each in voice.statements]
        positions.append(list(dict.fromkeys(said)))
    longest = max(map(len, positions), default=0)
    turns = (said[at] for at in range(longest) for said in positions if at < len(said))
    return dict.fromkeys(turns)
