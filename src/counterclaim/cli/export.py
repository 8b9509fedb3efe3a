"""``counterclaim export``."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

import click

from counterclaim.cli import options, output
from counterclaim.cli.documented import DocumentedCommand
from counterclaim.cli.exits import Exit
from counterclaim.model.errors import Messages

if TYPE_CHECKING:
    from counterclaim.views.happening import Happening
    from counterclaim.views.reading import KnowledgeOf


class Target(StrEnum):
    """A form to export to."""

    JSONL = "jsonl"
    HTML = "html"


@click.command(
    cls=DocumentedCommand,
    examples=(
        "counterclaim ingest samples/reports",
        "counterclaim export --to html -o page.html",
        "counterclaim export --to jsonl -o ledger.jsonl",
    ),
)
@options.ledger
@options.as_of
@options.happened
@options.known_actors
@click.option(
    "--to",
    "target",
    type=click.Choice(Target, case_sensitive=False),
    required=True,
    help="jsonl: every noun, one a line. html: one page that needs no network.",
)
@click.option(
    "-o",
    "--output",
    "place",
    metavar="FILE",
    default="-",
    help="Write to this file, whole or not at all, instead of standard output.",
)
def command(
    ledger_place: str,
    as_of: str | None,
    happening: Happening | None,
    knowledge: KnowledgeOf | None,
    target: Target,
    place: str,
) -> int:
    """Write the ledger as JSON Lines, or as one HTML page with the board and the annotated reports.

    The JSON Lines hold every capture, document, statement, judgement, actor, claim and dispute,
    each sort in order of its ids; equal ledgers give equal lines.

    With --happened, the disputes and claims with a statement on something that is said to have
    happened then, and the reports that they stand in, each whole. Counts are those of all.
    """
    from counterclaim import exports
    from counterclaim.ledger import Ledger, parse_moment
    from counterclaim.views.happening import extracted
    from counterclaim.views.reading import read_catalogue

    moment = parse_moment(as_of) if as_of else None
    with Ledger.open(ledger_place) as ledger:
        catalogue = read_catalogue(ledger, moment, knowledge)
        if happening is not None:
            catalogue, left_out = extracted(catalogue, happening)
            output.tell_left_out(left_out, "disputes", happening)
        with output.written(place) as write:
            if target is Target.JSONL:
                for line in exports.lines(catalogue, ledger.capture):
                    write(line + b"\n")
            else:
                for piece in exports.page(
                    catalogue, as_of=as_of, happened=happening.words if happening else None
                ):
                    write(piece.encode())
    if place != "-":
        click.echo(Messages.written(place), err=True)
    return Exit.FINE
