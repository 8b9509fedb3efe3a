"""Stable identifiers made from content, so that the same input always has the same name."""

from __future__ import annotations

import hashlib


def sha256(data: bytes) -> str:
    """Return the SHA-256 of ``data`` as 64 lowercase hexadecimal digits."""
    return hashlib.sha256(data).hexdigest()


def identifier(prefix: str, *parts: str) -> str:
    """Name a thing by what it is made of: ``prefix`` and 16 hexadecimal digits (64 bits).

    The parts are joined with their lengths, so that ``("ab", "c")`` and ``("a", "bc")`` differ.
    """
    digest = hashlib.sha256()
    for part in parts:
        data = part.encode("utf-8", "surrogatepass")
        digest.update(f"{len(data)}:".encode("ascii"))
        digest.update(data)
    return f"{prefix}-{digest.hexdigest()[:16]}"
