"""Disputes with citations: who holds what, on what evidence, in whose words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import zip_longest
from typing import Annotated

import msgspec
from msgspec import Meta

from counterclaim.ledger.words import folded_words
from counterclaim.model import DisputeStatus, LedgerError
from counterclaim.model.errors import Messages
from counterclaim.views.board import DisputeView, letter
from counterclaim.views.brief import NAMES, DisputeBrief, dispute_brief
from counterclaim.views.catalogue import Catalogue
from counterclaim.views.cited.citation import Quotation, quotations_of
from counterclaim.views.cited.known import Known
from counterclaim.views.cited.naming import what_it_is
from counterclaim.views.cited.paging import Page, Place, page, page_of
from counterclaim.views.cited.positions import CHECKS, POSITIONS, PositionCited, position_cited
from counterclaim.views.quotes import Quote


class DisputeListed(msgspec.Struct, frozen=True, kw_only=True):
    """A dispute in a list, with the most telling quotation of each position."""

    id: Annotated[str, Meta(description="show_dispute takes it.")]
    question: str
    status: DisputeStatus
    reports: int
    first_published: str | None
    last_published: str | None
    positions: tuple[PositionCited, ...]
    more_positions: int
    quotations: tuple[Quotation, ...]


class DisputesAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """A page of the board. ``found`` counts the disputes that fit the words."""

    as_of: Annotated[str, Meta(description="The moment of the ledger; ask again with as_of for the same.")]
    reports_read: int
    statements_read: int
    found: int
    disputes: tuple[DisputeListed, ...]
    page: Page


class DisputeAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """One dispute with its positions, and a page of quotations, the positions in turn."""

    as_of: Annotated[str, Meta(description="The moment of the ledger; ask again with as_of for the same.")]
    id: str
    question: str
    status: DisputeStatus
    reports: int
    first_published: str | None
    last_published: str | None
    people_disagreeing: Annotated[
        tuple[str, ...], Meta(description="Analysts who decided otherwise than each other.")
    ]
    positions: tuple[PositionCited, ...]
    more_positions: int
    quotations: tuple[Quotation, ...]
    page: Annotated[Page, Meta(description="Of the quotations.")]


def list_disputes(known: Known, words: str | None, place: Place, limit: int) -> DisputesAnswer:
    """Return a page of the disputes whose question, positions or holders hold all these words."""
    wanted = set(folded_words(words)) if words else set()
    if wanted:
        board = known.board()
        fitting = [each for each in board.disputes if wanted <= _words_of(each)]
        found = len(fitting)
        shown = fitting[place.offset : place.offset + limit]
    else:
        board = known.board(limit, place.offset)
        found, shown = board.found, list(board.disputes)
    quoted = [
        each.quote
        for brief in shown
        for position in brief.positions[:POSITIONS]
        for each in position.quotes[:1]
    ]
    part = _part(known, shown, quoted)
    return DisputesAnswer(
        as_of=known.as_of,
        reports_read=board.documents,
        statements_read=board.statements,
        found=found,
        disputes=tuple(_listed(part, each) for each in shown),
        page=page(place.offset, len(shown), max(0, found - place.offset - len(shown)), known.moment),
    )


def show_dispute(known: Known, name: str, place: Place, limit: int) -> DisputeAnswer:
    """Return a dispute with a page of its quotations. Raises LedgerError where the name is of none."""
    view = known.answer(name)
    if not isinstance(view, DisputeView):
        kind, tool = what_it_is(view)
        raise LedgerError(Messages.something_else(name, kind, "dispute", tool))
    brief = dispute_brief(view)
    letters = _letters((letter(n), position.quotes) for n, position in enumerate(view.positions))
    shown, left = page_of(
        _in_turn([each.quotes for each in view.positions]), place.offset, limit, known.moment
    )
    part = _part(known, [brief], shown)
    return DisputeAnswer(
        as_of=known.as_of,
        id=view.id,
        question=view.question,
        status=view.status,
        reports=brief.reports,
        first_published=view.first_published,
        last_published=view.last_published,
        people_disagreeing=brief.disagreeing[:NAMES],
        positions=tuple(position_cited(part, n, each) for n, each in enumerate(brief.positions[:POSITIONS])),
        more_positions=max(0, len(brief.positions) - POSITIONS),
        quotations=quotations_of(part, shown, letters),
        page=left,
    )


def _listed(part: Catalogue, brief: DisputeBrief) -> DisputeListed:
    telling = [[each.quote for each in position.quotes[:1]] for position in brief.positions[:POSITIONS]]
    letters = _letters((letter(n), quotes) for n, quotes in enumerate(telling))
    return DisputeListed(
        id=brief.id,
        question=brief.question,
        status=brief.status,
        reports=brief.reports,
        first_published=brief.first_published,
        last_published=brief.last_published,
        positions=tuple(position_cited(part, n, each) for n, each in enumerate(brief.positions[:POSITIONS])),
        more_positions=max(0, len(brief.positions) - POSITIONS),
        quotations=quotations_of(part, _in_turn(telling), letters),
    )


def _part(known: Known, briefs: Iterable[DisputeBrief], quotes: Iterable[Quote]) -> Catalogue:
    """Return a catalogue of all that is quoted of these disputes, read at once."""
    checks = (
        check.statement
        for brief in briefs
        for position in brief.positions[:POSITIONS]
        for check in position.checks[:CHECKS]
    )
    return known.part(statements={*checks, *(each.statement for each in quotes)})


def _letters(positions: Iterable[tuple[str, Sequence[Quote]]]) -> dict[str, str]:
    return {quote.statement: name for name, quotes in positions for quote in quotes}


def _in_turn(lists: Iterable[Sequence[Quote]]) -> list[Quote]:
    """Return the first of each list, then the second of each, and so on."""
    return [quote for row in zip_longest(*lists) for quote in row if quote is not None]


def _words_of(brief: DisputeBrief) -> set[str]:
    return {word for text in _texts_of(brief) for word in folded_words(text)}


def _texts_of(brief: DisputeBrief) -> Iterator[str]:
    yield from (brief.id, brief.question)
    for position in brief.positions:
        yield position.label
        yield from position.own_voice
        for held in position.holders:
            yield held.holder.name
            yield held.holder.role or ""
