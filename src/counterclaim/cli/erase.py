"""``counterclaim erase``."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import click

from counterclaim.cli import options, output
from counterclaim.cli.documented import DocumentedCommand
from counterclaim.cli.exits import Exit
from counterclaim.model.errors import Messages

if TYPE_CHECKING:
    from counterclaim.ledger.erasing import Plan


@click.command(
    cls=DocumentedCommand,
    examples=(
        "counterclaim ingest samples/reports --ledger court.db",
        'counterclaim erase daily-lantern-strake --author "R. Ito" --reason "12/31" --yes --ledger court.db',
    ),
)
@click.argument("name", metavar="ID")
@click.option("--author", required=True, help="Who erases; kept in the log.")
@click.option("--reason", required=True, help="Why; kept in the log, so write nothing here that must go.")
@click.option("--yes", is_flag=True, help="Do not ask first.")
@options.ledger
def command(name: str, author: str, reason: str, yes: bool, ledger_place: str) -> int:
    """Erase a report, a statement, a judgement or an attached file, as the law may ask.

    ID is an id or key as the other commands print it, or the SHA-256 of a file. With a report go its bytes,
    its statements and all that was made from them; its id means all of its versions, its key one of
    them. The log keeps that there was an entry, with its hash, when it was erased, by whom and why. It
    is gone at every moment, also with --as-of, and is not taken in again. It cannot be brought
    back. Backups and exports made before still hold it; docs/protection.md tells more.
    """
    from counterclaim.ledger import Ledger, shown_place
    from counterclaim.ledger.erasing import erase, plan_erasure
    from counterclaim.ledger.opening import file_of

    with Ledger.open(ledger_place) as ledger:
        if not yes:
            plan = plan_erasure(ledger, name)
            for line in _lines(plan):
                click.echo(line)
            click.confirm(Messages.erasure_asked(_counts(plan)), abort=True, err=True)
        plan, _erasure = erase(ledger, name, author=author, reason=reason)
    reporter = output.Reporter()
    if yes:
        for line in _lines(plan):
            click.echo(line)
    click.echo(Messages.erasure_backups(), err=True)
    if file_of(ledger_place) is None:
        click.echo(Messages.erasure_server(shown_place(ledger_place)), err=True)
    reporter.summary(Messages.erasure_done(_counts(plan), shown_place(ledger_place)))
    return Exit.FINE


def _lines(plan: Plan) -> list[str]:
    return [
        *(f"{each.kind} {each.key}" for each in plan.erased if each.kind in ("document", plan.kind)),
        *map(Messages.erasure_leaves_judgement, plan.pointing),
        *map(Messages.erasure_leaves_capture, plan.kept),
        *map(Messages.erasure_leaves_text, plan.texts),
    ]


def _counts(plan: Plan) -> list[tuple[str, int]]:
    return sorted(Counter(each.kind for each in plan.erased).items())
