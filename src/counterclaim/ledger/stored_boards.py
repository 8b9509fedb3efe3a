"""The board as it was last read off the ledger, kept so that it can be shown at once.

Reading the board takes time in proportion to the ledger. What it said as of one entry of the log never
changes, so it is kept in rows that are found by their ids. These are derived: they can be
dropped and made again, and an interrupted making leaves rows that the next one clears away. What the
rows hold is the business of those who write and read them (``views``); here they are bytes.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from itertools import islice
from typing import TYPE_CHECKING, Any, TypeVar

import msgspec
from sqlalchemy import Connection, Row, Table, delete, func, insert, select, tuple_

from counterclaim.ledger import schema
from counterclaim.ledger.derived_check import board_tally
from counterclaim.ledger.lookup import AT_ONCE
from counterclaim.ledger.moments import from_microseconds, to_microseconds
from counterclaim.ledger.redaction import masks_of, reveals
from counterclaim.model import LedgerError
from counterclaim.model.errors import Messages

if TYPE_CHECKING:
    from counterclaim.ledger.store import Ledger

AT_A_TIME = 5_000
"""Rows that are written in one transaction, so that no writer waits long for another."""
ABANDONED = 3_600_000_000
"""Microseconds after which a board that is still being made is taken for abandoned."""
_LAST = "\U0010ffff"

Item = TypeVar("Item")


class StoredRow(msgspec.Struct, frozen=True):
    """One thing that the board shows: its kind, its id, its place among its kind, and its bytes."""

    kind: str
    id: str
    payload: bytes
    rank: int = 0


class StoredLink(msgspec.Struct, frozen=True, order=True):
    """That a statement, a document or an actor (``one``) has to do with something of a kind."""

    one: str
    kind: str
    other: str


class StoredLabel(msgspec.Struct, frozen=True, order=True):
    """A name, casefolded, by which something is found; with a leading space, one word of a name."""

    label: str
    kind: str
    id: str


class StoredBoard:
    """One board as it was stored, read within the transaction of ``connection``.

    ``sequence`` is the number of the last entry that it knows, ``moment`` the time of that entry:
    the board is what the ledger knew then.
    """

    def __init__(self, connection: Connection, row: Row[Any]) -> None:
        self.connection = connection
        self.number: int = row.number
        self.sequence: int = row.sequence
        self.version: str = row.version
        self.moment: datetime = from_microseconds(row.recorded)
        self.summary: bytes = bytes(row.summary)

    def newer(self) -> int:
        """Return how many entries the log has beyond those that the board knows."""
        last = self.connection.execute(select(func.max(schema.entries.c.sequence))).scalar()
        return (last or 0) - self.sequence

    def is_of(self, as_of: datetime) -> bool:
        """Tell whether it is what the ledger knew at a moment: nothing was recorded between the two."""
        if as_of < self.moment:
            return False
        table = schema.entries  # recorded moments rise with the numbers
        query = select(table.c.recorded).where(table.c.sequence > self.sequence).order_by(table.c.sequence)
        following = self.connection.execute(query.limit(1)).scalar()
        return following is None or from_microseconds(following) > as_of

    def ranked(self, kind: str, limit: int | None = None, offset: int = 0) -> list[bytes]:
        """Return the rows of a kind in their order."""
        table = schema.stored_rows
        query = select(table.c.payload).where(table.c.board == self.number, table.c.kind == kind)
        query = query.where(table.c.rank >= offset).order_by(table.c.rank)
        if limit is not None:
            query = query.where(table.c.rank < offset + limit)
        return [bytes(payload) for payload in self.connection.execute(query).scalars()]

    def rows(self, kind: str, ids: Iterable[str]) -> dict[str, bytes]:
        """Return the rows of a kind with these ids; those that are not there are left out."""
        table = schema.stored_rows
        found: dict[str, bytes] = {}
        for part in _parts(sorted(set(ids)), AT_ONCE):
            query = select(table.c.id, table.c.payload).where(
                table.c.board == self.number, table.c.kind == kind, table.c.id.in_(part)
            )
            found.update((row.id, bytes(row.payload)) for row in self.connection.execute(query))
        return found

    def following(self, kind: str, after: str, limit: int) -> list[bytes]:
        """Return at most ``limit`` rows of a kind in order of their ids, from the first after this one."""
        table = schema.stored_rows
        query = select(table.c.payload).where(table.c.board == self.number, table.c.kind == kind)
        query = query.where(table.c.id > after).order_by(table.c.id).limit(limit)
        return [bytes(payload) for payload in self.connection.execute(query).scalars()]

    def links(self, ones: Iterable[str], kind: str) -> dict[str, list[str]]:
        """Return for each of these the ids of a kind that it has to do with, sorted."""
        table = schema.stored_links
        found: defaultdict[str, list[str]] = defaultdict(list)
        for part in _parts(sorted(set(ones)), AT_ONCE):
            query = (
                select(table.c.one, table.c.other)
                .where(table.c.board == self.number, table.c.one.in_(part), table.c.kind == kind)
                .order_by(table.c.one, table.c.other)
            )
            for row in self.connection.execute(query):
                found[row.one].append(row.other)
        return found

    def labelled(self, label: str, most: int) -> list[tuple[str, str]]:
        """Return (kind, id) of at most so many things with this very label, sorted."""
        table = schema.stored_labels
        return self._labelled(table.c.label == label, most)

    def beginning(self, label: str, most: int) -> list[tuple[str, str]]:
        """Return (kind, id) of at most so many things with a label that begins so."""
        table = schema.stored_labels
        return self._labelled((table.c.label >= label) & (table.c.label < label + _LAST), most)

    def ids_beginning(self, kind: str, beginning: str, most: int) -> list[str]:
        """Return at most so many ids of a kind that begin so, sorted."""
        table = schema.stored_rows
        query = select(table.c.id).where(table.c.board == self.number, table.c.kind == kind)
        query = query.where(table.c.id >= beginning, table.c.id < beginning + _LAST)
        return list(self.connection.execute(query.order_by(table.c.id).limit(most)).scalars())

    def _labelled(self, fits: Any, most: int) -> list[tuple[str, str]]:
        table = schema.stored_labels
        query = select(table.c.kind, table.c.id).distinct().where(table.c.board == self.number, fits)
        found = self.connection.execute(query.order_by(table.c.kind, table.c.id).limit(most))
        return [(row.kind, row.id) for row in found]


def stored_board(connection: Connection, version: str) -> StoredBoard | None:
    """Return the newest whole board that this version of the program stored; None where there is none.

    One from before words were protected, or something was erased, would still show it, and is not used; nor
    is any by who reads protected words, since none has them.
    """
    if reveals(connection) and masks_of(connection) is not None:
        return None
    table = schema.stored_boards
    query = select(table).where(table.c.summary.is_not(None), table.c.version == version)
    for decided in (schema.erasures, schema.protections):
        last = select(func.coalesce(func.max(decided.c.sequence), 0)).scalar_subquery()
        query = query.where(table.c.sequence >= last)
    row = connection.execute(query.order_by(table.c.number.desc()).limit(1)).first()
    return StoredBoard(connection, row) if row else None


def store_board(
    ledger: Ledger,
    sequence: int,
    moment: datetime,
    version: str,
    summary: bytes,
    content: Iterable[StoredRow | StoredLink | StoredLabel],
    now: datetime,
) -> None:
    """Keep a board, in place of older ones. It is seen when all of it is there, and not before.

    ``content`` is written as it comes, in many transactions, so that readers and writers go on. Raises
    LedgerError where something was erased or protected meanwhile, which the board would still show.
    """
    boards = schema.stored_boards
    begun = to_microseconds(now)
    with ledger.writing() as connection:
        refuse_overtaken(connection, sequence)
        if reveals(connection) and masks_of(connection) is not None:
            raise LedgerError(Messages.board_revealed())
        highest = connection.execute(select(func.max(boards.c.number))).scalar() or 0
        number = highest + 1
        row = {"number": number, "sequence": sequence, "recorded": to_microseconds(moment)}
        connection.execute(insert(boards), [row | {"version": version, "begun": begun, "summary": None}])
    tally = board_tally(row | {"version": version, "summary": summary})
    for part in _parts(content, AT_A_TIME):
        rows = defaultdict(list)
        for each in part:
            values = msgspec.structs.asdict(each)
            tally.add(str(_TABLES[type(each)].name), *(values[name] for name in sorted(values)))
            rows[type(each)].append(values | {"board": number})
        with ledger.writing() as connection:
            refuse_overtaken(connection, sequence)
            for kind, table in _TABLES.items():
                if rows[kind]:
                    connection.execute(insert(table), rows[kind])
    with ledger.writing() as connection:
        refuse_overtaken(connection, sequence)
        whole = {"summary": summary, "digest": tally.digest()}
        connection.execute(boards.update().where(boards.c.number == number).values(whole))
    _clear(ledger, number, begun)


def refuse_overtaken(connection: Connection, sequence: int) -> None:
    """Raise LedgerError where something was erased or protected after this entry of the log."""
    for table in (schema.erasures, schema.protections):
        if (connection.execute(select(func.max(table.c.sequence))).scalar() or 0) > sequence:
            raise LedgerError(Messages.board_overtaken())


def last_entry(connection: Connection) -> tuple[int, datetime] | None:
    """Return number and moment of the last entry of the log; None for an empty ledger."""
    table = schema.entries
    query = select(table.c.sequence, table.c.recorded).order_by(table.c.sequence.desc()).limit(1)
    row = connection.execute(query).first()
    return (row.sequence, from_microseconds(row.recorded)) if row else None


_TABLES: dict[type, Table] = {
    StoredRow: schema.stored_rows,
    StoredLink: schema.stored_links,
    StoredLabel: schema.stored_labels,
}


def _clear(ledger: Ledger, number: int, now: int) -> None:
    """Drop the boards that another one stands for, and those that were never finished."""
    boards = schema.stored_boards
    old = (boards.c.number < number) & (boards.c.summary.is_not(None) | (boards.c.begun < now - ABANDONED))
    with ledger.reading() as connection:
        gone = connection.execute(select(boards.c.number).where(old)).scalars().all()
    for each in gone:
        with ledger.writing() as connection:
            connection.execute(delete(boards).where(boards.c.number == each))
        for table, names in (
            (schema.stored_rows, ("kind", "id")),
            (schema.stored_links, ("one", "kind", "other")),
            (schema.stored_labels, ("label", "kind", "id")),
        ):
            columns = [table.c[name] for name in names]
            while True:
                with ledger.writing() as connection:
                    query = select(*columns).where(table.c.board == each).order_by(*columns)
                    edge = connection.execute(query.offset(AT_A_TIME).limit(1)).first()
                    dropped = delete(table).where(table.c.board == each)
                    if edge is not None:
                        dropped = dropped.where(_before(columns, tuple(edge)))
                    connection.execute(dropped)
                if edge is None:
                    break


def _before(columns: Sequence[Any], edge: tuple[Any, ...]) -> Any:
    """Compare whole rows: SQLite and PostgreSQL do this by their index."""
    return tuple_(*columns) < tuple_(*edge)


def _parts(items: Iterable[Item], size: int) -> Iterator[list[Item]]:
    iterator = iter(items)
    while part := list(islice(iterator, size)):
        yield part
