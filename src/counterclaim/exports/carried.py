"""Everything that a ledger stores, packed into entities of FollowTheMoney, so that it can be read back whole.

FollowTheMoney cleans the values that it holds, so the JSON Lines of the ledger travel compressed (zlib,
RFC 1950) and as base64 (RFC 4648), in Notes beside the entities that people look at. A batch of lines that is
longer than a value may be goes into several Notes. Each Note names its batch by a part of its SHA-256: so
the Notes of several exports can be thrown together, as tools around FollowTheMoney do.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import itertools
import re
import zlib
from collections.abc import Iterable, Iterator
from typing import NamedTuple

import msgspec

from counterclaim.model import SchemaError
from counterclaim.model.errors import Messages

BATCH = 100_000
"""Bytes of lines that are packed together, where no single line has more."""
PIECE = 60_000
"""Characters in one value: the library takes 65,000."""
LARGEST = 400_000_000
"""Bytes that one batch may have when it is unpacked; a line of JSON Lines may have as many."""
_NAME = re.compile(r"counterclaim ([0-9]{1,9} [0-9a-f]{16}) ([0-9]{1,6})/([0-9]{1,6})")


class Piece(NamedTuple):
    """A piece of a batch: ``name`` tells which batch, and which piece of how many."""

    name: str
    text: str


class _Entity(msgspec.Struct, frozen=True):
    properties: dict[str, list[str]] = {}
    schema: str = ""


_DECODER = msgspec.json.Decoder(_Entity)


def pack(lines: Iterable[bytes]) -> Iterator[Piece]:
    """Give lines (each with its newline) as pieces, in constant memory."""
    for number, batch in enumerate(_batches(lines), 1):
        text = base64.b64encode(zlib.compress(batch)).decode("ascii")
        pieces = [text[start : start + PIECE] for start in range(0, len(text), PIECE)]
        digest = _digest(batch)
        for part, piece in enumerate(pieces, 1):
            yield Piece(f"counterclaim {number} {digest} {part}/{len(pieces)}", piece)


def _digest(batch: bytes) -> str:
    return hashlib.sha256(batch).hexdigest()[:16]


def _batches(lines: Iterable[bytes]) -> Iterator[bytes]:
    batch: list[bytes] = []
    size = 0
    for line in lines:
        if batch and size + len(line) > BATCH:
            yield b"".join(batch)
            batch, size = [], 0
        batch.append(line)
        size += len(line)
    if batch:
        yield b"".join(batch)


def read_ftm(entities: Iterable[bytes]) -> Iterator[bytes]:
    """Give the lines that were packed into entities of FollowTheMoney, one JSON object a line each.

    Entities of other kinds, and those of other programs, are passed over; pieces may come in any order, but
    those that wait for others are held in memory. A batch that comes twice is given once. Raises SchemaError
    where a batch is damaged, or pieces are missing, and where nothing was packed into any entity: what came
    before has been given.
    """
    waiting: dict[str, dict[int, str]] = {}
    given: set[str] = set()
    for entity in entities:
        piece = _piece_of(entity)
        if piece is None:
            continue
        match = _NAME.fullmatch(piece.name)
        assert match is not None
        batch, part, parts = match[1], int(match[2]), int(match[3])
        if batch in given:
            continue
        held = waiting.setdefault(batch, {})
        held[part] = piece.text
        if len(held) == parts:
            text = "".join(held[each] for each in sorted(held))
            del waiting[batch]
            given.add(batch)
            yield from _unpacked(text, piece.name, batch).splitlines(keepends=True)
    if waiting:
        raise SchemaError(Messages.pieces_missing([each.split()[0] for each in sorted(waiting, key=_number)]))
    if not given:
        raise SchemaError(Messages.nothing_packed())


def read_lines(given: Iterable[bytes]) -> Iterator[bytes]:
    """Give the lines of a ledger, be they JSON Lines as they are or carried by FollowTheMoney.

    The first line that is not empty tells which. Raises SchemaError as :func:`read_ftm` does.
    """
    lines = iter(given)
    for line in lines:
        if line.strip():
            whole = itertools.chain([line], lines)
            yield from read_ftm(whole) if _is_entity(line) else whole
            return


def _is_entity(line: bytes) -> bool:
    """Tell whether a line is an entity of FollowTheMoney; that of a ledger has a number as its schema."""
    try:
        return bool(_DECODER.decode(line).schema)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return False


def _number(batch: str) -> int:
    return int(batch.split()[0])


def _piece_of(entity: bytes) -> Piece | None:
    """Return the piece that an entity holds; None where it is another entity, or cannot be read."""
    if b"counterclaim " not in entity:
        return None
    try:
        read = _DECODER.decode(entity)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise SchemaError(Messages.entity_unreadable(str(error))) from error
    name, text = ((read.properties.get(each) or [""])[0] for each in ("name", "indexText"))
    return Piece(name, text) if read.schema == "Note" and text and _NAME.fullmatch(name) else None


def _unpacked(text: str, name: str, wanted: str) -> bytes:
    unpacker = zlib.decompressobj()
    try:
        batch = unpacker.decompress(base64.b64decode(text, validate=True), LARGEST)
    except (binascii.Error, zlib.error) as error:
        raise SchemaError(Messages.batch_damaged(name)) from error
    if not unpacker.eof or _digest(batch) != wanted.split()[1]:
        raise SchemaError(Messages.batch_damaged(name))
    return batch
