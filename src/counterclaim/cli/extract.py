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
    ),
)
@options.inputs
@options.extraction
@options.form
def command(inputs: tuple[str, ...], max_bytes: int, extraction: Extraction, form: Form) -> int:
    """Print who says what in each report, in the order of the inputs, without a ledger.

    INPUT is a file (text, HTML, JSON Lines), a folder, or - for standard input. Each attribution
    has its source, cue and content as offsets of characters in the report's text. "nested" holds
    what is said inside what somebody else is reported to say, "own_voice" what the report asserts
    itself.

    Exit code 1 where an input could not be used; the rest is printed.
    """
    from counterclaim import pipeline
    from counterclaim.views.lines import extract_line
    from counterclaim.views.terminal.report import report_table

    reporter = output.Reporter()

    def reports() -> Iterator[Report]:
        with reporter.progress("Reading", printing=True) as step:
            for item in pipeline.extract(inputs, max_bytes=max_bytes, extraction=extraction):
                if isinstance(item, Problem):
                    reporter.tell(item)
                else:
                    step(item.document.id)
                    yield item

    if form is Form.TABLE:
        for report in reports():
            output.show(report_table(report))
    else:
        output.print_lines(map(extract_line, reports()), form)
    return reporter.exit_code
