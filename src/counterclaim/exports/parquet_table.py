"""Tables as Parquet, with typed columns, row group by row group."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from counterclaim import __version__
from counterclaim.exports.columns import ColumnType, Value
from counterclaim.exports.source import Source
from counterclaim.exports.tables import Layout, layout_of
from counterclaim.model import CounterclaimError
from counterclaim.model.errors import Messages

GROUP = 10_000
"""Rows of one row group at most: these are held in memory."""
CHARACTERS = 8_000_000
"""Characters of text that the rows of one row group hold, beyond the last row, at most."""


class _Sink(io.RawIOBase):
    """A file that keeps what is written until it is taken."""

    def __init__(self) -> None:
        super().__init__()
        self._pieces: list[bytes] = []
        self._written = 0

    def writable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._written

    def write(self, data: Any) -> int:
        piece = bytes(data)
        self._pieces.append(piece)
        self._written += len(piece)
        return len(piece)

    def take(self) -> bytes:
        piece = b"".join(self._pieces)
        self._pieces.clear()
        return piece


def parquet_table(source: Source) -> Iterator[bytes]:
    """Give the wanted table as Parquet, compressed by Zstandard.

    Raises CounterclaimError where pyarrow is missing, which the extra ``tables`` installs.
    """
    try:
        import pyarrow
        from pyarrow import parquet
    except ImportError as error:
        raise CounterclaimError(Messages.extra_missing("tables")) from error
    layout = layout_of(source)
    schema = _schema(layout, source)
    sink = _Sink()
    with parquet.ParquetWriter(pyarrow.PythonFile(sink, mode="w"), schema, compression="zstd") as writer:
        for group in _groups(layout.values(source)):
            columns = [_plain(values) for values in zip(*group, strict=True)]
            arrays = [
                pyarrow.array(values, field.type) for values, field in zip(columns, schema, strict=True)
            ]
            writer.write_batch(pyarrow.record_batch(arrays, schema=schema))
            # What pyarrow frees it keeps for itself otherwise, and memory would seem to grow.
            pyarrow.default_memory_pool().release_unused()
            yield sink.take()
    yield sink.take()


def _groups(rows: Iterable[tuple[Value, ...]]) -> Iterator[list[tuple[Value, ...]]]:
    """Cut rows into groups that memory can hold, in order."""
    group: list[tuple[Value, ...]] = []
    size = 0
    for row in rows:
        group.append(row)
        size += sum(len(value) for value in row if isinstance(value, str))
        if len(group) == GROUP or size >= CHARACTERS:
            yield group
            group, size = [], 0
    if group:
        yield group


def _plain(values: Sequence[Value]) -> list[Value]:
    """Return values of which texts are plain strings, not names of an enumeration."""
    return [str(value) if isinstance(value, str) else value for value in values]


def _schema(layout: Layout, source: Source) -> Any:
    """Return the columns with their types; what stands in each is in the field's metadata ``description``."""
    import pyarrow

    types = {
        ColumnType.TEXT: pyarrow.string(),
        ColumnType.WHOLE: pyarrow.int64(),
        ColumnType.NUMBER: pyarrow.float64(),
        ColumnType.YES: pyarrow.bool_(),
    }
    fields = [
        pyarrow.field(column.name, types[column.type], metadata={"description": column.what})
        for column in layout.columns
    ]
    about = {"counterclaim": __version__, "table": str(source.choices.table)}
    return pyarrow.schema(fields, metadata=about)
