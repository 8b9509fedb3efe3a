"""``counterclaim brief``."""

from __future__ import annotations

import click

from counterclaim.cli import options, output
from counterclaim.cli.documented import DocumentedCommand
from counterclaim.cli.exits import Exit
from counterclaim.model.errors import Messages


@click.command(
    cls=DocumentedCommand,
    examples=(
        "counterclaim ingest samples/reports",
        "counterclaim brief meridian-sorvan",
        "counterclaim brief meridian-sorvan --to html -o brief.html",
        "counterclaim brief meridian-sorvan --to docx -o brief.docx",
    ),
)
@click.argument("identifier", metavar="DISPUTE|STATEMENT|REPORT")
@options.ledger
@options.as_of
@options.stored
@click.option(
    "--to",
    "target",
    type=click.Choice(["md", "html", "docx"]),
    default="md",
    show_default=True,
    help="Markdown, a page to print, or a document for word processors.",
)
@click.option(
    "-o", "--output", "place", metavar="FILE", default="-", help="Write to this file, whole or not at all."
)
def command(
    identifier: str, ledger_place: str, as_of: str | None, stored: bool, target: str, place: str
) -> int:
    """Write one page on a dispute, each sentence with its footnote to the words in the report.

    A statement or a report stands for the first dispute that it is in. The same ledger as of the same
    moment gives the same bytes.
    """
    from counterclaim.exports.briefings import FORMS
    from counterclaim.ledger import Ledger, parse_moment
    from counterclaim.views.briefs import read_briefing
    from counterclaim.views.reading import Question

    moment = parse_moment(as_of) if as_of else None
    with Ledger.open(ledger_place) as ledger:
        view, note = read_briefing(ledger, Question(moment, stored=stored), identifier)
    if note.behind:
        click.echo(Messages.board_behind(*note.behind), err=True)
    with output.written(place) as write:
        write(FORMS[target].write(view))
    if place != "-":
        click.echo(Messages.written(place), err=True)
    return Exit.FINE
