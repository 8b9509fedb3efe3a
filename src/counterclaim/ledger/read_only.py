"""A ledger that is only read: the program refuses to write, and so does the database."""

from __future__ import annotations

from contextlib import AbstractContextManager
from typing import Any

from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, event

from counterclaim.ledger.opening import migration_config, open_engine, shown_place
from counterclaim.ledger.store import Ledger
from counterclaim.model import LedgerError
from counterclaim.model.errors import Messages


class ReadOnlyLedger(Ledger):
    """A ledger that refuses every write with LedgerError. Made by :func:`open_read_only`."""

    def writing(self) -> AbstractContextManager[Connection]:
        """Refuse: whatever writes asks for this first."""
        raise LedgerError(Messages.ledger_read_only())


def open_read_only(place: str) -> ReadOnlyLedger:
    """Open the ledger at a place so that nothing is written to it, protected words masked.

    It is not brought up to date either: one with the schema of another version is refused. SQLite is told to
    refuse writes (``PRAGMA query_only``), PostgreSQL runs read-only transactions as for every reader. Raises
    LedgerError where there is no ledger, or none that can be read as it stands.
    """
    engine = open_engine(place, create=False, upgrade=False)
    try:
        if engine.dialect.name == "sqlite":
            _refuse_writes(engine)
        _refuse_other_schema(engine, place)
    except BaseException:
        engine.dispose()
        raise
    return ReadOnlyLedger(engine)


def _refuse_writes(engine: Engine) -> None:
    @event.listens_for(engine, "connect")
    def _query_only(connection: Any, _record: Any) -> None:
        connection.execute("PRAGMA query_only = ON")

    engine.dispose()  # connections from before that are in the pool


def _refuse_other_schema(engine: Engine, place: str) -> None:
    head = ScriptDirectory.from_config(migration_config()).get_current_head()
    with engine.connect() as connection:
        current = MigrationContext.configure(connection).get_current_revision()
    if current != head:
        raise LedgerError(Messages.ledger_not_up_to_date(shown_place(place)))
