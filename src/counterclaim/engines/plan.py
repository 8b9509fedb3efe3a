"""What a run is to do, what became of each shard, and how far it is: the files that a run's folder holds."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import msgspec

import counterclaim
from counterclaim.disputes import DefaultLinker
from counterclaim.engines.contract import BYTES, REPORTS, Settings
from counterclaim.model import Problem

SCHEMA = 1
"""Raised whenever shards of an older version cannot be loaded."""


class Plan(msgspec.Struct, frozen=True, kw_only=True):
    """What a run reads, and how. Two runs with one plan are one run: the second goes on with the first.

    ``inputs`` are as the user gave them; relative ones are meant from ``folder``.
    """

    inputs: tuple[str, ...]
    folder: str
    max_bytes: int
    settings: Settings
    reports: int = REPORTS
    most_bytes: int = BYTES
    version: str = f"{counterclaim.__version__} {DefaultLinker.version}"
    schema: int = SCHEMA

    @classmethod
    def of(
        cls, inputs: Sequence[str | Path], max_bytes: int, settings: Settings, reports: int = REPORTS
    ) -> Plan:
        """Plan to read these inputs from the present folder."""
        named = tuple(str(each) for each in inputs)
        return cls(
            inputs=named, folder=str(Path.cwd()), max_bytes=max_bytes, settings=settings, reports=reports
        )

    @property
    def name(self) -> str:
        """The name of the run: what limits a process has does not matter, all else does."""
        fixed = msgspec.structs.replace(self, settings=Settings(extraction=self.settings.extraction))
        return hashlib.sha256(msgspec.json.encode(fixed)).hexdigest()[:12]


class Manifest(msgspec.Struct, frozen=True, kw_only=True):
    """What became of a shard. Written when its tables are: a shard without one is not done.

    ``digest`` is the shard's, ``tables`` the SHA-256 of its files by name. ``words`` are those of the texts,
    ``bytes`` those of the captures. ``seconds`` and ``done`` (ISO 8601, UTC) differ from run to run.
    """

    number: int
    digest: str
    captures: int
    documents: int
    statements: int
    unanalysed: int
    words: int
    bytes: int
    tables: dict[str, str]
    set_aside: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()
    seconds: float = 0.0
    done: str = ""


class State(msgspec.Struct, frozen=True, kw_only=True):
    """How far a run is: ``reading``, ``loading``, ``done`` or ``stopped`` with the reason.

    ``loaded`` is the number of shards that are in the ledger; moments are ISO 8601, UTC; ``seconds`` are
    those in which shards were read and loaded, over all times that the run was started.
    """

    phase: str = "reading"
    reason: str = ""
    engine: str = "local"
    workers: int = 1
    started: str = ""
    updated: str = ""
    reading_seconds: float = 0.0
    loading_seconds: float = 0.0
    loaded: int = 0
    ledger: str = ""


def moment() -> str:
    """Return the present moment as it is written in a run's files."""
    return datetime.now(UTC).isoformat(timespec="milliseconds")
