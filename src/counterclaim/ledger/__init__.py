"""Step 6: the append-only store, and claims and disputes read off it as of any moment."""

from counterclaim.ledger.moments import parse_moment
from counterclaim.ledger.opening import shown_place
from counterclaim.ledger.searching import SearchHit
from counterclaim.ledger.store import Ledger
from counterclaim.ledger.streaming import Recorded, Streams

__all__ = ["Ledger", "Recorded", "SearchHit", "Streams", "parse_moment", "shown_place"]
