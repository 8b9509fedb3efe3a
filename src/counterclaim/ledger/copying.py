"""Copying a ledger row by row, from either kind of database to either, chain and times included."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, Table, func, insert, literal_column, select
from sqlalchemy import table as lightweight

from counterclaim.ledger import schema
from counterclaim.ledger.dialect import dialect_of

AT_ONCE = 50
"""Rows in memory at a time; a row may hold a whole capture."""


def copy_rows(source: Connection, target: Connection) -> None:
    """Copy every row of every table of ``source``, as one state, into the empty ledger ``target``.

    Nouns and entries go as they are: order, times, hashes and bytes stay, so the chain stays whole.
    What is derived goes too, so that nothing has to be read again. Memory does not grow with the
    ledger. Both must have the schema of this version.
    """
    for table in schema.metadata.sorted_tables:
        for part in _parts(source, select(table).order_by(*_order(table))):
            target.execute(insert(table), part)
    place = "rowid" if source.dialect.name == "sqlite" else "sequence"
    columns: list[ColumnElement[Any]] = [
        literal_column(place).label("sequence"),
        *(literal_column(name).label(name) for name in ("kind", "key", "document", "words", "body")),
    ]
    full_text = lightweight("full_text")
    text = select(*columns).select_from(full_text).order_by(literal_column(place))
    for part in _parts(source, text):
        dialect_of(target).index_text(target, part)


def is_empty(connection: Connection) -> bool:
    """Tell whether nothing was ever added to a ledger."""
    return not connection.execute(select(func.count()).select_from(schema.entries)).scalar_one()


def _order(table: Table) -> list[Any]:
    return [table.c.sequence] if "sequence" in table.c else list(table.primary_key.columns)


def _parts(source: Connection, query: Select[Any]) -> Iterator[list[dict[str, Any]]]:
    rows = source.execute(query, execution_options={"yield_per": AT_ONCE})
    for part in rows.partitions():
        yield [row._asdict() for row in part]
