"""``counterclaim runs``."""

from __future__ import annotations

import shutil
from pathlib import Path

import click

from counterclaim.cli import options, output
from counterclaim.cli.documented import DocumentedCommand
from counterclaim.cli.exits import Exit
from counterclaim.cli.options import Form


@click.command(
    cls=DocumentedCommand,
    examples=(
        "counterclaim runs",
        "counterclaim runs --format json",
        "counterclaim runs --metrics",
    ),
)
@click.argument("run", required=False, metavar="[RUN]")
@options.ledger
@options.runs
@click.option("--metrics", is_flag=True, help="Print the figures in OpenMetrics form.")
@click.option("--delete", is_flag=True, help="Delete what is kept of RUN; the ledger keeps what it holds.")
@options.form
def command(
    run: str | None, ledger_place: str, runs_place: str | None, metrics: bool, delete: bool, form: Form
) -> Exit:
    """Show the runs of `ingest --engine`: how far each is, how fast, what was skipped and why.

    With RUN, or the beginning of its name, that one with the problems that it met.
    """
    from counterclaim.cli.run_tables import run_details, runs_table
    from counterclaim.engines.folder import run_named, runs_in
    from counterclaim.engines.reporting import open_metrics, report_of
    from counterclaim.engines.running import runs_of
    from counterclaim.model.errors import CounterclaimError, Messages

    place = Path(runs_place) if runs_place else runs_of(ledger_place)
    folders = [run_named(place, run)] if run else runs_in(place)
    if delete:
        if not run:
            raise click.UsageError(Messages.run_to_delete())
        if folders[0].is_busy():
            raise CounterclaimError(Messages.run_busy(str(folders[0].place)))
        shutil.rmtree(folders[0].place)
        return Exit.FINE
    reports = [report_of(folder) for folder in folders]
    if metrics:
        click.echo(open_metrics(reports), nl=False)
    elif form is not Form.TABLE:
        output.print_lines(reports, form)
    elif run:
        output.show(run_details(reports[0]))
    else:
        output.show(runs_table(reports))
    return Exit.FINE
