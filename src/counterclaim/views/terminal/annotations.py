"""The times and places of one report as tables."""

from __future__ import annotations

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from counterclaim.model import Report
from counterclaim.views.terminal.pieces import clean


def times_table(report: Report) -> RenderableType:
    """Return the temporal expressions of one report: the words, the value, the stretch of time, the place."""
    table = _table(report, "words", "type", "value", "interval (EDTF)", "counted from")
    for time in report.annotations.times if report.annotations else ():
        counted = f"{time.basis} {time.reference}" if time.reference else str(time.basis)
        table.add_row(
            Text(clean(time.span.quote)),
            Text(time.kind),
            Text(time.value),
            Text(time.interval.edtf if time.interval else ""),
            Text(counted),
            Text(f"{time.span.start}:{time.span.end}"),
        )
    return table


def places_table(report: Report) -> RenderableType:
    """Return the places of one report: the words, what they most likely name, and where that lies."""
    table = _table(report, "words", "reading", "place", "kind", "country", "latitude, longitude", "precision")
    for mention in report.annotations.places if report.annotations else ():
        place = mention.place
        table.add_row(
            Text(clean(mention.span.quote)),
            Text(mention.reading),
            Text(clean(place.name) if place else "(not known)"),
            Text(place.kind if place else ""),
            Text((place.country or "") if place else ""),
            Text(f"{place.latitude:.3f}, {place.longitude:.3f}" if place else ""),
            Text(mention.precision),
            Text(f"{mention.span.start}:{mention.span.end}"),
        )
    return table


def _table(report: Report, *columns: str) -> Table:
    document = report.document
    title = Text.assemble(
        (clean(document.id), "bold"), "  " + clean(document.title) if document.title else ""
    )
    table = Table(title=title, title_justify="left", expand=False, box=None, pad_edge=False)
    for column in columns:
        table.add_column(column, overflow="fold")
    table.add_column("at", justify="right", no_wrap=True, style="dim")
    return table
