"""What of an import is one transaction, and in which order these come."""

from __future__ import annotations

from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter

from counterclaim.ledger.staging import Row, Staging
from counterclaim.model import Judgement, load

_AT_ONCE = 500
"""Judgements of programs in one transaction, where the file does not tell which belong together."""


def units(staging: Staging, *, log: bool, whole: bool) -> Iterator[list[Row]]:
    """Give what is to be added in one transaction each, in order.

    In a log that is what has one time; where times are not kept, no more than one report of it.
    """
    if log:
        for unit in staging.log():
            yield from [unit] if whole else _one_by_one(unit)
        return
    yield from staging.reports()
    batch: list[Row] = []
    for row in staging.judgements(people=False):
        batch.append(row)
        if len(batch) == _AT_ONCE:
            yield batch
            batch = []
    if batch:
        yield batch
    yield from ([row] for row in _as_answered(staging))


def _one_by_one(unit: list[Row]) -> Iterator[list[Row]]:
    """Cut what was recorded at one time before each report after the first."""
    part: list[Row] = []
    documents = 0
    for row in unit:
        if documents and row.kind in ("capture", "document"):
            yield part
            part, documents = [], 0
        part.append(row)
        documents += row.kind == "document"
    if part:
        yield part


def _as_answered(staging: Staging) -> Iterator[Row]:
    """Give the judgements of people, each after those that it answers."""
    rows = {row.key: row for row in staging.judgements(people=True)}
    sorter: TopologicalSorter[str] = TopologicalSorter()
    for key, row in rows.items():
        judgement = load(staging.body(row.line))
        if isinstance(judgement, Judgement):
            sorter.add(key, *sorted({judgement.follows, judgement.left} & rows.keys() - {key}))
    try:
        ordered = list(sorter.static_order())
    except CycleError:  # ids are hashes of what they name, so only forged ones go in a circle
        ordered = list(rows)
    yield from (rows[key] for key in ordered)
