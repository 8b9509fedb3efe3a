"""The engine of a Ray cluster gives the same bytes as that of one machine, also where a node leaves."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from engines_help import FAST, hash_of, log_of, reports_file, run_of

from counterclaim.engines.contract import Analysed, Shard
from counterclaim.engines.ray_cluster import RayEngine
from counterclaim.engines.running import run
from counterclaim.model import CounterclaimError

ray = pytest.importorskip("ray", reason="Ray is not installed: pip install 'counterclaim[ray]'")


@pytest.fixture(autouse=True)
def _quiet(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RAY_AUTH_MODE", "disabled")
    monkeypatch.setenv("RAY_DISABLE_IMPORT_WARNING", "1")
    monkeypatch.setenv("RAY_USAGE_STATS_ENABLED", "0")
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join(map(str, (Path(__file__).parents[2] / "src",))))


@pytest.fixture(scope="module")
def usual(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str, list[tuple[str, str, str]]]:
    folder = tmp_path_factory.mktemp("usual")
    inputs = reports_file(folder / "reports.jsonl", 300)
    run([inputs], str(folder / "ledger.db"), folder / "runs", settings=FAST, shard=5)
    return inputs, hash_of(run_of(folder / "runs")), log_of(str(folder / "ledger.db"))


@pytest.mark.timeout(600)
def test_ray_gives_the_same_bytes(usual: tuple[Path, str, list], tmp_path: Path) -> None:
    inputs, expected, log = usual
    ledger = str(tmp_path / "ledger.db")
    run(
        [inputs],
        ledger,
        tmp_path / "runs",
        engine=RayEngine(),
        engine_name="ray",
        workers=2,
        settings=FAST,
        shard=5,
    )
    assert hash_of(run_of(tmp_path / "runs")) == expected
    assert log_of(ledger) == log


@pytest.fixture
def cluster() -> Iterator[object]:
    """Three raylets on this machine: the head, which works at nothing, and two with a core each."""
    from ray.cluster_utils import Cluster

    made = Cluster(initialize_head=True, head_node_args={"num_cpus": 0, "object_store_memory": 100_000_000})
    for _ in range(2):
        made.add_node(num_cpus=1, object_store_memory=100_000_000)
    made.wait_for_nodes()
    try:
        yield made
    finally:
        made.shutdown()


@pytest.mark.timeout(600)
def test_a_node_that_leaves_changes_nothing(usual: tuple[Path, str, list], tmp_path: Path, cluster) -> None:
    inputs, expected, log = usual
    left: list[object] = []
    started: list[str] = []
    real = RayEngine(cluster.address)

    def engine(shards, settings, workers, stored, noted) -> None:
        def then_leave(shard: Shard, outcomes: list[Analysed], seconds: float) -> None:
            stored(shard, outcomes, seconds)
            if not left and len(started) == 2:  # both work, so that one is lost with what it works at
                node = list(cluster.worker_nodes)[-1]
                left.append(node)
                cluster.remove_node(node, allow_graceful=False)

        def told(event: str, details: dict[str, object]) -> None:
            noted(event, details)
            started.extend([event] if event == "process-started" else [])

        real(shards, settings, workers, then_leave, told)

    ledger, runs = str(tmp_path / "ledger.db"), tmp_path / "runs"
    run([inputs], ledger, runs, engine=engine, workers=2, settings=FAST, shard=5)
    assert left
    journal = (run_of(runs).place / "journal.jsonl").read_text()
    assert "worker-lost" in journal
    assert hash_of(run_of(runs)) == expected
    assert log_of(ledger) == log


def test_a_cluster_that_is_not_there_is_told(tmp_path: Path) -> None:
    inputs = reports_file(tmp_path / "reports.jsonl", 1)
    with pytest.raises(CounterclaimError, match="Ray cannot be used"):
        run(
            [inputs],
            str(tmp_path / "l.db"),
            tmp_path / "runs",
            engine=RayEngine("127.0.0.1:1"),
            settings=FAST,
        )
