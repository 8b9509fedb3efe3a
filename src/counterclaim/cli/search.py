"""``counterclaim search``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from counterclaim.cli import options, output
from counterclaim.cli.documented import DocumentedCommand
from counterclaim.cli.options import Form

if TYPE_CHECKING:
    from counterclaim.views.happening import Happening


@click.command(
    cls=DocumentedCommand,
    examples=(
        "counterclaim ingest samples/reports",
        "counterclaim search siren",
        "counterclaim search '\"covered market\" shelled' --limit 5 --format jsonl",
        "counterclaim search market --happened 2024-05",
    ),
)
@click.argument("query", nargs=-1, required=True, metavar="QUERY...")
@click.option(
    "--limit", type=click.IntRange(min=1), default=20, show_default=True, help="Show at most so many matches."
)
@options.ledger
@options.reveal
@options.as_of
@options.happened
@options.form
def command(
    query: tuple[str, ...],
    limit: int,
    ledger_place: str,
    reveal: bool,
    as_of: str | None,
    happening: Happening | None,
    form: Form,
) -> int:
    """Find words in the reports of a ledger, best match first.

    All words of QUERY must stand in one statement, or in one report; a phrase stands in double
    quotes. Case and accents make no difference.
    """
    from counterclaim.ledger import Ledger, parse_moment
    from counterclaim.views.happening import search_happening
    from counterclaim.views.search import hits
    from counterclaim.views.terminal.search import hits_table

    moment = parse_moment(as_of) if as_of else None
    words = " ".join(query)
    with Ledger.open(ledger_place, reveal=reveal) as ledger:
        if happening is None:
            found = hits(ledger.search(words, limit, moment))
        else:
            taken, left_out = search_happening(
                lambda number: ledger.search(words, number, moment), limit, happening
            )
            found = hits(taken)
            output.tell_left_out(left_out, "matches", happening)
    return output.print_rows(found, hits_table, form)
