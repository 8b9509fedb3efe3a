"""``counterclaim board``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from counterclaim.cli import options, output
from counterclaim.cli.documented import DocumentedCommand
from counterclaim.cli.exits import Exit
from counterclaim.cli.options import Form
from counterclaim.model.errors import Messages

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
@options.reveal
@options.as_of
@options.happened
@options.known_actors
@options.stored
@click.option("--limit", type=click.IntRange(min=1), help="Show at most so many disputes.")
@options.form
def command(
    ledger_place: str,
    reveal: bool,
    as_of: str | None,
    happening: Happening | None,
    knowledge: KnowledgeOf | None,
    stored: bool,
    limit: int | None,
    form: Form,
) -> int:
    """Show the disputes: who holds what, and on what evidence.

    Each position has two numbers: by how many independent origins it is attested (copies count
    once), and by how many independent parties it is corroborated. Marked are what a party
    concedes though it harms it, and what the reports say could not be verified. The table shows each
    dispute in brief; show tells all of one, and so does JSON.

    --as-of shows what was known at a moment; --happened takes from that the disputes with a
    statement on something that is said to have happened then. Counts are those of all that is known.
    """
    from counterclaim.ledger import Ledger, parse_moment
    from counterclaim.views.reading import Question, read_board_brief, read_board_view
    from counterclaim.views.terminal.board import board_table

    moment = parse_moment(as_of) if as_of else None
    with Ledger.open(ledger_place, reveal=reveal) as ledger:
        question = Question(moment, knowledge, stored, happening)
        if form is Form.TABLE:
            brief, note = read_board_brief(ledger, question, limit)
        else:
            view, note = read_board_view(ledger, question, limit)
    if note.behind:
        click.echo(Messages.board_behind(*note.behind), err=True)
    if happening is not None and note.left_out is not None:
        output.tell_left_out(note.left_out, "disputes", happening)
    if form is Form.TABLE:
        output.show(board_table(brief))
    elif form is Form.JSON:
        output.print_value(view)
    else:
        output.print_lines(view.disputes, form)
    return Exit.FINE
