"""``counterclaim verify``."""

from __future__ import annotations

import click

from counterclaim.cli import options, output
from counterclaim.cli.documented import DocumentedCommand
from counterclaim.cli.options import Form
from counterclaim.model.errors import Messages


@click.command(
    cls=DocumentedCommand,
    examples=("counterclaim ingest samples/reports", "counterclaim verify"),
)
@options.ledger
@options.form
def command(ledger_place: str, form: Form) -> int:
    """Check that a ledger is whole and unchanged.

    Each capture is hashed again, each document must stand in its capture, and each span must quote
    its document. What does not fit is named; exit code 1 then.
    """
    from counterclaim.ledger import Ledger, shown_place

    reporter = output.Reporter()
    with Ledger.open(ledger_place) as ledger:
        for problem in ledger.verify():
            reporter.tell(problem)
        counts = ledger.counts()
    if form is not Form.TABLE:
        output.print_one({"ledger": shown_place(ledger_place), "errors": reporter.errors, **counts}, form)
    reporter.summary(Messages.verified(counts))
    return reporter.exit_code
