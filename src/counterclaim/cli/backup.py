"""``counterclaim backup``."""

from __future__ import annotations

import click

from counterclaim.cli import options, output
from counterclaim.cli.documented import DocumentedCommand
from counterclaim.model.errors import Messages


@click.command(
    cls=DocumentedCommand,
    examples=("counterclaim ingest samples/reports", "counterclaim backup saved.db"),
)
@click.argument("backup", metavar="FILE")
@options.ledger
def command(backup: str, ledger_place: str) -> int:
    """Copy a ledger into a new file, and check the copy.

    Others may write meanwhile; the copy is the ledger of one moment. The file is a ledger itself,
    whichever store it was made from. It appears whole or not at all, and no file is overwritten.
    Damage that the check finds is named; exit code 1 then, and the copy is kept.
    """
    from counterclaim.ledger import shown_place
    from counterclaim.ledger.backup import back_up

    reporter = output.Reporter()
    for problem in back_up(ledger_place, backup):
        reporter.tell(problem)
    reporter.summary(Messages.backed_up(shown_place(ledger_place), backup))
    return reporter.exit_code
