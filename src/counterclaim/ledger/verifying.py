"""Whether a ledger is whole: chain, payloads, captures and spans."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec
from sqlalchemy import Column, ColumnElement, Connection, Row, Select, func, select

from counterclaim.documents import is_mapped
from counterclaim.ledger import schema
from counterclaim.ledger.columns import utf8_bytes
from counterclaim.ledger.derived_check import check_derived
from counterclaim.ledger.dialect import dialect_of
from counterclaim.ledger.entries import GENESIS, LOGGED, TABLES, chain_of, digest_of
from counterclaim.ledger.file_check import check_schema
from counterclaim.ledger.lookup import holds_capture
from counterclaim.ledger.opening import fresh_schema
from counterclaim.ledger.redaction import REVEAL
from counterclaim.ledger.tombstones import erased_among
from counterclaim.ledger.tombstones_check import check_tombstones, tombstoned
from counterclaim.model import (
    Annotations,
    Capture,
    Document,
    Erasure,
    InputError,
    Judgement,
    LedgerError,
    Problem,
    SchemaError,
    Span,
    Statement,
    load,
)
from counterclaim.model.digest import sha256
from counterclaim.model.errors import Messages
from counterclaim.model.serial import Noun

_AT_ONCE = 500
_BODIES = frozenset({"payload", "content"})


def verify(connection: Connection) -> list[Problem]:
    """Return what is broken, in order of the log; nothing for a ledger that is whole.

    What the database itself cannot read is a problem like any other, and the other checks go on.
    """
    connection.execution_options(**{REVEAL: True})
    problems: list[Problem] = []
    for check in (_chain, check_tombstones, _payloads, _spans, _maps, _evidence, check_derived, _storage):
        try:
            named = {problem.name for problem in problems} if check is _maps else set()
            problems += [problem for problem in check(connection) if problem.name not in named]
        except (LedgerError, SchemaError) as error:
            problems.append(Messages.unreadable(str(error)))
        except (AttributeError, TypeError, ValueError) as error:  # a damaged column holds another type
            problems.append(Messages.unreadable(f"a value is not of its column's type ({error})"))
    return problems


def _storage(connection: Connection) -> Iterator[Problem]:
    yield from dialect_of(connection).check(connection)
    if connection.dialect.name == "sqlite":
        yield from check_schema(connection, fresh_schema())


def _chain(connection: Connection) -> Iterator[Problem]:
    """Check that each entry follows from the one before, and that no number is missing."""
    previous, expected = GENESIS, 1
    for row in _streamed(connection, select(schema.entries).order_by(schema.entries.c.sequence)):
        name = f"{row.kind} {row.key}"
        if row.sequence != expected:
            yield Messages.entry_missing(name, expected, row.sequence)
        if row.chain != chain_of(previous, row.recorded, row.kind, row.key, row.digest):
            yield Messages.chain_broken(name)
        previous, expected = row.chain, row.sequence + 1


def _payloads(connection: Connection) -> Iterator[Problem]:
    """Check that every noun is the one that was logged, and that every entry has its noun.

    Text is read as bytes, so that bytes that are no longer text are found like any other change.
    """
    entries = schema.entries
    logged_columns = (entries.c.sequence, entries.c.recorded, entries.c.key, entries.c.digest)
    gone = tombstoned(connection)
    for kind, (table, name) in LOGGED.items():
        logged = _streamed(
            connection, select(*logged_columns).where(entries.c.kind == kind).order_by(entries.c.sequence)
        )
        columns = [_bytes(c) if c.name in _BODIES else c for c in table.c]
        entry = next(logged, None)
        for row in _streamed(connection, select(*columns).order_by(table.c.sequence)):
            while entry is not None and entry.sequence < row.sequence:
                if entry.sequence not in gone:
                    yield Messages.payload_missing(f"{kind} {entry.key}")
                entry = next(logged, None)
            key = getattr(row, name)
            if row.sequence in gone:
                yield Messages.tombstone_wrong(f"{kind} {key}")
            content = row.content if kind == "capture" else None
            if entry is None or entry.sequence != row.sequence:
                yield Messages.payload_changed(f"{kind} {key}")
                continue
            if entry.key != key or digest_of(row.payload, content) != entry.digest:
                yield Messages.payload_changed(f"{kind} {key}")
            elif content is not None and sha256(content) != key:
                yield Messages.capture_changed(f"{kind} {key}")
            elif not _filed_as_logged(row, entry.recorded):
                yield Messages.payload_changed(f"{kind} {key}")
            entry = next(logged, None)
        while entry is not None:
            if entry.sequence not in gone:
                yield Messages.payload_missing(f"{kind} {entry.key}")
            entry = next(logged, None)


def _filed_as_logged(row: Row[Any], recorded: int) -> bool:
    """Tell whether the columns by which a noun is looked up say what the noun and its entry say."""
    try:
        noun = _read(row.payload)
    except SchemaError:
        return False
    match noun:
        case Capture():
            return bool(noun.sha256 == row.sha256)
        case Document():
            filed = (row.key, row.id, row.capture, row.recorded)
            return filed == (Document.key_of(noun.id, noun.capture), noun.id, noun.capture, recorded)
        case Statement():
            return (row.id, row.document, row.recorded) == (noun.id, noun.document, recorded)
        case Annotations():
            return (row.document, row.recorded) == (noun.document, recorded)
        case Judgement() | Erasure():
            return (row.id, row.recorded) == (noun.id, recorded)
        case _:
            return False


def _read(payload: bytes) -> Noun:
    """Read a payload. Raises SchemaError also where the bytes are no text."""
    try:
        return load(payload)
    except UnicodeDecodeError as error:
        raise SchemaError(str(error)) from error


def _bytes(column: Column[Any]) -> ColumnElement[bytes]:
    return utf8_bytes(column).label(column.name)


def _spans(connection: Connection) -> Iterator[Problem]:
    """Check that every span of every document, annotation and statement quotes the document's text.

    What cannot be read has no spans; it is named where the payloads are checked.
    """
    documents = schema.documents
    payloads = select(documents.c.key, _bytes(documents.c.payload)).order_by(documents.c.sequence)
    for row in _streamed(connection, payloads):
        document = _stored(row.payload)
        text = document.text if isinstance(document, Document) else ""
        if isinstance(document, Document) and not _fit(document, text):
            yield Messages.span_misplaced(f"document {row.key}")
        for kind in ("annotations", "statement"):
            table, name = TABLES[kind]
            query = select(table.c[name].label("name"), _bytes(table.c.payload))
            query = query.where(table.c.document == row.key).order_by(table.c.sequence)
            for found in connection.execute(query):
                noun = _stored(found.payload)
                if noun is not None and not _fit(noun, text):
                    yield Messages.span_misplaced(f"{kind} {found.name}")


def _maps(connection: Connection) -> Iterator[Problem]:
    """Check that the words of every document stand in its capture where its map says.

    A capture that was erased, or whose bytes are not its own, is named elsewhere.
    """
    documents, captures = schema.documents, schema.captures
    query = (
        select(documents.c.key, _bytes(documents.c.payload), captures.c.content)
        .join(captures, captures.c.sha256 == documents.c.capture)
        .order_by(documents.c.sequence)
    )
    for row in _streamed(connection, query):
        document = _stored(row.payload)
        content = bytes(row.content) if row.content is not None else b""
        if not isinstance(document, Document) or sha256(content) != document.capture:
            continue
        try:
            if not is_mapped(document, content):
                yield Messages.map_wrong(f"document {row.key}", document.encoding)
        except (InputError, LookupError, UnicodeError) as error:
            yield Messages.map_unchecked(f"document {row.key}", str(error))


def _evidence(connection: Connection) -> Iterator[Problem]:
    """Check that the files that evidence names are held.

    Only payloads that name one are read; what cannot be read is named where the payloads are checked.
    """
    table = schema.judgements
    payload = _bytes(table.c.payload)
    named = func.replace(table.c.payload, '"capture":"', "") != table.c.payload
    for row in _streamed(connection, select(table.c.id, payload).where(named).order_by(table.c.sequence)):
        judgement = _stored(row.payload)
        for each in judgement.evidence if isinstance(judgement, Judgement) else ():
            name = each.capture
            if name is None or holds_capture(connection, name):
                continue
            if not erased_among(connection, "capture", [name]):
                yield Messages.evidence_lost(f"judgement {row.id}", name)


def _stored(payload: bytes) -> Noun | None:
    try:
        return _read(payload)
    except SchemaError:
        return None


def _fit(noun: Noun, text: str) -> bool:
    return all(span.fits(text) for span in spans_in(noun))


def spans_in(value: object) -> Iterator[Span]:
    """Give every span within a noun, however deep."""
    if isinstance(value, Span):
        yield value
    elif isinstance(value, msgspec.Struct):
        for name in value.__struct_fields__:
            yield from spans_in(getattr(value, name))
    elif isinstance(value, tuple):
        for each in value:
            yield from spans_in(each)


def _streamed(connection: Connection, query: Select[Any]) -> Iterator[Row[Any]]:
    """Give rows as they come, so that a ledger of any size is checked in the same memory."""
    yield from connection.execute(query, execution_options={"yield_per": _AT_ONCE})
