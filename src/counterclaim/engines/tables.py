"""The two tables of a shard, documents and statements, as Parquet: the same rows give the same bytes.

Each row has the columns that ``Ledger.to_arrow`` gives, for any tool, and after them what the ledger stores
of the noun, so that it can be loaded without reading the report again.
"""

from __future__ import annotations

from collections.abc import Iterable
from importlib import import_module
from io import BytesIO
from typing import Any

from counterclaim.ledger.frames import COLUMNS
from counterclaim.model import CounterclaimError
from counterclaim.model.errors import Messages

DOCUMENTS = dict(COLUMNS["documents"]) | {
    "document_record": "string",
    "annotations_record": "string",
    "capture_record": "string",
    "capture_content": "binary",
    "form": "binary",
    "form_version": "string",
    "keys_held": "list",
    "keys_sought": "list",
    "version_keys": "list",
    "words": "int64",
    "body": "string",
}
"""Columns of ``documents.parquet``: records are the ledger's JSON; ``form`` and keys are the linker's;
``words`` and ``body`` are what the full-text index holds."""
STATEMENTS = dict(COLUMNS["statements"]) | {"statement_record": "string", "words": "int64", "body": "string"}
"""Columns of ``statements.parquet``."""
LEVEL = 3
"""Of zstd."""


def to_parquet(rows: Iterable[dict[str, Any]], columns: dict[str, str]) -> bytes:
    """Return the rows as a Parquet file. Raises CounterclaimError where pyarrow is not installed."""
    arrow = library("pyarrow")
    types = {
        "string": arrow.string(),
        "binary": arrow.binary(),
        "bool": arrow.bool_(),
        "int64": arrow.int64(),
        "float64": arrow.float64(),
        "list": arrow.list_(arrow.string()),
        "time": arrow.timestamp("us", tz="UTC"),
    }
    schema = arrow.schema([(name, types[each]) for name, each in columns.items()])
    table = arrow.Table.from_pylist(list(rows), schema=schema)
    sink = BytesIO()
    library("pyarrow.parquet").write_table(table, sink, compression="zstd", compression_level=LEVEL)
    return sink.getvalue()


def from_parquet(data: bytes) -> list[dict[str, Any]]:
    """Return the rows of a Parquet file."""
    rows: list[dict[str, Any]] = library("pyarrow.parquet").read_table(BytesIO(data)).to_pylist()
    return rows


def library(name: str) -> Any:
    """Return a module of the extra ``archives``. Raises CounterclaimError where it is not installed."""
    try:
        return import_module(name)
    except ModuleNotFoundError as error:
        raise CounterclaimError(Messages.archive_missing(name)) from error
