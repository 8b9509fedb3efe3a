"""``ingest --engine`` as a user runs it: the whole program killed, a full disk, what is shown of runs."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from engines_help import FAST, hash_of, log_of, reports_file, run_of

from counterclaim.cli.program import run as command
from counterclaim.engines.running import run

PROGRAM = (sys.executable, "-m", "counterclaim")


def ingest(inputs: Path, ledger: Path, *more: str) -> list[str]:
    return [*PROGRAM, "ingest", str(inputs), "--ledger", str(ledger), "--engine", "local",
            "--extractor", "fast", *more]  # fmt: skip


@pytest.mark.slow
def test_a_program_that_is_killed_goes_on_where_it_stopped(tmp_path: Path) -> None:
    inputs = reports_file(tmp_path / "reports.jsonl", 220)
    run([inputs], str(tmp_path / "whole.db"), tmp_path / "whole", settings=FAST)
    ledger, runs = tmp_path / "ledger.db", tmp_path / "ledger.db.runs"
    process = subprocess.Popen(ingest(inputs, ledger, "--workers", "1"), start_new_session=True)
    until = time.monotonic() + 120
    while not list(runs.glob("*/shards/*.json")) and time.monotonic() < until:
        time.sleep(0.02)
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    assert len(list(runs.glob("*/shards/*.json"))) in {1, 2}
    subprocess.run(ingest(inputs, ledger, "--workers", "2"), check=True, capture_output=True)
    assert hash_of(run_of(runs)) == hash_of(run_of(tmp_path / "whole"))
    assert log_of(str(ledger)) == log_of(str(tmp_path / "whole.db"))


@pytest.mark.slow
def test_a_full_disk_stops_the_run_with_what_to_do_and_the_rest_follows(tmp_path: Path) -> None:
    small = tmp_path / "small"
    small.mkdir()
    mount = f"mount -t tmpfs -o size=250k none {small}"
    if (
        not shutil.which("unshare")
        or subprocess.run(["unshare", "-rm", "sh", "-c", mount], check=False).returncode
    ):
        pytest.skip("no small disk can be mounted here (unshare -rm, mount -t tmpfs)")
    inputs = reports_file(tmp_path / "reports.jsonl", 200)
    ledger, runs = tmp_path / "ledger.db", small / "runs"
    first = " ".join(ingest(inputs, ledger, "--workers", "1", "--runs", str(runs)))
    script = (
        f"{mount} && {{ {first}; echo code $?; ls {runs}/*/shards; mount -o remount,size=64m {small};"
        f" {first} --format jsonl; echo code $?; }}"
    )
    done = subprocess.run(["unshare", "-rm", "sh", "-c", script], capture_output=True, text=True, check=False)
    assert "could not be written (No space left on device)" in done.stderr
    assert "what is done stays done" in done.stderr
    assert ".part" not in done.stdout
    assert done.stdout.split("code")[1].startswith(" 2")
    assert done.stdout.rstrip().endswith("code 0")
    outcome = json.loads(next(line for line in done.stdout.splitlines() if line.startswith("{")))
    assert (outcome["reports"], outcome["added"]) == (200, 200)
    assert outcome["reused"] in {0, 100}
    run([inputs], str(tmp_path / "whole.db"), tmp_path / "whole", settings=FAST)
    assert log_of(str(ledger)) == log_of(str(tmp_path / "whole.db"))


@pytest.mark.slow
def test_runs_are_listed_shown_and_deleted(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    inputs = reports_file(tmp_path / "reports.jsonl", 3)
    (tmp_path / "empty.txt").touch()
    ledger = str(tmp_path / "ledger.db")
    code = command(
        ["ingest", str(inputs), str(tmp_path / "empty.txt"), "--ledger", ledger, "--engine", "local",
         "--workers", "1", "--extractor", "fast"]
    )  # fmt: skip
    assert code == 1
    told = capsys.readouterr().err
    assert "3 reports read" in told
    assert "empty.txt" in told
    assert command(["runs", "--ledger", ledger]) == 0
    table = capsys.readouterr().out
    assert "done" in table
    name = run_of(tmp_path / "ledger.db.runs").name
    assert command(["runs", name[:5], "--ledger", ledger]) == 0
    shown = capsys.readouterr().out
    assert "empty.txt" in shown
    assert "1 read, 1 in the ledger" in shown
    assert command(["runs", "--ledger", ledger, "--metrics"]) == 0
    assert capsys.readouterr().out.endswith("# EOF\n")
    assert command(["runs", "--ledger", ledger, "--delete"]) == 2
    assert command(["runs", name, "--ledger", ledger, "--delete"]) == 0
    capsys.readouterr()
    assert command(["runs", "--ledger", ledger]) == 0
    assert "There is no run here" in capsys.readouterr().out


def test_what_only_an_engine_does_is_refused_without_one(capsys: pytest.CaptureFixture[str]) -> None:
    assert command(["ingest", "x", "--workers", "2"]) == 2
    assert "--workers is for --engine local or --engine ray" in capsys.readouterr().err
