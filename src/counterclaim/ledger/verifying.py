"""Whether a ledger is whole: chain, payloads, captures and spans."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Connection, select

from counterclaim.ledger import schema
from counterclaim.ledger.entries import GENESIS, TABLES, chain_of, digest_of
from counterclaim.model import Document, Problem, SchemaError, Span, Statement, load
from counterclaim.model.digest import sha256
from counterclaim.model.errors import Messages


def verify(connection: Connection) -> list[Problem]:
    """Return what is broken, in order of the log; nothing for a ledger that is whole."""
    return [*_chain(connection), *_payloads(connection), *_spans(connection)]


def _chain(connection: Connection) -> Iterator[Problem]:
    """Check that each entry follows from the one before, and that no number is missing."""
    previous, expected = GENESIS, 1
    for row in connection.execute(select(schema.entries).order_by(schema.entries.c.sequence)):
        name = f"{row.kind} {row.key}"
        if row.sequence != expected:
            yield Messages.entry_missing(name, expected, row.sequence)
        if row.chain != chain_of(previous, row.recorded, row.kind, row.key, row.digest):
            yield Messages.chain_broken(name)
        previous, expected = row.chain, row.sequence + 1


def _payloads(connection: Connection) -> Iterator[Problem]:
    """Check that every noun is the one that was logged, and that every entry has its noun."""
    entries = schema.entries
    for kind, (table, column) in TABLES.items():
        logged = {
            row.sequence: row
            for row in connection.execute(
                select(entries.c.sequence, entries.c.key, entries.c.digest).where(entries.c.kind == kind)
            )
        }
        for row in connection.execute(select(table).order_by(table.c.sequence)):
            key = getattr(row, column)
            entry = logged.pop(row.sequence, None)
            content = bytes(row.content) if kind == "capture" else None
            payload = (
                row.payload
                if isinstance(row.payload, bytes)
                else row.payload.encode("utf-8", "surrogatepass")
            )
            if entry is None or entry.key != key or digest_of(payload, content) != entry.digest:
                yield Messages.payload_changed(f"{kind} {key}")
            elif content is not None and sha256(content) != key:
                yield Messages.capture_changed(f"{kind} {key}")
        for entry in logged.values():
            yield Messages.payload_missing(f"{kind} {entry.key}")


def _spans(connection: Connection) -> Iterator[Problem]:
    """Check that every span of every statement quotes its document's text."""
    statements, documents = schema.statements, schema.documents
    texts: dict[str, str] = {}
    query = select(
        statements.c.id, statements.c.payload, documents.c.key, documents.c.payload.label("text_payload")
    )
    joined = query.join(documents, documents.c.key == statements.c.document)
    for row in connection.execute(joined.order_by(documents.c.key, statements.c.sequence)):
        try:
            if row.key not in texts:
                document = load(row.text_payload)
                texts = {row.key: document.text if isinstance(document, Document) else ""}
            statement = load(row.payload)
        except SchemaError:
            yield Messages.payload_changed(f"statement {row.id}")
            continue
        if not isinstance(statement, Statement) or not all(
            span.fits(texts[row.key]) for span in spans_of(statement)
        ):
            yield Messages.span_misplaced(f"statement {row.id}")


def spans_of(statement: Statement) -> Iterator[Span]:
    """Give every span of a statement."""
    yield from statement.source
    yield from statement.cue
    yield from statement.content
    yield from statement.hedges
    if statement.channel:
        yield statement.channel.span
    if statement.verification:
        yield statement.verification.span
    if statement.speaker and statement.speaker.mention:
        yield statement.speaker.mention
