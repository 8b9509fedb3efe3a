"""What the steps hand to one another: a report read, and what a ledger knows at a moment."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import msgspec

from counterclaim.model.actor import Actor
from counterclaim.model.claim import Claim, Dispute
from counterclaim.model.document import Document
from counterclaim.model.judgement import Judgement
from counterclaim.model.statement import Statement


class Report(msgspec.Struct, frozen=True, kw_only=True):
    """One document with its statements, in order of the text."""

    document: Document
    statements: tuple[Statement, ...] = ()


class Snapshot(msgspec.Struct, frozen=True, kw_only=True):
    """Everything that a ledger knew at one moment, each part sorted by id (documents by key)."""

    documents: tuple[Document, ...] = ()
    statements: tuple[Statement, ...] = ()
    judgements: tuple[Judgement, ...] = ()


class Board(msgspec.Struct, frozen=True, kw_only=True):
    """What is read off a snapshot: actors, claims and disputes, each sorted by id."""

    actors: tuple[Actor, ...] = ()
    claims: tuple[Claim, ...] = ()
    disputes: tuple[Dispute, ...] = ()


class Linker(Protocol):
    """Decides how a new report stands to the reports that the ledger already holds.

    The decision about two reports depends on these two alone, never on what else the ledger
    holds nor on which came first, so that any order of ingestion gives the same judgements.
    """

    def keys(self, report: Report) -> Sequence[str]:
        """Return the blocking keys of a report: two reports that share none are not compared."""
        ...

    def judge(self, report: Report, neighbours: Sequence[Report]) -> Sequence[Judgement]:
        """Return the judgements within ``report`` and between it and each of ``neighbours``."""
        ...
