"""Opening a ledger: which file or server, whether it is one, and whether its schema is ours."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
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

_MIGRATIONS = Path(__file__).parent / "migrations"
_SQLITE = "sqlite:///"
_POSTGRESQL = ("postgresql://", "postgres://", "postgresql+psycopg://")
_VERSIONS = "alembic_version"


@dataclass(frozen=True)
class Kind:
    """A kind of database that this program makes: what messages call it, and the schema it has.

    ``first`` are the tables that each has had from the first version on, ``missing`` makes the
    message that there is none at a place.
    """

    what: str
    versions: Path
    first: tuple[str, ...]
    missing: Callable[[str], str]


LEDGER = Kind("ledger", _MIGRATIONS / "versions", schema.FIRST, Messages.ledger_missing)


def open_engine(place: str, *, create: bool, upgrade: bool = True, kind: Kind = LEDGER) -> Engine:
    """Return an engine on the ledger at ``place``, its schema up to date unless ``upgrade`` is False.

    A place is a path, ``sqlite:///path``, or ``postgresql://user@host/database``, where ``?schema=name``
    tells several ledgers in one database apart. With ``create`` a missing ledger is made. ``kind`` says what
    else than a ledger it is. Raises LedgerError, with what to do, for everything that is not a ledger
    that this version can use.
    """
    if place.startswith(_POSTGRESQL):
        engine = dialect_postgresql.make_engine(place, kind.what)
    elif "://" in place and not place.startswith(_SQLITE):
        raise LedgerError(Messages.ledger_unsupported(place, kind.what))
    else:
        engine = _engine_on_file(place, kind, create=create)
    try:
        _bring_up_to_date(engine, shown_place(place), kind, create=create, upgrade=upgrade)
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


def _engine_on_file(place: str, kind: Kind, *, create: bool) -> Engine:
    """Return an engine on a file that is an SQLite database, or may become one."""
    path = Path(place.removeprefix(_SQLITE))
    if path.is_dir():
        raise LedgerError(Messages.ledger_is_folder(place, kind.what))
    if not path.exists() and not create:
        raise LedgerError(kind.missing(place))
    if not path.parent.is_dir():
        raise LedgerError(Messages.ledger_no_folder(place, str(path.parent)))
    try:
        if path.exists() and not dialect_sqlite.is_sqlite(str(path)):
            raise LedgerError(Messages.ledger_foreign(place, kind.what))
    except OSError as error:
        raise LedgerError(Messages.ledger_unusable(place, error.strerror or str(error), kind.what)) from error
    return dialect_sqlite.make_engine(str(path.absolute()), kind.what)


def _bring_up_to_date(engine: Engine, place: str, kind: Kind, *, create: bool, upgrade: bool) -> None:
    """Run the migrations that the ledger lacks, in one transaction, one process at a time.

    Without ``upgrade`` a ledger of an earlier version is only looked at.
    """
    config = migration_config(kind)
    scripts = ScriptDirectory.from_config(config)
    head = scripts.get_current_head()
    with engine.connect() as connection:
        current = MigrationContext.configure(connection).get_current_revision()
        tables = set(inspect(connection).get_table_names())
    if tables - {_VERSIONS} and not set(kind.first) <= tables:
        raise LedgerError(Messages.ledger_foreign(place, kind.what))
    if current == head:
        return
    if current is None and tables - {_VERSIONS}:
        raise LedgerError(Messages.ledger_foreign(place, kind.what))
    if current is None and not create:
        raise LedgerError(kind.missing(place))
    if current is not None and current not in {script.revision for script in scripts.walk_revisions()}:
        raise LedgerError(Messages.ledger_too_new(place, current, kind.what))
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


def migration_config(kind: Kind = LEDGER) -> Config:
    """Return Alembic's configuration for the migrations that the package ships for a kind of database."""
    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS))
    config.set_main_option("version_locations", str(kind.versions))
    config.set_main_option("path_separator", "os")
    return config
