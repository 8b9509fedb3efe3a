"""The members of a TAR archive, read from front to end without writing anything to disk.

The headers are read with the standard library's parser, one block each. Walking from header to header
is done here, and not by ``tarfile.open``: that ends silently at a damaged header, and reads the extended
headers, which an archive can make as large as it likes, into memory.
"""

from __future__ import annotations

import re
import tarfile
from collections.abc import Iterator

from counterclaim.model import Problem
from counterclaim.model.errors import Messages
from counterclaim.sources.budget import MAX_TAR_MEMBERS, DamageError
from counterclaim.sources.feed import CHUNK, Feed
from counterclaim.sources.leaves import Opened, is_hidden, member_name

BLOCK = tarfile.BLOCKSIZE
LARGEST_HEADER = 1 << 16
_LONG_NAME, _LONG_LINK = tarfile.GNUTYPE_LONGNAME, tarfile.GNUTYPE_LONGLINK
_EXTENDED = {tarfile.XHDTYPE, tarfile.SOLARIS_XHDTYPE}
_FILES = {tarfile.REGTYPE, tarfile.AREGTYPE, tarfile.CONTTYPE}
_FIELD = re.compile(rb"(\d{1,9}) ([^=\n]{1,200})=")


def read_tar(entry: Opened) -> Iterator[Opened | Problem]:
    """Give the regular files of an archive in its order; links, devices and folders are left out.

    A header that is damaged is named, and reading goes on at the next one that can be found.
    """
    feed = entry.feed
    fields: dict[str, str] = {}
    members = found = 0
    while True:
        place = feed.position
        block = feed.read(BLOCK)
        if len(block) < BLOCK:
            feed.peek(1)  # raises where damage is the reason
            yield Messages.archive_damaged(entry.name, "it ends too early")
            found += 1
            break
        if not block.strip(b"\0"):
            if not feed.peek(BLOCK).strip(b"\0"):
                _to_the_end(entry)
                break
            continue
        try:
            header = tarfile.TarInfo.frombuf(block, "utf-8", "surrogateescape")
        except tarfile.HeaderError as error:
            yield Messages.archive_damaged(f"{entry.name}#{place}", str(error))
            found += 1
            if not _next_header(feed):
                break
            continue
        members += 1
        if members > MAX_TAR_MEMBERS:
            yield Messages.too_many_members(entry.name, MAX_TAR_MEMBERS)
            return
        if header.type in {_LONG_NAME, _LONG_LINK, tarfile.XGLTYPE} or header.type in _EXTENDED:
            problem = _take_extension(entry, feed, header, fields)
            if problem:
                yield problem
            continue
        name = fields.get("path", header.name)
        size = int(fields["size"]) if fields.get("size", "").isdigit() else header.size
        sparse = header.type == tarfile.GNUTYPE_SPARSE or any(key.startswith("GNU.sparse") for key in fields)
        fields = {}
        if header.type not in _FILES and header.type != tarfile.GNUTYPE_SPARSE:
            # Links, devices, pipes and folders have no bytes of their own, whatever their header says.
            continue
        member = _Member(feed, size)
        if not is_hidden(name) and not (header.type == tarfile.AREGTYPE and name.endswith("/")):
            found += 1
            shown = member_name(entry.name, name)
            if sparse:
                yield Messages.packing_unknown(shown, "as a file with holes")
            else:
                yield entry._replace(
                    name=shown, hint=name, feed=Feed(member.read), depth=entry.depth + 1, stream=None
                )
        if member.left and feed.skip(member.left) < member.left:
            feed.peek(1)
            yield Messages.archive_damaged(entry.name, "it ends too early")
            break
        feed.skip(-size % BLOCK)
    if not found:
        yield Messages.archive_empty(entry.name)


def _to_the_end(entry: Opened) -> None:
    """Read what follows the end of an archive that is packed: its checksum is compared there."""
    while entry.unpacked and entry.feed.skip(CHUNK << 4):
        continue


class _Member:
    """The bytes of one member."""

    def __init__(self, feed: Feed, size: int) -> None:
        self.left = size
        self._feed = feed

    def read(self, size: int) -> bytes:
        """Return up to ``size`` bytes, none at the end. Raises DamageError where the archive ends before."""
        wanted = min(size, self.left)
        data = self._feed.read(wanted)
        self.left -= len(data)
        if wanted and not data:
            raise DamageError("the archive ends in it")
        return data


def _take_extension(
    entry: Opened, feed: Feed, header: tarfile.TarInfo, fields: dict[str, str]
) -> Problem | None:
    """Take what belongs to an extended header, and put what it says of the next member in ``fields``."""
    place = feed.position
    if header.size > LARGEST_HEADER:
        feed.skip(header.size + -header.size % BLOCK)
        return Messages.archive_damaged(f"{entry.name}#{place}", "an extended header is too long")
    data = feed.read(header.size)
    feed.skip(-header.size % BLOCK)
    if header.type == _LONG_NAME:
        fields["path"] = data.partition(b"\0")[0].decode("utf-8", "surrogateescape")
    elif header.type in _EXTENDED:
        at = 0
        while field := _FIELD.match(data, at):
            end = at + int(field[1])
            if end <= field.end():
                break
            fields[field[2].decode("utf-8", "replace")] = data[field.end() : end - 1].decode(
                "utf-8", "surrogateescape"
            )
            at = end
    return None


def _next_header(feed: Feed) -> bool:
    """Go on to the next block that is a header; False where there is none."""
    while True:
        block = feed.peek(BLOCK)
        if len(block) < BLOCK:
            return False
        if block[257:262] == b"ustar":
            try:
                tarfile.TarInfo.frombuf(block, "utf-8", "surrogateescape")
            except tarfile.HeaderError:
                feed.skip(BLOCK)
                continue
            return True
        feed.skip(BLOCK)
