"""``counterclaim link``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from counterclaim.cli import options, output
from counterclaim.cli.documented import DocumentedCommand
from counterclaim.cli.options import Form

if TYPE_CHECKING:
    from counterclaim.pipeline import KnowledgeOf
    from counterclaim.statements import Extraction


@click.command(
    cls=DocumentedCommand,
    examples=(
        "counterclaim link samples/reports",
        "counterclaim link samples/reports --format jsonl",
    ),
)
@options.inputs
@options.extraction
@options.known_actors
@options.form
def command(
    inputs: tuple[str, ...], max_bytes: int, extraction: Extraction, knowledge: KnowledgeOf | None, form: Form
) -> int:
    """Print which claim each statement makes and which side it takes, without a ledger.

    INPUT is a file (text, HTML, JSON Lines), an archive (WARC, ZIP, TAR), a folder, or - for
    standard input. The reports are read together. As JSON, each statement has one line for each
    dispute in which it takes a side, or one line where it takes none.

    Exit code 1 where an input could not be used; the rest is printed.
    """
    from counterclaim import pipeline
    from counterclaim.views.board import board_view
    from counterclaim.views.brief import board_brief
    from counterclaim.views.catalogue import Catalogue
    from counterclaim.views.lines import link_lines
    from counterclaim.views.terminal.board import board_table

    reporter = output.Reporter()
    with reporter.progress("Reading") as step:
        linked = pipeline.link(
            inputs, max_bytes=max_bytes, extraction=extraction, progress=step, knowledge=knowledge
        )
    for problem in linked.problems:
        reporter.tell(problem)
    catalogue = Catalogue(linked.snapshot, linked.board, linked.actors)
    if form is Form.TABLE:
        output.show(board_table(board_brief(board_view(catalogue))))
    else:
        output.print_lines(link_lines(catalogue), form)
    return reporter.exit_code
