"""Whether what is gone from a ledger was erased by the rules: each tombstone by an erasure in the log."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Connection, select

from counterclaim.ledger import schema
from counterclaim.ledger.columns import utf8_bytes
from counterclaim.ledger.entries import TABLES
from counterclaim.model import Erasure, Problem, SchemaError
from counterclaim.model.errors import Messages
from counterclaim.model.serial import load


def tombstoned(connection: Connection) -> set[int]:
    """Return the numbers of the entries that an erasure in the log says it erased.

    The erasures count, whose words are chained, and not the tombstones, which are made from them.
    """
    return {each.sequence for erasure in _erasures(connection).values() for each in erasure.erased}


def check_tombstones(connection: Connection) -> Iterator[Problem]:
    """Check that erasures and tombstones say the same, of entries that are in the log before them."""
    table, entries = schema.tombstones, schema.entries
    told = {
        each.sequence: (each.kind, each.key, erasure.id, number)
        for number, erasure in _erasures(connection).items()
        for each in erasure.erased
    }
    query = select(table, entries.c.kind.label("logged"), entries.c.key.label("named"))
    query = query.outerjoin(entries, entries.c.sequence == table.c.entry).order_by(table.c.entry)
    for row in connection.execute(query).all():
        kind, key, erasure, number = told.pop(row.entry, ("", "", "", 0))
        stated = (row.kind, row.key, row.erasure) == (kind, key, erasure)
        logged = (row.logged, row.named) == (row.kind, row.key) and row.kind in TABLES
        if not (stated and logged and row.entry < number):
            yield Messages.tombstone_wrong(f"{row.kind} {row.key}")
    for kind, key, _erasure, _number in told.values():
        yield Messages.tombstone_wrong(f"{kind} {key}")


def _erasures(connection: Connection) -> dict[int, Erasure]:
    """Return the erasures by the numbers of their entries; what cannot be read is named elsewhere."""
    table = schema.erasures
    found = {}
    for row in connection.execute(select(table.c.sequence, utf8_bytes(table.c.payload).label("payload"))):
        try:
            noun = load(row.payload)
        except (SchemaError, UnicodeDecodeError):
            continue
        if isinstance(noun, Erasure):
            found[row.sequence] = noun
    return found
