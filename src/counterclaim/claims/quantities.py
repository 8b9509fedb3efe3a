"""Numbers of dead and wounded, with their bounds, as claims compare them."""

from __future__ import annotations

import msgspec

from counterclaim.events.figures import count
from counterclaim.model import FigureBound

_MEASURES = {"killed": "dead", "wounded": "wounded"}
"""The measures on which claims are compared, and their names in what a reader is told."""


class Quantity(msgspec.Struct, frozen=True, order=True):
    """How many ``measure`` (dead, wounded); ``exact`` is False for "at least", "about" and the like."""

    measure: str
    value: float
    exact: bool


def quantities(text: str) -> tuple[Quantity, ...]:
    """Return the numbers of dead and wounded that a text gives, the first of each measure."""
    first: dict[str, Quantity] = {}
    for found in count(text):
        measure = _MEASURES.get(found.measure)
        if measure is not None:
            first.setdefault(measure, Quantity(measure, found.value, found.bound is FigureBound.EXACT))
    return tuple(sorted(first.values()))
