"""From a ledger to the catalogue of what it knew at a moment."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TypeAlias

from counterclaim.actors import KnowledgeBase, resolve_actors
from counterclaim.disputes import read_board
from counterclaim.ledger import Ledger, parse_moment
from counterclaim.model import LedgerError, Snapshot
from counterclaim.model.errors import Messages
from counterclaim.views.catalogue import Catalogue
from counterclaim.views.diff import DiffView, diff_view

KnowledgeOf: TypeAlias = Callable[[Snapshot], KnowledgeBase]
"""What is known of the actors of a snapshot."""


def read_catalogue(
    ledger: Ledger, as_of: datetime | None = None, knowledge: KnowledgeOf | None = None
) -> Catalogue:
    """Return what the ledger knows, or knew at ``as_of``, with the board read off the same snapshot.

    ``knowledge`` gives what is known of actors beforehand, for a snapshot; where None it is what comes
    with the program.
    """
    snapshot = ledger.snapshot(as_of)
    actors = resolve_actors(snapshot, knowledge(snapshot) if knowledge else None)
    return Catalogue(snapshot, read_board(snapshot, actors), actors)


def read_diff(
    ledger: Ledger, start: str, end: str | None = None, knowledge: KnowledgeOf | None = None
) -> DiffView:
    """Return what became known after ``start`` and until ``end``, moments as users write them.

    Until now where ``end`` is None. Raises LedgerError where one is no moment, or ``start`` the later one.
    """
    first, last = parse_moment(start), parse_moment(end) if end else None
    if end is not None and last is not None and first > last:
        raise LedgerError(Messages.moments_reversed(start, end))
    before = read_catalogue(ledger, first, knowledge)
    return diff_view(before, read_catalogue(ledger, last, knowledge))
