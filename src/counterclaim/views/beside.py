"""What stands beside something: what others say against a report's statements, and an actor's company."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

import msgspec

from counterclaim.ledger import Ledger
from counterclaim.views.actor import ActorView
from counterclaim.views.board import dispute_view, letter
from counterclaim.views.brief import DisputeBrief, dispute_brief
from counterclaim.views.document import DocumentView, SideView
from counterclaim.views.names import Named
from counterclaim.views.quotes import Quote
from counterclaim.views.reading import Question, catalogue_for, reading_stored
from counterclaim.views.stored import stored_briefs

AGAINST = 2
"""Quotes that are shown against one statement."""


class Against(msgspec.Struct, frozen=True, kw_only=True):
    """A quote of another position in a dispute in which a statement stands."""

    dispute: str
    letter: str
    quote: Quote


class Company(msgspec.Struct, frozen=True, kw_only=True):
    """In how many disputes another actor holds the same position, and in how many another one."""

    actor: Named
    agrees: int
    conflicts: int


def read_disputes(ledger: Ledger, question: Question, ids: Iterable[str]) -> dict[str, DisputeBrief]:
    """Return disputes in brief by their ids; those that are not on the board are left out."""
    wanted = sorted(set(ids))
    with reading_stored(ledger, question) as (stored, _note):
        if stored is not None:
            return {each.id: each for each in stored_briefs(stored, wanted)}
    catalogue = catalogue_for(ledger, question)
    known = [catalogue.disputes[each] for each in wanted if each in catalogue.disputes]
    return {each.id: dispute_brief(dispute_view(catalogue, each)) for each in known}


def against(view: DocumentView, disputes: Mapping[str, DisputeBrief]) -> dict[str, tuple[Against, ...]]:
    """Return for each statement of a report what other reports say against it, in these disputes."""
    return {note.statement: _against(view.key, note.sides, disputes) for note in view.notes}


def _against(
    report: str, sides: Iterable[SideView], disputes: Mapping[str, DisputeBrief]
) -> tuple[Against, ...]:
    found = []
    for side in sides:
        dispute = disputes.get(side.dispute)
        for index, position in enumerate(dispute.positions if dispute else ()):
            others = [each.quote for each in position.quotes if each.quote.place.key != report]
            if position.id != side.position and others:
                found.append(Against(dispute=side.dispute, letter=letter(index), quote=others[0]))
    return tuple(found[:AGAINST])


def company(view: ActorView, disputes: Mapping[str, DisputeBrief]) -> tuple[Company, ...]:
    """Return who else holds positions in the disputes of an actor, those met most often first.

    Sources that are not named are left out, and so are those beyond the first that a dispute in brief names.
    """
    names: dict[str, str] = {}
    counts: defaultdict[str, list[set[str]]] = defaultdict(lambda: [set(), set()])
    for side in view.sides:
        dispute = disputes.get(side.dispute)
        for position in dispute.positions if dispute else ():
            for held in position.holders:
                if not held.holder.anonymous and held.holder.id != view.id:
                    names[held.holder.id] = held.holder.name
                    counts[held.holder.id][position.id != side.position].add(side.dispute)
    found = (
        Company(actor=Named(id=each, name=names[each]), agrees=len(same), conflicts=len(other))
        for each, (same, other) in counts.items()
    )
    return tuple(sorted(found, key=lambda c: (-(c.agrees + c.conflicts), c.actor.name, c.actor.id)))
