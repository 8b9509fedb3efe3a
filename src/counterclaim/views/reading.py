"""From a ledger to the catalogue of what it knew at a moment."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TypeAlias

from counterclaim.actors import KnowledgeBase, resolve_actors
from counterclaim.disputes import read_board
from counterclaim.ledger import Ledger
from counterclaim.model import Snapshot
from counterclaim.views.catalogue import Catalogue

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
