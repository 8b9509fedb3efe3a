"""From a ledger to the catalogue of what it knew at a moment."""

from __future__ import annotations

from datetime import datetime

from counterclaim.disputes import read_board
from counterclaim.ledger import Ledger
from counterclaim.views.catalogue import Catalogue


def read_catalogue(ledger: Ledger, as_of: datetime | None = None) -> Catalogue:
    """Return what the ledger knows, or knew at ``as_of``, with the board read off the same snapshot."""
    snapshot = ledger.snapshot(as_of)
    return Catalogue(snapshot, read_board(snapshot))
