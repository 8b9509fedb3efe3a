"""Event frames: what a statement says happened, to whom, and how many."""

from __future__ import annotations

from collections.abc import Sequence

from counterclaim.events.finding import Reading
from counterclaim.model import Annotations, Document, EventFrame, Statement


def find_events(
    document: Document, statements: Sequence[Statement], annotations: Annotations
) -> tuple[EventFrame | None, ...]:
    """Return the event of each statement, None where there is none or where it is not clear."""
    reading = Reading(document, annotations)
    return tuple(reading.event(statement) for statement in statements)


__all__ = ["find_events"]
