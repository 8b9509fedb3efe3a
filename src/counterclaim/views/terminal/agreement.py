"""Agreement between analysts, for a terminal."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Group, RenderableType
from rich.text import Text

from counterclaim.views.agreement import Agreement, Question
from counterclaim.views.terminal.pieces import indented

_WORDS = {
    Question.SAME: "Do two statements make one claim?",
    Question.OPPOSED: "Are two statements opposed?",
    Question.READING: "Was a statement read rightly?",
    Question.ACTOR: "Do two names mean one actor?",
    Question.COPY: "Does one of two reports come from the other?",
    Question.SOURCE: "How reliable is the source? (A to E)",
    Question.INFORMATION: "How credible is the information? (1 to 5)",
}


def agreement_table(found: Sequence[Agreement]) -> RenderableType:
    """Return for each question the coefficient with its interval, or why there is none."""
    return Group(*(_question(each) for each in found))


def _question(found: Agreement) -> RenderableType:
    words = found.note
    if found.alpha is not None:
        words = f"alpha {found.alpha:.2f} ({found.scale})"
        if found.low is not None and found.high is not None:
            words += f", 95 % interval {found.low:.2f} to {found.high:.2f}"
        if found.note:
            words += f"; {found.note}"
    counted = f"judged by two or more: {found.units}; analysts: {found.analysts}"
    return Group(
        Text(_WORDS[found.question], style="bold"),
        indented(Text(words)),
        indented(Text(counted, style="dim")),
    )
