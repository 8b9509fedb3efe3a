"""``counterclaim diff``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from counterclaim.cli import options, output
from counterclaim.cli.documented import DocumentedCommand
from counterclaim.cli.exits import Exit
from counterclaim.cli.options import Form

if TYPE_CHECKING:
    from counterclaim.views.reading import KnowledgeOf


@click.command(
    cls=DocumentedCommand,
    examples=(
        "counterclaim ingest samples/reports",
        "counterclaim diff --from 2021-09-06",
        "counterclaim diff --from 2021-09-06 --to 2099-12-31 --format jsonl",
    ),
)
@click.option("--from", "start", metavar="MOMENT", required=True, help="What was known then is no news.")
@click.option("--to", "end", metavar="MOMENT", help="News until then; until now where not given.")
@options.ledger
@options.reveal
@options.known_actors
@options.form
def command(
    start: str, end: str | None, ledger_place: str, reveal: bool, knowledge: KnowledgeOf, form: Form
) -> int:
    """Show what became known between two moments of recorded time.

    New reports, new statements of each dispute, counts before and after, disputes that are new, gone or
    joined, claims that became contested, corroborated, conceded, corrected, retracted or superseded,
    and what people decided or took back. A moment is one at which the ledger learnt something, as in
    --as-of; a date stands for the end of its day, UTC.
    """
    from counterclaim.ledger import Ledger
    from counterclaim.views.reading import read_diff
    from counterclaim.views.terminal.diff import diff_table

    with Ledger.open(ledger_place, reveal=reveal) as ledger:
        view = read_diff(ledger, start, end, knowledge)
    if form is Form.TABLE:
        output.show(diff_table(view))
    elif form is Form.JSON:
        output.print_value(view)
    else:
        output.print_lines(view.news, form)
    return Exit.FINE
