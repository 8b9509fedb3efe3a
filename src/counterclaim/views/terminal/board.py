"""The board, and one dispute, for a terminal."""

from __future__ import annotations

from rich.console import Group, RenderableType
from rich.rule import Rule
from rich.text import Text

from counterclaim.model import ClaimStatus, DisputeStatus, StatusNote
from counterclaim.views.board import BoardView, DisputeView, PositionView, letter
from counterclaim.views.decisions import disagreeing
from counterclaim.views.quotes import telling
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
QUOTES = 2
"""How many quotes of each position the board shows; one dispute alone shows all."""

PAIRS = 3
"""How many pairs of statements stand for each reason."""


def board_table(view: BoardView) -> RenderableType:
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
        parts += [dispute_table(dispute, quotes=QUOTES), Text()]
    if not view.found:
        parts += [Text("No claim conflicts with another."), Text()]
    return Group(*parts, Text(read, style="dim"))


def dispute_table(view: DisputeView, *, quotes: int | None = None) -> RenderableType:
    """Return one dispute: the question and its positions, each with at most so many quotes."""
    first, last = day(view.first_published), day(view.last_published)
    dates = first if first == last else f"{first} to {last}"
    status = f"{_STATUS[view.status]} · {_count(len(view.documents), 'report')} · {dates} · {view.id}"
    parts: list[RenderableType] = [
        Rule(style="dim"),
        Text(clean(view.question), style="bold underline"),
        Text(status, style="dim"),
    ]
    if quotes is not None and (names := disagreeing(view.decisions)):
        words = f"{', '.join(map(clean, names))} contradict each other here: counterclaim show {view.id}"
        parts.append(Text(words, style="yellow"))
    for position in range(len(view.positions)):
        parts += [
            Text(),
            _position(view.positions[position], letter(position), quotes, view.id),
        ]
    if quotes is None:
        parts += [Text(), _reasons(view)]
        parts += [decisions_lines(view.decisions)] if view.decisions else []
        parts += [Text(f"reports: {names_text(view.documents)}", style="dim")]
    return Group(*parts)


def _position(view: PositionView, letter: str, quotes: int | None, dispute: str) -> RenderableType:
    shown = view.quotes if quotes is None else telling(view.quotes, quotes)
    parts: list[RenderableType] = [
        Text.assemble((f"{letter}  ", "bold cyan"), (clean(view.label), "bold")),
        indented(
            facts(
                [
                    ("held by", holders_text(view.holders, view.own_voice)),
                    *evidence_rows(view.evidence),
                    *(folded_rows(view.evidence) if quotes is None else ()),
                    ("status", statuses_text(_own_statuses(view))),
                    ("checked", checks_text(view.checks)),
                ]
            )
        ),
    ]
    for quote in shown:
        parts += [Text(), indented(quote_lines(quote))]
    if len(shown) < len(view.quotes):
        more = f"and {len(view.quotes) - len(shown)} more: counterclaim show {dispute}"
        parts += [Text(), indented(Text(more, style="dim"))]
    return Group(*parts)


def _own_statuses(view: PositionView) -> list[StatusNote]:
    """Return what of its status a position does not show elsewhere: it is contested, and has its counts."""
    shown = {
        ClaimStatus.ATTESTED,
        ClaimStatus.CORROBORATED,
        ClaimStatus.CONTESTED,
        ClaimStatus.CONCEDED,
        ClaimStatus.UNVERIFIED,
    }
    return [note for note in view.statuses if note.status not in shown]


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
