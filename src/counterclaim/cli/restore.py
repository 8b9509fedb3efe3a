"""``counterclaim restore``."""

from __future__ import annotations

import click

from counterclaim.cli import options, output
from counterclaim.cli.documented import DocumentedCommand
from counterclaim.model.errors import Messages


@click.command(
    cls=DocumentedCommand,
    examples=("counterclaim restore saved.db --ledger restored.db",),
)
@click.argument("backup", metavar="FILE")
@options.ledger
def command(backup: str, ledger_place: str) -> int:
    """Make a ledger from a backup, in a file or on a server, and check it.

    There must be no ledger yet at the place given by --ledger. Entries, times and chain are those of the
    backup. Any ledger in a file will do as a backup, so this is also the way to a server.
    Damage that the check finds is named; exit code 1 then.
    """
    from counterclaim.ledger import shown_place
    from counterclaim.ledger.backup import restore

    reporter = output.Reporter()
    for problem in restore(backup, ledger_place):
        reporter.tell(problem)
    reporter.summary(Messages.restored(backup, shown_place(ledger_place)))
    return reporter.exit_code
