"""``counterclaim downgrade``."""

from __future__ import annotations

import click

from counterclaim.cli import options, output
from counterclaim.cli.documented import DocumentedCommand
from counterclaim.model.errors import Messages


@click.command(
    cls=DocumentedCommand,
    examples=("counterclaim downgrade --to 0003 --ledger restored.db",),
)
@click.option("--to", "revision", required=True, metavar="SCHEMA", help="The schema to go back to: 0003.")
@click.option("--lose", is_flag=True, help="Go back even where stored content is dropped that way.")
@options.ledger
def command(revision: str, lose: bool, ledger_place: str) -> int:
    """Take a ledger back to an earlier schema, for an earlier counterclaim.

    What was derived is dropped, and made again when this version opens the ledger. Where
    stored content would be lost, nothing is done unless --lose is given.
    """
    from counterclaim.ledger import shown_place
    from counterclaim.ledger.downgrading import downgrade

    reporter = output.Reporter()
    dropped = downgrade(ledger_place, revision, lose=lose)
    reporter.summary(Messages.downgraded(shown_place(ledger_place), revision, dropped))
    return reporter.exit_code
