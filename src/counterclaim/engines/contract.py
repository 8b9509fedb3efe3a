"""What engines hand to one another: how to work, a shard of captures, and what became of each report."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

from counterclaim.model import Capture, Problem
from counterclaim.statements import Extraction

REPORTS = 100
"""Reports in one shard, at most: what is lost of a run that breaks off is little, and files are not many."""
BYTES = 32_000_000
"""Bytes of captures after which a shard is full."""


class Limits(msgspec.Struct, frozen=True, kw_only=True):
    """What one process that reads reports may use.

    ``seconds`` for one report, and ``memory`` in bytes of private memory. Whoever needs more is ended.
    """

    seconds: float = 300.0
    memory: int = 1_500_000_000


class Settings(msgspec.Struct, frozen=True, kw_only=True):
    """How each report is read; the same settings give the same bytes."""

    extraction: Extraction = Extraction()
    limits: Limits = Limits()


class Shard(msgspec.Struct, frozen=True, kw_only=True):
    """Some captures in the order of the inputs, with the problems met between them.

    ``number`` counts from 0. ``digest`` is the SHA-256 of all that the outcome depends on but the settings:
    a shard that was done before is known by it.
    """

    number: int
    digest: str
    items: tuple[Capture | Problem, ...]

    @property
    def captures(self) -> int:
        """How many captures it holds."""
        return sum(isinstance(item, Capture) for item in self.items)


class Analysed(msgspec.Struct, frozen=True, kw_only=True):
    """What became of one capture: rows for the two tables of a shard, and the problems met.

    ``document`` has the columns of :data:`counterclaim.engines.tables.DOCUMENTS`, each of ``statements``
    those of ``STATEMENTS``. Without a document there is a problem that says why. ``unanalysed`` is a report
    that was only stored, in another language say.
    """

    document: dict[str, Any] | None = None
    statements: tuple[dict[str, Any], ...] = ()
    problems: tuple[Problem, ...] = ()
    set_aside: bool = False
    unanalysed: bool = False


def cut(
    items: Iterable[Capture | Problem], reports: int = REPORTS, most_bytes: int = BYTES
) -> Iterator[Shard]:
    """Cut what was read off the inputs into shards, lazily, in order."""
    kept: list[Capture | Problem] = []
    number = size = count = 0
    for item in items:
        kept.append(item)
        if isinstance(item, Capture):
            size += len(item.content)
            count += 1
        if count >= reports or size >= most_bytes or len(kept) >= 10 * reports:
            yield _shard(number, kept)
            number, size, count, kept = number + 1, 0, 0, []
    if kept:
        yield _shard(number, kept)


def _shard(number: int, items: list[Capture | Problem]) -> Shard:
    digest = hashlib.sha256()
    for item in items:
        slim = msgspec.structs.replace(item, content=b"") if isinstance(item, Capture) else item
        digest.update(msgspec.msgpack.encode(slim))
    return Shard(number=number, digest=digest.hexdigest(), items=tuple(items))
