"""The ledger: append-only, one transaction a report, readable as of any moment."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Self, TypeVar

import msgspec
from sqlalchemy import Connection, Engine, func, select

from counterclaim.disputes import read_board
from counterclaim.ledger import schema
from counterclaim.ledger.adding import Compared, add, compare, is_held
from counterclaim.ledger.admission import check
from counterclaim.ledger.dialect import dialect_of
from counterclaim.ledger.entries import TABLES
from counterclaim.ledger.judging import decided, find_judgement, record
from counterclaim.ledger.lookup import (
    Noun,
    decisions,
    find_document,
    find_statement,
    nouns,
    reports,
    sequence_until,
)
from counterclaim.ledger.moments import from_microseconds, now, to_microseconds
from counterclaim.ledger.neighbours import bring_up_to_date, lacking
from counterclaim.ledger.opened import Opened
from counterclaim.ledger.opening import open_engine
from counterclaim.ledger.redaction import REVEAL, read_noun, redaction_of
from counterclaim.ledger.searching import SearchHit, search
from counterclaim.ledger.streaming import Kind, Recorded, Streams
from counterclaim.ledger.tombstones import refuse_name
from counterclaim.ledger.transactions import Transaction, retried, utf8_alone
from counterclaim.ledger.verifying import verify
from counterclaim.model import (
    Annotations,
    Board,
    Capture,
    Document,
    Judgement,
    Linker,
    Problem,
    RefusedError,
    Report,
    Snapshot,
    Statement,
    UnknownNameError,
)
from counterclaim.model.errors import Messages

if TYPE_CHECKING:
    import pandas
    import pyarrow

Result = TypeVar("Result")


class Ledger(Opened):
    """Captures, documents, statements and judgements, added and never changed.

    Made by :meth:`open`; close it, or use it as a context manager. Reads that take ``as_of`` show
    what the ledger held at that moment (a datetime with zone), or all of it where that is None.
    """

    def __init__(self, engine: Engine, clock: Callable[[], datetime] = now) -> None:
        super().__init__(engine, clock)
        self._formed: dict[str, int] = {}  # for a version of the linker: up to where all reports have forms

    @classmethod
    def open(
        cls,
        place: str = "counterclaim.db",
        *,
        create: bool = False,
        clock: Callable[[], datetime] = now,
        reveal: bool = False,
    ) -> Self:
        """Open the ledger at ``place``: a path, ``sqlite:///path``, or ``postgresql://user@host/database``.

        ``?schema=name`` after the latter tells several ledgers in one database apart. With ``create`` a
        missing one is made. ``clock`` gives the time that is recorded. With ``reveal`` protected words are
        read as they are. Raises LedgerError where there is no ledger, or none that this version can use.
        """
        engine = open_engine(str(place), create=create)
        return cls(engine.execution_options(**{REVEAL: True}) if reveal else engine, clock)

    # Adding.

    def add(self, capture: Capture, report: Report, linker: Linker) -> bool:
        """Add a report with everything that follows from it, in one transaction.

        ``linker`` compares it with the reports already held that have enough of its keys. False,
        and nothing changes, where this version of the document is held already. When this
        returns, the report survives a crash; before, nothing of it is there. Raises LedgerError
        where capture, document and statements do not belong together.
        """
        check(capture, report)
        compared = retried(partial(self._compared, report, linker))
        if compared is None:
            return False
        now = self._clock
        last = self.write(lambda c: add(c, capture, report, linker, compared, to_microseconds(now())))
        if last is None:
            return False
        self._formed[linker.version] = last
        return True

    def _compared(self, report: Report, linker: Linker) -> Compared | None:
        """Compare a report with those that are held, without the lock; None where it is held itself."""
        formed = self._formed.get(linker.version, 0)
        while True:
            with self.reading() as connection:
                if is_held(connection, report.document.key):
                    return None
                if not lacking(connection, linker, formed):
                    return compare(connection, report, linker)
            self.write(partial(bring_up_to_date, linker=linker, since=formed))

    def judge(self, judgement: Judgement, attachments: Sequence[Capture] = ()) -> bool:
        """Add one judgement, of an analyst say; False where the very same is held already.

        ``attachments`` are the files that its evidence names by their SHA-256; they are stored with it,
        in one transaction. Raises LedgerError where a file and its name do not belong together.
        """
        return self.judge_all([judgement], attachments) == 1

    def judge_all(self, judgements: Sequence[Judgement], attachments: Sequence[Capture] = ()) -> int:
        """Add judgements in this order, all or none; return how many were not held yet."""
        now = self._clock
        return self.write(lambda c: record(c, judgements, attachments, to_microseconds(now())))

    def clock(self) -> datetime:
        """Return the moment at which something added now is recorded. For the modules of this package."""
        return self._clock()

    def write(self, operation: Callable[[Connection], Result]) -> Result:
        """Return what ``operation`` returns, run within :meth:`writing`; for the modules of this package.

        It is run again where a server broke off, so it must change nothing where it has been run before.
        """

        def once() -> Result:
            with self.writing() as connection:
                return operation(connection)

        return retried(once)

    def writing(self) -> AbstractContextManager[Connection]:
        """Return a transaction for one write: it holds the write lock from its first read on.

        Left without an error it is committed, and what it wrote survives a crash; else nothing of it is
        there. For the modules of this package.
        """
        return Transaction(dialect_of(self._engine).writing(self._engine))

    def clear_space(self) -> None:
        """Clear from the ledger's files what was erased; for :mod:`counterclaim.ledger.erasing`."""
        dialect_of(self._engine).clear_space(self._engine)

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Give a connection whose reads all see one state. For the modules of this package."""
        with self._engine.connect() as connection, connection.begin(), utf8_alone():
            yield connection

    # Reading.

    def snapshot(self, as_of: datetime | None = None) -> Snapshot:
        """Return everything that was known at a moment, in one consistent read."""
        until = _until(as_of)
        with self.reading() as connection:
            return Snapshot(
                documents=nouns(connection, Document, until),
                annotations=nouns(connection, Annotations, until),
                statements=nouns(connection, Statement, until),
                judgements=nouns(connection, Judgement, until),
                decisions=decisions(connection, until),
            )

    @contextmanager
    def streams(self, as_of: datetime | None = None) -> Iterator[Streams]:
        """Give what is stored, all as of one moment, to be read one after the other in constant memory."""
        with self.reading() as connection:
            yield Streams(connection, _until(as_of))

    def stream(self, kind: type[Kind], as_of: datetime | None = None) -> Iterator[Recorded[Kind]]:
        """Give the nouns of a kind with the time of each, sorted by id, in constant memory."""
        with self.streams(as_of) as streams:
            yield from streams.nouns(kind)

    def board(self, as_of: datetime | None = None) -> Board:
        """Return actors, claims and disputes as of a moment."""
        return read_board(self.snapshot(as_of))

    def documents(self, as_of: datetime | None = None) -> Iterator[Document]:
        """Give all documents, sorted by key."""
        return iter(self._all(Document, as_of))

    def document(self, name: str, as_of: datetime | None = None) -> Document:
        """Return the document with this id or key, or the only one whose id or key begins so.

        Of several versions of one id, the latest. Raises LedgerError where none fits,
        or several different ones.
        """
        with self._engine.connect() as connection:
            return find_document(connection, name, _until(as_of))

    def statement(self, name: str, as_of: datetime | None = None) -> Statement:
        """Return the statement with this id, or the only one whose id begins so."""
        with self._engine.connect() as connection:
            return find_statement(connection, name, _until(as_of))

    def statements(self, document: str | None = None, as_of: datetime | None = None) -> Iterator[Statement]:
        """Give all statements, or those of one document's key, sorted by id."""
        return iter(self._all(Statement, as_of, document))

    def judgements(self, as_of: datetime | None = None) -> Iterator[Judgement]:
        """Give all judgements, sorted by id."""
        return iter(self._all(Judgement, as_of))

    def judgement(self, name: str, as_of: datetime | None = None) -> Judgement:
        """Return the judgement with this id, or the only one whose id begins so."""
        with self.reading() as connection:
            return find_judgement(connection, name, _until(as_of))

    def decided(self, as_of: datetime | None = None) -> tuple[Snapshot, dict[str, datetime]]:
        """Return people's judgements with those that they answer, and when each was recorded."""
        with self.reading() as connection:
            snapshot, times = decided(connection, _until(as_of))
        return snapshot, {each: from_microseconds(recorded) for each, recorded in times.items()}

    def report(self, key: str, as_of: datetime | None = None) -> Report:
        """Return the document with this key and its statements, in order of the text."""
        until = _until(as_of)
        with self.reading() as connection:
            found = reports(connection, [key], until)
            if not found:
                refuse_name(connection, key)
        if not found:
            raise UnknownNameError(Messages.name_unknown(key))
        return found[0]

    def holds(self, document_key: str) -> bool:
        """Tell whether the ledger holds this version of a document, by its key."""
        with self._engine.connect() as connection:
            return is_held(connection, document_key)

    def annotations(self, document_key: str, as_of: datetime | None = None) -> Annotations | None:
        """Return the actors, times and places of a document's version; None where none were read."""
        found = self._all(Annotations, as_of, document_key)
        return found[0] if found else None

    def capture(self, sha256: str, as_of: datetime | None = None) -> Capture:
        """Return the bytes that a document was made from. Raises WithheldError where they are protected."""
        table = schema.captures
        query = select(table.c.payload, table.c.content).where(table.c.sha256 == sha256)
        with self.reading() as connection:
            last = sequence_until(connection, _until(as_of))
            if last is not None:
                query = query.where(table.c.sequence <= last)
            row = connection.execute(query).first()
            if row is None:
                refuse_name(connection, sha256)
                raise UnknownNameError(Messages.name_unknown(sha256))
            described = read_noun(connection, row.payload, Capture)
            if isinstance(row.content, str):  # a damaged column holds another type
                raise RefusedError(Messages.capture_misnamed(described.name))
            capture = msgspec.structs.replace(described, content=bytes(row.content))
            redaction = redaction_of(connection)
            if redaction is not None:
                redaction.refuse_withheld(capture)
        return capture

    def search(self, query: str, limit: int = 20, as_of: datetime | None = None) -> list[SearchHit]:
        """Return the statements and documents that hold all the words of ``query``, best first.

        The 1,000 newest matches are ranked: first those in which the words take up most of the text, then
        statements before documents, then the newest. Both kinds of database give the same order.
        """
        with self.reading() as connection:
            return search(connection, query, limit, _until(as_of))

    def counts(self, as_of: datetime | None = None) -> dict[str, int]:
        """Return how many captures, documents, statements and judgements the ledger holds."""
        counts = {}
        with self.reading() as connection:
            last = sequence_until(connection, _until(as_of))
            for table, _name in TABLES.values():
                query = select(func.count()).select_from(table)
                if last is not None:
                    query = query.where(table.c.sequence <= last)
                counts[table.name] = connection.execute(query).scalar_one()
        return counts

    def to_arrow(self, kind: str, as_of: datetime | None = None) -> pyarrow.Table:
        """Return the nouns of a kind as an Arrow table; :mod:`counterclaim.ledger.frames` has the columns."""
        from counterclaim.ledger.frames import arrow_table

        return arrow_table(self.snapshot(as_of), kind)

    def to_pandas(self, kind: str, as_of: datetime | None = None) -> pandas.DataFrame:
        """Return the nouns of a kind as a DataFrame, with the columns and types of :meth:`to_arrow`."""
        from counterclaim.ledger.frames import data_frame

        return data_frame(self.snapshot(as_of), kind)

    def last_recorded(self) -> datetime | None:
        """Return when something was last added; None for an empty ledger."""
        with self._engine.connect() as connection:
            recorded = connection.execute(select(func.max(schema.entries.c.recorded))).scalar()
        return from_microseconds(recorded) if recorded is not None else None

    def _all(self, kind: type[Noun], as_of: datetime | None, document: str | None = None) -> tuple[Noun, ...]:
        until = _until(as_of)
        with self._engine.connect() as connection:
            return nouns(connection, kind, until, document)

    def verify(self) -> list[Problem]:
        """Check the chain, every payload, every capture and every span; return what is broken."""
        with self.reading() as connection:
            return verify(connection)


def _until(as_of: datetime | None) -> int | None:
    return None if as_of is None else to_microseconds(as_of)
