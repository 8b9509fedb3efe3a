"""The board in brief: of each dispute what one must see first, however many speak in it.

A dispute in which thousands speak is some megabytes whole. In brief its numbers are those of the whole;
lists are cut, and what was cut is counted.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TypeVar

import msgspec
from msgspec.structs import replace

from counterclaim.model import DisputeStatus, StatusNote
from counterclaim.views.board import (
    BoardCounts,
    BoardView,
    DisputeView,
    Evidence,
    HeldBy,
    PositionView,
    holders_by_name,
)
from counterclaim.views.decisions import disagreeing
from counterclaim.views.quotes import UNDATED, Check, Quote, moment_of, outlet_of_reprint, telling

QUOTES = 2
"""Quotes of each position: those that tell most."""
BUCKETS = 32
"""Stretches of time, all as long, in which reports are counted."""
NAMES = 24
"""Names, outlets and wordings that are listed of one kind."""

Item = TypeVar("Item")


class QuoteBrief(msgspec.Struct, frozen=True, kw_only=True):
    """A quote with one reprint of each outlet, and how many outlets more reprint it."""

    quote: Quote
    more_reprints: int


class PositionBrief(msgspec.Struct, frozen=True, kw_only=True):
    """One answer to the question.

    ``evidence`` has the numbers of the whole and the first names, and does not say how each count came
    about. ``more_holders`` counts holders and outlets that are not named, ``more_checks`` wordings that
    are not quoted, ``quoted`` all quotes. Statuses have their first words and statements.
    """

    id: str
    label: str
    holders: tuple[HeldBy, ...]
    own_voice: tuple[str, ...]
    more_holders: int
    evidence: Evidence
    checks: tuple[Check, ...]
    more_checks: int
    quotes: tuple[QuoteBrief, ...]
    quoted: int
    statuses: tuple[StatusNote, ...]


class DisputeBrief(msgspec.Struct, frozen=True, kw_only=True):
    """A question and the positions taken on it.

    ``disagreeing`` are people who contradict each other here. ``over_time`` counts the reports of some
    stretches of time, all as long and in order, from the first to the last day on which one was published.
    """

    id: str
    question: str
    status: DisputeStatus
    positions: tuple[PositionBrief, ...]
    reports: int
    first_published: str | None
    last_published: str | None
    disagreeing: tuple[str, ...]
    over_time: tuple[int, ...] = ()


class BoardBrief(BoardCounts, frozen=True, kw_only=True):
    """All disputes, or some, each in brief."""

    disputes: tuple[DisputeBrief, ...]


def board_brief(view: BoardView) -> BoardBrief:
    """Return the board with each dispute in brief."""
    counts = {name: getattr(view, name) for name in BoardCounts.__struct_fields__}
    return BoardBrief(disputes=tuple(map(dispute_brief, view.disputes)), **counts)


def dispute_brief(view: DisputeView) -> DisputeBrief:
    """Return one dispute in brief."""
    return DisputeBrief(
        id=view.id,
        question=view.question,
        status=view.status,
        positions=tuple(map(_position, view.positions)),
        reports=len(view.documents),
        first_published=view.first_published,
        last_published=view.last_published,
        disagreeing=tuple(disagreeing(view.decisions)),
        over_time=_over_time(view),
    )


def _over_time(view: DisputeView) -> tuple[int, ...]:
    """Count reports day by day, or in longer stretches where they are spread over many days."""
    quotes = [quote for position in view.positions for quote in position.quotes]
    published = {place.key: place.published for each in quotes for place in (each.place, *each.reprints)}
    days = [_day(moment) for moment in published.values() if moment_of(moment) != UNDATED]
    if not days:
        return ()
    first, last = min(days), max(days)
    length = (last - first) // BUCKETS + 1
    counts = [0] * ((last - first) // length + 1)
    for day in days:
        counts[(day - first) // length] += 1
    return tuple(counts)


def _day(published: str | None) -> int:
    """Return the number of the day on which something was published (UTC)."""
    return date.fromisoformat(moment_of(published)[:10]).toordinal()


def _position(view: PositionView) -> PositionBrief:
    holders, more_holders = _first(holders_by_name(view.holders))
    outlets, more_outlets = _first(view.own_voice)
    wordings = {(check.status, " ".join(check.words.split())): check for check in reversed(view.checks)}
    checks, more_checks = _first(wordings[each] for each in sorted(wordings))
    return PositionBrief(
        id=view.id,
        label=view.label,
        holders=holders,
        own_voice=outlets,
        more_holders=more_holders + more_outlets,
        evidence=_evidence(view.evidence),
        checks=checks,
        more_checks=more_checks,
        quotes=tuple(map(_quote, telling(view.quotes, QUOTES))),
        quoted=len(view.quotes),
        statuses=tuple(
            replace(each, words=each.words[:NAMES], statements=each.statements[:NAMES])
            for each in view.statuses
        ),
    )


def _evidence(whole: Evidence) -> Evidence:
    return Evidence(
        attested=whole.attested,
        origins=whole.origins[:NAMES],
        corroborated=whole.corroborated,
        parties=whole.parties[:NAMES],
        conceded_by=whole.conceded_by,
    )


def _quote(whole: Quote) -> QuoteBrief:
    outlets = {outlet_of_reprint(whole, each): each for each in reversed(whole.reprints)}
    shown, more = _first(outlets[each] for each in sorted(outlets))
    return QuoteBrief(quote=replace(whole, reprints=shown), more_reprints=more)


def _first(items: Iterable[Item]) -> tuple[tuple[Item, ...], int]:
    """Return the first of some items, and how many more there are."""
    known = tuple(items)
    return known[:NAMES], max(0, len(known) - NAMES)
