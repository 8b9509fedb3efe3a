"""``counterclaim review``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from counterclaim.cli import options, output
from counterclaim.cli.documented import DocumentedCommand
from counterclaim.cli.options import Form

if TYPE_CHECKING:
    from counterclaim.views.reading import KnowledgeOf


@click.command(
    cls=DocumentedCommand,
    examples=(
        "counterclaim ingest samples/reports",
        "counterclaim review --limit 5",
        "counterclaim review --format jsonl",
    ),
)
@click.option(
    "--limit", type=click.IntRange(min=1), default=20, show_default=True, help="Show at most so many items."
)
@options.ledger
@options.reveal
@options.as_of
@options.known_actors
@options.form
def command(
    limit: int, ledger_place: str, reveal: bool, as_of: str | None, knowledge: KnowledgeOf, form: Form
) -> int:
    """List what is uncertain and matters most, first, with the commands that decide it.

    The score is uncertainty (1 - confidence) times weight: how many origins, parties and statements
    change place with the answer. What people contradict each other on comes first; what is decided leaves
    the list.
    """
    from counterclaim.ledger import Ledger, parse_moment
    from counterclaim.views.reading import read_catalogue
    from counterclaim.views.review import review_queue
    from counterclaim.views.terminal.review import review_table

    moment = parse_moment(as_of) if as_of else None
    with Ledger.open(ledger_place, reveal=reveal) as ledger:
        items = review_queue(read_catalogue(ledger, moment, knowledge), limit)
    return output.print_rows(items, review_table, form)
