"""Whether the file of an SQLite ledger is sound: its pages, its indexes, its schema, its header."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from sqlalchemy import Connection, text

from counterclaim.model import Problem
from counterclaim.model.errors import Messages

Schema = frozenset[tuple[str, str, str, str]]
"""Type, name, table and words of everything that stands in a schema."""

_HEADER = {
    18: (b"\x01\x01", b"\x02\x02"),
    20: (b"\x00\x40\x20\x20",),
    44: (b"\x00\x00\x00\x04",),
    52: (b"\x00\x00\x00\x00\x00\x00\x00\x01" + b"\x00" * 32,),
}
"""What stands in the header of the file from these bytes on, beside what a write changes: a journal or a
write-ahead log, the payload of cells, the format of the schema, no vacuuming, UTF-8, and no numbers of other
programs (sqlite.org/fileformat.html, 1.3)."""
_SPACES = re.compile(r"[ \n\t]+")
_REPORTED = 20
"""Complaints of SQLite's own check that are told at most."""
_SCHEMA = text("SELECT type, name, tbl_name, sql FROM sqlite_master ORDER BY type, name, tbl_name")
_AT_ONCE = {"yield_per": 10_000}


def check_file(connection: Connection) -> Iterator[Problem]:
    """Give what SQLite's own checks find.

    ``integrity_check`` reads every page: cells, order of keys, indexes against their tables, and pages that
    belong to nothing. Bytes of a page that belong to no cell hold nothing, and are not read.
    """
    name = file_name(connection)
    header = _header(Path(str(connection.engine.url.database)))
    for (said,) in connection.execute(text(f"PRAGMA integrity_check({_REPORTED})")).all():
        if said != "ok":
            yield Messages.file_damaged(name, said)
    for place, expected in _HEADER.items():
        if header is not None and not header.startswith(expected, place):
            yield Messages.file_damaged(name, f"its header is not as it was made, from byte {place} on")
    if _instances(connection) != _spelled(connection):
        yield Messages.file_damaged(name, "the index of words does not fit the texts")


def check_schema(connection: Connection, fresh: Schema) -> Iterator[Problem]:
    """Give the tables, indexes and triggers that are not as in a fresh ledger, or are not there."""
    other = {(str(kind), str(what)) for kind, what, *_rest in schema_of(connection) ^ fresh}
    for kind, what in sorted(other):
        yield Messages.file_damaged(
            file_name(connection), f"the {kind} {what} is not as this version makes it"
        )


def schema_of(connection: Connection) -> Schema:
    """Return every table, index and trigger of the file with the words that made it, spaces evened."""
    return frozenset(
        (row.type, row.name, row.tbl_name, _SPACES.sub(" ", row.sql or ""))
        for row in connection.execute(_SCHEMA)
    )


def _header(path: Path) -> bytes | None:
    """Return the first 100 bytes of the file; None where newer ones may stand in the log beside it."""
    log = Path(f"{path}-wal")
    if log.exists() and log.stat().st_size:
        return None
    with path.open("rb") as file:
        return file.read(100)


def file_name(connection: Connection) -> str:
    """Return the file by the name under which problems tell of it."""
    return f"file {connection.engine.url.database}"


def _instances(connection: Connection) -> int:
    """Return the sum of hashes of every word in the index with its row and its place.

    The table that shows the index is temporary, so that nothing is written to the ledger.
    """
    connection.execute(text("DROP TABLE IF EXISTS temp.words_indexed"))
    connection.execute(
        text("CREATE VIRTUAL TABLE temp.words_indexed USING fts5vocab(main, full_text, instance)")
    )
    rows = connection.execute(
        text('SELECT term, doc, col, "offset" FROM words_indexed'), execution_options=_AT_ONCE
    )
    total = sum(hash((term, row, column, place)) for term, row, column, place in rows)
    connection.execute(text("DROP TABLE temp.words_indexed"))
    return total


def _spelled(connection: Connection) -> int:
    """Return the same sum, made from the indexed texts."""
    rows = connection.execute(text("SELECT rowid, body FROM full_text"), execution_options=_AT_ONCE)
    return sum(
        hash((word, row, "body", place))
        for row, body in rows
        for place, word in enumerate(body.split(" ")[1:-1])
    )
