"""The ways of packing single files: gzip, bzip2, xz and zstd, each with a decoder of one member."""

from __future__ import annotations

import bz2
import lzma
import sys
import zlib
from collections.abc import Callable
from typing import Any, NamedTuple, Protocol

MEMORY = 1 << 27
"""How many bytes of memory unpacking may take: what the zstd and xz tools allow unless told otherwise."""


class Decoder(Protocol):
    """Unpacks one member, as the decompressors of the standard library do."""

    @property
    def eof(self) -> bool:
        """Whether the member has ended."""

    @property
    def needs_input(self) -> bool:
        """Whether more bytes must be given before more come out."""

    @property
    def unused_data(self) -> bytes:
        """The bytes after the end of the member."""

    def decompress(self, data: bytes, max_length: int = -1) -> bytes:
        """Take ``data`` and give at most ``max_length`` bytes."""


class ZlibDecoder:
    """zlib with the interface that the other decompressors have. ``window`` is zlib's ``wbits``."""

    def __init__(self, window: int = 31) -> None:
        self._decoder = zlib.decompressobj(window)

    @property
    def eof(self) -> bool:
        """Whether the member has ended."""
        return self._decoder.eof

    @property
    def needs_input(self) -> bool:
        """Whether more bytes must be given before more come out."""
        return not self._decoder.unconsumed_tail and not self._decoder.eof

    @property
    def unused_data(self) -> bytes:
        """The bytes after the end of the member."""
        return self._decoder.unused_data

    def decompress(self, data: bytes, max_length: int = -1) -> bytes:
        """Take ``data`` and give at most ``max_length`` bytes."""
        return self._decoder.decompress(self._decoder.unconsumed_tail + data, max(max_length, 0))


class Packing(NamedTuple):
    """One way of packing. ``make`` gives a decoder, or None where its library is not installed."""

    name: str
    magic: bytes
    suffixes: tuple[str, ...]
    make: Callable[[], Decoder | None]


def _zstd() -> Any:
    """Return the module for zstd, which the standard library has from Python 3.14 on, or None."""
    try:
        if sys.version_info >= (3, 14):
            from compression import zstd
        else:
            from backports import zstd
    except ImportError:
        return None
    return zstd


def zstd_decoder(dictionary: bytes | None = None) -> Decoder | None:
    """Return a decoder of one zstd frame, or None where the library is not installed."""
    zstd = _zstd()
    if zstd is None:
        return None
    options = {zstd.DecompressionParameter.window_log_max: MEMORY.bit_length() - 1}
    chosen = (
        zstd.ZstdDict(dictionary, is_raw=not dictionary.startswith(b"\x37\xa4\x30\xec"))
        if dictionary
        else None
    )
    decoder: Decoder = zstd.ZstdDecompressor(chosen, options)
    return decoder


GZIP = Packing("gzip", b"\x1f\x8b\x08", (".gz", ".gzip", ".tgz"), ZlibDecoder)
BZIP2 = Packing("bzip2", b"BZh", (".bz2", ".tbz", ".tbz2"), bz2.BZ2Decompressor)
XZ = Packing("xz", b"\xfd7zXZ\0", (".xz", ".txz"), lambda: lzma.LZMADecompressor(memlimit=MEMORY))
ZSTD = Packing("zstd", b"\x28\xb5\x2f\xfd", (".zst", ".zstd", ".tzst"), zstd_decoder)
PACKINGS = (GZIP, BZIP2, XZ, ZSTD)

DICTIONARY = b"\x5d\x2a\x4d\x18"
"""How the frame begins that holds the dictionary of a web archive packed with zstd."""


def packing_errors() -> tuple[type[Exception], ...]:
    """Return what decoders raise for bytes that they cannot unpack."""
    zstd = _zstd()
    # bz2 raises OSError and ValueError, lzma and zstd MemoryError for what asks for too much memory.
    own = (zlib.error, lzma.LZMAError, OSError, EOFError, ValueError, MemoryError)
    return (*own, zstd.ZstdError) if zstd else own


def packing_of(name: str, head: bytes) -> Packing | None:
    """Return how an input is packed: by its first bytes, or by its name where these are no text."""
    for packing in PACKINGS:
        if head.startswith(packing.magic) and (
            packing is not BZIP2 or head[4:10] in {b"1AY&SY", b"\x17rE8P\x90"}
        ):
            return packing
    if head.startswith(DICTIONARY) or (head[1:4] == b"\x2a\x4d\x18" and head[:1] in b"PQRSTUVWXYZ[\\]^_"):
        return ZSTD
    if b"\0" in head or sum(byte < 9 or byte > 126 for byte in head[:512]) > len(head[:512]) / 4:
        for packing in PACKINGS:
            if name.lower().endswith(packing.suffixes):
                return packing
    return None


def without_suffix(name: str, packing: Packing) -> str:
    """Return the name that a packed file had before: ``a.jsonl.gz`` ``a.jsonl``, ``a.tgz`` ``a.tar``."""
    for suffix in packing.suffixes:
        if name.lower().endswith(suffix):
            return name[: -len(suffix)] + (".tar" if suffix.startswith(".t") else "")
    return name
