"""The example of docs/judgements.md runs."""

from __future__ import annotations

import re
from pathlib import Path

from ledger_help import filled

from counterclaim.ledger import Ledger
from counterclaim.model import JudgementKind

PAGE = Path(__file__).parent.parent.parent / "docs" / "judgements.md"


def test_the_example_for_python_runs(tmp_path: Path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    filled("counterclaim.db", "one", "two")
    (code,) = re.findall(r"```python\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    exec(compile(code, str(PAGE), "exec"), {})
    with Ledger.open("counterclaim.db") as ledger:
        (judged,) = [j for j in ledger.judgements() if j.author == "R. Ito"]
    assert judged.kind is JudgementKind.NOT_SAME_CLAIM


def test_the_page_names_every_command_and_kind():
    page = PAGE.read_text(encoding="utf-8")
    from counterclaim.cli.judge import command

    for name in command.commands:
        assert name in page, name
    for kind in JudgementKind:
        if kind not in (JudgementKind.RETRACTED, JudgementKind.REVISES):
            assert f"`{kind}`" in page, kind
