"""``counterclaim erase``: it says what goes, asks, and what is erased is not taken in again."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pytest

from counterclaim.cli.program import run
from counterclaim.ledger import Ledger

LINES = (
    '{"id": "a", "text": "The bridge at Orm was closed, Ana Brel said.", "published": "2031-04-02"}\n'
    '{"id": "b", "text": "The harbour stayed open, Tom Haske said.", "published": "2031-04-03"}\n'
)
WHO = ["--author", "R. Ito", "--reason", "court order 12/31"]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("COUNTERCLAIM_LEDGER", raising=False)
    (tmp_path / "two.jsonl").write_text(LINES, encoding="utf-8")
    assert run(["ingest", "two.jsonl", "--extractor", "rules"]) == 0
    return tmp_path


def test_it_asks_first_and_changes_nothing_on_no(folder, monkeypatch, capsys):
    monkeypatch.setattr("sys.stdin", io.StringIO("n\n"))
    capsys.readouterr()
    assert run(["erase", "a", *WHO]) != 0
    shown = capsys.readouterr()
    assert re.search(r"Erase .*1 document.* for good\?", shown.err)
    assert "document d-" in shown.out
    assert run(["show", "a"]) == 0


def test_erased_is_said_and_not_taken_in_again(folder, monkeypatch, capsys):
    monkeypatch.setattr("sys.stdin", io.StringIO("y\n"))
    assert run(["erase", "a", *WHO]) == 0
    assert "Backups and exports made before still hold it." in capsys.readouterr().err
    assert b"Brel" not in b"".join(path.read_bytes() for path in folder.glob("counterclaim.db*"))
    assert run(["show", "a"]) == 2
    assert "was erased on" in capsys.readouterr().err
    assert run(["ingest", "two.jsonl", "--extractor", "rules"]) == 1
    shown = capsys.readouterr().err
    assert "court order 12/31. It is not taken in again" in shown
    assert "1 already there" in shown
    assert run(["verify"]) == 0
    assert run(["erase", "a", *WHO, "--yes"]) == 2
    assert run(["erase", "nobody", *WHO, "--yes"]) == 2
    assert run(["erase", "b", "--author", "R. Ito", "--yes"]) == 2


def test_the_example_of_the_page_runs(folder, capsys):
    page = Path(__file__).parent.parent.parent / "docs" / "protection.md"
    (code,) = re.findall(r"```python\n(.*?)```", page.read_text(encoding="utf-8"), re.DOTALL)
    exec(compile(code.replace("meridian-sorvan", "a"), str(page), "exec"), {})
    with Ledger.open() as ledger:
        assert [document.id for document in ledger.documents()] == ["b"]
