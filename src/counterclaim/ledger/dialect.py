"""What differs from one database to another: settings, triggers and full-text search of SQLite."""

from __future__ import annotations

import re
import sqlite3
import time
from collections.abc import Sequence
from typing import Any

from sqlalchemy import URL, Connection, Engine, ExceptionContext, create_engine, event, text

from counterclaim.model import LedgerError
from counterclaim.model.errors import Messages

BUSY_SECONDS = 60.0
"""How long a writer waits for another before it gives up."""

_PAUSE = 0.02
_WORD = re.compile(r"\"([^\"]+)\"|(\S+)")
_SURROGATE = re.compile("[\ud800-\udfff]")


def make_engine(path: str) -> Engine:
    """Return an engine on the SQLite file at ``path``; connecting changes nothing in the file.

    ``synchronous=FULL``, so that what was acknowledged survives a loss of power too. Whatever the
    database refuses is raised as LedgerError.
    """
    engine = create_engine(URL.create("sqlite", database=path), connect_args={"timeout": BUSY_SECONDS})

    @event.listens_for(engine, "connect")
    def _settings(connection: Any, _record: Any) -> None:
        connection.isolation_level = None
        cursor = connection.cursor()
        for pragma in ("synchronous=FULL", "foreign_keys=ON"):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        mode = connection.get_execution_options().get("begin", "DEFERRED")
        connection.exec_driver_sql(f"BEGIN {mode}")

    @event.listens_for(engine, "handle_error")
    def _refused(context: ExceptionContext) -> None:
        if isinstance(context.original_exception, sqlite3.Error):
            raise _refusal(path, context.original_exception) from context.original_exception

    return engine


def use_write_ahead_log(engine: Engine) -> None:
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


def _refusal(path: str, error: sqlite3.Error) -> LedgerError:
    code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_OK)  # errors of the driver have none
    if code & 0xFF in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return LedgerError(Messages.ledger_busy(path, BUSY_SECONDS))
    return LedgerError(Messages.ledger_unusable(path, str(error)))


def is_sqlite(path: str) -> bool:
    """Tell whether the file at ``path`` is empty or begins as an SQLite database does."""
    with open(path, "rb") as file:  # noqa: PTH123  a path that may hold any characters
        head = file.read(16)
    return head in (b"", b"SQLite format 3\x00")


def append_only_triggers(table: str, unique: tuple[str, ...]) -> list[str]:
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


FULL_TEXT = (
    "CREATE VIRTUAL TABLE full_text USING fts5("
    "kind UNINDEXED, key UNINDEXED, document UNINDEXED, recorded UNINDEXED, body, "
    "tokenize = 'unicode61 remove_diacritics 2')"
)


def index_text(connection: Connection, rows: list[dict[str, Any]]) -> None:
    """Add rows (kind, key, document, recorded, body) to the full-text table."""
    connection.execute(
        text(
            "INSERT INTO full_text (kind, key, document, recorded, body) "
            "VALUES (:kind, :key, :document, :recorded, :body)"
        ),
        rows,
    )


def query_terms(query: str) -> list[str]:
    """Return the words and the phrases (in double quotes) of what a user typed, without the quotes."""
    terms = []
    for phrase, word in _WORD.findall(_SURROGATE.sub(" ", query.replace("\x00", " "))):
        term = (phrase or word).replace('"', " ").strip()
        if any(character.isalnum() for character in term):
            terms.append(term)
    return terms


def search_text(
    connection: Connection, terms: Sequence[str], until: int | None, limit: int
) -> list[tuple[str, str, str]]:
    """Return (kind, key, document) of the best matches, best first, statements first among equals.

    All of ``terms`` must stand in a match; each is quoted, so that nothing in it is taken for the
    query language. A document is left out where one of its statements matches.
    """
    expression = " ".join(f'"{term}"' for term in terms)
    rows = connection.execute(
        text(
            "SELECT kind, key, document FROM full_text WHERE full_text MATCH :expression "
            "AND (:until IS NULL OR recorded <= :until) "
            "AND (kind = 'statement' OR document NOT IN (SELECT document FROM full_text "
            "WHERE full_text MATCH :expression AND kind = 'statement')) "
            "ORDER BY bm25(full_text), kind DESC, key LIMIT :limit"
        ),
        {"expression": expression, "until": until, "limit": limit},
    )
    return [(row.kind, row.key, row.document) for row in rows]
