"""What the ledger holds, a page at a time, newest first."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple, TypeVar

from sqlalchemy import Connection, select

from counterclaim.ledger.moments import from_microseconds, to_microseconds
from counterclaim.ledger.redaction import read_noun
from counterclaim.ledger.schema import BY_PEOPLE, documents, judgements, statements
from counterclaim.model import Document, Judgement, Statement

Noun = TypeVar("Noun", Document, Statement, Judgement)

_TABLES = {Document: documents, Statement: statements, Judgement: judgements}


class Numbered(NamedTuple):
    """The number of an entry of the log, and when it was recorded."""

    sequence: int
    recorded: datetime


def page_of(
    connection: Connection,
    kind: type[Noun],
    *,
    limit: int,
    before: int | None = None,
    until: datetime | None = None,
    document: str | None = None,
) -> list[tuple[Numbered, Noun]]:
    """Return at most ``limit`` nouns of a kind, the last recorded first.

    ``before`` is the number of the entry that ended the page before, ``until`` a moment after which nothing
    is taken, ``document`` the key of the one document whose statements are wanted.
    """
    table = _TABLES[kind]
    query = select(table.c.sequence, table.c.recorded, table.c.payload).order_by(table.c.sequence.desc())
    if before is not None:
        query = query.where(table.c.sequence < before)
    if until is not None:
        query = query.where(table.c.recorded <= to_microseconds(until))
    if document is not None:
        query = query.where(table.c.document == document)
    rows = connection.execute(query.limit(limit)).all()
    return [
        (Numbered(row.sequence, from_microseconds(row.recorded)), read_noun(connection, row.payload, kind))
        for row in rows
    ]


def recorded_after(
    connection: Connection, kind: type[Noun], moment: datetime, most: int, until: datetime | None = None
) -> list[Noun]:
    """Return at most ``most`` nouns of a kind that were recorded after a moment, the first recorded first.

    Of judgements those alone that people made, ``until`` is a moment after which nothing is taken.
    """
    table = _TABLES[kind]
    query = select(table.c.payload).where(table.c.recorded > to_microseconds(moment))
    if kind is Judgement:
        query = query.where(BY_PEOPLE)
    if until is not None:
        query = query.where(table.c.recorded <= to_microseconds(until))
    payloads = connection.execute(query.order_by(table.c.sequence).limit(most)).scalars().all()
    return [read_noun(connection, payload, kind) for payload in payloads]
