"""The layout of the gazetteer's file, shared by the look-up and by the build.

All numbers are little-endian. The file is, in this order:

- the header (:data:`HEADER`): magic, the version of the layout, how many keys and entries there are,
  where each of the five sections begins, and the size of the whole file;
- *buckets*: one 32-bit number for each of the :data:`BUCKETS` buckets and one more: the index of the
  first key of the bucket;
- *fingerprints*: 32 bits for each key; *tails*: 8 more bits;
- *postings*: 32 bits for each key: what the key stands for (:func:`pack_posting`);
- *entries*: fixed-width records (:data:`ENTRY`);
- *strings*: UTF-8, each after its length in one byte.

A key is the hash of a normalised name, 57 bits of it: 17 choose the bucket, 40 are compared. The names
themselves are not stored (they would be half of the file); a word that is in no list is taken for one
of a million names once in 10^11 look-ups.
"""

from __future__ import annotations

import struct
from hashlib import blake2b

MAGIC = b"CCGAZETT"
VERSION = 1
BUCKET_BITS = 17
BUCKETS = 1 << BUCKET_BITS

HEADER = struct.Struct("<8s10I")
"""Magic, version, keys, entries, then the offsets of buckets, fingerprints, tails, postings, entries,
strings, and the size of the file."""

ENTRY = struct.Struct("<IIIffI2sHBBI")
"""Number of the source (or offset of its text), offset of the name, offset of the division's code
(:data:`NOTHING` for none), latitude, longitude, population, country (two NUL for none), importance in
1/65535, kind, flags, index of the enclosing entry (:data:`NOTHING` for none)."""

NOTHING = 0xFFFFFFFF
FLAG_NUMBERED = 1
"""The source is GeoNames and its id a number."""
FLAG_CAPITAL = 2

OPENER = 15
"""The kind of a posting that says how many words the longest name has that begins with this word."""

ENTRY_BITS = 24
ENTRY_MASK = (1 << ENTRY_BITS) - 1


def key_of(normalised: str) -> tuple[int, int, int]:
    """Return the bucket, the fingerprint and the tail of a normalised name."""
    number = int.from_bytes(blake2b(normalised.encode(), digest_size=8).digest(), "little")
    return number & (BUCKETS - 1), number >> 17 & 0xFFFFFFFF, number >> 49 & 0xFF


def pack_posting(kind: int, value: int) -> int:
    """Return a posting: ``kind`` of the name (under 16) and the index of the entry it names."""
    assert 0 <= kind < 16
    assert 0 <= value <= ENTRY_MASK
    return kind << ENTRY_BITS | value
