"""``counterclaim copies``."""

from __future__ import annotations

import click

from counterclaim.cli import options, output
from counterclaim.cli.documented import DocumentedCommand
from counterclaim.cli.options import Form
from counterclaim.model import Document, Problem


@click.command(
    cls=DocumentedCommand,
    examples=(
        "counterclaim copies samples/reports",
        "counterclaim copies samples/reports --format jsonl",
    ),
)
@options.inputs
@options.form
def command(inputs: tuple[str, ...], max_bytes: int, form: Form) -> int:
    """Print the pairs of reports that are not independent of each other, without a ledger.

    INPUT is a file (text, HTML, JSON Lines), a folder, or - for standard input. "copy" is one
    text, perhaps cut or lightly edited; "derived" shares part of its text or rewrites it. A pair
    that is not listed is independent.

    Exit code 1 where an input could not be used; the rest is printed.
    """
    from counterclaim import pipeline
    from counterclaim.views.lines import copies_lines
    from counterclaim.views.terminal.copies import copies_table

    reporter = output.Reporter()
    documents: dict[str, Document] = {}
    with reporter.progress("Reading") as step:
        for item in pipeline.read(inputs, max_bytes=max_bytes):
            if isinstance(item, Problem):
                reporter.tell(item)
            else:
                documents[item[1].key] = item[1]
                step(item[1].id)
        judgements = pipeline.copies(documents.values())
    lines = copies_lines(documents.values(), judgements)
    if form is Form.TABLE:
        output.show(copies_table(lines))
    else:
        output.print_lines(lines, form)
    return reporter.exit_code
