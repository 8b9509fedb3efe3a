"""``counterclaim ingest``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from counterclaim.cli import options, output
from counterclaim.cli.documented import DocumentedCommand
from counterclaim.cli.options import Form
from counterclaim.model.errors import Messages

if TYPE_CHECKING:
    from counterclaim.statements import Extraction


@click.command(
    cls=DocumentedCommand,
    examples=(
        "counterclaim ingest samples/reports",
        "counterclaim ingest samples/reports/reports.jsonl --ledger other.db",
    ),
)
@options.inputs
@options.extraction
@options.ledger
@options.form
def command(
    inputs: tuple[str, ...], max_bytes: int, extraction: Extraction, ledger_place: str, form: Form
) -> int:
    """Read reports into a ledger, which is made where there is none.

    INPUT is a file (text, HTML, JSON Lines), an archive (WARC, ZIP, TAR), a folder, or - for
    standard input. Each report is stored whole or not at all. A report that the ledger already
    holds changes nothing, so that a run that was stopped can be run again.

    Exit code 1 where an input could not be used; the rest is stored.
    """
    from counterclaim import pipeline
    from counterclaim.ledger import Ledger, shown_place

    reporter = output.Reporter()
    with (
        Ledger.open(ledger_place, create=True) as ledger,
        reporter.progress("Ingesting") as step,
    ):
        summary = pipeline.ingest(
            ledger, inputs, max_bytes=max_bytes, extraction=extraction, progress=step, problem=reporter.tell
        )
    if form is not Form.TABLE:
        output.print_one(summary, form)
    reporter.summary(
        Messages.ingested(summary.added, summary.known, summary.statements, shown_place(ledger_place))
    )
    return reporter.exit_code
