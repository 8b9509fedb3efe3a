"""Runs over many reports: the same ledger, the same bytes, whatever happens on the way."""

from __future__ import annotations

import json
import os
import signal
import threading
from pathlib import Path

import pytest
from engines_help import FAST, SAMPLES, hash_of, limited, log_of, reports_file, run_of

from counterclaim import pipeline
from counterclaim.engines import local
from counterclaim.engines.contract import Analysed, Settings, Shard
from counterclaim.engines.folder import RunFolder
from counterclaim.engines.plan import Plan
from counterclaim.engines.reporting import open_metrics, report_of
from counterclaim.engines.running import run
from counterclaim.ledger import Ledger
from counterclaim.model import CounterclaimError


def test_the_log_is_that_of_reports_added_one_by_one(place: str, tmp_path: Path) -> None:
    with Ledger.open(str(tmp_path / "plain.db"), create=True) as plain:
        pipeline.ingest(plain, SAMPLES, extraction=FAST.extraction)
    done = run([SAMPLES], place, tmp_path / "runs", settings=FAST, workers=2, shard=7)
    assert done.reports == done.added >= 20
    assert log_of(place) == log_of(str(tmp_path / "plain.db"))
    with Ledger.open(place) as ledger:
        assert not [each for each in ledger.verify() if each.severity == "error"]


def test_a_feed_that_repeats_an_item_gives_it_once(tmp_path: Path) -> None:
    said = "The board of Larre denied on Monday that crates had been moved, its head Ines Marwick said."
    item = f"<item><title>Crates</title><guid>a1</guid><description>{said}</description></item>"
    feed = tmp_path / "feed.xml"
    feed.write_text(f'<rss version="2.0"><channel><title>Echo</title>{item * 3}</channel></rss>')
    with Ledger.open(str(tmp_path / "plain.db"), create=True) as plain:
        outcome = pipeline.ingest(plain, feed, extraction=FAST.extraction)
    done = run([feed], str(tmp_path / "ledger.db"), tmp_path / "runs", settings=FAST)
    assert (done.reports, done.added, done.held) == (3, 1, 2)
    assert outcome.added == 1
    assert log_of(str(tmp_path / "ledger.db")) == log_of(str(tmp_path / "plain.db"))


@pytest.fixture(scope="module")
def usual(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str, list[tuple[str, str, str]]]:
    """Reports, the hash of the tables that one process makes of them, and the log."""
    folder = tmp_path_factory.mktemp("usual")
    inputs = reports_file(folder / "reports.jsonl", 24)
    run([inputs], str(folder / "ledger.db"), folder / "runs", settings=FAST, shard=4)
    return inputs, hash_of(run_of(folder / "runs")), log_of(str(folder / "ledger.db"))


def test_a_process_that_is_killed_changes_nothing(usual: tuple[Path, str, list], tmp_path: Path) -> None:
    inputs, expected, log = usual
    killed: list[int] = []

    def noted(event: str, details: dict[str, object]) -> None:
        if event == "process-started" and len(killed) < 2:
            process = int(str(details["process"]))
            killed.append(process)
            threading.Timer(0.05 * len(killed), os.kill, (process, signal.SIGKILL)).start()

    def engine(shards, settings, workers, stored, told) -> None:
        local.run(shards, settings, workers, stored, lambda e, d: (told(e, d), noted(e, d)))

    ledger = str(tmp_path / "ledger.db")
    done = run([inputs], ledger, tmp_path / "runs", engine=engine, settings=FAST, workers=2, shard=4)
    folder = run_of(tmp_path / "runs")
    assert len(killed) == 2
    assert "report-failed" in (folder.place / "journal.jsonl").read_text()
    assert done.set_aside == 0
    assert hash_of(folder) == expected
    assert log_of(ledger) == log


def test_a_run_that_broke_off_goes_on(usual: tuple[Path, str, list], tmp_path: Path) -> None:
    inputs, expected, log = usual

    class EnoughError(CounterclaimError):
        pass

    def engine(shards, settings, workers, stored, told) -> None:
        def until_three(shard: Shard, outcomes: list[Analysed], seconds: float) -> None:
            stored(shard, outcomes, seconds)
            if shard.number == 2:
                raise EnoughError("enough")

        local.run(shards, settings, workers, until_three, told)

    ledger, runs = str(tmp_path / "ledger.db"), tmp_path / "runs"
    with pytest.raises(EnoughError):
        run([inputs], ledger, runs, engine=engine, settings=FAST, shard=4)
    assert report_of(run_of(runs)).phase == "stopped"
    done = run([inputs], ledger, runs, settings=FAST, shard=4)
    assert done.reused == 12
    assert hash_of(run_of(runs)) == expected
    assert log_of(ledger) == log
    again = run([inputs], ledger, runs, settings=FAST, shard=4)
    assert (again.reused, again.added) == (24, 0)
    assert log_of(ledger) == log


def test_a_ledger_that_was_deleted_is_loaded_again(usual: tuple[Path, str, list], tmp_path: Path) -> None:
    inputs, _expected, log = usual
    ledger, runs = tmp_path / "ledger.db", tmp_path / "runs"
    run([inputs], str(ledger), runs, settings=FAST, shard=4)
    ledger.unlink()
    done = run([inputs], str(ledger), runs, settings=FAST, shard=4)
    assert (done.reused, done.added) == (24, 24)
    assert log_of(str(ledger)) == log


def test_a_report_that_takes_too_long_is_set_aside_and_the_rest_goes_on(tmp_path: Path) -> None:
    inputs = reports_file(tmp_path / "reports.jsonl", 3)
    endless = "The mayor of Brenn said on Monday that the bridge was open, and then it was closed. " * 5000
    with inputs.open("a") as file:
        file.write(json.dumps({"id": "endless", "text": endless, "published": "2031-03-01"}) + "\n")
        file.write(json.dumps({"id": "after", "text": "The council denied it, it said.\n"}) + "\n")
    done = run([inputs], str(tmp_path / "l.db"), tmp_path / "runs", settings=limited(seconds=1.5), shard=2)
    assert (done.reports, done.set_aside, done.added) == (4, 1, 4)
    (problem,) = [each for each in done.problems if each.code == "set-aside"]
    assert problem.name == f"{inputs}#4"
    assert "2 tries" in problem.message
    assert "1.5 seconds" in problem.message
    shown = report_of(run_of(tmp_path / "runs"))
    assert shown.set_aside == (problem.name,)
    assert shown.phase == "done"


def test_a_report_that_takes_too_much_memory_is_set_aside(tmp_path: Path) -> None:
    inputs = reports_file(tmp_path / "reports.jsonl", 2)
    page = tmp_path / "large.html"
    page.write_text("<p>The mayor said so.<b>" + "<i>x</i>" * 2_000_000)
    settings = limited(memory=420_000_000)
    done = run([page, inputs], str(tmp_path / "l.db"), tmp_path / "runs", settings=settings)
    assert (done.reports, done.set_aside) == (2, 1)
    assert [each.name for each in done.problems if each.code == "set-aside"] == [str(page)]


def test_two_programs_do_not_work_at_one_run(tmp_path: Path) -> None:
    inputs = reports_file(tmp_path / "reports.jsonl", 1)
    plan = Plan.of([inputs], 20_000_000, FAST)
    with (
        RunFolder(tmp_path / "runs" / plan.name).working(plan),
        pytest.raises(CounterclaimError, match="Another"),
    ):
        run([inputs], str(tmp_path / "l.db"), tmp_path / "runs", settings=FAST)


def test_a_damaged_shard_is_named_and_done_anew(usual: tuple[Path, str, list], tmp_path: Path) -> None:
    inputs, expected, _log = usual
    ledger, runs = tmp_path / "ledger.db", tmp_path / "runs"
    run([inputs], str(ledger), runs, settings=FAST, shard=4)
    ledger.unlink()
    table = run_of(runs).place / "shards" / "000001.statements.parquet"
    table.write_bytes(table.read_bytes()[:-9])
    with pytest.raises(CounterclaimError, match=r"000001\.statements\.parquet is damaged"):
        run([inputs], str(ledger), runs, settings=FAST, shard=4)
    run([inputs], str(ledger), runs, settings=FAST, shard=4)
    assert hash_of(run_of(runs)) == expected


def test_what_is_told_of_runs(usual: tuple[Path, str, list]) -> None:
    from prometheus_client.openmetrics.parser import text_string_to_metric_families

    folder = run_of(usual[0].parent / "runs")
    shown = report_of(folder)
    assert (shown.phase, shown.reports, shown.shards, shown.loaded_shards) == ("done", 24, 6, 6)
    assert shown.rate is not None
    families = {each.name: each for each in text_string_to_metric_families(open_metrics([shown]))}
    (sample,) = families["counterclaim_run_reports"].samples
    assert (sample.labels, sample.value) == ({"run": folder.name}, 24)
    for line in (folder.place / "journal.jsonl").read_text().splitlines():
        assert {"at", "event"} <= json.loads(line).keys()


def test_settings_that_change_what_is_found_make_another_run(tmp_path: Path) -> None:
    one = Plan.of(["a"], 10, FAST)
    assert Plan.of(["a"], 10, limited(seconds=5)).name == one.name
    assert Plan.of(["a"], 10, Settings()).name != one.name
    assert Plan.of(["b"], 10, FAST).name != one.name
