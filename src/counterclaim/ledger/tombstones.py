"""What was erased: told to who asks for it by name, and kept from coming back."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Connection, select

from counterclaim.ledger import schema
from counterclaim.ledger.moments import from_microseconds
from counterclaim.model import Capture, Document, LedgerError, Problem
from counterclaim.model.erasure import Erasure
from counterclaim.model.errors import Messages
from counterclaim.model.serial import load

_AT_ONCE = 500
_LAST = "\U0010ffff"


class ErasedError(LedgerError):
    """What is asked for, or to be added, was erased."""


def any_erased(connection: Connection) -> bool:
    """Tell whether anything was ever erased."""
    return connection.execute(select(schema.tombstones.c.entry).limit(1)).first() is not None


def erased_among(connection: Connection, kind: str, keys: Iterable[str]) -> set[str]:
    """Return those of the keys of a kind whose entries were erased."""
    wanted = sorted(set(keys))
    if not wanted or not any_erased(connection):
        return set()
    table = schema.tombstones
    found: set[str] = set()
    for start in range(0, len(wanted), _AT_ONCE):
        part = wanted[start : start + _AT_ONCE]
        query = select(table.c.key).where(table.c.kind == kind, table.c.key.in_(part))
        found.update(connection.execute(query).scalars())
    return found


def refuse_erased(connection: Connection, kind: str, keys: Iterable[str]) -> None:
    """Raise ErasedError where something that is to be added was erased."""
    for key in sorted(erased_among(connection, kind, keys)):
        raise ErasedError(Messages.erased_again(f"{kind} {key}", *_told(connection, kind, key)))


def erased_problem(connection: Connection, document: Document, capture: Capture) -> Problem | None:
    """Return the problem of a report that was erased, or whose bytes were; None where neither was."""
    try:
        refuse_erased(connection, "document", [document.key])
        refuse_erased(connection, "capture", [capture.sha256])
    except ErasedError as error:
        return Messages.input_erased(capture.name, str(error))
    return None


def refuse_name(connection: Connection, name: str) -> None:
    """Raise ErasedError where ``name`` is the key of something erased, a beginning of one, or a report's id.

    The ids of erased reports are not kept; a report's key is made of its id and its capture, so that a
    name can be tried with every capture that was ever held.
    """
    if not any_erased(connection):
        return
    table = schema.tombstones
    query = select(table.c.kind, table.c.key).order_by(table.c.key)
    begins = query.where(table.c.key >= name, table.c.key < name + _LAST).limit(1)
    row = connection.execute(begins).first() if name.isprintable() and len(name) > 2 else None
    found = (row.kind, row.key) if row else _by_id(connection, name)
    if found is not None:
        kind, key = found
        raise ErasedError(Messages.erased(f"{kind} {key}", *_told(connection, kind, key)))


def _by_id(connection: Connection, name: str) -> tuple[str, str] | None:
    entries, table = schema.entries, schema.tombstones
    gone = set(connection.execute(select(table.c.key).where(table.c.kind == "document")).scalars())
    captures = connection.execute(select(entries.c.key).where(entries.c.kind == "capture")) if gone else ()
    for (capture,) in captures:
        key = Document.key_of(name, capture)
        if key in gone:
            return "document", key
    return None


def erasures(connection: Connection) -> list[tuple[Erasure, int]]:
    """Return all erasures with the time of each (microseconds), in order of the log."""
    table = schema.erasures
    rows = connection.execute(select(table.c.payload, table.c.recorded).order_by(table.c.sequence))
    return [(read_erasure(row.payload), row.recorded) for row in rows]


def read_erasure(payload: str | bytes) -> Erasure:
    """Read a stored erasure. Raises LedgerError where it is none."""
    noun = load(payload)
    if not isinstance(noun, Erasure):
        raise LedgerError(Messages.not_an_erasure(type(noun).__name__.lower()))
    return noun


def _told(connection: Connection, kind: str, key: str) -> tuple[str, str, str]:
    """Return when something was erased, by whom and why."""
    tombstones, table = schema.tombstones, schema.erasures
    query = select(table.c.payload, table.c.recorded).join(tombstones, tombstones.c.erasure == table.c.id)
    row = connection.execute(query.where(tombstones.c.kind == kind, tombstones.c.key == key)).first()
    if row is None:
        raise LedgerError(Messages.not_an_erasure(f"{kind} {key}"))
    erasure = read_erasure(row.payload)
    return from_microseconds(row.recorded).isoformat(timespec="seconds"), erasure.author, erasure.reason
