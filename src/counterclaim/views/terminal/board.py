"""The board, and one dispute, for a terminal."""

from __future__ import annotations

from collections.abc import Iterable

from rich.console import Group, RenderableType
from rich.rule import Rule
from rich.text import Text

from counterclaim.model import ClaimStatus, DisputeStatus, StatusNote
from counterclaim.views.board import DisputeView, PositionView, holders_by_name, letter
from counterclaim.views.brief import BoardBrief, DisputeBrief, PositionBrief
from counterclaim.views.reasons import reasons_by_basis
from counterclaim.views.terminal.decisions import decisions_lines
from counterclaim.views.terminal.pieces import (
    checks_text,
    clean,
    day,
    evidence_rows,
    facts,
    folded_rows,
    holders_text,
    indented,
    names_text,
    quote_lines,
    statuses_text,
)

_STATUS = {
    DisputeStatus.CONTESTED: "contested between parties",
    DisputeStatus.CONCEDED: "conceded by a party whom it harms",
}
PAIRS = 3
"""How many pairs of statements stand for each reason."""


def board_table(view: BoardBrief) -> RenderableType:
    """Return every dispute with its positions, and a line on what was read."""
    unanalysed = f", {view.unanalysed} not analysed" if view.unanalysed else ""
    read = (
        f"{_count(view.documents, 'report')}{unanalysed} from {_count(view.origins, 'origin')}, "
        f"{_count(view.statements, 'statement')} by {_count(view.actors, 'actor')}, "
        f"{_count(view.found, 'dispute')}."
    )
    if len(view.disputes) < view.found:
        read += f" Shown are {len(view.disputes):,}."
    parts: list[RenderableType] = []
    for dispute in view.disputes:
        parts += [_brief(dispute), Text()]
    if not view.found:
        parts += [Text("No claim conflicts with another."), Text()]
    return Group(*parts, Text(read, style="dim"))


def dispute_table(view: DisputeView) -> RenderableType:
    """Return one dispute: the question and its positions with every quote, and why they conflict."""
    parts = _heading(view, len(view.documents))
    for number, position in enumerate(view.positions):
        rows = [
            ("held by", holders_text(holders_by_name(position.holders), position.own_voice)),
            *evidence_rows(position.evidence),
            *folded_rows(position.evidence),
            ("status", statuses_text(_own_statuses(position.statuses))),
            ("checked", checks_text(position.checks)),
        ]
        parts += _position(position, letter(number), rows)
        for quote in position.quotes:
            parts += [Text(), indented(quote_lines(quote))]
    parts += [Text(), _reasons(view)]
    parts += [decisions_lines(view.decisions)] if view.decisions else []
    parts += [Text(f"reports: {names_text(view.documents)}", style="dim")]
    return Group(*parts)


def _brief(view: DisputeBrief) -> RenderableType:
    """Return one dispute in brief: the question and its positions, each with the quotes that tell most."""
    parts = _heading(view, view.reports)
    if view.disagreeing:
        words = f"{', '.join(map(clean, view.disagreeing))} contradict each other here: "
        parts.append(Text(f"{words}counterclaim show {view.id}", style="yellow"))
    for number, position in enumerate(view.positions):
        rows = [
            ("held by", holders_text(position.holders, position.own_voice, position.more_holders)),
            *evidence_rows(position.evidence),
            ("status", statuses_text(_own_statuses(position.statuses))),
            ("checked", checks_text(position.checks, position.more_checks)),
        ]
        parts += _position(position, letter(number), rows)
        for each in position.quotes:
            parts += [Text(), indented(quote_lines(each.quote, more=each.more_reprints))]
        if more := position.quoted - len(position.quotes):
            parts += [Text(), indented(Text(f"and {more} more: counterclaim show {view.id}", style="dim"))]
    return Group(*parts)


def _heading(view: DisputeView | DisputeBrief, reports: int) -> list[RenderableType]:
    first, last = day(view.first_published), day(view.last_published)
    dates = first if first == last else f"{first} to {last}"
    status = f"{_STATUS[view.status]} · {_count(reports, 'report')} · {dates} · {view.id}"
    return [
        Rule(style="dim"),
        Text(clean(view.question), style="bold underline"),
        Text(status, style="dim"),
    ]


def _position(
    view: PositionView | PositionBrief, letter: str, rows: list[tuple[str, RenderableType | None]]
) -> list[RenderableType]:
    label = Text.assemble((f"{letter}  ", "bold cyan"), (clean(view.label), "bold"))
    return [Text(), label, indented(facts(rows))]


def _own_statuses(notes: Iterable[StatusNote]) -> list[StatusNote]:
    """Return what of its status a position does not show elsewhere: it is contested, and has its counts."""
    shown = {
        ClaimStatus.ATTESTED,
        ClaimStatus.CORROBORATED,
        ClaimStatus.CONTESTED,
        ClaimStatus.CONCEDED,
        ClaimStatus.UNVERIFIED,
    }
    return [note for note in notes if note.status not in shown]


def _reasons(view: DisputeView) -> RenderableType:
    parts: list[RenderableType] = [Text("Why these conflict", style="bold")]
    for words, reasons in reasons_by_basis(view.reasons):
        parts.append(indented(Text(f"{clean(words)} ({_count(len(reasons), 'pair')})")))
        for each in reasons[:PAIRS]:
            pair = f"{clean(each.left_name)} {each.left}, {clean(each.right_name)} {each.right}"
            parts.append(indented(Text(pair, style="dim"), 2))
        if len(reasons) > PAIRS:
            parts.append(indented(Text(f"and {len(reasons) - PAIRS} more", style="dim"), 2))
    return Group(*parts)


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"
