"""What an export is made from: the stored nouns as streams, and the board where it is wanted."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from enum import StrEnum
from functools import cached_property

import msgspec

from counterclaim.ledger import Ledger, Recorded, Streams
from counterclaim.ledger.streaming import Kind
from counterclaim.model import Annotations, Capture, Document, Judgement, Report, Statement
from counterclaim.views.catalogue import Catalogue
from counterclaim.views.happening import Happening, LeftOut, extracted
from counterclaim.views.reading import KnowledgeOf, read_catalogue


class Sort(StrEnum):
    """A sort of noun in an export, in the order in which an export gives them."""

    CAPTURES = "captures"
    DOCUMENTS = "documents"
    ANNOTATIONS = "annotations"
    STATEMENTS = "statements"
    JUDGEMENTS = "judgements"
    ACTORS = "actors"
    CLAIMS = "claims"
    DISPUTES = "disputes"


STORED = (Sort.CAPTURES, Sort.DOCUMENTS, Sort.ANNOTATIONS, Sort.STATEMENTS, Sort.JUDGEMENTS)
"""The sorts that a ledger stores; the others are read off them."""


class Table(StrEnum):
    """A table of an export with rows and columns."""

    STATEMENTS = "statements"
    DISPUTES = "disputes"
    POSITIONS = "positions"
    CLAIMS = "claims"
    DOCUMENTS = "documents"


class Choices(msgspec.Struct, frozen=True, kw_only=True):
    """What the user wants of an export; each format minds those that concern it.

    ``nouns`` are the sorts of a JSON Lines export, ``recorded`` whether their places in the log are given.
    ``carried`` is whether FollowTheMoney carries all that is stored, to be read back. ``table`` is that of
    CSV and Parquet, ``mark`` whether a byte order mark stands first (for Excel). ``board`` is False where
    nothing is to be read off the board, so that memory stays constant. ``title`` and ``as_of`` (as the user
    wrote it) are for what people read. ``happening`` is the event time that is wanted.
    """

    nouns: tuple[Sort, ...] = tuple(Sort)
    recorded: bool = True
    carried: bool = True
    table: Table = Table.STATEMENTS
    mark: bool = False
    board: bool = True
    as_of: str | None = None
    happening: Happening | None = None


class Source:
    """A ledger as of one moment, for one export: all that is read from it is as of the same entry."""

    def __init__(
        self, streams: Streams, choices: Choices, catalogue: Callable[[datetime], Catalogue]
    ) -> None:
        self.streams = streams
        self.choices = choices
        self._catalogue = catalogue
        self.left_out: LeftOut | None = None

    @cached_property
    def catalogue(self) -> Catalogue:
        """The whole snapshot with its board, in memory; read when it is first asked for.

        Where only some event time is wanted, the reports and disputes that meet it.
        """
        whole = self._catalogue(self.streams.moment)
        if self.choices.happening is None:
            return whole
        part, self.left_out = extracted(whole, self.choices.happening)
        return part

    def nouns(self, kind: type[Kind]) -> Iterator[Recorded[Kind]]:
        """Give the stored nouns of a kind in order of their ids, those alone that are wanted."""
        if self.choices.happening is None:
            yield from self.streams.nouns(kind)
            return
        kept = self._kept
        for each in self.streams.nouns(kind):
            if id_of(each.noun) in kept:
                yield each

    def reports(self) -> Iterator[Report]:
        """Give the reports in order of their keys, those alone that are wanted."""
        for report in self.streams.reports():
            if self.choices.happening is None or report.document.key in self._kept:
                yield report

    @cached_property
    def _kept(self) -> frozenset[str]:
        """What names the nouns of the catalogue, and the files that its judgements rest on."""
        snapshot = self.catalogue.snapshot
        evidence = (each.capture for judgement in snapshot.judgements for each in judgement.evidence)
        return frozenset(
            {
                *(document.capture for document in snapshot.documents),
                *(each for each in evidence if each),
                *(document.key for document in snapshot.documents),
                *(statement.id for statement in snapshot.statements),
                *(judgement.id for judgement in snapshot.judgements),
            }
        )

    @property
    def board(self) -> Catalogue | None:
        """The same, None where the user wants nothing of the board."""
        return self.catalogue if self.choices.board else None


@contextmanager
def read_source(
    ledger: Ledger,
    choices: Choices = Choices(),  # noqa: B008 (frozen)
    moment: datetime | None = None,
    knowledge: KnowledgeOf | None = None,
) -> Iterator[Source]:
    """Give what exports are made from, as of a moment, or all that the ledger holds now."""
    with ledger.streams(moment) as streams:
        yield Source(streams, choices, lambda then: read_catalogue(ledger, then, knowledge))


def id_of(noun: Capture | Document | Annotations | Statement | Judgement) -> str:
    """Return what names a stored noun; annotations are named by their document."""
    match noun:
        case Capture():
            return noun.sha256
        case Document():
            return noun.key
        case Annotations():
            return noun.document
        case Statement() | Judgement():
            return noun.id
