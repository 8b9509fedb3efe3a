"""``counterclaim search``."""

from __future__ import annotations

import click

from counterclaim.cli import options, output
from counterclaim.cli.documented import DocumentedCommand
from counterclaim.cli.exits import Exit
from counterclaim.cli.options import Form


@click.command(
    cls=DocumentedCommand,
    examples=(
        "counterclaim ingest samples/reports",
        "counterclaim search siren",
        "counterclaim search '\"covered market\" shelled' --limit 5 --format jsonl",
    ),
)
@click.argument("query", nargs=-1, required=True, metavar="QUERY...")
@click.option(
    "--limit", type=click.IntRange(min=1), default=20, show_default=True, help="Show at most so many matches."
)
@options.ledger
@options.as_of
@options.form
def command(query: tuple[str, ...], limit: int, ledger_place: str, as_of: str | None, form: Form) -> int:
    """Find words in the reports of a ledger, best match first.

    All words of QUERY must stand in one statement, or in one report; a phrase stands in double
    quotes. Case and accents make no difference.
    """
    from counterclaim.ledger import Ledger, parse_moment
    from counterclaim.views.search import hits
    from counterclaim.views.terminal.search import hits_table

    moment = parse_moment(as_of) if as_of else None
    with Ledger.open(ledger_place) as ledger:
        found = hits(ledger.search(" ".join(query), limit, moment))
    if form is Form.TABLE:
        output.show(hits_table(found))
    else:
        output.print_lines(found, form)
    return Exit.FINE
