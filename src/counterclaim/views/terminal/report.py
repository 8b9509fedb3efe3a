"""One report's statements as a table."""

from __future__ import annotations

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from counterclaim.model import Report, Statement
from counterclaim.views.terminal.pieces import clean


def report_table(report: Report) -> RenderableType:
    """Return the statements of one report: who, by what act, what, and where it stands."""
    document = report.document
    title = Text.assemble(
        (clean(document.id), "bold"), "  " + clean(document.title) if document.title else ""
    )
    if not document.analysed:
        return Text.assemble(title, ("  not analysed: " + (document.unanalysed_because or ""), "yellow"))
    table = Table(title=title, title_justify="left", expand=False, box=None, pad_edge=False)
    table.add_column("speaker", style="bold", ratio=2, overflow="fold")
    table.add_column("act", no_wrap=True)
    table.add_column("content", ratio=6, overflow="fold")
    table.add_column("at", justify="right", no_wrap=True, style="dim")
    for statement in report.statements:
        if statement.part_of is not None:
            continue
        table.add_row(
            Text(clean(_speaker(statement))),
            Text(statement.act),
            Text(clean(statement.content_text)),
            Text(_place(statement)),
        )
    return table


def _speaker(statement: Statement) -> str:
    return statement.speaker.label if statement.speaker else "(the report)"


def _place(statement: Statement) -> str:
    return f"{statement.content[0].start}:{statement.content[-1].end}"
