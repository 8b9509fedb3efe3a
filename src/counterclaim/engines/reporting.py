"""What can be told of runs: how far each is, how fast, and what was skipped and why; also as OpenMetrics."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from counterclaim.engines.folder import RunFolder
from counterclaim.engines.tables import library
from counterclaim.model import Problem, Severity


class RunReport(msgspec.Struct, frozen=True, kw_only=True):
    """How a run stands. ``rate`` are reports a second of reading, ``loading_rate`` those of loading.

    ``phase`` is ``interrupted`` where a run is neither done nor stopped and no program works at it.
    """

    run: str
    phase: str
    reason: str
    engine: str
    workers: int
    inputs: tuple[str, ...]
    ledger: str
    started: str
    updated: str
    shards: int
    loaded_shards: int
    captures: int
    reports: int
    statements: int
    unanalysed: int
    words: int
    bytes: int
    set_aside: tuple[str, ...]
    skipped: int
    reading_seconds: float
    loading_seconds: float
    rate: float | None
    loading_rate: float | None
    problems: tuple[Problem, ...] = ()


def report_of(folder: RunFolder) -> RunReport:
    """Return how a run stands, with the problems met."""
    state, plan, manifests = folder.state(), folder.plan(), folder.manifests()
    loaded = sum(each.documents for each in manifests if each.number < state.loaded)
    reports = sum(each.documents for each in manifests)
    problems = tuple(problem for each in manifests for problem in each.problems)
    phase = state.phase
    if phase not in {"done", "stopped"} and not folder.is_busy():
        phase = "interrupted"
    return RunReport(
        run=folder.name,
        phase=phase,
        reason=state.reason,
        engine=state.engine,
        workers=state.workers,
        inputs=plan.inputs if plan else (),
        ledger=state.ledger,
        started=state.started,
        updated=state.updated,
        shards=len(manifests),
        loaded_shards=state.loaded,
        captures=sum(each.captures for each in manifests),
        reports=reports,
        statements=sum(each.statements for each in manifests),
        unanalysed=sum(each.unanalysed for each in manifests),
        words=sum(each.words for each in manifests),
        bytes=sum(each.bytes for each in manifests),
        set_aside=tuple(name for each in manifests for name in each.set_aside),
        skipped=sum(problem.severity is Severity.ERROR for problem in problems),
        reading_seconds=state.reading_seconds,
        loading_seconds=state.loading_seconds,
        rate=_rate(reports, state.reading_seconds),
        loading_rate=_rate(loaded, state.loading_seconds),
        problems=problems,
    )


def _rate(count: int, seconds: float) -> float | None:
    return round(count / seconds, 2) if seconds and count else None


_GAUGES = {
    "shards": "Shards that are read.",
    "loaded_shards": "Shards that are in the ledger.",
    "captures": "Captures that were read.",
    "reports": "Reports that were read.",
    "statements": "Statements that were found.",
    "unanalysed": "Reports that were stored without being analysed.",
    "skipped": "Inputs that could not be used.",
    "words": "Words of the reports.",
    "bytes": "Bytes of the captures.",
    "reading_seconds": "Seconds in which reports were read.",
    "loading_seconds": "Seconds in which reports were compared and recorded.",
    "workers": "Processes at work.",
}


def open_metrics(runs: Sequence[RunReport]) -> str:
    """Return the figures of runs in the OpenMetrics text format (1.0), for Prometheus and its like.

    Raises CounterclaimError where prometheus_client is not installed.
    """
    client = library("prometheus_client")
    core = library("prometheus_client.core")
    written = library("prometheus_client.openmetrics.exposition")
    families = []
    for name, told in _GAUGES.items():
        family = core.GaugeMetricFamily(f"counterclaim_run_{name}", told, labels=["run"])
        for each in runs:
            family.add_metric([each.run], float(getattr(each, name)))
        families.append(family)
    aside = core.GaugeMetricFamily(
        "counterclaim_run_set_aside", "Reports that were set aside after two tries.", labels=["run"]
    )
    phase = core.StateSetMetricFamily("counterclaim_run_phase", "What a run is at.", labels=["run"])
    for each in runs:
        aside.add_metric([each.run], len(each.set_aside))
        names = ("reading", "loading", "done", "stopped", "interrupted")
        phase.add_metric([each.run], {name: name == each.phase for name in names})
    registry = client.CollectorRegistry()
    registry.register(_Collected([*families, aside, phase]))
    text: str = written.generate_latest(registry).decode("utf-8")
    return text


class _Collected:
    """Families of metrics that are gathered already, as prometheus_client asks for them."""

    def __init__(self, families: Sequence[object]) -> None:
        self._families = families

    def collect(self) -> Sequence[object]:
        return self._families
