"""``counterclaim ingest``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from counterclaim.cli import options, output
from counterclaim.cli.archive_options import Archive, archive
from counterclaim.cli.documented import DocumentedCommand
from counterclaim.cli.options import Form
from counterclaim.model.errors import Messages

if TYPE_CHECKING:
    from counterclaim.statements import Extraction


@click.command(
    cls=DocumentedCommand,
    examples=(
        "counterclaim ingest samples/reports",
        "counterclaim ingest samples/reports/reports.jsonl --ledger other.db",
        "counterclaim ingest samples/reports --ledger archive.db --engine local --extractor fast",
    ),
)
@options.inputs
@options.extraction
@archive
@options.ledger
@options.form
def command(
    inputs: tuple[str, ...],
    max_bytes: int,
    extraction: Extraction,
    archive: Archive | None,
    ledger_place: str,
    form: Form,
) -> int:
    """Read reports into a ledger, which is made where there is none.

    INPUT is a file (text, HTML, JSON Lines), an archive (WARC, ZIP, TAR), a folder, or - for
    standard input. Each report is stored whole or not at all. A report that the ledger already
    holds changes nothing, so that a run that was stopped can be run again.

    With --engine many reports are read by several processes, in shards that are kept until all are
    in the ledger: the same command again goes on where it stopped. A report that breaks twice is set
    aside and the rest goes on. `counterclaim runs` shows how far a run is.

    Exit code 1 where an input could not be used; the rest is stored.
    """
    reporter = output.Reporter()
    if archive is not None:
        return _run(reporter, inputs, max_bytes, extraction, archive, ledger_place, form)
    from counterclaim import pipeline
    from counterclaim.ledger import Ledger, shown_place

    with (
        Ledger.open(ledger_place, create=True) as ledger,
        reporter.progress("Ingesting") as step,
    ):
        summary = pipeline.ingest(
            ledger, inputs, max_bytes=max_bytes, extraction=extraction, progress=step, problem=reporter.tell
        )
    if form is not Form.TABLE:
        output.print_one(summary, form)
    reporter.summary(
        Messages.ingested(summary.added, summary.known, summary.statements, shown_place(ledger_place))
    )
    return reporter.exit_code


def _run(
    reporter: output.Reporter,
    inputs: tuple[str, ...],
    max_bytes: int,
    extraction: Extraction,
    archive: Archive,
    ledger_place: str,
    form: Form,
) -> int:
    from counterclaim.engines import local, running
    from counterclaim.engines.contract import Limits, Settings
    from counterclaim.engines.ray_cluster import RayEngine
    from counterclaim.ledger import shown_place

    usual = Limits()
    limits = Limits(seconds=archive.seconds or usual.seconds, memory=archive.memory or usual.memory)
    with reporter.phases() as step:
        done = running.run(
            inputs,
            ledger_place,
            Path(archive.runs) if archive.runs else running.runs_of(ledger_place),
            engine=local.run if archive.engine == "local" else RayEngine(archive.address),
            engine_name=archive.engine,
            workers=archive.workers or running.cores(),
            settings=Settings(extraction=extraction, limits=limits),
            max_bytes=max_bytes,
            progress=step,
        )
    for problem in done.problems:
        reporter.tell(problem)
    if form is not Form.TABLE:
        output.print_one(done, form)
    place = shown_place(ledger_place)
    reporter.summary(
        Messages.run_done(done.run, done.reports, done.statements, done.set_aside, done.added, place)
    )
    return reporter.exit_code
