"""Pairs of reports that are not independent, as a table."""

from __future__ import annotations

from collections.abc import Iterable

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from counterclaim.views.lines import JsonObject
from counterclaim.views.terminal.pieces import clean


def copies_table(lines: Iterable[JsonObject]) -> RenderableType:
    """Return one row for each pair."""
    table = Table(box=None, pad_edge=False)
    table.add_column("report", overflow="fold")
    table.add_column("is a", no_wrap=True, style="bold")
    table.add_column("of or like", overflow="fold")
    for line in lines:
        table.add_row(Text(clean(line["a"])), Text(line["label"]), Text(clean(line["b"])))
    return table if table.row_count else Text("All reports are independent of each other.")
