"""Bytes of a stream, read ahead: they can be looked at, taken, and put back."""

from __future__ import annotations

from collections.abc import Callable

from counterclaim.sources.budget import DamageError

CHUNK = 1 << 16


class Feed:
    """A reader over any function that reads bytes.

    ``position`` is how many bytes have been taken. The function gives at most as many bytes as asked
    for, none at the end, and raises :class:`DamageError`, again and again, where it cannot go on; what
    came before that is given first.
    """

    def __init__(self, read: Callable[[int], bytes]) -> None:
        self.position = 0
        self._read = read
        self._buffer = b""
        self._at = 0

    def _fill(self, size: int) -> int:
        """Have ``size`` bytes at hand, or all that are left, and return how many there are.

        Raises DamageError only where none are at hand.
        """
        have = len(self._buffer) - self._at
        if have >= size:
            return have
        pieces = [self._buffer[self._at :]] if have else []
        try:
            while have < size:
                piece = self._read(max(CHUNK, size - have) if size - have < CHUNK << 4 else CHUNK << 4)
                if not piece:
                    break
                pieces.append(piece)
                have += len(piece)
        except DamageError:
            if not have:
                raise
        finally:
            self._buffer = pieces[0] if len(pieces) == 1 else b"".join(pieces)
            self._at = 0
        return have

    def peek(self, size: int) -> bytes:
        """Return up to ``size`` bytes that come next, without taking them."""
        self._fill(size)
        return self._buffer[self._at : self._at + size]

    def read(self, size: int) -> bytes:
        """Take up to ``size`` bytes; fewer only at the end or before damage."""
        self._fill(size)
        taken = self._buffer[self._at : self._at + size]
        self._at += len(taken)
        self.position += len(taken)
        return taken

    def unread(self, taken: bytes) -> None:
        """Put back what was taken last."""
        self._buffer = taken + self._buffer[self._at :]
        self._at = 0
        self.position -= len(taken)

    def forget(self, position: int) -> None:
        """Drop what was read ahead; the next byte read will be the one at ``position``."""
        self._buffer = b""
        self._at = 0
        self.position = position

    def skip(self, size: int) -> int:
        """Take up to ``size`` bytes without keeping them, and return how many there were."""
        left = size
        while left:
            taken = len(self.read(min(left, CHUNK << 2)))
            if not taken:
                break
            left -= taken
        return size - left

    def head(self, limit: int) -> bytes | None:
        """Take all up to the first blank line, and that too; None, taking nothing, where none comes.

        It is looked for in the next ``limit`` bytes.
        """
        end = self._blank_line(limit)
        if not end and len(self._buffer) - self._at < limit:
            self._fill(limit)
            end = self._blank_line(limit)
        return self.read(end) if end else None

    def _blank_line(self, limit: int) -> int:
        """Return how many bytes there are up to the end of the first blank line; 0 where none is at hand."""
        stop = self._at + limit
        ends = []
        for ending in (b"\n\r\n", b"\n\n"):
            found = self._buffer.find(ending, self._at, stop)
            if found >= 0:
                stop = found + len(ending)
                ends.append(stop - self._at)
        return min(ends, default=0)

    def line(self, limit: int) -> bytes:
        """Take a line with its line end, or ``limit`` bytes of a longer one."""
        end = self._buffer.find(b"\n", self._at)
        if end < 0 or end - self._at >= limit:
            self._fill(limit)
            end = self._buffer.find(b"\n", self._at, self._at + limit)
        return self.read(limit if end < 0 else end + 1 - self._at)
