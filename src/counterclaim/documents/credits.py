"""Dateline, byline, credit and copyright lines: whose reporting a text is."""

from __future__ import annotations

from typing import NamedTuple

from counterclaim.model import Origin, OriginBasis, Span


class Credits(NamedTuple):
    """What the report says about its own making."""

    origin: Origin | None
    dateline: Span | None = None
    byline: str | None = None


def find_credits(text: str, fields: dict[str, str], headline: tuple[int, int] | None = None) -> Credits:
    """Find dateline, byline and origin of a report."""
    publisher = fields.get("publisher")
    return Credits(Origin(name=publisher, basis=OriginBasis.PUBLISHER) if publisher else None)
