"""Killed in the middle, or written by two at once: a ledger holds whole reports, and loses none."""

from __future__ import annotations

import json
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from ledger_help import content, raw_engine
from sqlalchemy import Engine, text
from sqlalchemy.exc import DBAPIError

from counterclaim import pipeline
from counterclaim.ledger import Ledger
from counterclaim.model import Document, Report

REPORTS = 100
KILLS = 6
PATIENCE = 60


def write_reports(place: Path, first: int, last: int) -> Path:
    """Write short reports about a few dozen bridges, each closed by one and not by another."""
    lines = []
    for number in range(first, last):
        rng = random.Random(number)
        one, other = rng.sample(["Ana Brel", "Jan Kest", "Ida Brenn", "Tom Haske"], 2)
        town = rng.choice(["Or", "Lar", "Sun", "Kol", "Ves"]) + rng.choice(["mund", "holm", "ra", "stad"])
        story = (
            f"{one} said on Monday that the bridge at {town} was closed after {number + 2} cars were hit. "
        )
        story += f"{other} denied that the bridge at {town} was closed. That could not be verified."
        record = {"id": f"r{number:03}", "publisher": f"Paper {number % 9}", "text": story}
        lines.append(json.dumps(record | {"published": f"2031-05-{1 + number % 28:02}"}))
    place.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return place


def start_ingest(reports: Path, ledger: str) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "counterclaim", "ingest", str(reports), "--ledger", ledger]
    return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)


def remembering(analyse: Callable[..., Report]) -> Callable[..., Report]:
    """Read each document once in this process; those that are killed read for themselves."""
    known: dict[str, Report] = {}

    def once(document: Document, *choice: object) -> Report:
        if document.key not in known:
            known[document.key] = analyse(document, *choice)
        return known[document.key]

    return once


def documents_in(ledger: str, engine: Engine) -> int:
    """Count what is there without writing; -1 before there is a file, 0 before there is a table."""
    if "://" not in ledger and not Path(ledger).exists():
        return -1
    try:
        with engine.connect() as connection:
            return int(connection.execute(text("SELECT count(*) FROM documents")).scalar_one())
    except DBAPIError:
        return 0


def kill_at(process: subprocess.Popen[bytes], ledger: str, documents: int, delay: float) -> None:
    until = time.monotonic() + PATIENCE
    engine = raw_engine(ledger)
    while process.poll() is None and documents_in(ledger, engine) < documents and time.monotonic() < until:
        time.sleep(0.002)
    engine.dispose()
    time.sleep(delay)
    process.kill()
    process.communicate()


def assert_only_whole_reports(ledger: str, expected: dict[str, list[tuple[object, ...]]]) -> int:
    """Check that every document held has its capture and exactly the statements that it must have."""
    with Ledger.open(ledger, create=True) as opened:
        assert opened.verify() == []
    held = content(ledger)
    keys = {row[0] for row in held["documents"]}
    captures = {row[2] for row in held["documents"]}
    assert held["statements"] == [row for row in expected["statements"] if row[1] in keys]
    assert held["captures"] == [row for row in expected["captures"] if row[0] in captures]
    assert held["report_keys"] == [row for row in expected["report_keys"] if row[1] in keys]
    assert held["full_text"] == [row for row in expected["full_text"] if row[2] in keys]
    assert set(held["judgements"]) <= set(expected["judgements"])
    return len(keys)


@pytest.mark.slow
def test_killed_at_any_moment_and_run_again(tmp_path, store, places, monkeypatch):
    monkeypatch.setattr(pipeline, "analyse", remembering(pipeline.analyse))
    reports_told, kills = (REPORTS, KILLS) if store == "sqlite" else (40, 4)
    reports = write_reports(tmp_path / "reports.jsonl", 0, reports_told)
    undisturbed = str(tmp_path / "undisturbed.db")
    with Ledger.open(undisturbed, create=True) as ledger:
        assert pipeline.ingest(ledger, reports).added == reports_told
    expected = content(undisturbed)
    assert expected["statements"]
    assert expected["judgements"]
    rng = random.Random(11)
    moments = [0, 0, *rng.sample(range(1, reports_told - 20), kills - 2)]
    parts = []
    for number, documents in enumerate(moments):
        place = places(f"killed{number}")
        process = start_ingest(reports, place)
        kill_at(process, place, documents, rng.random() * 0.03)
        assert process.returncode == -signal.SIGKILL
        parts.append(assert_only_whole_reports(place, expected))
        with Ledger.open(place) as ledger:
            summary = pipeline.ingest(ledger, reports)
            assert (summary.added, summary.known) == (reports_told - parts[-1], parts[-1])
            assert ledger.verify() == []
        assert content(place) == expected
    assert sum(0 < part < reports_told for part in parts) >= kills - 3


@pytest.mark.slow
def test_two_processes_fill_one_new_ledger(tmp_path, places, place):
    halves = [write_reports(tmp_path / f"{n}.jsonl", 20 * n, 20 * n + 20) for n in (0, 1)]
    processes = [start_ingest(half, place) for half in halves]
    for process in processes:
        _, errors = process.communicate(timeout=PATIENCE)
        assert process.returncode == 0, errors
    apart = places("apart")
    with Ledger.open(apart, create=True) as ledger:
        for half in reversed(halves):
            pipeline.ingest(ledger, half)
    assert content(place) == content(apart)
    with Ledger.open(place) as ledger:
        assert ledger.verify() == []


OPEN = "import sys; from counterclaim.ledger import Ledger; import counterclaim.ledger.opening\n"
OPEN += "sys.stdin.readline()\nfor place in sys.argv[1:]: Ledger.open(place, create=True).close()"


def test_four_processes_make_one_new_ledger_at_once(places):
    made = [places(f"n{number}") for number in range(15)]
    command = [sys.executable, "-c", OPEN, *made]
    pipe = subprocess.PIPE
    processes = [subprocess.Popen(command, stdin=pipe, stderr=pipe) for _ in range(4)]
    time.sleep(1)
    for process in processes:
        assert process.stdin is not None
        process.stdin.write(b"\n")
        process.stdin.flush()
    for process in processes:
        _, errors = process.communicate(timeout=PATIENCE)
        assert process.returncode == 0, errors
    for place in made:
        with Ledger.open(place) as ledger:
            assert ledger.verify() == []
