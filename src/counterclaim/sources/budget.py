"""How much packed inputs may unpack to: what keeps a small file from filling time and memory."""

from __future__ import annotations

FREE = 1 << 28
"""How many bytes any input may unpack to, however small it is."""

RATIO = 200
"""How many bytes each byte received may unpack to beyond that; text packs to a tenth at best."""

MAX_DEPTH = 3
"""How deep archives may lie in archives, and packed files in packed files."""

MAX_ZIP_MEMBERS = 250_000
"""How many members a ZIP archive may have, whose directory is held in memory."""

MAX_TAR_MEMBERS = 10_000_000
"""How many members a TAR archive may have."""

MAX_SPOOLED = 1 << 31
"""How many bytes of a ZIP archive that cannot be sought in are put into a temporary file."""


class DamageError(Exception):
    """Packed bytes cannot be unpacked.

    ``place`` is where the damaged member begins, as an offset in the packed bytes, or None.
    """

    def __init__(self, reason: str, place: int | None = None) -> None:
        super().__init__(reason)
        self.reason = reason
        self.place = place


class BombError(Exception):
    """An input unpacks to more than it may. ``name`` is what was being unpacked."""

    def __init__(self, name: str, received: int, unpacked: int) -> None:
        super().__init__(name)
        self.name = name
        self.received = received
        self.unpacked = unpacked


class Budget:
    """Counts the bytes received from one input and those unpacked from it, at all levels together."""

    def __init__(self) -> None:
        self.received = 0
        self.unpacked = 0

    def receive(self, count: int) -> None:
        """Count ``count`` bytes read from the input itself."""
        self.received += count

    def unpack(self, name: str, count: int) -> None:
        """Count ``count`` bytes unpacked from ``name``. Raises BombError where that is too many."""
        self.unpacked += count
        if self.unpacked > FREE + RATIO * self.received:
            raise BombError(name, self.received, self.unpacked)
