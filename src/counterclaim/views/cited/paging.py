"""A list in pages: what is shown, how much is left, and how to go on."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, NamedTuple, TypeVar

import msgspec
from msgspec import Meta

from counterclaim.ledger.moments import parse_moment, written
from counterclaim.model import LedgerError
from counterclaim.model.errors import Messages

Item = TypeVar("Item")
_CURSOR = re.compile(r"([0-9]{1,12})@([0-9T:.Z-]{10,40})")


class Page(msgspec.Struct, frozen=True, kw_only=True):
    """How much of a list is shown. Where ``at_least``, there may be more than ``more`` left."""

    shown: int
    more: Annotated[int, Meta(description="How many more there are after these.")]
    at_least: bool = False
    cursor: Annotated[
        str | None, Meta(description="Give this as cursor to go on, at the same moment; null at the end.")
    ]


class Place(NamedTuple):
    """Where a list goes on: after so many, and as of which moment; None for the one asked for."""

    offset: int = 0
    moment: datetime | None = None


def place_of(cursor: str | None) -> Place:
    """Read a cursor. Raises LedgerError where it is none."""
    if cursor is None:
        return Place()
    found = _CURSOR.fullmatch(cursor)
    if found is None:
        raise LedgerError(Messages.cursor_invalid(cursor))
    return Place(int(found[1]), parse_moment(found[2]))


def page_of(items: Sequence[Item], offset: int, limit: int, moment: datetime) -> tuple[Sequence[Item], Page]:
    """Return at most ``limit`` items from ``offset`` on, and what is left of them."""
    shown = items[offset : offset + limit]
    return shown, page(offset, len(shown), max(0, len(items) - offset - len(shown)), moment)


def page(offset: int, shown: int, more: int, moment: datetime, *, at_least: bool = False) -> Page:
    """Return the page of so many shown, with so many more after it."""
    cursor = f"{offset + shown}@{written(moment)}" if more else None
    return Page(shown=shown, more=more, at_least=at_least, cursor=cursor)
