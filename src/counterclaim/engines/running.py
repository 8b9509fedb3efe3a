"""A run from inputs to ledger: cut into shards, read by an engine, compared and loaded; resumed by itself."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Protocol, TypeAlias

import msgspec

from counterclaim.engines import local
from counterclaim.engines.contract import REPORTS, Analysed, Settings, Shard, cut
from counterclaim.engines.folder import RunFolder
from counterclaim.engines.loading import load_run
from counterclaim.engines.plan import Manifest, Plan, moment
from counterclaim.engines.supervisor import Noted, Stored
from counterclaim.ledger import Ledger, shown_place
from counterclaim.model import Capture, CounterclaimError, Problem
from counterclaim.sources import MAX_BYTES, read_captures

ENGINES = ("local", "ray")


class Engine(Protocol):
    """Has shards read, wherever: the outcome of each is handed to ``stored``, in any order."""

    def __call__(
        self, shards: Iterator[Shard], settings: Settings, workers: int, stored: Stored, noted: Noted
    ) -> None:
        """Return when all are stored. Raises what ``shards`` or ``stored`` raise."""
        ...


Progress: TypeAlias = Callable[[str, int, int | None], None]
"""Told in which phase so many reports are done, of how many where that is known."""


class Done(msgspec.Struct, frozen=True, kw_only=True):
    """What a run did in the end; ``reused`` reports were done when it was started."""

    run: str
    reports: int
    reused: int
    statements: int
    set_aside: int
    unanalysed: int
    added: int
    held: int
    problems: tuple[Problem, ...] = ()


def run(
    inputs: Sequence[str | Path],
    ledger_place: str,
    runs: Path,
    *,
    engine: Engine = local.run,
    engine_name: str = "local",
    workers: int = 1,
    settings: Settings | None = None,
    max_bytes: int = MAX_BYTES,
    shard: int = REPORTS,
    progress: Progress | None = None,
) -> Done:
    """Read the reports of ``inputs`` into a ledger, by shards that are kept in a folder below ``runs``.

    ``workers`` are the processes that read and compare, ``shard`` the reports in a shard at most.

    A run that broke off goes on where it stopped when it is started again with the same inputs and
    settings. Raises CounterclaimError with what to do where it cannot go on.
    """
    plan = Plan.of(inputs, max_bytes, settings or Settings(), shard)
    folder = RunFolder(runs / plan.name)
    told = progress or (lambda _phase, _reports, _of: None)
    with folder.working(plan):
        before = folder.state()
        folder.set_state(
            phase="reading",
            reason="",
            engine=engine_name,
            workers=workers,
            started=before.started or moment(),
            ledger=shown_place(ledger_place),
        )
        folder.note("run-started", {"engine": engine_name, "workers": workers, "inputs": plan.inputs})
        try:
            with Ledger.open(ledger_place, create=True) as ledger:
                reused = _read(folder, plan, engine, workers, told)
                done = _load(ledger, ledger_place, folder, workers, told)
        except BaseException as error:
            _stopped(folder, error)
            raise
        folder.set_state(phase="done")
        folder.note("run-done", {"added": done.added})
        return msgspec.structs.replace(done, reused=reused)


def _read(folder: RunFolder, plan: Plan, engine: Engine, workers: int, told: Progress) -> int:
    """Have the shards read that are not done yet; return how many reports were done already."""
    started = time.monotonic()
    before = folder.state().reading_seconds
    shards = _Counted(folder, cut(_captures(plan), plan.reports, plan.most_bytes), told)

    def stored(shard: Shard, outcomes: list[Analysed], seconds: float) -> None:
        manifest = folder.store(shard, outcomes, seconds)
        shards.read += manifest.captures
        folder.note(
            "shard-done",
            {"shard": shard.number, "reports": manifest.documents, "seconds": manifest.seconds}
            | ({"set_aside": manifest.set_aside} if manifest.set_aside else {}),
        )
        told("reading", shards.reused + shards.read, None)

    try:
        engine(iter(shards), plan.settings, workers, stored, folder.note)
    finally:
        folder.set_state(reading_seconds=round(before + time.monotonic() - started, 3))
    folder.forget_after(shards.cut)
    return shards.reused


class _Counted:
    """The shards that are still to be read, and how many there were."""

    def __init__(self, folder: RunFolder, shards: Iterable[Shard], told: Progress) -> None:
        self._folder = folder
        self._shards = shards
        self._told = told
        self.cut = self.reused = self.read = 0

    def __iter__(self) -> Iterator[Shard]:
        for shard in self._shards:
            self.cut = shard.number + 1
            if self._folder.done(shard):
                self.reused += shard.captures
                self._told("reading", self.reused + self.read, None)
                continue
            if self._folder.state().loaded > shard.number:
                self._folder.set_state(loaded=shard.number)
            yield shard


def _captures(plan: Plan) -> Iterable[Capture | Problem]:
    return read_captures(plan.inputs, max_bytes=plan.max_bytes)


def _load(ledger: Ledger, place: str, folder: RunFolder, workers: int, told: Progress) -> Done:
    started = time.monotonic()
    before = folder.set_state(phase="loading").loading_seconds
    manifests = folder.manifests()
    reports = sum(each.documents for each in manifests)
    loaded = 0

    def progress(manifest: Manifest) -> None:
        nonlocal loaded
        loaded += manifest.documents
        folder.note("shard-loaded", {"shard": manifest.number, "reports": manifest.documents})
        told("loading", loaded, reports)

    try:
        added = load_run(ledger, place, folder, workers, progress)
    finally:
        folder.set_state(loading_seconds=round(before + time.monotonic() - started, 3))
    problems = tuple(problem for each in manifests for problem in each.problems)
    return Done(
        run=folder.name,
        reports=reports,
        reused=0,
        statements=sum(each.statements for each in manifests),
        set_aside=sum(len(each.set_aside) for each in manifests),
        unanalysed=sum(each.unanalysed for each in manifests),
        added=added.added,
        held=added.held,
        problems=problems + added.problems,
    )


def _stopped(folder: RunFolder, error: BaseException) -> None:
    """Write down why a run stopped; where that cannot be written, the error itself tells it."""
    reason = str(error) if isinstance(error, CounterclaimError) else type(error).__name__
    try:
        folder.set_state(phase="stopped", reason=reason)
        folder.note("run-stopped", {"reason": reason})
    except CounterclaimError as full:
        error.add_note(str(full))


def runs_of(ledger_place: str) -> Path:
    """Return the folder of the runs into a ledger: beside its file, or here for one on a server."""
    shown = shown_place(ledger_place)
    if "://" in shown:
        return Path("counterclaim.runs")
    path = Path(shown)
    return path.with_name(f"{path.name}.runs")


def cores() -> int:
    """Return how many cores this program may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
