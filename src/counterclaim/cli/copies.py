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

    INPUT is a file (text, HTML, JSON Lines), an archive (WARC, ZIP, TAR), a folder, or - for
    standard input. "copy" is one text, perhaps cut or lightly edited; "excerpt" takes over
    passages; "rewrite" says the same in other words; "alert" is a short early take; "update" a
    later version by the same outlet or agency; "composite" splices passages of several. With each
    come the stretches that both share, and their share of the shorter text. Footers of an outlet,
    background told for months and quotations alone are no evidence. A pair that is not listed is
    independent.

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
        pairs = pipeline.kin(documents.values(), judgements)
    lines = copies_lines(documents.values(), pairs)
    if form is Form.TABLE:
        output.show(copies_table(lines, {document.id: document.text for document in documents.values()}))
    else:
        output.print_lines(lines, form)
    return reporter.exit_code
