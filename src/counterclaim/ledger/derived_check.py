"""Whether what is derived from the nouns is what it was made as: full text, forms and keys, stored boards.

The full text is made again and compared. Forms, keys and boards cannot be made again here, since what makes
them comes later in the order of imports; they carry a digest from when they were written.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import groupby, zip_longest
from operator import attrgetter
from typing import Any

import msgspec
from sqlalchemy import Connection, Table, select

from counterclaim.ledger import schema
from counterclaim.ledger.dialect import dialect_of
from counterclaim.ledger.lookup import reports
from counterclaim.ledger.searching import text_rows
from counterclaim.model import Judgement, Problem, load
from counterclaim.model.errors import Messages
from counterclaim.model.standing import protecting

_SIZE = 1 << 256
_AT_ONCE = 1_000
_pack = msgspec.msgpack.encode


def form_digest(document: str, version: str, payload: bytes, keys: Iterable[str]) -> str:
    """Return the SHA-256 over a report's form, and the keys under which the report is kept."""
    return hashlib.sha256(_pack((document, version, payload, sorted(keys)))).hexdigest()


class Tally:
    """A digest of rows that does not depend on their order: the sum of their SHA-256, modulo 2**256.

    The method is AdHash (Bellare and Micciancio 1997); it shows damage, not a forger with time.
    """

    def __init__(self) -> None:
        self._sum = 0

    def add(self, *values: object) -> None:
        """Count in one row."""
        self._sum = (self._sum + int.from_bytes(hashlib.sha256(_pack(values)).digest(), "big")) % _SIZE

    def digest(self) -> str:
        """Return the digest of the rows so far, in hexadecimal."""
        return f"{self._sum:064x}"


def board_tally(row: dict[str, Any]) -> Tally:
    """Return a tally that begins with what heads a stored board: sequence, moment, version, summary."""
    tally = Tally()
    tally.add("board", row["sequence"], row["recorded"], row["version"], row["summary"])
    return tally


def check_derived(connection: Connection) -> Iterator[Problem]:
    """Give what is not as it was made, in a stable order."""
    yield from _protections(connection)
    yield from _forms(connection)
    yield from _boards(connection)
    yield from _full_text(connection)


def _protections(connection: Connection) -> Iterator[Problem]:
    """Compare what is noted of protections with the judgements: what is not noted is shown to readers."""
    table, held = schema.protections, schema.judgements
    found = {}
    for row in _streamed(connection, select(held.c.payload, held.c.sequence)):
        if '"protected"' in row.payload or '"undone"' in row.payload:
            noun = load(row.payload)
            if isinstance(noun, Judgement):
                found[noun.id] = (noun, row.sequence)
    wanted = {(each.id, found[each.id][1]) for each in protecting(noun for noun, _place in found.values())}
    noted = {(row.judgement, row.sequence) for row in connection.execute(select(table))}
    for judgement, _sequence in sorted(wanted ^ noted):
        yield Messages.derived_changed(f"protection {judgement}")


def _forms(connection: Connection) -> Iterator[Problem]:
    forms, held = schema.forms, schema.report_keys
    made = _streamed(connection, select(forms).order_by(forms.c.document, forms.c.version))
    kept = groupby(
        _streamed(connection, select(held).order_by(held.c.document, held.c.key)), attrgetter("document")
    )
    document, keys = next(kept, (None, ()))
    current = [row.key for row in keys]
    for row in made:
        while document is not None and str(document) < str(row.document):  # damaged text may be bytes
            yield Messages.derived_changed(f"keys {document}")
            document, keys = next(kept, (None, ()))
            current = [each.key for each in keys]
        own = current if document == row.document else []
        if row.digest != form_digest(row.document, row.version, bytes(row.payload), own):
            yield Messages.derived_changed(f"form {row.document}")
        if document == row.document:
            document, keys = next(kept, (None, ()))
            current = [each.key for each in keys]
    while document is not None:
        yield Messages.derived_changed(f"keys {document}")
        document, keys = next(kept, (None, ()))


def _boards(connection: Connection) -> Iterator[Problem]:
    boards = schema.stored_boards
    for row in connection.execute(select(boards).order_by(boards.c.number)).all():
        if row.summary is None:  # still being made, or abandoned: it is shown to nobody
            continue
        tally = board_tally(row._asdict() | {"summary": bytes(row.summary)})
        for table in (schema.stored_rows, schema.stored_links, schema.stored_labels):
            columns = [column for column in table.c if column.name != "board"]
            for found in _streamed(connection, select(*columns).where(table.c.board == row.number)):
                tally.add(*_plain(table, found))
        if tally.digest() != row.digest:
            yield Messages.derived_changed(f"stored board {row.number}")


def _plain(table: Table, row: Any) -> Iterator[object]:
    """Give a row's values by name of their columns, bytes as bytes: one order for every database."""
    yield str(table.name)
    for name in sorted(column.name for column in table.c if column.name != "board"):
        value = getattr(row, name)
        yield bytes(value) if isinstance(value, bytes | memoryview) else value


def _full_text(connection: Connection) -> Iterator[Problem]:
    """Compare the indexed rows, in order of the log, with those that the reports give."""
    found = dialect_of(connection).indexed(connection)
    for indexed, wanted in zip_longest(found, _wanted(connection)):
        if indexed == wanted:
            continue
        name = (wanted or indexed)[2]
        yield Messages.derived_changed(f"full text of {name}")
        return  # what follows may be shifted


def _wanted(connection: Connection) -> Iterator[tuple[int, str, str, str, int, str]]:
    documents, statements = schema.documents, schema.statements
    keys = connection.execute(select(documents.c.key).order_by(documents.c.sequence)).scalars().all()
    for key in keys:
        report = next(iter(reports(connection, [key])), None)
        if report is None:  # its key was changed, which the comparison shows
            continue
        query = select(statements.c.id, statements.c.sequence).where(statements.c.document == key)
        # What has no place in the log, as its id was changed, gets one that fits nothing.
        places: defaultdict[tuple[str, str], int] = defaultdict(int)
        places.update((("statement", row.id), row.sequence) for row in connection.execute(query))
        query = select(documents.c.sequence).where(documents.c.key == key)
        places["document", key] = connection.execute(query).scalar_one()
        for row in sorted(text_rows(report, places), key=lambda row: row["sequence"]):
            yield tuple(row[name] for name in ("sequence", "kind", "key", "document", "words", "body"))


def _streamed(connection: Connection, query: Any) -> Iterator[Any]:
    yield from connection.execute(query, execution_options={"yield_per": _AT_ONCE})
