"""Numbers of dead and wounded, with their bounds, as claims compare them."""

from __future__ import annotations

from functools import lru_cache

import msgspec

from counterclaim.claims.words import REMEMBERED
from counterclaim.events.figures import count
from counterclaim.model import FigureBound

_MEASURES = {"killed": "dead", "wounded": "wounded"}
"""The measures on which claims are compared, and their names in what a reader is told."""


VAGUE = 2.5
"""Number of times the least that words allow from which the most makes them vague."""


class Quantity(msgspec.Struct, frozen=True, order=True):
    """How many ``measure`` (dead, wounded); ``exact`` is False for "at least", "about" and the like.

    ``low`` and ``high`` are the least and the most that the words allow, None where that end is open.
    """

    measure: str
    value: float
    exact: bool
    low: float | None = None
    high: float | None = None

    def excludes(self, other: Quantity) -> bool:
        """Tell whether the two numbers cannot both be right: "at least 20" does not exclude 30.

        "Hundreds" is no count that anybody stands by, and excludes nothing.
        """
        if self.vague or other.vague:
            return False
        return _below(self, other) or _below(other, self)

    @property
    def vague(self) -> bool:
        """Whether the words leave the order of magnitude open: "dozens", "hundreds", "several"."""
        return None not in (self.low, self.high) and (self.high or 0) >= VAGUE * (self.low or 1)


@lru_cache(maxsize=REMEMBERED)
def quantities(text: str) -> tuple[Quantity, ...]:
    """Return the numbers of dead and wounded that a text gives, the first of each measure."""
    first: dict[str, Quantity] = {}
    for found in count(text):
        measure = _MEASURES.get(found.measure)
        if measure is not None:
            exact = found.bound is FigureBound.EXACT
            first.setdefault(measure, Quantity(measure, found.value, exact, found.low, found.high))
    return tuple(sorted(first.values()))


def _below(one: Quantity, other: Quantity) -> bool:
    """Tell whether all that one allows is less than all that the other allows."""
    high = one.value if one.exact else one.high
    low = other.value if other.exact else other.low
    return high is not None and low is not None and high < low
