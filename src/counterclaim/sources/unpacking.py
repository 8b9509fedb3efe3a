"""The bytes of a packed stream, unpacked as they are read, with the place of each member."""

from __future__ import annotations

from bisect import bisect_right
from collections import deque
from collections.abc import Callable

from counterclaim.sources.budget import Budget, DamageError
from counterclaim.sources.packing import DICTIONARY, ZSTD, Decoder, Packing, packing_errors, zstd_decoder

CHUNK = 1 << 16
TRIED = 1 << 12
"""How many packed bytes are unpacked to see whether a member begins there."""
MOST_TRIES = 200_000
"""How many places are tried in all; more look like members only in a file that was made to that end."""
KEPT = 1 << 22
"""How many packed bytes are kept to look for the next member in after damage."""
LARGEST_DICTIONARY = 1 << 24


class Unpacked:
    """Reads a packed stream of one or more members.

    :meth:`read` raises DamageError where the bytes cannot be unpacked, after giving what came before,
    and goes on doing so until :meth:`recover` has found another member. ``produced`` counts the bytes
    given out. ``is_checked`` tells that each member ends in a checksum, which is compared. ``offset`` is
    where in its file the stream begins. Raises LookupError where the library for the packing is not
    installed.
    """

    def __init__(
        self, name: str, read: Callable[[int], bytes], packing: Packing, budget: Budget, offset: int = 0
    ) -> None:
        self.produced = 0
        self.is_checked = packing is not ZSTD
        self._starts: deque[tuple[int, int]] = deque(maxlen=1 << 18)
        self._member = offset
        self._name = name
        self._read = read
        self._packing = packing
        self._budget = budget
        self._dictionary: bytes | None = None
        self._errors = packing_errors()
        self._decoder: Decoder | None = None
        self._begun = False
        self._damage: DamageError | None = None
        self._offset = offset  # of the first byte in _raw, in the packed stream
        self._raw = b""  # received, but not given to a decoder
        self._kept: deque[bytes] = deque()  # what the decoder of this member was given, or the end of that
        self._kept_size = 0
        self._ended = False
        self._tries = 0
        if packing.make() is None:
            raise LookupError(packing.name)

    def place(self, position: int) -> tuple[int, int]:
        """Return where an unpacked byte stands: the offset of its member, and its offset within that.

        Positions must be asked for in rising order: what lies before is forgotten.
        """
        index = bisect_right(self._starts, (position, 1 << 62)) - 1
        for _ in range(index):
            self._starts.popleft()
        produced, offset = self._starts[0] if self._starts else (0, 0)
        return offset, max(0, position - produced)

    def read(self, size: int) -> bytes:
        """Return up to ``size`` unpacked bytes, none at the end."""
        out: list[bytes] = []
        left = size
        while left:
            if self._damage:
                if out:
                    break
                raise self._damage
            try:
                piece = self._step(left)
            except DamageError as damage:
                self._damage = damage
                continue
            if piece is None:
                break
            if piece:
                self.produced += len(piece)
                self._budget.unpack(self._name, len(piece))
                out.append(piece)
                left -= len(piece)
        return out[0] if len(out) == 1 else b"".join(out)

    def _step(self, left: int) -> bytes | None:
        """Give some bytes, or none on the way to more; None at the end."""
        if self._decoder is None and not self._begin():
            return None
        decoder = self._decoder
        assert decoder is not None
        data = b""
        if decoder.needs_input:
            data = self._raw or self._received()
            if not data:
                raise DamageError("it ends too early", self._member)
            self._raw = b""
            self._offset += len(data)
            self._keep(data)
        try:
            piece = decoder.decompress(data, min(left, CHUNK))
        except self._errors as error:
            raise DamageError(str(error) or "it asks for too much memory", self._member) from error
        if decoder.eof:
            self._raw = decoder.unused_data
            self._offset -= len(self._raw)
            self._decoder = None
        return piece

    def _begin(self) -> bool:
        """Begin the next member; False where there is none."""
        self._kept.clear()
        self._kept_size = 0
        while len(self._raw) < 12:
            more = self._received()
            if not more:
                break
            self._raw += more
        if not self._raw:
            return False
        if self._packing is ZSTD and self._raw.startswith(DICTIONARY) and not self._begun:
            self._dictionary = self._read_dictionary()
            return self._begin()
        known = self._raw.startswith(self._packing.magic) or (
            self._packing is ZSTD and self._raw[1:4] == b"\x2a\x4d\x18"
        )
        if not known:
            if self._begun and not self._raw.strip(b"\0"):
                if not self._received_only_zeros():
                    raise DamageError(f"what follows is no {self._packing.name}", self._offset)
                return False
            self._member = self._offset
            raise DamageError(f"what stands there is no {self._packing.name}", self._offset)
        self._start()
        return True

    def _start(self) -> None:
        self._begun = True
        self._member = self._offset
        if self._starts and self._starts[-1][0] == self.produced:
            self._starts.pop()  # an empty member
        self._starts.append((self.produced, self._offset))
        made = zstd_decoder(self._dictionary) if self._packing is ZSTD else self._packing.make()
        assert made is not None
        self._decoder = made

    def _received(self) -> bytes:
        if self._ended:
            return b""
        data = self._read(CHUNK)
        self._ended = not data
        return data

    def _received_only_zeros(self) -> bool:
        """Read on over the zeros that tapes and disks add, and tell whether there is nothing else."""
        while not self._raw.strip(b"\0"):
            self._offset += len(self._raw)
            self._raw = self._received()
            if not self._raw:
                return True
        return False

    def _read_dictionary(self) -> bytes:
        size = int.from_bytes(self._raw[4:8], "little")
        if size > LARGEST_DICTIONARY:
            raise DamageError("its dictionary is too large", self._offset)
        while len(self._raw) < 8 + size:
            more = self._received()
            if not more:
                raise DamageError("it ends too early", self._offset)
            self._raw += more
        content = self._raw[8 : 8 + size]
        self._offset += 8 + size
        self._raw = self._raw[8 + size :]
        if content.startswith(ZSTD.magic):
            decoder = zstd_decoder()
            assert decoder is not None
            try:
                content = decoder.decompress(content, LARGEST_DICTIONARY)
            except self._errors as error:
                raise DamageError(str(error), self._offset) from error
        return content

    def _keep(self, data: bytes) -> None:
        self._kept.append(data)
        self._kept_size += len(data)
        while self._kept_size - len(self._kept[0]) > KEPT:
            self._kept_size -= len(self._kept.popleft())

    def recover(self, wanted: Callable[[bytes], bool], *, stay: bool = False) -> bool:
        """Go on at the next member whose first bytes, unpacked, are ``wanted``; False where there is none.

        ``stay`` tells that it may begin right here, as when reading starts in the middle of a file.
        """
        start = self._offset - self._kept_size
        window = b"".join(self._kept) + self._raw
        self._kept.clear()
        self._kept_size = 0
        self._decoder = None
        self._damage = None
        magic = self._packing.magic
        at = 0 if stay or start > self._member else 1
        while True:
            found = window.find(magic, at)
            self._tries += found >= 0
            if self._tries > MOST_TRIES:
                return False
            if found >= 0:
                while len(window) - found < TRIED and (more := self._received()):
                    window += more
                if self._starts_well(window[found : found + TRIED], wanted):
                    self._offset = start + found
                    self._raw = window[found:]
                    return True
                at = found + 1
                continue
            dropped = max(at, len(window) - len(magic) + 1)
            start += dropped
            window = window[dropped:]
            at = 0
            more = self._received()
            if not more:
                self._offset = start + len(window)
                self._raw = b""
                return False
            window += more

    def _starts_well(self, data: bytes, wanted: Callable[[bytes], bool]) -> bool:
        decoder = zstd_decoder(self._dictionary) if self._packing is ZSTD else self._packing.make()
        assert decoder is not None
        try:
            return wanted(decoder.decompress(data, 1024))
        except self._errors:
            return False
