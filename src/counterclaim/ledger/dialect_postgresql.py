"""PostgreSQL: a server for many, one schema a ledger, and full text by an inverted index over words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from sqlalchemy import (
    URL,
    Connection,
    Engine,
    ExceptionContext,
    Table,
    create_engine,
    event,
    insert,
    make_url,
    text,
)
from sqlalchemy.exc import ArgumentError

from counterclaim.ledger.matches import Match, body_of, occurrences
from counterclaim.ledger.transactions import BrokenOffError
from counterclaim.model import LedgerError, Problem, UnavailableError
from counterclaim.model.errors import Messages

if TYPE_CHECKING:
    import psycopg

COPIED_FROM = 20
"""Rows from which COPY is faster than to insert them."""
BUSY_SECONDS = 60.0
"""How long a writer waits for another before it gives up."""

_PATIENCE = 10
"""Seconds to wait for a connection, where the URL does not say."""

_LOCK = 1_668_639_345
"""The first half of the number of the lock that a writer holds; the second stands for the schema."""
_SCHEMA = re.compile(r"[A-Za-z_][A-Za-z0-9_]{0,62}")
_BUSY = "55P03"
_BROKEN_OFF = ("40001", "40P01", "57P01", "57P02", "57P03", "53300")
"""Conflict, deadlock, a server that stops or starts, too many connections."""

_BLOCK = 13
"""Places in the log are filed in blocks of 2 to this power, so that the newest can be asked for alone."""
_WINDOWS = (4, 8, 16, 32, 64, 128, 256)
"""How many blocks are searched at a time, newest first; the last again and again.

Each is not much larger than what came before it, as a window in which a common word stands very often takes
long: the log holds few texts where it holds many judgements, and more elsewhere.
"""


def make_engine(place: str, what: str = "ledger") -> Engine:
    """Return an engine on the ledger at a URL; nothing is connected to yet.

    Transactions read only, and see one state, unless :meth:`PostgreSQL.writing` makes them. Whatever
    the server refuses is raised as LedgerError, which calls it a ``what``; nothing that is raised names a
    password.
    """
    url, schema = _parsed(place)
    shown = shown_place(place)
    patience = {} if "connect_timeout" in url.query else {"connect_timeout": _PATIENCE}
    try:
        engine = create_engine(
            url,
            isolation_level="REPEATABLE READ",
            execution_options={"postgresql_readonly": True, "ledger_schema": schema},
            connect_args={"client_encoding": "utf8"} | patience,
            pool_pre_ping=True,
        )
    except ImportError as error:
        raise LedgerError(Messages.ledger_no_driver(shown, str(error).splitlines()[0])) from error

    @event.listens_for(engine, "connect", insert=True)
    def _settings(connection: Any, _record: Any) -> None:
        encoding = connection.info.parameter_status("server_encoding")
        if encoding != "UTF8":
            connection.close()
            raise LedgerError(Messages.ledger_encoding(shown, encoding))
        if schema:
            connection.execute(f'SET search_path TO "{schema}"')
            connection.commit()

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        if connection.get_execution_options().get("begin") == "IMMEDIATE":
            connection.exec_driver_sql(_lock(schema))

    @event.listens_for(engine, "handle_error")
    def _refused(context: ExceptionContext) -> None:
        refused = _refusal(shown, context, what)
        if refused:
            raise refused from context.original_exception

    return engine


def shown_place(place: str) -> str:
    """Return a URL without its password."""
    url = _parsed(place)[0]
    schema = _parsed(place)[1]
    url = url.set(drivername="postgresql").difference_update_query(["password"])
    if schema:
        url = url.update_query_dict({"schema": schema})
    return url.render_as_string(hide_password=True)


def _parsed(place: str) -> tuple[URL, str | None]:
    """Return the URL with the driver that is used, and the schema that its query names."""
    try:
        url = make_url(place)
    except (ArgumentError, ValueError) as error:
        raise LedgerError(Messages.ledger_address(place.split("://", 1)[0])) from error
    schema = url.query.get("schema")
    if schema is not None and not (isinstance(schema, str) and _SCHEMA.fullmatch(schema)):
        raise LedgerError(Messages.ledger_schema(str(schema)))
    return url.set(drivername="postgresql+psycopg").difference_update_query(["schema"]), schema


def _lock(schema: str | None) -> str:
    """Return what a writer says first: a lock for this schema, waited for, and no commit that may be lost.

    The lock is taken alone, before anything is read, so that what is read next is the state that
    the writer before has left.
    """
    return (
        f"SET LOCAL lock_timeout = {round(BUSY_SECONDS * 1000)}; "
        f"SELECT pg_advisory_xact_lock({_LOCK}, hashtext(coalesce(current_schema(), '{schema or ''}'))); "
        "SELECT set_config('synchronous_commit', 'on', true) "
        "WHERE current_setting('synchronous_commit') = 'off'"
    )


def _refusal(place: str, context: ExceptionContext, what: str) -> LedgerError | None:
    import psycopg

    error = context.original_exception
    if not isinstance(error, psycopg.Error) or context.is_pre_ping:
        return None  # a connection found dead when it is to be used again is replaced
    if context.connection is None and error.sqlstate != _BUSY:
        reason = (str(error).strip() or type(error).__name__).splitlines()[0]
        return BrokenOffError(Messages.ledger_refused(place, reason, what))
    return _told(place, error, what, lost=context.is_disconnect)


def _told(place: str, error: psycopg.Error, what: str, *, lost: bool) -> LedgerError:
    """Return what is said of an error of the server; ``lost`` where the connection is."""
    import psycopg

    code = error.sqlstate
    reason = (str(error).strip() or type(error).__name__).splitlines()[0]
    lost = lost or (code is None and isinstance(error, psycopg.OperationalError))
    if code == _BUSY:
        return UnavailableError(Messages.ledger_busy(place, BUSY_SECONDS, what))
    if lost or code in _BROKEN_OFF or (code or "").startswith("08"):
        return BrokenOffError(Messages.ledger_interrupted(place, reason))
    return UnavailableError(Messages.ledger_refused(place, reason, what))


def copy_rows(
    connection: Connection, table: str, names: Sequence[str], rows: Iterable[Mapping[str, Any]]
) -> None:
    """Add rows to a table with COPY. Raises LedgerError for what the server refuses, as all else does here.

    SQLAlchemy knows nothing of COPY, so its errors are told here, and a lost connection is given up.
    """
    import psycopg

    driver: Any = connection.connection.driver_connection
    columns = ", ".join(f'"{name}"' for name in names)
    try:
        with driver.cursor().copy(f"COPY {table} ({columns}) FROM STDIN") as copy:
            for row in rows:
                copy.write_row([row[name] for name in names])
    except psycopg.Error as error:
        lost = bool(driver.closed)
        place = connection.engine.url.render_as_string()
        if lost:
            connection.invalidate()
        raise _told(shown_place(place), error, "ledger", lost=lost) from error


class PostgreSQL:
    """The dialect of ledgers on a server."""

    def writing(self, engine: Engine) -> Connection:
        """Return a connection whose transactions hold the write lock from their begin on.

        Each statement sees what is committed when it starts: as there is one writer, that is the state
        it found, and its own work.
        """
        return engine.connect().execution_options(
            isolation_level="READ COMMITTED", postgresql_readonly=False, begin="IMMEDIATE"
        )

    def prepare(self, engine: Engine) -> None:
        """Make the schema that the URL names where there is none; the server keeps its own log."""
        schema = engine.get_execution_options().get("ledger_schema")
        if schema:
            with self.writing(engine) as connection, connection.begin():
                connection.exec_driver_sql(f'CREATE SCHEMA IF NOT EXISTS "{schema}"')

    def append_only(self, table: str, unique: Sequence[str]) -> list[str]:  # noqa: ARG002
        """Return what makes the database refuse to change, delete or empty rows of ``table``.

        The trigger is asked once a statement, so that not even one that touches no row passes, and
        whatever role a session takes on. A row cannot be replaced without an update.
        """
        return [
            "CREATE OR REPLACE FUNCTION ledger_is_append_only() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN RAISE EXCEPTION 'the ledger is append-only'; END $$",
            f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION ledger_is_append_only()",
            f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {table}_append_only",
        ]

    @contextmanager
    def deleting(self, connection: Connection, tables: Sequence[str]) -> Iterator[None]:
        """Disable the triggers that refuse deletions, and enable them again; other sessions see neither."""
        for table in tables:
            connection.execute(text(f"ALTER TABLE {table} DISABLE TRIGGER {table}_append_only"))
        yield
        for table in tables:
            connection.execute(text(f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {table}_append_only"))

    def clear_space(self, engine: Engine) -> None:
        """Do nothing: the server clears its files itself, when it vacuums."""

    def insert(self, connection: Connection, table: Table, rows: list[dict[str, Any]]) -> None:
        """Add many rows to a table with COPY; a few are not worth a round trip more."""
        if len(rows) >= COPIED_FROM:
            copy_rows(connection, table.name, list(rows[0]), rows)
        elif rows:
            connection.execute(insert(table), rows)

    def full_text(self) -> list[str]:
        """Return what makes the full-text table and its index over words and blocks of the log.

        An array of words and not a ``tsvector``, which holds no more than a megabyte and 16,383 places.
        The list of new rows that an index may put off is not kept: every search would read it.
        """
        return [
            "CREATE TABLE full_text (sequence bigint PRIMARY KEY, "
            'kind text COLLATE "C" NOT NULL, key text COLLATE "C" NOT NULL, '
            'document text COLLATE "C" NOT NULL, words integer NOT NULL, body text COLLATE "C" NOT NULL)',
            f"CREATE INDEX full_text_words ON full_text USING gin ({_WORDS}, ({_BLOCKS})) "
            "WITH (fastupdate = off)",
        ]

    def index_text(self, connection: Connection, rows: list[dict[str, Any]]) -> None:
        """Add rows (sequence, kind, key, document, words, body) to the full-text table."""
        if len(rows) >= COPIED_FROM:
            copy_rows(connection, "full_text", list(rows[0]), rows)
            return
        connection.execute(
            text(
                "INSERT INTO full_text (sequence, kind, key, document, words, body) "
                "VALUES (:sequence, :kind, :key, :document, :words, :body)"
            ),
            rows,
        )

    def forget_text(self, connection: Connection, places: Sequence[int]) -> None:
        """Delete the rows with these places in the log from the full-text table."""
        connection.execute(
            text("DELETE FROM full_text WHERE sequence = :place"), [{"place": place} for place in places]
        )

    def indexed(self, connection: Connection) -> Iterator[tuple[Any, ...]]:
        """Give every row of the full-text table, in order of the log."""
        query = text("SELECT sequence, kind, key, document, words, body FROM full_text ORDER BY sequence")
        for row in connection.execute(query, execution_options={"yield_per": 1_000}):
            yield tuple(row)

    def check(self, connection: Connection) -> Iterator[Problem]:  # noqa: ARG002
        """Give nothing: a server checks its pages itself where it keeps checksums, as it does by default."""
        yield from ()

    def matches(
        self, connection: Connection, terms: Sequence[Sequence[str]], last: int | None, most: int
    ) -> list[Match]:
        """Return the newest rows that hold all the terms, found window by window from the newest on.

        An index of this kind gives all rows of a word at once, a million for a common one; a
        window of blocks keeps that small. The planner holds parting a text into words for cheap, and would
        read a whole small table for a common word, so it is kept from that for this transaction.
        """
        connection.execute(text("SET LOCAL enable_seqscan = off"))
        newest = connection.execute(text("SELECT max(sequence) FROM full_text")).scalar()
        end = newest if last is None or newest is None else min(last, newest)
        query, parameters = _query(terms)
        found: list[Match] = []
        for blocks in _windows(end):
            rest = most - len(found)
            if rest <= 0:
                break
            bounds = {"blocks": blocks, "last": end, "most": rest}
            found += [Match(*row) for row in connection.execute(text(query), parameters | bounds)]
        return found


_WORDS = "string_to_array(btrim(body, ' '), ' ')"
_BLOCKS = f"ARRAY[sequence >> {_BLOCK}]"


def _windows(end: int | None) -> Iterator[list[int]]:
    """Give the blocks up to place ``end`` of the log in windows, the newest first."""
    above = 0 if end is None else (end >> _BLOCK) + 1
    sizes = iter(_WINDOWS)
    size = 0
    while above > 0:
        size = next(sizes, size)
        yield list(range(max(0, above - size), above))
        above -= size


def _query(terms: Sequence[Sequence[str]]) -> tuple[str, dict[str, Any]]:
    """Return the query for one window, and its parameters but for the window's."""
    counted, parameters = occurrences(terms)
    phrases = {f"phrase{n}": body_of(term) for n, term in enumerate(terms) if len(term) > 1}
    follow = "".join(f"AND strpos(body, :{name}) > 0 " for name in phrases)
    words = sorted({word for term in terms for word in term})
    query = (
        "WITH found AS MATERIALIZED (SELECT sequence FROM full_text "  # noqa: S608  our own names
        f"WHERE {_WORDS} @> CAST(:words AS text[]) AND {_BLOCKS} && CAST(:blocks AS bigint[]) "
        f"AND sequence <= :last {follow}), "
        "newest AS MATERIALIZED (SELECT sequence FROM found ORDER BY sequence DESC LIMIT :most) "
        f"SELECT sequence, kind, key, document, words, {counted} AS occurrences "
        "FROM newest JOIN full_text USING (sequence) ORDER BY sequence DESC"
    )
    return query, parameters | phrases | {"words": words}
