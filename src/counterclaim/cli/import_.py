"""``counterclaim import``."""

from __future__ import annotations

import sys

import click

from counterclaim.cli import options, output
from counterclaim.cli.documented import DocumentedCommand
from counterclaim.cli.options import Form
from counterclaim.model import InputError
from counterclaim.model.errors import Messages


@click.command(
    "import",
    cls=DocumentedCommand,
    examples=(
        "counterclaim ingest samples/reports",
        "counterclaim export --to jsonl -o ledger.jsonl",
        "counterclaim import ledger.jsonl --keep-times --ledger copied.db",
        "counterclaim import ledger.jsonl --ledger other.db",
    ),
)
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@click.option(
    "--keep-times",
    is_flag=True,
    help="Record everything at the times of the file; the ledger must be empty, or end before them.",
)
@options.ledger
@options.form
def command(files: tuple[str, ...], keep_times: bool, ledger_place: str, form: Form) -> int:
    """Read an export into a ledger, which is made where there is none.

    FILE is what `counterclaim export --to jsonl` or `--to ftm` wrote, or - for standard input. Captures,
    documents, statements and judgements come from the file; nothing is judged again. Each report is
    stored whole or not at all, what is held already is left alone, and a run that was stopped can be run
    again. To compare the reports of two ledgers with each other, use `counterclaim merge`.

    Exit code 1 where a line could not be used; the rest is stored.
    """
    from counterclaim.disputes import DefaultLinker
    from counterclaim.exports import read_lines
    from counterclaim.ledger import Ledger, shown_place
    from counterclaim.ledger.importing import Imported, import_lines
    from counterclaim.ledger.staged_lines import lines_of

    reporter = output.Reporter()
    done = Imported()
    with (
        Ledger.open(ledger_place, create=True) as ledger,
        reporter.progress("Importing") as step,
    ):
        for file in files:
            lines = read_lines(sys.stdin.buffer if file == "-" else lines_of(file))
            try:
                done += import_lines(
                    ledger,
                    lines,
                    DefaultLinker(remembered=1),
                    name=file,
                    keep_times=keep_times,
                    problem=reporter.tell,
                    progress=step,
                )
            except InputError as error:
                reporter.tell(error.problem)
    if form is not Form.TABLE:
        output.print_one(done, form)
    reporter.summary(Messages.imported(done.added, done.known, done.judgements, shown_place(ledger_place)))
    return reporter.exit_code
