"""The review queue, for a terminal."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Group, RenderableType
from rich.text import Text

from counterclaim.views.review_item import Item
from counterclaim.views.terminal.pieces import clean, indented


def review_table(items: Sequence[Item]) -> RenderableType:
    """Return the items, or words that say that there is none."""
    if not items:
        return Text("Nothing is left to review.")
    return Group(*(_item(each) for each in items))


def _item(item: Item) -> RenderableType:
    score = (
        f"{item.score:.2f} = uncertainty {item.uncertainty:.2f} x weight {item.weight} "
        f"(origins {item.origins}, parties {item.parties}, statements {item.statements})"
    )
    lines = [indented(Text(clean(text))) for text in item.texts]
    if item.reason:
        lines.append(indented(Text(clean(item.reason), style="dim")))
    return Group(
        Text.assemble((item.why, "bold"), f" [{clean(item.kind)}] ", (item.within, "dim")),
        *lines,
        indented(Text(score, style="dim")),
        *(indented(Text(command, style="cyan")) for command in item.commands),
        Text(),
    )
