"""Pairs of reports that are not independent, as a table."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from textwrap import shorten

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from counterclaim.views.lines import JsonObject
from counterclaim.views.terminal.pieces import clean

SHOWN = 90
"""Characters of the longest stretch that are shown."""


def copies_table(lines: Iterable[JsonObject], texts: Mapping[str, str]) -> RenderableType:
    """Return one row for each pair; ``texts`` are those of the reports by their ids."""
    table = Table(box=None, pad_edge=False)
    table.add_column("earlier report", overflow="fold")
    table.add_column("later report", overflow="fold")
    table.add_column("how", no_wrap=True, style="bold")
    table.add_column("shared", no_wrap=True, justify="right")
    table.add_column("the longest stretch in common", overflow="fold", style="dim")
    for line in lines:
        later = line["b"] if line["first"] == line["a"] else line["a"]
        spans = [each["a" if line["first"] == line["a"] else "b"] for each in line["spans"]]
        longest = max(spans, key=lambda span: (span[1] - span[0], -span[0]), default=None)
        words = texts.get(line["first"], "")[slice(*longest)] if longest else ""
        place = f"{longest[0]}:{longest[1]} " if longest else ""
        table.add_row(
            Text(clean(line["first"])),
            Text(clean(later)),
            Text(line["kind"]),
            Text(f"{line['share']:.0%}"),
            Text(clean(place + shorten(words, SHOWN, placeholder=" …"))),
        )
    return table if table.row_count else Text("All reports are independent of each other.")
