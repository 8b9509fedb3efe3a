"""What a watch remembers: feeds, their items, files of folders, and the messages not yet sent.

It is a small SQLite file beside the ledger and not in it: a ledger holds what reports say and what people
decide, forever, and can be on a server that many use, while this is one machine's list of errands. SQLite
and not a JSON file, because an item that is done, a file that was read and the messages that follow from
them are written each in one transaction: a process that is killed at any moment loses and repeats nothing
but the one fetch that it was about. Moments are seconds since 1970 (UTC).
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

from counterclaim.model import CounterclaimError
from counterclaim.model.errors import Messages

_VERSION = 1
_TABLES = """
CREATE TABLE IF NOT EXISTS sources (
    name TEXT PRIMARY KEY, etag TEXT, modified TEXT,
    failures INTEGER NOT NULL DEFAULT 0, due REAL NOT NULL DEFAULT 0);
CREATE TABLE IF NOT EXISTS items (
    url TEXT PRIMARY KEY, feed TEXT NOT NULL, updated TEXT, private INTEGER NOT NULL DEFAULT 0,
    state TEXT NOT NULL DEFAULT 'wanted', etag TEXT, modified TEXT,
    failures INTEGER NOT NULL DEFAULT 0, due REAL NOT NULL DEFAULT 0);
CREATE INDEX IF NOT EXISTS items_wanted ON items (feed, state, due);
CREATE TABLE IF NOT EXISTS files (
    path TEXT PRIMARY KEY, size INTEGER NOT NULL, changed INTEGER NOT NULL, sha256 TEXT, document TEXT);
CREATE TABLE IF NOT EXISTS messages (
    id TEXT PRIMARY KEY, kind TEXT NOT NULL, target TEXT NOT NULL, body BLOB NOT NULL,
    made REAL NOT NULL, failures INTEGER NOT NULL DEFAULT 0, due REAL NOT NULL DEFAULT 0);
CREATE TABLE IF NOT EXISTS told (one INTEGER PRIMARY KEY CHECK (one = 1), moment TEXT NOT NULL);
"""


class Source(NamedTuple):
    """A feed or a folder: the validators of its last answer, failures in a row, and when it is due."""

    name: str
    etag: str | None = None
    modified: str | None = None
    failures: int = 0
    due: float = 0.0


class Item(NamedTuple):
    """A report that a feed names. ``private``: the feed came from an inner network that is allowed."""

    url: str
    feed: str
    updated: str | None
    private: bool
    etag: str | None
    modified: str | None
    failures: int


class File(NamedTuple):
    """A file of a folder as it was read last: bytes, nanoseconds since 1970, hash, its report's id."""

    path: str
    size: int
    changed: int
    sha256: str | None
    document: str | None


class Message(NamedTuple):
    """A message that waits to be sent: ``kind`` is ``webhook`` or ``mail``."""

    id: str
    kind: str
    target: str
    body: bytes
    made: float
    failures: int = 0


class State:
    """The file, open; only one watch can have it open at a time."""

    def __init__(self, place: Path) -> None:
        try:
            # Made before SQLite does: addresses of webhooks are nobody else's business.
            os.close(os.open(place, os.O_RDWR | os.O_CREAT, 0o600))
            self._base = sqlite3.connect(place, timeout=1.0, isolation_level=None)
            self._base.execute("PRAGMA locking_mode = EXCLUSIVE")
            self._base.execute("PRAGMA synchronous = FULL")
            self._base.execute("PRAGMA secure_delete = ON")  # no words of an alert stay in the file
            self._base.execute("BEGIN EXCLUSIVE")
            version = self._base.execute("PRAGMA user_version").fetchone()[0]
            if version not in {0, _VERSION}:
                raise CounterclaimError(Messages.watch_state_other(str(place)))
            self._base.execute("COMMIT")
            self._base.executescript(f"{_TABLES} PRAGMA user_version = {_VERSION};")
        except (OSError, sqlite3.Error) as error:
            raise CounterclaimError(Messages.watch_state_unusable(str(place), str(error))) from error

    def close(self) -> None:
        """Close the file and let another watch have it."""
        self._base.close()

    @contextmanager
    def _whole(self) -> Iterator[None]:
        self._base.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self._base.execute("ROLLBACK")
            raise
        self._base.execute("COMMIT")

    def source(self, name: str) -> Source:
        """Return what is known of a feed or folder; one that is due at once where nothing is."""
        row = self._row("SELECT name, etag, modified, failures, due FROM sources WHERE name = ?", name)
        return Source(*row) if row else Source(name)

    def keep_source(self, source: Source, items: Iterable[tuple[str, str | None, bool]] = ()) -> None:
        """Store a source with the items (address, when updated, private) that it names, all or nothing.

        An item that is known already is wanted again only where the feed gives another time of change.
        """
        with self._whole():
            self._base.execute("INSERT OR REPLACE INTO sources VALUES (?, ?, ?, ?, ?)", source)
            self._base.executemany(
                "INSERT INTO items (url, feed, updated, private) VALUES (?, ?, ?, ?)"
                " ON CONFLICT (url) DO UPDATE SET state = 'wanted', failures = 0, due = 0,"
                " updated = excluded.updated"
                " WHERE excluded.feed = feed AND excluded.updated IS NOT NULL"
                " AND excluded.updated IS NOT updated",
                [(url, source.name, updated, private) for url, updated, private in items],
            )

    def wanted(self, feed: str, now: float, most: int) -> list[Item]:
        """Return the items of a feed that are due, in the order in which the feed named them."""
        rows = self._base.execute(
            "SELECT url, feed, updated, private, etag, modified, failures FROM items"
            " WHERE feed = ? AND state = 'wanted' AND due <= ? ORDER BY rowid LIMIT ?",
            (feed, now, most),
        )
        return [Item(*row)._replace(private=bool(row[3])) for row in rows]

    def item_done(self, item: Item, validators: tuple[str | None, str | None]) -> None:
        """Store that an item is fetched and in the ledger."""
        self._base.execute(
            "UPDATE items SET state = 'done', failures = 0, etag = ?, modified = ? WHERE url = ?",
            (*validators, item.url),
        )

    def item_failed(self, item: Item, due: float | None) -> None:
        """Store that an item could not be had: it is tried again when ``due``, or never where None."""
        self._base.execute(
            "UPDATE items SET state = ?, failures = ?, due = ? WHERE url = ?",
            ("failed" if due is None else "wanted", item.failures + 1, due or 0.0, item.url),
        )

    def file(self, path: str) -> File | None:
        """Return a file of a folder as it was read last; None for a new one."""
        row = self._row("SELECT path, size, changed, sha256, document FROM files WHERE path = ?", path)
        return File(*row) if row else None

    def keep_file(self, file: File) -> None:
        """Store that a file was read."""
        self._base.execute("INSERT OR REPLACE INTO files VALUES (?, ?, ?, ?, ?)", file)

    def told(self) -> str | None:
        """Return the moment of recorded time until which alerts were made; None where never."""
        row = self._row("SELECT moment FROM told")
        return row[0] if row else None

    def keep_told(self, moment: str, messages: Iterable[Message] = ()) -> None:
        """Store until when alerts were made, with the messages that they became, all or nothing."""
        with self._whole():
            self._base.execute("INSERT OR REPLACE INTO told VALUES (1, ?)", (moment,))
            self._base.executemany(
                "INSERT OR IGNORE INTO messages (id, kind, target, body, made) VALUES (?, ?, ?, ?, ?)",
                [each[:5] for each in messages],
            )

    def unsent(self, now: float) -> list[Message]:
        """Return the messages that are due, oldest first."""
        rows = self._base.execute(
            "SELECT id, kind, target, body, made, failures FROM messages WHERE due <= ? ORDER BY made, rowid",
            (now,),
        )
        return [Message(*row) for row in rows]

    def sent(self, message: Message) -> None:
        """Forget a message that was sent, or that is given up."""
        self._base.execute("DELETE FROM messages WHERE id = ?", (message.id,))

    def not_sent(self, message: Message, due: float) -> None:
        """Store that a message could not be sent, and when it is tried again."""
        self._base.execute(
            "UPDATE messages SET failures = ?, due = ? WHERE id = ?",
            (message.failures + 1, due, message.id),
        )

    def next_due(self, feeds: Sequence[str]) -> float | None:
        """Return when the next item of these feeds or the next message is due; None where none waits."""
        rows = [self._row("SELECT min(due) FROM messages")]
        rows += [
            self._row("SELECT min(due) FROM items WHERE feed = ? AND state = 'wanted'", feed)
            for feed in feeds
        ]
        return min((row[0] for row in rows if row[0] is not None), default=None)

    def _row(self, query: str, *values: Any) -> Any:
        return self._base.execute(query, values).fetchone()
