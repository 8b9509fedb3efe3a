"""``counterclaim refresh``."""

from __future__ import annotations

import click

from counterclaim.cli import options
from counterclaim.cli.documented import DocumentedCommand
from counterclaim.cli.exits import Exit
from counterclaim.model.errors import Messages


@click.command(
    cls=DocumentedCommand,
    examples=("counterclaim ingest samples/reports", "counterclaim refresh", "counterclaim board --stored"),
)
@options.ledger
def command(ledger_place: str) -> int:
    """Store the board, so that board and show answer at once.

    On a ledger of a few hundred reports this is not needed. On a large one, run it after each ingest,
    or now and then: reports can come in meanwhile, and the stored board says of what moment it is.
    """
    from counterclaim import pipeline
    from counterclaim.ledger import Ledger

    with Ledger.open(ledger_place) as ledger:
        done = pipeline.refresh(ledger)
    said = (
        Messages.refreshed(done.moment, done.entries, fresh=done.fresh)
        if done
        else Messages.refreshed(None, 0, fresh=False)
    )
    click.echo(said, err=True)
    return Exit.FINE
