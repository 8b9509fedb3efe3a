"""Agreement between analysts, for a terminal."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Group, RenderableType
from rich.text import Text

from counterclaim.views.agreement import Agreement
from counterclaim.views.terminal.pieces import indented


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
        Text(found.question, style="bold"), indented(Text(words)), indented(Text(counted, style="dim"))
    )
