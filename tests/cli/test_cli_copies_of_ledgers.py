"""Backup, restore and downgrade from the command line: what is said, and with which exit code."""

from __future__ import annotations

from pathlib import Path

import pytest

from counterclaim.cli.program import run

REPORTS = (
    '{"id": "a", "publisher": "Post", "published": "2031-05-01", "text": "The bridge at Orm was closed on '
    'Monday, Ana Brel said."}\n'
)


@pytest.fixture
def ledger(tmp_path, monkeypatch, capfd):
    """A ledger with one report, in the working directory."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("COUNTERCLAIM_LEDGER", raising=False)
    Path("reports.jsonl").write_text(REPORTS, encoding="utf-8")
    assert run(["ingest", "reports.jsonl"]) == 0
    capfd.readouterr()


def shown(capfd, place: str) -> str:
    assert run(["export", "--to", "jsonl", "--ledger", place]) == 0
    return str(capfd.readouterr().out)


def test_from_a_file_to_a_server_and_back(ledger, capfd, postgresql):
    before = shown(capfd, "counterclaim.db")
    assert run(["backup", "saved.db"]) == 0
    assert "Copied counterclaim.db to saved.db" in capfd.readouterr().err
    assert run(["restore", "saved.db", "--ledger", postgresql]) == 0
    capfd.readouterr()
    assert run(["backup", "again.db", "--ledger", postgresql]) == 0
    capfd.readouterr()
    assert before == shown(capfd, "saved.db") == shown(capfd, postgresql) == shown(capfd, "again.db")
    assert run(["restore", "saved.db", "--ledger", postgresql]) == 2
    assert "nothing is overwritten" in capfd.readouterr().err


def test_what_is_there_stays(ledger, capfd):
    held = Path("counterclaim.db").read_bytes()
    assert run(["backup", "counterclaim.db"]) == 2
    assert run(["restore", "counterclaim.db"]) == 2
    assert "nothing is overwritten" in capfd.readouterr().err
    assert Path("counterclaim.db").read_bytes() == held
    assert run(["restore", "postgresql://localhost/x", "--ledger", "new.db"]) == 2
    assert "a backup is a file" in capfd.readouterr().err


def test_damage_is_named_and_the_copy_kept(ledger, capfd):
    import sqlite3

    connection = sqlite3.connect("counterclaim.db")
    connection.executescript("DROP TRIGGER documents_no_update; UPDATE documents SET recorded = recorded + 1")
    connection.close()
    assert run(["backup", "saved.db"]) == 1
    assert "the content is not what was recorded" in capfd.readouterr().err
    assert Path("saved.db").exists()


def test_going_back_asks_before_it_loses(ledger, capfd):
    assert run(["downgrade", "--to", "0002"]) == 0
    assert "1 forms" in capfd.readouterr().err
    assert run(["downgrade", "--to", "0001"]) == 2
    assert "--lose" in capfd.readouterr().err
    assert run(["downgrade", "--to", "0001", "--lose"]) == 0
    assert "1 annotations" in capfd.readouterr().err
    assert run(["downgrade", "--to", "7"]) == 2
    assert "0001" in capfd.readouterr().err
    assert run(["verify"]) == 1
