"""Types of columns that hold the same, and sort the same, in every database a ledger can live in."""

from __future__ import annotations

from typing import Any

from sqlalchemy import BigInteger, Dialect, Integer, LargeBinary, String, Text, cast
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import GenericFunction
from sqlalchemy.types import TypeDecorator, TypeEngine

POSTGRESQL = "postgresql"


def sequence_type() -> TypeEngine[int]:
    """Return the type of a place in the log: SQLite's row number, and 64 bits elsewhere."""
    return BigInteger().with_variant(Integer(), "sqlite")


class Name(TypeDecorator[str]):
    r"""A short text by which something is looked up or sorted: an id, a key, a kind, a hash.

    It sorts by code point everywhere. PostgreSQL sorts by language unless told not to, refuses what
    is longer than declared (SQLite never does), and cannot hold the character NUL. So there the length is
    left out, and NUL is written as two characters: ``\x00`` as ``\x01\x01``, and ``\x01`` as
    ``\x01\x02``, which keeps both order and beginnings.
    """

    impl = String
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """Return the type that this dialect gives the column."""
        if dialect.name == POSTGRESQL:
            return dialect.type_descriptor(Text(collation="C"))
        length = self.impl_instance.length  # type: ignore[attr-defined]
        return dialect.type_descriptor(String(length) if length else Text())

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        """Return the text as it is stored."""
        if value is None or dialect.name != POSTGRESQL:
            return value
        return value.replace("\x01", "\x01\x02").replace("\x00", "\x01\x01")

    def process_result_value(self, value: str | None, dialect: Dialect) -> str | None:
        """Return the text as it was given."""
        if value is None or dialect.name != POSTGRESQL:
            return value
        return value.replace("\x01\x01", "\x00").replace("\x01\x02", "\x01")


class utf8_bytes(GenericFunction[bytes]):  # noqa: N801  named as it is called in a query
    """The bytes of a text column, in UTF-8, whatever they are; bytes as they are."""

    type = LargeBinary()
    inherit_cache = True


@compiles(utf8_bytes)
def _by_cast(element: utf8_bytes, compiler: SQLCompiler, **more: Any) -> str:
    (column,) = element.clauses
    return compiler.process(cast(column, LargeBinary), **more)


@compiles(utf8_bytes, POSTGRESQL)
def _by_conversion(element: utf8_bytes, compiler: SQLCompiler, **more: Any) -> str:
    """Cast would read backslashes in the text as escapes."""
    (column,) = element.clauses
    written = compiler.process(column, **more)
    return written if isinstance(column.type, LargeBinary) else f"convert_to({written}, 'UTF8')"
