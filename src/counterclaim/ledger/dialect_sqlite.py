"""SQLite: one file with a write-ahead log, and full text by FTS5."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from sqlalchemy import URL, Connection, Engine, ExceptionContext, Table, create_engine, event, insert, text

from counterclaim.ledger.file_check import check_file
from counterclaim.ledger.matches import Match, occurrences
from counterclaim.model import LedgerError, Problem, UnavailableError
from counterclaim.model.errors import Messages

BUSY_SECONDS = 60.0
"""How long a writer waits for another before it gives up."""

_PAUSE = 0.02


def make_engine(path: str, what: str = "ledger") -> Engine:
    """Return an engine on the SQLite file at ``path``; connecting changes nothing in the file.

    ``synchronous=FULL``, so that what was acknowledged survives a loss of power too. Whatever the
    database refuses is raised as LedgerError, which calls the file a ``what``.
    """
    engine = create_engine(URL.create("sqlite", database=path), connect_args={"timeout": BUSY_SECONDS})

    @event.listens_for(engine, "connect")
    def _settings(connection: Any, _record: Any) -> None:
        connection.isolation_level = None
        cursor = connection.cursor()
        try:
            for pragma in ("synchronous=FULL", "foreign_keys=ON"):
                cursor.execute(f"PRAGMA {pragma}")
        except (sqlite3.Error, UnicodeDecodeError) as error:
            raise _refusal(path, error, what) from error
        cursor.close()

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        mode = connection.get_execution_options().get("begin", "DEFERRED")
        connection.exec_driver_sql(f"BEGIN {mode}")

    @event.listens_for(engine, "handle_error")
    def _refused(context: ExceptionContext) -> None:
        # In a damaged file the very words of the error, or a text, may not be UTF-8.
        if isinstance(context.original_exception, sqlite3.Error | UnicodeDecodeError):
            raise _refusal(path, context.original_exception, what) from context.original_exception

    return engine


def _refusal(path: str, error: sqlite3.Error | UnicodeDecodeError, what: str = "ledger") -> LedgerError:
    code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_OK)  # errors of the driver have none
    if code & 0xFF in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return UnavailableError(Messages.ledger_busy(path, BUSY_SECONDS, what))
    return UnavailableError(Messages.ledger_unusable(path, str(error), what))


def is_sqlite(path: str) -> bool:
    """Tell whether the file at ``path`` is empty or begins as an SQLite database does."""
    with open(path, "rb") as file:  # noqa: PTH123  a path that may hold any characters
        head = file.read(16)
    return head in (b"", b"SQLite format 3\x00")


class SQLite:
    """The dialect of ledgers in a file."""

    def writing(self, engine: Engine) -> Connection:
        """Return a connection whose transactions hold the write lock from their begin on."""
        return engine.connect().execution_options(begin="IMMEDIATE")

    def prepare(self, engine: Engine) -> None:
        """Set the file to a write-ahead log, so that readers do not wait for a writer; it stays set.

        SQLite does not wait for other processes here, so this does.
        """
        until = time.monotonic() + BUSY_SECONDS
        connection = engine.raw_connection()
        try:
            while True:
                try:
                    connection.cursor().execute("PRAGMA journal_mode=WAL").fetchall()
                except sqlite3.OperationalError as error:
                    if "locked" not in str(error) or time.monotonic() > until:
                        raise _refusal(str(engine.url.database), error) from error
                    time.sleep(_PAUSE)
                else:
                    return
        finally:
            connection.close()

    def append_only(self, table: str, unique: Sequence[str]) -> list[str]:
        """Return the statements that make the database refuse to change or delete rows of ``table``.

        ``INSERT OR REPLACE`` deletes the old row without asking the trigger on deletion, so a row that
        has a ``unique`` column (or SQLite's row number) of another is refused before that.
        """
        refusal = "BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END"
        held = " OR ".join(f"{column} = NEW.{column}" for column in (*unique, "rowid"))
        return [
            *(
                f"CREATE TRIGGER {table}_no_{action.lower()} BEFORE {action} ON {table} {refusal}"
                for action in ("UPDATE", "DELETE")
            ),
            f"CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table} "  # noqa: S608  our own names
            f"WHEN EXISTS (SELECT 1 FROM {table} WHERE {held}) {refusal}",
        ]

    @contextmanager
    def deleting(self, connection: Connection, tables: Sequence[str]) -> Iterator[None]:
        """Drop the triggers that refuse deletions, and make them again in the very same words."""
        connection.execute(text("PRAGMA secure_delete = ON"))
        made = text("SELECT sql FROM sqlite_master WHERE type = 'trigger' AND name = :name")
        words = {}
        for table in tables:
            name = f"{table}_no_delete"
            words[name] = connection.execute(made, {"name": name}).scalar_one()
            connection.execute(text(f"DROP TRIGGER {name}"))
        yield
        for each in words.values():
            connection.exec_driver_sql(each)

    def clear_space(self, engine: Engine) -> None:
        """Write index and file anew without what was deleted, and empty the log beside the file.

        A deleted row stays in FTS5's index as long as its segment does (sqlite.org/fts5.html, 6.5), and
        in the write-ahead log until that is overwritten. Readers keep the log from being emptied, so they
        are waited for.
        """
        place = str(engine.url.database)
        connection = engine.raw_connection()
        try:
            cursor = connection.cursor()
            for command in (
                "PRAGMA secure_delete = ON",
                "INSERT INTO full_text(full_text) VALUES ('optimize')",
                "VACUUM",
            ):
                cursor.execute(command).fetchall()
            until = time.monotonic() + BUSY_SECONDS
            while cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]:
                if time.monotonic() > until:
                    raise LedgerError(Messages.erased_still_read(place))
                time.sleep(_PAUSE)
        except sqlite3.Error as error:
            raise _refusal(place, error) from error
        finally:
            connection.close()

    def insert(self, connection: Connection, table: Table, rows: list[dict[str, Any]]) -> None:
        """Add many rows to a table, in one prepared statement."""
        if rows:
            connection.execute(insert(table), rows)

    def full_text(self) -> list[str]:
        """Return what makes the full-text table; its row numbers are places in the log.

        The words come folded, so that the tokenizer has only to part them at spaces.
        """
        return [
            "CREATE VIRTUAL TABLE full_text USING fts5("
            "kind UNINDEXED, key UNINDEXED, document UNINDEXED, words UNINDEXED, body, "
            "tokenize = 'ascii', columnsize = 0)"
        ]

    def index_text(self, connection: Connection, rows: list[dict[str, Any]]) -> None:
        """Add rows (sequence, kind, key, document, words, body) to the full-text table."""
        connection.execute(
            text(
                "INSERT INTO full_text (rowid, kind, key, document, words, body) "
                "VALUES (:sequence, :kind, :key, :document, :words, :body)"
            ),
            rows,
        )

    def forget_text(self, connection: Connection, places: Sequence[int]) -> None:
        """Delete the rows with these places in the log from the full-text table."""
        connection.execute(
            text("DELETE FROM full_text WHERE rowid = :place"), [{"place": place} for place in places]
        )

    def indexed(self, connection: Connection) -> Iterator[tuple[Any, ...]]:
        """Give every row of the full-text table, in order of the log."""
        query = text("SELECT rowid, kind, key, document, words, body FROM full_text ORDER BY rowid")
        for row in connection.execute(query, execution_options={"yield_per": 1_000}):
            yield tuple(row)

    def check(self, connection: Connection) -> Iterator[Problem]:
        """Give what SQLite's own checks find in the file, and where its schema is another."""
        yield from check_file(connection)

    def matches(
        self, connection: Connection, terms: Sequence[Sequence[str]], last: int | None, most: int
    ) -> list[Match]:
        """Return the newest rows that hold all the terms; FTS5 reads its lists from their end."""
        counted, parameters = occurrences(terms)
        bound = "" if last is None else "AND rowid <= :last "
        rows = connection.execute(
            text(
                f"SELECT rowid, kind, key, document, words, {counted} AS occurrences FROM full_text "  # noqa: S608
                f"WHERE full_text MATCH :expression {bound}ORDER BY rowid DESC LIMIT :most"
            ),
            parameters
            | {"expression": " ".join(f'"{" ".join(term)}"' for term in terms), "most": most}
            | ({} if last is None else {"last": last}),
        )
        return [Match(*row) for row in rows]
