"""What people decided, for a terminal."""

from __future__ import annotations

from collections.abc import Iterable

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from counterclaim.model.standing import State
from counterclaim.views.decisions import Decision, decision_words, evidence_words, state_words
from counterclaim.views.terminal.pieces import clean, indented


def decisions_lines(decisions: Iterable[Decision], about: str = "") -> RenderableType:
    """Return the decisions under a heading; ``about`` is the id of what they are shown with."""
    parts: list[RenderableType] = [Text("What people decided", style="bold")]
    for each in decisions:
        reason = f": {clean(each.reason)}" if each.reason else ""
        line = Text.assemble(
            (clean(each.author), "bold"), f" {clean(decision_words(each, about))}{reason} ", (each.id, "dim")
        )
        parts.append(indented(line))
        parts += [indented(Text(clean(evidence_words(e)), style="dim"), 2) for e in each.evidence]
        if words := state_words(each):
            style = "yellow" if each.state is State.CONFLICT else "dim"
            parts.append(indented(Text(clean(words), style=style), 2))
    return Group(*parts)


def decisions_table(decisions: Iterable[Decision]) -> RenderableType:
    """Return all decisions, one a row: when, who, what, why, and whether it stands."""
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    for name in ("judgement", "recorded"):
        table.add_column(name, no_wrap=True, style="dim")
    for name in ("by", "what", "state"):
        table.add_column(name, overflow="fold")
    for each in decisions:
        reason = f": {each.reason}" if each.reason else ""
        extra = "".join(f"\n{evidence_words(e)}" for e in each.evidence)
        words = decision_words(each)
        what = Text("\n".join(clean(line) for line in f"{words}{reason}{extra}".split("\n")))
        state = Text(clean(state_words(each)) or str(each.state))
        state.stylize("yellow" if each.state is State.CONFLICT else "")
        recorded = each.recorded[:19] if each.recorded else ""
        table.add_row(each.id, recorded, Text(clean(each.author)), what, state)
    return table
