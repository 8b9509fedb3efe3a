"""``counterclaim board``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from counterclaim.cli import options, output
from counterclaim.cli.documented import DocumentedCommand
from counterclaim.cli.exits import Exit
from counterclaim.cli.options import Form

if TYPE_CHECKING:
    from counterclaim.views.happening import Happening
    from counterclaim.views.reading import KnowledgeOf


@click.command(
    cls=DocumentedCommand,
    examples=(
        "counterclaim ingest samples/reports",
        "counterclaim board",
        "counterclaim board --format json",
        "counterclaim board --as-of 2099-12-31",
        "counterclaim board --happened 2024-05-13..2024-05-14",
    ),
)
@options.ledger
@options.as_of
@options.happened
@options.known_actors
@options.form
def command(
    ledger_place: str, as_of: str | None, happening: Happening | None, knowledge: KnowledgeOf, form: Form
) -> int:
    """Show the disputes: who holds what, and on what evidence.

    Each position has two numbers: by how many independent origins it is attested (copies count
    once), and by how many independent parties it is corroborated. Marked are what a party
    concedes though it harms it, and what the reports say could not be verified.

    --as-of shows what was known at a moment; --happened takes from that the disputes with a
    statement on something that is said to have happened then. Counts are those of all that is known.
    """
    from counterclaim.ledger import Ledger, parse_moment
    from counterclaim.views.board import board_view
    from counterclaim.views.happening import narrowed
    from counterclaim.views.reading import read_catalogue
    from counterclaim.views.terminal.board import board_table

    moment = parse_moment(as_of) if as_of else None
    with Ledger.open(ledger_place) as ledger:
        catalogue = read_catalogue(ledger, moment, knowledge)
    if happening is not None:
        catalogue, left_out = narrowed(catalogue, happening)
        output.tell_left_out(left_out, "disputes", happening)
    view = board_view(catalogue)
    if form is Form.TABLE:
        output.show(board_table(view))
    elif form is Form.JSON:
        output.print_value(view)
    else:
        output.print_lines(view.disputes, form)
    return Exit.FINE
