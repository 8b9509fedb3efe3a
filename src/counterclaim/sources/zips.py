"""The members of a ZIP archive, read one at a time without writing them to disk; WACZ among them."""

from __future__ import annotations

import io
import lzma
import struct
import tempfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from typing import IO, BinaryIO

from counterclaim.model import Problem
from counterclaim.model.errors import Messages
from counterclaim.sources.budget import MAX_SPOOLED, MAX_ZIP_MEMBERS, Budget, DamageError
from counterclaim.sources.feed import CHUNK, Feed
from counterclaim.sources.leaves import Opened, is_hidden, member_name
from counterclaim.sources.wacz import Fixity, is_wacz

_ERRORS = (
    zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, OSError, ValueError, struct.error,
    NotImplementedError, RuntimeError, OverflowError, MemoryError, LookupError,
)  # fmt: skip
_ENCRYPTED = 0x1 | 0x40
_DIRECTORY_END = struct.Struct("<4s4H2LH")
_DIRECTORY_END_64 = struct.Struct("<4sQ2H2L4Q")
_LARGEST_DIRECTORY = 1 << 26
_OFFICE = {"[Content_Types].xml", "mimetype", "META-INF/MANIFEST.MF"}


def read_zip(entry: Opened) -> Iterator[Opened | Problem]:
    """Give the files of an archive in the order of its directory; of a WACZ, the web archives in it.

    An archive that cannot be sought in (a member of another one, standard input) is copied into a
    temporary file without a name, of limited size.
    """
    with tempfile.SpooledTemporaryFile(max_size=1 << 24) as spool:
        stream = entry.stream
        if stream is None or not stream.seekable():
            while piece := entry.feed.read(CHUNK):
                if spool.tell() + len(piece) > MAX_SPOOLED:
                    yield Messages.archive_too_large_for_stream(entry.name, MAX_SPOOLED)
                    return
                spool.write(piece)
            stream = spool  # type: ignore[assignment]  # has what a BinaryIO needs here
        else:
            entry.budget.receive(stream.seek(0, io.SEEK_END))
        assert stream is not None
        try:
            count = _directory(stream)
            if count > MAX_ZIP_MEMBERS:
                yield Messages.too_many_members(entry.name, MAX_ZIP_MEMBERS)
                return
            archive = zipfile.ZipFile(stream)
        except _ERRORS as error:
            yield Messages.archive_damaged(entry.name, _reason(error))
            return
        with archive:
            # Archives without the extension for large ones count up to 65,535 and begin again.
            if (count - len(archive.infolist())) % 65_536:
                yield Messages.archive_damaged(entry.name, f"its directory should list {count:,} members")
            yield from _members(entry, archive)


def _directory(stream: BinaryIO) -> int:
    """Return how many members an archive says that it has, before its directory is read into memory."""
    size = stream.seek(0, io.SEEK_END)
    stream.seek(max(0, size - (1 << 16) - 22 - 76))
    tail = stream.read()
    at = tail.rfind(b"PK\x05\x06")
    if at < 0 or len(tail) - at < _DIRECTORY_END.size:
        raise zipfile.BadZipFile("it has no directory at its end")
    count: int
    length: int
    _, _, _, _, count, length, _, _ = _DIRECTORY_END.unpack_from(tail, at)
    large = tail.rfind(b"PK\x06\x06", 0, at)
    if large >= 0 and at - large >= _DIRECTORY_END_64.size:
        values = _DIRECTORY_END_64.unpack_from(tail, large)
        count, length = (
            max(count if count != 0xFFFF else 0, values[7]),
            max(length if length != 0xFFFFFFFF else 0, values[8]),
        )
    elif length > size:
        raise zipfile.BadZipFile("its directory is longer than the file")
    # A member takes at least 46 bytes there, whatever is said of their number.
    return max(count, MAX_ZIP_MEMBERS + 1 if length > _LARGEST_DIRECTORY else 0)


def _members(entry: Opened, archive: zipfile.ZipFile) -> Iterator[Opened | Problem]:
    listed = archive.infolist()
    names = {info.filename for info in listed}
    if listed and listed[0].filename in _OFFICE:
        yield Messages.office_document(entry.name)
        return
    fixity = Fixity(entry.name, archive, _ERRORS) if is_wacz(names) else None
    if fixity:
        yield from fixity.problems
    overlapping = _overlapping(listed)
    if overlapping:
        first = next(info.filename for info in listed if id(info) in overlapping)
        yield Messages.members_overlapping(entry.name, first, len(overlapping))
    found = 0
    for info in listed:
        if (
            info.filename.endswith("/")
            or is_hidden(info.filename)
            or (fixity and not fixity.is_wanted(info.filename))
        ):
            continue
        if info.external_attr >> 28 == 0xA:  # a symbolic link; its bytes are a path
            continue
        found += 1
        name = member_name(entry.name, info.filename)
        if info.flag_bits & _ENCRYPTED:
            yield Messages.member_encrypted(name)
        elif id(info) in overlapping:
            continue  # told of all of them above
        elif info.compress_type not in _METHODS:
            yield Messages.packing_unknown(name, f"method {info.compress_type}")
        else:
            yield from _member(entry, archive, info, name, fixity)
    if not found:
        yield Messages.archive_empty(entry.name)


_METHODS = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA}


def _member(
    entry: Opened, archive: zipfile.ZipFile, info: zipfile.ZipInfo, name: str, fixity: Fixity | None
) -> Iterator[Opened | Problem]:
    try:
        stream = archive.open(info)
    except _ERRORS as error:
        yield Messages.archive_damaged(name, _reason(error))
        return
    with stream:
        read = _reader(name, stream, entry.budget)
        if fixity:
            read = fixity.watched(info.filename, read)
        feed = Feed(read)
        yield entry._replace(name=name, hint=info.filename, feed=feed, depth=entry.depth + 1, stream=None)
        if fixity:
            try:
                while feed.skip(CHUNK << 4):
                    continue
            except DamageError as damage:
                yield Messages.archive_damaged(name, damage.reason)
            else:
                yield from fixity.checked(info.filename, name)


def _reader(name: str, stream: IO[bytes], budget: Budget) -> Callable[[int], bytes]:
    def read(size: int) -> bytes:
        try:
            data = stream.read(min(size, CHUNK))
        except _ERRORS as error:
            raise DamageError(_reason(error)) from error
        budget.unpack(name, len(data))
        return data

    return read


def _overlapping(listed: list[zipfile.ZipInfo]) -> set[int]:
    """Return the ids of the members whose bytes reach into those of the next one.

    A bomb packs some bytes once and lists them as thousands of members.
    """
    found: set[int] = set()
    end, last = 0, None
    for info in sorted(listed, key=lambda info: info.header_offset):
        if last is not None and info.header_offset < end:
            found.update((id(last), id(info)))
        this = info.header_offset + 30 + len(info.filename) + info.compress_size
        if last is None or this >= end:
            end, last = this, info
    return found


def _reason(error: Exception) -> str:
    if isinstance(error, NotImplementedError):
        return f"packed in a way that is not read: {error}"
    return str(error) or type(error).__name__
