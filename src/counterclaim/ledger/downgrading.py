"""Taking a ledger back to an earlier schema, for an earlier version of the program."""

from __future__ import annotations

from typing import Any

from alembic import command
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, func, select, table

from counterclaim.ledger.dialect import dialect_of
from counterclaim.ledger.opening import migration_config, open_engine, shown_place
from counterclaim.model import LedgerError
from counterclaim.model.errors import Messages


def downgrade(place: str, revision: str, *, lose: bool = False) -> dict[str, int]:
    """Take the ledger at a place back to ``revision``; return how many rows of which tables were dropped.

    What is derived is dropped without asking: opening the ledger with this version makes it again.
    A migration names in ``LOSES`` the tables that hold what cannot be made again, and that going back
    over it drops; where these have rows, nothing is done and LedgerError raised, unless ``lose``.
    One transaction: where it fails, nothing has changed.
    """
    engine = open_engine(place, create=False, upgrade=False)
    try:
        with dialect_of(engine).writing(engine) as connection, connection.begin():
            return _go_back(connection, place, revision, lose=lose)
    finally:
        engine.dispose()


def revisions() -> list[str]:
    """Return the schemas that there have been, the first one first."""
    scripts = ScriptDirectory.from_config(migration_config())
    return [script.revision for script in scripts.walk_revisions()][::-1]


def _go_back(connection: Connection, place: str, revision: str, *, lose: bool) -> dict[str, int]:
    known = revisions()
    current = MigrationContext.configure(connection).get_current_revision()
    if current not in known or revision not in known or known.index(revision) > known.index(current):
        earlier = known[: known.index(current) + 1] if current in known else known
        raise LedgerError(Messages.downgrade_impossible(shown_place(place), revision, str(current), earlier))
    config = migration_config()
    passed = [
        script.module
        for script in ScriptDirectory.from_config(config).walk_revisions()
        if known.index(revision) < known.index(script.revision) <= known.index(current)
    ]
    lost = {name: _rows(connection, name) for module in passed for name in getattr(module, "LOSES", ())}
    if any(lost.values()) and not lose:
        raise LedgerError(Messages.downgrade_loses(shown_place(place), revision, lost))
    derived = {name: _rows(connection, name) for module in passed for name in getattr(module, "DERIVED", ())}
    config.attributes["connection"] = connection
    command.downgrade(config, revision)
    return lost | derived


def _rows(connection: Connection, name: str) -> Any:
    return connection.execute(select(func.count()).select_from(table(name))).scalar_one()
