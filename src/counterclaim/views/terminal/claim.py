"""One claim for a terminal."""

from __future__ import annotations

from rich.console import Group, RenderableType
from rich.text import Text

from counterclaim.views.board import holders_by_name
from counterclaim.views.claim import ClaimView
from counterclaim.views.terminal.decisions import decisions_lines
from counterclaim.views.terminal.pieces import (
    checks_text,
    clean,
    evidence_rows,
    facts,
    folded_rows,
    holders_text,
    names_text,
    quote_lines,
    statuses_text,
)


def claim_table(view: ClaimView) -> RenderableType:
    """Return one claim with every statement that makes it."""
    rows: list[tuple[str, RenderableType | None]] = [
        ("claim", view.id),
        ("made by", holders_text(holders_by_name(view.holders))),
        *evidence_rows(view.evidence),
        *folded_rows(view.evidence),
        ("status", statuses_text(view.statuses)),
        ("checked", checks_text(view.checks)),
        ("disputes", names_text(view.disputes)),
    ]
    parts: list[RenderableType] = [Text(clean(view.text), style="bold"), facts(rows)]
    for quote in view.quotes:
        parts += [Text(), quote_lines(quote)]
    if view.decisions:
        parts += [Text(), decisions_lines(view.decisions)]
    return Group(*parts)
