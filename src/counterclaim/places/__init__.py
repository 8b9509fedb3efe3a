"""Names of places: found in a report's text and put on the map."""

from __future__ import annotations

from counterclaim.model import Document, PlaceMention


def find_places(document: Document) -> tuple[PlaceMention, ...]:
    """Find the names of places in a document, in order of the text."""
    return ()


__all__ = ["find_places"]
