"""The records of a web archive (WARC 1.0 and 1.1), in order, in bounded memory, whatever is damaged.

Libraries that read WARC (warcio 1.8, FastWARC 2.0) hand out a cut record as if it were whole, or stop at
the first damaged one. Here each record that cannot be read whole is named, and reading goes on at the next
one that can be found: the next packed member that unpacks to a record, or the next line ``WARC/1.x``.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from counterclaim.model import Problem
from counterclaim.model.errors import Messages
from counterclaim.sources.budget import DamageError
from counterclaim.sources.feed import CHUNK, Feed
from counterclaim.sources.http_message import LARGEST_HEAD, parse_fields
from counterclaim.sources.recognising import WARC_VERSION
from counterclaim.sources.unpacking import Unpacked

_START = re.compile(rb"WARC/(?:0\.1[78]|1\.[01])\r?\n[A-Za-z-]{1,60}:")
_LONGEST_START = 128
_RESCANNED = 1 << 28
"""How many bytes may be looked at a second time, beside some times as many as were read."""
_BLANK = re.compile(rb"[\r\n]*")
_ALGORITHMS = {"sha1": (hashlib.sha1, 20), "sha256": (hashlib.sha256, 32), "md5": (hashlib.md5, 16)}

Wanted = Callable[[dict[str, str], bytes], bool]
"""Tells from a record's fields and the first bytes of its block whether it is to be read."""


class Record(NamedTuple):
    """One record: where it stands, its fields (names in lower case), and its block."""

    place: str
    fields: dict[str, str]
    block: bytes


def read_records(
    name: str,
    feed: Feed,
    unpacked: Unpacked | None,
    wanted: Wanted,
    limit: int,
    stop: int | None = None,
) -> Iterator[Record | Problem]:
    """Give the wanted records of an archive, and a problem for each that is damaged or over ``limit``.

    A record is named by the offset at which it begins in the file, as in a CDX index; where it does not
    begin with a packed member, by the member's offset and its own within it (``0+5678``). ``unpacked`` is
    what unpacks the file, None where it is not packed. Reading ends before the first record that begins
    at or after ``stop`` in the file.
    """
    reader = _Reader(name, feed, unpacked, wanted, limit)
    while True:
        try:
            if not reader.begin() or (stop is not None and reader.member >= stop):
                return
            yield from reader.record()
            if reader.has_lost_patience():
                yield Messages.archive_damaged(name, "so many lengths are wrong that reading was given up")
                return
        except DamageError as damage:
            place = damage.place
            named = reader.named() if place in {None, reader.member} else f"{name}#{place}"
            yield Messages.record_damaged(named, damage.reason)
            if not reader.recover():
                return


def begins_record(data: bytes) -> bool:
    """Tell whether unpacked bytes begin as a record does."""
    return WARC_VERSION.match(data.lstrip()) is not None


class _Reader:
    def __init__(self, name: str, feed: Feed, unpacked: Unpacked | None, wanted: Wanted, limit: int) -> None:
        self.member = 0
        self._within = 0
        self._name = name
        self._feed = feed
        self._unpacked = unpacked
        self._wanted = wanted
        self._limit = limit
        self._rescanned = 0
        self._is_checked = unpacked is not None and unpacked.is_checked

    def begin(self) -> bool:
        """Go to the start of the next record; False at the end of the file."""
        feed = self._feed
        try:
            while (blank := _BLANK.match(feed.peek(64))) and blank.end():
                feed.skip(blank.end())
            return bool(feed.peek(1))
        finally:
            self._locate()

    def _locate(self) -> None:
        position = self._feed.position
        self.member, self._within = self._unpacked.place(position) if self._unpacked else (position, 0)

    def named(self) -> str:
        """Return the name of the record that is being read."""
        return f"{self._name}#{self.member}{f'+{self._within}' if self._within else ''}"

    def recover(self) -> bool:
        """Go on at the next packed member that is a record; False where there is none."""
        if self._unpacked is None or not self._unpacked.recover(begins_record):
            return False
        self._feed.forget(self._unpacked.produced)
        self._locate()
        return True

    def record(self) -> Iterator[Record | Problem]:
        """Give the record that begins here if it is wanted, and take it."""
        feed = self._feed
        head = feed.head(LARGEST_HEAD)
        if head is None or not WARC_VERSION.match(head):
            feed.peek(LARGEST_HEAD)
            self._raise_damage(LARGEST_HEAD)
            yield Messages.record_damaged(self.named(), "it does not begin as a record does")
            self._resynchronise(head or b"")
            return
        fields = parse_fields(head.partition(b"\n")[2])
        size = fields.get("content-length", "")
        if not (size.isascii() and size.isdigit() and len(size) < 16):
            yield Messages.record_damaged(self.named(), "it does not say how long it is")
            self._resynchronise(head)
            return
        yield from self._block(fields, int(size))

    def _block(self, fields: dict[str, str], size: int) -> Iterator[Record | Problem]:
        feed, named = self._feed, self.named()
        wanted = self._wanted(fields, feed.peek(min(size, LARGEST_HEAD)))
        if size > self._limit + LARGEST_HEAD:
            found = skip_to_record(feed, size)
            if found:
                yield Messages.record_damaged(named, "its length is wrong")
            elif wanted:
                yield Messages.input_too_large(named, size, self._limit)
            return
        block = feed.read(size)
        if len(block) < size:
            feed.peek(1)  # raises where damage is the reason
            yield Messages.record_damaged(named, "the file ends in it")
            self._resynchronise(block)
            return
        if not self._ends_well():
            yield Messages.record_damaged(named, "its length is wrong")
            self._resynchronise(block)
        elif wanted:
            yield from self._checked(fields, block)
            yield Record(named, fields, block)

    def _ends_well(self) -> bool:
        """Tell whether the next record, or the end, follows; raises DamageError where this member is damaged.

        Looking at what follows also has the checksum of a member that is packed by itself compared before
        its record is given out.
        """
        feed = self._feed
        try:
            rest = feed.peek(4)
            blank = len(rest) - len(rest.lstrip(b"\r\n"))
            feed.skip(blank)
            following = feed.peek(5)
            while following[:1] in {b"\r", b"\n"} and following:
                feed.skip(1)
                following = feed.peek(5)
        except DamageError as damage:
            if damage.place == self.member and not self._within:
                raise
            return True
        return not following or following == b"WARC/" or blank > 0

    def _checked(self, fields: dict[str, str], block: bytes) -> Iterator[Problem]:
        """Give the notices about a record's digest and about a page that the crawler cut."""
        cut = fields.get("warc-truncated")
        if cut:
            yield Messages.record_cut(self.named(), cut[:40])
        algorithm, _, stated = fields.get("warc-block-digest", "").partition(":")
        known = _ALGORITHMS.get(algorithm.lower().replace("-", ""))
        if known and stated and not self._is_checked:
            digest = known[0](block, usedforsecurity=False).digest()
            written = {digest.hex(), base64.b32encode(digest).decode("ascii").rstrip("=").lower()}
            if stated.strip().rstrip("=").lower() not in written:
                yield Messages.digest_wrong(self.named(), algorithm)

    def _raise_damage(self, size: int) -> None:
        """Raise the damage that ends what is at hand, where it is less than ``size`` bytes."""
        data = self._feed.peek(size)
        if len(data) < size:
            taken = self._feed.read(len(data))
            try:
                self._feed.peek(1)
            finally:
                self._feed.unread(taken)

    def has_lost_patience(self) -> bool:
        """Tell whether so much had to be looked at again that somebody made the archive to that end."""
        return self._rescanned > _RESCANNED + 20 * self._feed.position

    def _resynchronise(self, taken: bytes) -> None:
        """Put back what was taken, and take all up to the next line that begins a record."""
        self._rescanned += max(len(taken), LARGEST_HEAD)
        self._feed.unread(taken)
        self._feed.skip(1)
        skip_to_record(self._feed)


def skip_to_record(feed: Feed, size: int | None = None) -> bool:
    """Take ``size`` bytes (all, where it is None), or fewer if a record begins among them; tell which."""
    left = size
    while left is None or left > 0:
        data = feed.peek(CHUNK if left is None else min(left, CHUNK))
        if not data:
            return False
        found = _START.search(data, 1)
        if found:
            feed.skip(found.start())
            return True
        last = len(data) <= _LONGEST_START
        taken = feed.skip(len(data) if last else len(data) - _LONGEST_START)
        if left is not None:
            left -= taken
    return False
