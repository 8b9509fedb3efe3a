"""The lines of a stream of bytes, of whatever length, in bounded memory."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple, Protocol

CHUNK = 1 << 20


class Readable(Protocol):
    """Something that gives up to so many bytes, none at the end."""

    def read(self, size: int, /) -> bytes:
        """Return up to ``size`` bytes."""


class Line(NamedTuple):
    """One line without its line end; ``content`` is None where it was longer than the limit."""

    number: int
    size: int
    content: bytes | None


def chunks(head: bytes, stream: Readable) -> Iterator[bytes]:
    """Give ``head`` and then the rest of ``stream`` in pieces of at most :data:`CHUNK` bytes."""
    piece = head
    while piece:
        yield piece
        piece = stream.read(CHUNK)


def read_lines(head: bytes, stream: Readable, limit: int) -> Iterator[Line]:
    r"""Give the lines of ``head`` followed by ``stream``, numbered from 1.

    Lines end with ``\n`` or ``\r\n``; the line end does not belong to the content. ``size`` is in
    bytes. Of a line with more than ``limit`` bytes only the size is kept.
    """
    number, size = 1, 0
    parts: list[bytes] | None = []
    for piece in chunks(head, stream):
        start = 0
        while True:
            end = piece.find(b"\n", start)
            part = piece[start:] if end < 0 else piece[start:end]
            size += len(part)
            if size > limit + 1:
                parts = None
            elif parts is not None:
                parts.append(part)
            if end < 0:
                break
            yield _line(number, size, parts, limit)
            number, size, parts, start = number + 1, 0, [], end + 1
    if size:
        yield _line(number, size, parts, limit)


def _line(number: int, size: int, parts: list[bytes] | None, limit: int) -> Line:
    content = None if parts is None else b"".join(parts).removesuffix(b"\r")
    if content is None or len(content) > limit:
        return Line(number, size, None)
    return Line(number, len(content), content)
