"""``counterclaim merge``."""

from __future__ import annotations

import click

from counterclaim.cli import options, output
from counterclaim.cli.documented import DocumentedCommand
from counterclaim.cli.options import Form
from counterclaim.model.errors import Messages


@click.command(
    cls=DocumentedCommand,
    examples=(
        "counterclaim ingest samples/reports/reports.jsonl --ledger other.db",
        "counterclaim ingest samples/reports",
        "counterclaim merge other.db",
    ),
)
@click.argument("other", metavar="OTHER")
@options.ledger
@options.form
def command(other: str, ledger_place: str, form: Form) -> int:
    """Add what another ledger holds to this one, which is made where there is none.

    OTHER is a ledger: a file or a URL. Its reports are compared with those held here; its judgements, of
    people with the files that they rest on, are added. What is held already is left alone, so that a merge
    that was stopped can be run again. Everything is recorded now. Nothing is added to OTHER.

    Exit code 1 where something could not be taken over; the rest is stored.
    """
    from counterclaim.disputes import DefaultLinker
    from counterclaim.ledger import Ledger, shown_place
    from counterclaim.ledger.merging import merge

    reporter = output.Reporter()
    with (
        Ledger.open(other, reveal=True) as source,
        Ledger.open(ledger_place, create=True, reveal=True) as ledger,
        reporter.progress("Merging") as step,
    ):
        done = merge(
            ledger,
            source,
            DefaultLinker(),
            name=shown_place(other),
            problem=reporter.tell,
            progress=step,
        )
    if form is not Form.TABLE:
        output.print_one(done, form)
    reporter.summary(Messages.imported(done.added, done.known, done.judgements, shown_place(ledger_place)))
    return reporter.exit_code
