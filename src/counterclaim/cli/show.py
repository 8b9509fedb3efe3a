"""``counterclaim show``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from counterclaim.cli import options, output
from counterclaim.cli.documented import DocumentedCommand
from counterclaim.cli.exits import Exit
from counterclaim.cli.options import Form
from counterclaim.model.errors import Messages

if TYPE_CHECKING:
    from counterclaim.views.reading import KnowledgeOf


@click.command(
    cls=DocumentedCommand,
    examples=(
        "counterclaim ingest samples/reports",
        "counterclaim show meridian-sorvan",
        'counterclaim show "Mira Kessan"',
        "counterclaim show meridian-sorvan --format json",
    ),
)
@click.argument("identifier", metavar="ID")
@options.ledger
@options.as_of
@options.known_actors
@options.stored
@options.form
def command(
    identifier: str,
    ledger_place: str,
    as_of: str | None,
    knowledge: KnowledgeOf | None,
    stored: bool,
    form: Form,
) -> int:
    """Show one document, statement, claim, dispute or actor.

    ID is an id as the other commands print it, a unique beginning of one, or an actor's name. A
    document is shown with its statements marked; a statement with its way back to the source: the
    words with what stands around them, their characters in the text, and their bytes in the
    capture, which is named by its SHA-256.
    """
    from counterclaim.ledger import Ledger, parse_moment
    from counterclaim.views.reading import Question, read_answer
    from counterclaim.views.terminal.answer import answer_table

    moment = parse_moment(as_of) if as_of else None
    with Ledger.open(ledger_place) as ledger:
        view, behind = read_answer(ledger, Question(moment, knowledge, stored), identifier)
    if behind:
        click.echo(Messages.board_behind(behind.moment, behind.entries), err=True)
    if form is Form.TABLE:
        output.show(answer_table(view))
    else:
        output.print_one(view, form)
    return Exit.FINE
