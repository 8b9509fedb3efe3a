"""The body of an answer, unpacked as it comes, and never more of it than is allowed."""

from __future__ import annotations

import zlib
from collections.abc import Iterable

_WINDOWS = {"gzip": 31, "x-gzip": 31, "deflate": 15}
"""What zlib calls each of the encodings of RFC 9110 that are asked for."""

ACCEPTED = "gzip, deflate"


class TooMuchError(Exception):
    """The body is larger than allowed, as received or unpacked."""


class PackingError(Exception):
    """The body is not packed as its header says, or in a way that was not asked for."""


def unpacked(pieces: Iterable[bytes], encoding: str, max_bytes: int) -> bytes:
    """Return the body of an answer whose Content-Encoding is ``encoding``.

    At most ``max_bytes`` are received, and at most one byte more than ``max_bytes`` is ever unpacked, so
    that a small body cannot fill the memory. Raises TooMuchError and PackingError.
    """
    name = encoding.strip().lower()
    if name in {"", "identity"}:
        return b"".join(_counted(pieces, max_bytes))
    if name not in _WINDOWS:
        raise PackingError(name)
    out: list[bytes] = []
    size = 0
    unpacker = None
    begun = b""
    for piece in _counted(pieces, max_bytes):
        begun += piece
        if unpacker is None:
            if len(begun) < 2:
                continue
            unpacker = zlib.decompressobj(_window(name, begun))
        try:
            found = unpacker.decompress(begun, max_bytes + 1 - size)
        except zlib.error as error:
            raise PackingError(str(error)) from error
        begun = b""
        size += len(found)
        if size > max_bytes or unpacker.unconsumed_tail:
            raise TooMuchError
        out.append(found)
    if begun or (unpacker is not None and not unpacker.eof):
        raise PackingError("it ends too early")
    return b"".join(out)


def _window(name: str, begun: bytes) -> int:
    """Return how zlib is to read what begins so: some servers leave out the header of RFC 1950."""
    headed = begun[0] & 0x0F == 8 and int.from_bytes(begun[:2]) % 31 == 0
    return _WINDOWS[name] if headed or name != "deflate" else -zlib.MAX_WBITS


def _counted(pieces: Iterable[bytes], max_bytes: int) -> Iterable[bytes]:
    size = 0
    for piece in pieces:
        size += len(piece)
        if size > max_bytes:
            raise TooMuchError
        yield piece
