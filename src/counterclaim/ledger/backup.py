"""Backup of a ledger into one file, and restoring it, into a file or onto a server.

A backup of either store is a ledger in one SQLite file, so it can also be opened as it is, and restoring
it is the way from one store to the other. SQLite is copied by its online backup interface
(https://sqlite.org/backup.html), PostgreSQL row by row in one transaction that sees one state.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import Engine

from counterclaim.ledger.copying import copy_rows, is_empty
from counterclaim.ledger.dialect import dialect_of
from counterclaim.ledger.opening import file_of, open_engine, shown_place
from counterclaim.ledger.verifying import verify
from counterclaim.model import LedgerError, Problem
from counterclaim.model.errors import Messages


def back_up(ledger: str, backup: str) -> list[Problem]:
    """Copy the ledger at a place into a new file; return what ``verify`` finds broken in the copy.

    Others may write meanwhile: the copy is the ledger of one moment. The file is there whole, and safe
    from a loss of power, or not at all; nothing is ever overwritten. It has the schema of this
    version; an SQLite ledger of an earlier one is itself left as it is. Raises LedgerError.
    """
    source = file_of(ledger)
    with _new_file(backup) as unfinished:
        if source is not None:
            _copy_file(source, unfinished, ledger)
        else:
            with _opened(ledger) as engine, _opened(str(unfinished), create=True) as copy:
                _copy(engine, copy)
        return _verified(str(unfinished))


def restore(backup: str, ledger: str) -> list[Problem]:
    """Make a ledger at a place from a backup; return what ``verify`` finds broken in it.

    The place must hold no ledger yet; on a server, an empty one will do. All of it is there
    afterwards or nothing. The backup is not changed, and may be of an earlier version. Raises
    LedgerError.
    """
    source = file_of(backup)
    if source is None:
        raise LedgerError(Messages.backup_no_file(shown_place(backup)))
    target = file_of(ledger)
    if target is not None:
        with _new_file(str(target)) as unfinished:
            _copy_file(source, unfinished, backup)
            problems = _verified(str(unfinished))
        with _opened(str(target)) as engine:
            dialect_of(engine).prepare(engine)
        return problems
    with TemporaryDirectory(prefix="counterclaim-") as folder:
        current = Path(folder) / "backup.db"
        _copy_file(source, current, backup)
        with _opened(str(current)) as engine, _opened(ledger, create=True) as made:
            _copy(engine, made, shown_place(ledger))
    return _verified(ledger)


def _copy(source: Engine, target: Engine, shown: str | None = None) -> None:
    """Copy all rows in one transaction. Raises LedgerError where the target holds entries."""
    with (
        source.connect() as reading,
        reading.begin(),
        dialect_of(target).writing(target) as writing,
        writing.begin(),
    ):
        if not is_empty(writing):
            raise LedgerError(Messages.restore_over_ledger(shown or str(target.url.database)))
        copy_rows(reading, writing)


def _copy_file(source: Path, target: Path, shown: str) -> None:
    """Copy an SQLite ledger whole, in one step, so that no writer can make it begin again."""
    with _opened(shown, upgrade=False):
        pass  # it is a ledger
    try:
        with (
            closing(sqlite3.connect(f"{source.absolute().as_uri()}?mode=ro", uri=True)) as reading,
            closing(sqlite3.connect(target)) as writing,
        ):
            reading.backup(writing)
    except sqlite3.Error as error:
        raise LedgerError(Messages.ledger_unusable(shown, str(error))) from error


def _verified(place: str) -> list[Problem]:
    with _opened(place) as engine, engine.connect() as connection, connection.begin():
        return verify(connection)


@contextmanager
def _opened(place: str, *, create: bool = False, upgrade: bool = True) -> Iterator[Engine]:
    engine = open_engine(place, create=create, upgrade=upgrade)
    try:
        yield engine
    finally:
        engine.dispose()


@contextmanager
def _new_file(place: str) -> Iterator[Path]:
    """Give where to write an SQLite file that appears at ``place`` at the end, if nothing fails.

    It is written in a folder of its own beside that place, and is one file without a log when it appears.
    """
    target = Path(place)
    if target.exists() or target.is_symlink():
        raise LedgerError(Messages.backup_in_the_way(place))
    if not target.parent.is_dir():
        raise LedgerError(Messages.ledger_no_folder(place, str(target.parent)))
    try:
        with TemporaryDirectory(dir=target.parent, prefix=f".{target.name}.") as folder:
            unfinished = Path(folder) / target.name
            yield unfinished
            with closing(sqlite3.connect(unfinished)) as connection:
                connection.execute("PRAGMA journal_mode=DELETE")
            _to_disk(unfinished)
            os.link(unfinished, target)  # unlike a rename it never replaces a file
        _to_disk(target.parent)
    except FileExistsError as error:
        raise LedgerError(Messages.backup_in_the_way(place)) from error
    except (OSError, sqlite3.Error) as error:
        raise LedgerError(Messages.output_unwritable(place, str(error))) from error


def _to_disk(place: Path) -> None:
    """Wait until a file or a folder is on the disk."""
    number = os.open(place, os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)
