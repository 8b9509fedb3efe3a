"""Ids with the words for them."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec


class Named(msgspec.Struct, frozen=True, kw_only=True):
    """An id with the words for it."""

    id: str
    name: str


def named(pairs: Iterable[tuple[str, str]]) -> tuple[Named, ...]:
    """Return pairs of id and name, sorted by name."""
    return tuple(Named(id=one, name=name) for one, name in sorted(pairs, key=lambda pair: (pair[1], pair[0])))
