"""A scratch file for nouns that come in any order, so that they can be read in the order of a log.

JSON Lines are sorted by kind and id; a ledger is written report by report. In between, the lines stand in
an SQLite file of their own, in the folder for temporary files, that is gone at the end: memory does not grow
with what is read. The file is never a ledger, and nobody else opens it.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from itertools import groupby
from operator import attrgetter
from pathlib import Path
from tempfile import TemporaryDirectory
from types import TracebackType
from typing import NamedTuple, Self

from counterclaim.model import LedgerError
from counterclaim.model.errors import Messages

LOST = "lost"
"""The kind of a line that was refused, but whose place in the log is known."""
_TABLES = """
CREATE TABLE nouns (
  line INTEGER PRIMARY KEY, kind TEXT NOT NULL, key TEXT, document TEXT, author TEXT,
  recorded INTEGER, sequence INTEGER, UNIQUE (kind, key)
);
CREATE INDEX nouns_sequence ON nouns (sequence);
CREATE INDEX nouns_document ON nouns (document, sequence, line);
CREATE INDEX nouns_recorded ON nouns (recorded) WHERE kind = 'document';
CREATE TABLE bodies (line INTEGER PRIMARY KEY, body BLOB NOT NULL);
CREATE TABLE captures_named (sha256 TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE damaged (document TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE refused (name TEXT PRIMARY KEY) WITHOUT ROWID;

CREATE VIEW documents AS SELECT * FROM nouns WHERE kind = 'document';
CREATE VIEW parts AS SELECT * FROM nouns WHERE kind IN ('annotations', 'statement');
CREATE VIEW orphans AS SELECT * FROM parts
  WHERE NOT EXISTS (SELECT 1 FROM documents WHERE documents.key = parts.document);
CREATE VIEW placed AS SELECT * FROM nouns WHERE kind <> 'lost';
CREATE VIEW not_one_log AS
  SELECT 'no place' FROM placed WHERE sequence IS NULL OR recorded IS NULL
  UNION ALL SELECT 'one place for two' FROM placed GROUP BY sequence HAVING count(*) > 1
  UNION ALL SELECT 'times that fall' FROM (
    SELECT recorded, LAG(recorded) OVER (ORDER BY sequence) AS earlier FROM placed
  ) WHERE recorded < earlier
  UNION ALL SELECT 'parts apart' FROM parts JOIN documents ON documents.key = parts.document
  WHERE parts.recorded <> documents.recorded OR parts.sequence < documents.sequence;
CREATE VIEW gaps AS SELECT * FROM (
  SELECT kind, document, sequence, LAG(sequence) OVER log AS earlier,
         LAG(kind) OVER log AS kind_before, LAG(document) OVER log AS document_before
  FROM nouns WHERE sequence IS NOT NULL WINDOW log AS (ORDER BY sequence)
) WHERE sequence > coalesce(earlier, 0) + 1;
CREATE VIEW torn AS
  SELECT document FROM gaps WHERE kind IN ('annotations', 'statement')
  UNION SELECT documents.key FROM orphans JOIN documents ON documents.recorded = orphans.recorded;
CREATE VIEW perhaps_torn AS
  SELECT document_before FROM gaps WHERE kind_before IN ('document', 'annotations', 'statement')
  UNION SELECT document FROM nouns WHERE sequence = (SELECT max(sequence) FROM nouns);
"""


class Row(NamedTuple):
    """A staged noun: its line in the file, from 1, what names it, and its place in the log, if it has one.

    ``document`` is the key of the document that the noun is or belongs to; ``author`` that of a judgement.
    """

    line: int
    kind: str
    key: str
    document: str | None
    author: str | None
    recorded: int | None
    sequence: int | None


class Staging:
    """The scratch file; a context manager, after which nothing is left of it."""

    def __enter__(self) -> Self:
        self._folder = TemporaryDirectory(prefix="counterclaim-import-")
        try:
            self._connection = sqlite3.connect(Path(self._folder.name) / "lines.db", isolation_level=None)
            self._connection.executescript(
                "PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA temp_store=FILE;"
                + _TABLES
                + "BEGIN;"
            )
        except BaseException:
            self._folder.cleanup()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._connection.close()
        self._folder.cleanup()
        if isinstance(error, sqlite3.Error):
            raise LedgerError(Messages.scratch_unusable(self._folder.name, str(error))) from error

    def hold(self, row: Row, body: bytes, captures: Iterable[str] = ()) -> bytes | None:
        """Keep a noun with its line; return the line of another that has the same name, and keep nothing."""
        done = self._connection.execute("INSERT OR IGNORE INTO nouns VALUES (?, ?, ?, ?, ?, ?, ?)", row)
        if not done.rowcount:
            query = "SELECT line FROM nouns WHERE kind = ? AND key = ?"
            return self.body(self._connection.execute(query, (row.kind, row.key)).fetchone()[0])
        self._connection.execute("INSERT INTO bodies VALUES (?, ?)", (row.line, body))
        named = [(capture,) for capture in captures]
        self._connection.executemany("INSERT OR IGNORE INTO captures_named VALUES (?)", named)
        return None

    def lose(self, line: int, sequence: int | None, document: str | None = None) -> None:
        """Remember where a line stood that is not kept, and the document whose report it is missing from."""
        values = (line, LOST, sequence)
        self._connection.execute("INSERT INTO nouns (line, kind, sequence) VALUES (?, ?, ?)", values)
        if document is not None:
            self._connection.execute("INSERT OR IGNORE INTO damaged VALUES (?)", (document,))

    def body(self, line: int) -> bytes:
        """Return a line."""
        found = self._connection.execute("SELECT body FROM bodies WHERE line = ?", (line,)).fetchone()
        return bytes(found[0])

    def capture(self, sha256: str) -> bytes | None:
        """Return the line of a capture, None where the file has none that can be used."""
        query = "SELECT line FROM nouns WHERE kind = 'capture' AND key = ?"
        found = self._connection.execute(query, (sha256,)).fetchone()
        return self.body(found[0]) if found else None

    def unnamed_captures(self) -> int:
        """Count the captures that no document and no evidence names."""
        query = "SELECT count(*) FROM nouns WHERE kind = 'capture' AND key NOT IN captures_named"
        return int(self._connection.execute(query).fetchone()[0])

    def is_log(self) -> bool:
        """Tell whether the lines are of one log: each with a place of its own, the times in its order.

        What belongs to a document was recorded with it.
        """
        return self._connection.execute("SELECT 1 FROM not_one_log LIMIT 1").fetchone() is None

    def find_gaps(self, *, suspicious: bool) -> None:
        """Mark as damaged the reports that lack a line, by the numbers that are missing in the log.

        A number that is missing before a part of a report belonged to that report; so did a part of no
        document of the same time. A number that is missing after the last known part may have been another
        part, or something else that was left out on purpose: it counts where lines are known to be lost, by
        what was read (``suspicious``) or by what is missing of the first kinds.
        """
        found = self._connection.execute("SELECT document FROM torn").fetchall()
        if found or suspicious:
            found += self._connection.execute("SELECT document_before FROM perhaps_torn").fetchall()
        self._connection.executemany(
            "INSERT OR IGNORE INTO damaged VALUES (?)", [row for row in found if row[0] is not None]
        )

    def is_damaged(self, document: str) -> bool:
        """Tell whether lines of the report of this document are missing or cannot be used."""
        query = "SELECT 1 FROM damaged WHERE document = ?"
        return self._connection.execute(query, (document,)).fetchone() is not None

    def refuse(self, names: Iterable[str]) -> None:
        """Remember what does not come in, so that what programs judged of it does not either."""
        self._connection.executemany(
            "INSERT OR IGNORE INTO refused VALUES (?)", [(name,) for name in names if name]
        )

    def is_refused(self, *names: str) -> bool:
        """Tell whether one of these does not come in."""
        query = "SELECT 1 FROM refused WHERE name = ?"
        return any(self._connection.execute(query, (name,)).fetchone() for name in names)

    def orphans(self) -> Iterator[list[Row]]:
        """Give the parts of each document that the file does not have."""
        query = "SELECT * FROM orphans ORDER BY document, line"
        rows = map(Row._make, self._connection.execute(query))
        for _document, parts in groupby(rows, attrgetter("document")):
            yield list(parts)

    def log(self) -> Iterator[list[Row]]:
        """Give what was recorded at each time, in the order of the log; orphans are among it."""
        rows = map(Row._make, self._connection.execute("SELECT * FROM placed ORDER BY sequence"))
        for _recorded, unit in groupby(rows, attrgetter("recorded")):
            yield list(unit)

    def reports(self) -> Iterator[list[Row]]:
        """Give each document with its parts, in the order of the file or of the times that it tells."""
        query = "SELECT document FROM documents ORDER BY recorded, sequence, line"
        parts = "SELECT * FROM nouns WHERE document = ? ORDER BY kind <> 'document', sequence, line"
        for (document,) in self._connection.execute(query):
            yield [Row._make(row) for row in self._connection.execute(parts, (document,))]

    def judgements(self, *, people: bool) -> Iterator[Row]:
        """Give the judgements of people or of programs, in the order of the file or of its times."""
        query = """SELECT * FROM nouns WHERE kind = 'judgement'
            AND (substr(author, 1, 8) = 'program:') = ? ORDER BY recorded, sequence, line"""
        yield from map(Row._make, self._connection.execute(query, (not people,)))
