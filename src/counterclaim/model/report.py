"""What the steps hand to one another: a report read, and what a ledger knows at a moment."""

from __future__ import annotations

from collections.abc import Sequence, Set
from typing import Protocol

import msgspec

from counterclaim.model.actor import Actor, DocumentActor
from counterclaim.model.claim import Claim, Dispute
from counterclaim.model.document import Document
from counterclaim.model.judgement import Judgement
from counterclaim.model.places import PlaceMention
from counterclaim.model.span import Span
from counterclaim.model.statement import Statement
from counterclaim.model.times import TimeExpression


class Annotations(msgspec.Struct, frozen=True, kw_only=True, tag_field="type", tag="annotations"):
    """The actors, times and places of one document, each in order of the text.

    ``document`` is the key of the document's version.
    """

    document: str
    actors: tuple[DocumentActor, ...] = ()
    times: tuple[TimeExpression, ...] = ()
    places: tuple[PlaceMention, ...] = ()

    def times_in(self, statement: Statement) -> tuple[TimeExpression, ...]:
        """Return the temporal expressions within the content of a statement."""
        return tuple(time for time in self.times if _within(time.span, statement.content))

    def places_in(self, statement: Statement) -> tuple[PlaceMention, ...]:
        """Return the places named within the content of a statement."""
        return tuple(place for place in self.places if _within(place.span, statement.content))


class Report(msgspec.Struct, frozen=True, kw_only=True):
    """One document with its statements, in order of the text, and what else was read in it."""

    document: Document
    statements: tuple[Statement, ...] = ()
    annotations: Annotations | None = None


class Snapshot(msgspec.Struct, frozen=True, kw_only=True):
    """Everything that a ledger knew at one moment.

    Each part is sorted by id, documents and annotations by the document's key. ``decisions`` are the
    ids of the judgements that people made, in the order in which the ledger recorded them.
    """

    documents: tuple[Document, ...] = ()
    annotations: tuple[Annotations, ...] = ()
    statements: tuple[Statement, ...] = ()
    judgements: tuple[Judgement, ...] = ()
    decisions: tuple[str, ...] = ()


class Board(msgspec.Struct, frozen=True, kw_only=True):
    """What is read off a snapshot: actors, claims and disputes, each sorted by id."""

    actors: tuple[Actor, ...] = ()
    claims: tuple[Claim, ...] = ()
    disputes: tuple[Dispute, ...] = ()


class Keys(msgspec.Struct, frozen=True, kw_only=True):
    """What a report is found by: the keys that it is kept under, and those under which it looks for others.

    The relation is symmetric: where one report seeks a key that another holds, the other seeks one that
    the first holds.
    """

    held: tuple[str, ...] = ()
    sought: tuple[str, ...] = ()


class Form(msgspec.Struct, frozen=True, kw_only=True):
    """A report as a linker compares it, so that it need not be read again.

    ``document`` is the key of its document; ``payload`` is for the linker of the same version alone.
    """

    document: str
    payload: bytes


class Linker(Protocol):
    """Decides how a new report stands to the reports that the ledger already holds.

    The decision about two reports depends on these two alone, never on what else the ledger
    holds nor on which came first, so that any order of ingestion gives the same judgements. This
    holds for the keys too: which reports are compared is decided by what the two have in common.
    """

    @property
    def version(self) -> str:
        """The name of this way of comparing; keys and forms made by another version are made again."""
        ...

    def keys(self, report: Report) -> Keys:
        """Return the blocking keys of a report: two reports that share none are not compared."""
        ...

    def near(self, shared: Set[str]) -> bool:
        """Tell whether two reports are compared: ``shared`` are keys that one seeks and one holds."""
        ...

    def form(self, report: Report) -> Form:
        """Return the report as this linker compares it."""
        ...

    def judge(self, report: Report, neighbours: Sequence[Form]) -> Sequence[Judgement]:
        """Return the judgements within ``report`` and between it and each of ``neighbours``."""
        ...


def _within(span: Span, content: tuple[Span, ...]) -> bool:
    return any(part.start <= span.start and span.end <= part.end for part in content)
