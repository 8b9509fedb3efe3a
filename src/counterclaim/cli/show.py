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
    from counterclaim.views.happening import Happening
    from counterclaim.views.reading import KnowledgeOf


@click.command(
    cls=DocumentedCommand,
    examples=(
        "counterclaim ingest samples/reports",
        "counterclaim show meridian-sorvan",
        'counterclaim show "Mira Kessan"',
        "counterclaim show meridian-sorvan --format json",
        "counterclaim show meridian-sorvan --version 1",
        'counterclaim show "Mira Kessan" --happened 2024-05',
    ),
)
@click.argument("identifier", metavar="ID")
@click.option(
    "--version",
    metavar="N-OR-KEY",
    help="Show this version of a report: its number, 1 for the oldest, or its key.",
)
@options.ledger
@options.reveal
@options.as_of
@options.happened
@options.known_actors
@options.stored
@options.form
def command(
    identifier: str,
    version: str | None,
    ledger_place: str,
    reveal: bool,
    as_of: str | None,
    happening: Happening | None,
    knowledge: KnowledgeOf | None,
    stored: bool,
    form: Form,
) -> int:
    """Show one document, statement, claim, dispute or actor.

    ID is an id as the other commands print it, a unique beginning of one, or an actor's name. A
    document is shown with its statements marked, its versions and what the shown one changed; a
    statement with its way back to the source: the words with what stands around them, their
    characters in the text, and their bytes in the capture, which is named by its SHA-256.
    """
    from counterclaim.ledger import Ledger, parse_moment
    from counterclaim.views.reading import Question, read_answer
    from counterclaim.views.terminal.answer import answer_table

    moment = parse_moment(as_of) if as_of else None
    with Ledger.open(ledger_place, reveal=reveal) as ledger:
        view, note = read_answer(ledger, Question(moment, knowledge, stored, happening), identifier, version)
    if note.behind:
        click.echo(Messages.board_behind(*note.behind), err=True)
    if happening is not None and note.left_out is not None:
        output.tell_left_out(note.left_out, "quotes", happening)
    if form is Form.TABLE:
        output.show(answer_table(view))
    else:
        output.print_one(view, form)
    return Exit.FINE
