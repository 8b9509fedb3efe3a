"""Reading a ledger of any size in constant memory, all of it as of one moment.

Rows are read page by page in order of what names them, each page from where the last one ended (keyset
paging). No cursor stays open, so that this is the same on every database. The log only grows and
times in it only rise, so reading up to one moment gives one state however long it takes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any, Generic, NamedTuple, TypeVar

import msgspec
from sqlalchemy import Connection, func, select

from counterclaim.ledger import schema
from counterclaim.ledger.entries import TABLES
from counterclaim.ledger.lookup import reports, sequence_until
from counterclaim.ledger.moments import from_microseconds
from counterclaim.ledger.redaction import read_noun, redaction_of
from counterclaim.model import Annotations, Capture, Document, Judgement, Report, Statement

Stored = Annotations | Capture | Document | Judgement | Statement
Kind = TypeVar("Kind", Annotations, Capture, Document, Judgement, Statement)

_PAGE = 500
"""Rows that are held at once."""
_TEXTS = 20
"""Documents, or annotations, that are held at once: each may be as long as a report."""
_CONTENT = 8_000_000
"""Bytes of captures that are held at once; one capture may have more."""
_NAMES: dict[type, str] = {
    Annotations: "annotations",
    Document: "document",
    Judgement: "judgement",
    Statement: "statement",
}


class Recorded(NamedTuple, Generic[Kind]):
    """A noun, when the ledger recorded it (UTC), and its number in the order of the log, from 1."""

    noun: Kind
    recorded: datetime
    sequence: int


class Streams:
    """What a ledger stores as of one entry of its log, read within one transaction."""

    def __init__(self, connection: Connection, until: int | None) -> None:
        """Read what was recorded until then (microseconds since 1970, UTC), or all that there is now."""
        self._connection = connection
        self._last = _last_entry(connection, until)

    @property
    def moment(self) -> datetime:
        """When the last entry was recorded, so that other readings can be as of the same entry.

        The start of 1970, before every entry, where there is none.
        """
        recorded = select(schema.entries.c.recorded).where(schema.entries.c.sequence == self._last)
        return from_microseconds(self._connection.execute(recorded).scalar() or 0)

    def nouns(self, kind: type[Kind]) -> Iterator[Recorded[Kind]]:
        """Give the nouns of a kind in order of what names them.

        Documents are in order of their keys, annotations of their documents' keys, captures of their
        SHA-256, the others of their ids.
        """
        return _stream(self._connection, kind, self._last)

    def reports(self) -> Iterator[Report]:
        """Give the documents with their statements and annotations, in order of the documents' keys.

        The statements of each are in order of the text.
        """
        return _stream_reports(self._connection, self._last)


def _last_entry(connection: Connection, until: int | None) -> int:
    """Return the number of the last entry recorded until then (microseconds), or of the last of all."""
    if until is not None:
        return sequence_until(connection, until) or 0
    return connection.execute(select(func.max(schema.entries.c.sequence))).scalar() or 0


def _stream(connection: Connection, kind: type[Kind], last: int) -> Iterator[Recorded[Kind]]:
    """Give the nouns of a kind among the first ``last`` entries."""
    if kind is Capture:
        yield from _captures(connection, last)  # type: ignore[misc]
        return
    table, name = TABLES[_NAMES[kind]]
    column = table.c[name]
    query = select(column.label("name"), table.c.payload, table.c.recorded, table.c.sequence)
    page = _TEXTS if kind in (Document, Annotations) else _PAGE
    query = query.where(table.c.sequence <= last).order_by(column).limit(page)
    after = ""
    while True:
        rows = connection.execute(query.where(column > after)).all()
        for row in rows:
            noun = read_noun(connection, row.payload, kind)
            yield Recorded(noun, from_microseconds(row.recorded), row.sequence)
        if len(rows) < page:
            return
        after = rows[-1].name


def _stream_reports(connection: Connection, last: int) -> Iterator[Report]:
    """Give the reports among the first ``last`` entries."""
    column = schema.documents.c.key
    query = select(column).where(schema.documents.c.sequence <= last).order_by(column).limit(_TEXTS)
    after = ""
    while True:
        keys = connection.execute(query.where(column > after)).scalars().all()
        yield from reports(connection, keys)
        if len(keys) < _TEXTS:
            return
        after = keys[-1]


def _captures(connection: Connection, last: int) -> Iterator[Recorded[Capture]]:
    """Give the captures with their bytes: as many in one reading as are small together.

    Those with protected words are left out.
    """
    redaction = redaction_of(connection)
    table, entries = schema.captures, schema.entries
    column = table.c.sha256
    query = select(column, table.c.payload, table.c.sequence, entries.c.recorded)
    query = query.add_columns(func.length(table.c.content).label("size"))
    query = query.join(entries, entries.c.sequence == table.c.sequence)
    query = query.where(table.c.sequence <= last).order_by(column).limit(_PAGE)
    after = ""
    while True:
        rows = connection.execute(query.where(column > after)).all()
        for part in _parts(rows):
            held = select(column, table.c.content).where(column.in_([row.sha256 for row in part]))
            contents = {row.sha256: bytes(row.content) for row in connection.execute(held)}
            for row in part:
                described = read_noun(connection, row.payload, Capture)
                capture = msgspec.structs.replace(described, content=contents.pop(row.sha256))
                if redaction is not None and redaction.withholds(capture):
                    continue
                yield Recorded(capture, from_microseconds(row.recorded), row.sequence)
        if len(rows) < _PAGE:
            return
        after = rows[-1].sha256


def _parts(rows: Iterable[Any]) -> Iterator[list[Any]]:
    """Cut rows into stretches whose contents are small enough together, in order."""
    part: list[Any] = []
    size = 0
    for row in rows:
        if part and size + row.size > _CONTENT:
            yield part
            part, size = [], 0
        part.append(row)
        size += row.size
    if part:
        yield part
