"""Opening a ledger: which file or server, whether it is one, and whether its schema is ours."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, inspect

from counterclaim.ledger import dialect_postgresql, dialect_sqlite, schema
from counterclaim.ledger.dialect import dialect_of
from counterclaim.ledger.file_check import Schema, schema_of
from counterclaim.model import LedgerError
from counterclaim.model.errors import Messages

_SQLITE = "sqlite:///"
_POSTGRESQL = ("postgresql://", "postgres://", "postgresql+psycopg://")
_VERSIONS = "alembic_version"


def open_engine(place: str, *, create: bool, upgrade: bool = True) -> Engine:
    """Return an engine on the ledger at ``place``, its schema up to date unless ``upgrade`` is False.

    A place is a path, ``sqlite:///path``, or ``postgresql://user@host/database``, where ``?schema=name``
    tells several ledgers in one database apart. With ``create`` a missing ledger is made. Raises
    LedgerError, with what to do, for everything that is not a ledger that this version can use.
    """
    if place.startswith(_POSTGRESQL):
        engine = dialect_postgresql.make_engine(place)
    elif "://" in place and not place.startswith(_SQLITE):
        raise LedgerError(Messages.ledger_unsupported(place))
    else:
        engine = _engine_on_file(place, create=create)
    try:
        _bring_up_to_date(engine, shown_place(place), create=create, upgrade=upgrade)
    except BaseException:
        engine.dispose()
        raise
    return engine


def shown_place(place: str) -> str:
    """Return a place as it may be shown: without the password, where it is a URL that has one."""
    return dialect_postgresql.shown_place(place) if place.startswith(_POSTGRESQL) else place


def file_of(place: str) -> Path | None:
    """Return the file that a place names; None for a URL of a server."""
    if "://" in place and not place.startswith(_SQLITE):
        return None
    return Path(place.removeprefix(_SQLITE))


def _engine_on_file(place: str, *, create: bool) -> Engine:
    """Return an engine on a file that is an SQLite database, or may become one."""
    path = Path(place.removeprefix(_SQLITE))
    if path.is_dir():
        raise LedgerError(Messages.ledger_is_folder(place))
    if not path.exists() and not create:
        raise LedgerError(Messages.ledger_missing(place))
    if not path.parent.is_dir():
        raise LedgerError(Messages.ledger_no_folder(place, str(path.parent)))
    try:
        if path.exists() and not dialect_sqlite.is_sqlite(str(path)):
            raise LedgerError(Messages.ledger_foreign(place))
    except OSError as error:
        raise LedgerError(Messages.ledger_unusable(place, error.strerror or str(error))) from error
    return dialect_sqlite.make_engine(str(path.absolute()))


def _bring_up_to_date(engine: Engine, place: str, *, create: bool, upgrade: bool) -> None:
    """Run the migrations that the ledger lacks, in one transaction, one process at a time.

    Without ``upgrade`` a ledger of an earlier version is only looked at.
    """
    config = migration_config()
    scripts = ScriptDirectory.from_config(config)
    head = scripts.get_current_head()
    with engine.connect() as connection:
        current = MigrationContext.configure(connection).get_current_revision()
        tables = set(inspect(connection).get_table_names())
    if tables - {_VERSIONS} and not set(schema.FIRST) <= tables:
        raise LedgerError(Messages.ledger_foreign(place))
    if current == head:
        return
    if current is None and tables - {_VERSIONS}:
        raise LedgerError(Messages.ledger_foreign(place))
    if current is None and not create:
        raise LedgerError(Messages.ledger_missing(place))
    if current is not None and current not in {script.revision for script in scripts.walk_revisions()}:
        raise LedgerError(Messages.ledger_too_new(place, current))
    if current is not None and not upgrade:
        return
    dialect_of(engine).prepare(engine)
    with dialect_of(engine).writing(engine) as connection, connection.begin():
        if MigrationContext.configure(connection).get_current_revision() != head:
            config.attributes["connection"] = connection
            command.upgrade(config, "head")


@cache
def fresh_schema() -> Schema:
    """Return the schema that a new SQLite ledger of this version has."""
    engine = dialect_sqlite.make_engine(":memory:")
    config = migration_config()
    with engine.connect() as connection, connection.begin():
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
        found = schema_of(connection)
    engine.dispose()
    return found


def migration_config() -> Config:
    """Return Alembic's configuration for the migrations that the package ships."""
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.set_main_option("path_separator", "os")
    return config
