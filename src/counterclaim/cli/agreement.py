"""``counterclaim agreement``."""

from __future__ import annotations

import click

from counterclaim.cli import options, output
from counterclaim.cli.documented import DocumentedCommand
from counterclaim.cli.options import Form


@click.command(
    cls=DocumentedCommand,
    examples=(
        "counterclaim ingest samples/reports",
        'counterclaim judge grade meridian-sorvan B2 --author "R. Ito"',
        'counterclaim judge grade meridian-sorvan C2 --author "M. Oduya"',
        "counterclaim agreement",
        "counterclaim agreement --format jsonl",
    ),
)
@options.ledger
@options.as_of
@options.form
def command(ledger_place: str, as_of: str | None, form: Form) -> int:
    """Measure how far analysts agree: Krippendorff's alpha, 1 for full agreement, 0 for chance.

    Each question is measured for itself: whether two statements are the same, whether they are opposed,
    whether a statement was read rightly, whether two names mean one actor, whether two reports are
    independent (nominal), and both parts of Admiralty grades (ordinal).

    Each analyst's last answer that is not taken back counts, contradicted or not. Who says "same" also
    says "not opposed"; who says "not the same" has not said whether the two are opposed. The interval
    is the middle 95 % of 1000 draws of the things judged.
    """
    from counterclaim.ledger import Ledger, parse_moment
    from counterclaim.views.agreement import agreements
    from counterclaim.views.terminal.agreement import agreement_table

    moment = parse_moment(as_of) if as_of else None
    with Ledger.open(ledger_place) as ledger:
        found = agreements(ledger.decided(moment)[0])
    return output.print_rows(found, agreement_table, form)
