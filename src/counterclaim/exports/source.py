"""What an export is made from: the stored nouns as streams, and the board where it is wanted."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from enum import StrEnum
from functools import cached_property

import msgspec

from counterclaim.ledger import Ledger, Streams
from counterclaim.views.catalogue import Catalogue
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
    ``table`` is that of CSV and Parquet, ``mark`` whether a byte order mark stands first (for Excel).
    ``board`` is False where nothing is to be read off the board, so that memory stays constant. ``title`` and
    ``as_of`` (as the user wrote it) are for what people read.
    """

    nouns: tuple[Sort, ...] = tuple(Sort)
    recorded: bool = True
    table: Table = Table.STATEMENTS
    mark: bool = False
    board: bool = True
    as_of: str | None = None


class Source:
    """A ledger as of one moment, for one export: all that is read from it is as of the same entry."""

    def __init__(
        self, streams: Streams, choices: Choices, catalogue: Callable[[datetime], Catalogue]
    ) -> None:
        self.streams = streams
        self.choices = choices
        self._catalogue = catalogue

    @cached_property
    def catalogue(self) -> Catalogue:
        """The whole snapshot with its board, in memory; read when it is first asked for."""
        return self._catalogue(self.streams.moment)

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
