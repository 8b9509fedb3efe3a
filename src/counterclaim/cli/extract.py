"""``counterclaim extract``."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from counterclaim.cli import options, output
from counterclaim.cli.documented import DocumentedCommand
from counterclaim.cli.options import Form
from counterclaim.model import Problem, Report

if TYPE_CHECKING:
    from counterclaim.statements import Extraction


@click.command(
    cls=DocumentedCommand,
    examples=(
        "counterclaim extract samples/reports",
        "counterclaim extract samples/reports --format jsonl",
        "counterclaim extract samples/reports --only times --format jsonl",
    ),
)
@options.inputs
@options.extraction
@click.option(
    "--only",
    type=click.Choice(["times", "places"]),
    help="Print the temporal expressions or the places of each report instead, without reading statements.",
)
@options.form
def command(
    inputs: tuple[str, ...], max_bytes: int, extraction: Extraction, only: str | None, form: Form
) -> int:
    """Print who says what in each report, in the order of the inputs, without a ledger.

    INPUT is a file (text, HTML, JSON Lines), an archive (WARC, ZIP, TAR), a folder, or - for
    standard input. Each attribution has its source, cue and content as offsets of characters in the
    report's text. "nested" holds what is said inside what somebody else is reported to say,
    "own_voice" what the report asserts itself.

    Exit code 1 where an input could not be used; the rest is printed.
    """
    from counterclaim import pipeline
    from counterclaim.views.lines import extract_line, places_line, times_line
    from counterclaim.views.terminal.annotations import places_table, times_table
    from counterclaim.views.terminal.report import report_table

    reporter = output.Reporter()
    lines = {"times": times_line, "places": places_line}
    tables = {"times": times_table, "places": places_table}

    def reports() -> Iterator[Report]:
        with reporter.progress("Reading", printing=True) as step:
            found = (
                pipeline.annotate(inputs, only, max_bytes=max_bytes)
                if only
                else pipeline.extract(inputs, max_bytes=max_bytes, extraction=extraction)
            )
            for item in found:
                if isinstance(item, Problem):
                    reporter.tell(item)
                else:
                    step(item.document.id)
                    yield item

    if form is Form.TABLE:
        for report in reports():
            output.show(tables[only](report) if only else report_table(report))
    else:
        output.print_lines(map(lines[only] if only else extract_line, reports()), form)
    return reporter.exit_code
