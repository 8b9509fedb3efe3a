"""Runs over many reports, for a terminal."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from counterclaim.engines.reporting import RunReport
from counterclaim.views.terminal.pieces import clean, facts

SHOWN = 100
"""Problems that are listed of one run; --format json has all."""


def runs_table(runs: Sequence[RunReport]) -> RenderableType:
    """Return one row a run, or words that say that there is none."""
    if not runs:
        return Text("There is no run here. `counterclaim ingest --engine local` begins one.")
    table = Table(box=None, padding=(0, 2, 0, 0), pad_edge=False)
    for name in ("Run", "State"):
        table.add_column(name, no_wrap=True)
    for name in ("Reports", "Statements", "A second", "Skipped", "Set aside"):
        table.add_column(name, justify="right", no_wrap=True)
    table.add_column("Started", no_wrap=True)
    table.add_column("Inputs", overflow="fold")
    for each in runs:
        table.add_row(
            each.run,
            each.phase,
            f"{each.reports:,}",
            f"{each.statements:,}",
            _rate(each.rate),
            f"{each.skipped:,}",
            f"{len(each.set_aside):,}",
            each.started[:16].replace("T", " "),
            clean(" ".join(each.inputs)),
        )
    return table


def run_details(each: RunReport) -> RenderableType:
    """Return all that is known of one run, with the problems that it met."""
    rows: list[tuple[str, RenderableType | None]] = [
        ("state", f"{each.phase}: {each.reason}" if each.reason else each.phase),
        ("inputs", " ".join(each.inputs)),
        ("ledger", each.ledger),
        ("engine", f"{each.engine}, {each.workers} {'process' if each.workers == 1 else 'processes'}"),
        ("started", each.started),
        ("updated", each.updated),
        ("shards", f"{each.shards:,} read, {each.loaded_shards:,} in the ledger"),
        ("reports", f"{each.reports:,} of {each.captures:,} captures, {each.unanalysed:,} not analysed"),
        ("statements", f"{each.statements:,}"),
        ("volume", f"{each.bytes:,} bytes, {each.words:,} words"),
        ("reading", f"{each.reading_seconds:,.1f} s, {_rate(each.rate)} reports a second"),
        ("loading", f"{each.loading_seconds:,.1f} s, {_rate(each.loading_rate)} reports a second"),
    ]
    told = [Text(f"{problem.severity}: {clean(str(problem))}") for problem in each.problems[:SHOWN]]
    if len(each.problems) > SHOWN:
        told.append(Text(f"and {len(each.problems) - SHOWN:,} more; --format json lists all", style="dim"))
    return Group(Text(f"Run {each.run}", style="bold"), facts(rows), *told)


def _rate(rate: float | None) -> str:
    return "" if rate is None else f"{rate:,.1f}"
