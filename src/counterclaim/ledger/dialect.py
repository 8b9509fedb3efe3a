"""What differs from one database to another, behind one interface: SQLite and PostgreSQL.

The rest of the ledger is written in SQLAlchemy's Core and does not know which of the two it talks to.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager
from typing import Any, Protocol

from alembic import op
from sqlalchemy import Connection, Engine, Table

from counterclaim.ledger.dialect_postgresql import PostgreSQL
from counterclaim.ledger.dialect_sqlite import SQLite
from counterclaim.ledger.matches import Match
from counterclaim.model import Problem


class Dialect(Protocol):
    """A kind of database. Its engines raise LedgerError for whatever the database refuses."""

    def writing(self, engine: Engine) -> Connection:
        """Return a connection whose transactions hold the ledger's write lock from their begin on.

        One writer at a time; who waits for longer than BUSY_SECONDS gets a LedgerError. Readers do not
        wait, and see one state for the length of a transaction.
        """
        ...

    def prepare(self, engine: Engine) -> None:
        """Make ready what must be there before the first table: a log that outlives crashes, a schema."""
        ...

    def append_only(self, table: str, unique: Sequence[str]) -> list[str]:
        """Return the statements that make the database refuse to change or delete rows of a table.

        ``unique`` are the columns by which a row could be replaced by another.
        """
        ...

    def deleting(self, connection: Connection, tables: Sequence[str]) -> AbstractContextManager[None]:
        """Lift what makes these tables refuse deletions, within this transaction, and put it back after."""
        ...

    def clear_space(self, engine: Engine) -> None:
        """Overwrite what deleted rows have left in the ledger's files, where the program has those at hand.

        Raises LedgerError where others keep it from that; it can be called again.
        """
        ...

    def insert(self, connection: Connection, table: Table, rows: list[dict[str, Any]]) -> None:
        """Add many rows to a table, all with the same columns, in the way that is fastest here."""
        ...

    def full_text(self) -> list[str]:
        """Return the statements that make the full-text table."""
        ...

    def index_text(self, connection: Connection, rows: list[dict[str, Any]]) -> None:
        """Add rows (sequence, kind, key, document, words, body) to the full-text table.

        ``body`` are the folded words with a space before, between and after; ``words`` their number.
        """
        ...

    def forget_text(self, connection: Connection, places: Sequence[int]) -> None:
        """Delete the rows with these places in the log from the full-text table."""
        ...

    def indexed(self, connection: Connection) -> Iterator[tuple[Any, ...]]:
        """Give every row of the full-text table as (sequence, kind, key, document, words, body), in order."""
        ...

    def check(self, connection: Connection) -> Iterator[Problem]:
        """Give what the database's own checks of its storage find, where it has such."""
        ...

    def matches(
        self, connection: Connection, terms: Sequence[Sequence[str]], last: int | None, most: int
    ) -> list[Match]:
        """Return the newest rows, ``most`` at most, that hold all the terms, the newest first.

        Each term is one folded word, or several that follow one another. ``last`` is the last place in
        the log that counts; None for no limit.
        """
        ...


_DIALECTS: dict[str, Dialect] = {"sqlite": SQLite(), "postgresql": PostgreSQL()}


def dialect_of(bound: Connection | Engine) -> Dialect:
    """Return the dialect of a connection or an engine."""
    return _DIALECTS[bound.dialect.name]


def append_only_triggers(table: str, unique: Sequence[str]) -> list[str]:
    """Return, within a migration, the statements that make the database keep a table's rows as they are."""
    return _DIALECTS[op.get_context().dialect.name].append_only(table, unique)
