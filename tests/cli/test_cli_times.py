"""Times on the command line: as-of on whatever reads, diff, versions, and what is said to have happened."""

from __future__ import annotations

import json
import re
import shlex
from datetime import UTC, datetime
from pathlib import Path

import click
import pytest

from counterclaim.cli.program import COMMANDS, cli, run

WRITING = {
    *("backup", "copies", "downgrade", "erase", "extract", "import", "ingest"),
    *("link", "merge", "refresh", "restore", "runs", "watch"),
}
"""Commands that add to a ledger or use none."""
WHOLE = {"verify"}
"""Commands about the file and not about what it knew: they look at all of it."""
ASKED_LATER = {"mcp", "serve"}
"""Commands that answer questions as they come: each question says of which moment it is."""
BETWEEN = {"diff"}
"""Commands that take two moments."""
FIRST = {
    "id": "quay",
    "publisher": "Larre Post",
    "published": "2031-04-02",
    "text": "Ana Brel said that 20 people were killed in the fire at Larre market on 1 April 2031.",
}
SECOND = FIRST | {"modified": "2031-04-03", "text": FIRST["text"].replace("20 people", "31 people")}
DENIAL = {
    "id": "echo",
    "publisher": "Echo",
    "published": "2031-04-03",
    "text": "Jan Kest denied that 20 people were killed in the fire at Larre market on 1 April 2031.",
}


@pytest.fixture
def ledger(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> list[str]:
    """Three reports, read one after the other, and the moments after each."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("COUNTERCLAIM_LEDGER", raising=False)
    moments = []
    for number, report in enumerate((FIRST, DENIAL, SECOND)):
        place = tmp_path / f"{number}.jsonl"
        place.write_text(json.dumps(report) + "\n", encoding="utf-8")
        assert run(["ingest", str(place)]) == 0
        moments.append(datetime.now(UTC).isoformat())
    capfd.readouterr()
    return moments


def answered(capfd: pytest.CaptureFixture[str], *arguments: str) -> list[dict]:
    assert run([*arguments, "--format", "jsonl"]) == 0, capfd.readouterr().err
    return [json.loads(line) for line in capfd.readouterr().out.splitlines()]


def readers(name: str, command: click.Command) -> list[tuple[str, click.Command]]:
    found = [(name, command)]
    for inner, each in getattr(command, "commands", {}).items():
        if any(parameter.name == "form" for parameter in each.params):
            found.append((f"{name} {inner}", each))
    return found


def test_every_command_that_reads_a_ledger_takes_as_of() -> None:
    context = click.Context(cli)
    for name in COMMANDS.keys() - WRITING - WHOLE - ASKED_LATER:
        command = cli.get_command(context, name)
        assert command is not None
        for path, each in readers(name, command):
            options = {option for parameter in each.params for option in parameter.opts}
            if "--ledger" not in options:
                continue
            expected = {"--from", "--to"} if name in BETWEEN else {"--as-of"}
            assert expected <= options, path


def test_as_of_means_the_same_everywhere(ledger: list[str], capfd: pytest.CaptureFixture[str]) -> None:
    first, second, _ = ledger
    for moment, reports, disputes in ((first, 1, 0), (second, 2, 1)):
        assert len(answered(capfd, "board", "--as-of", moment)) == disputes
        assert len({hit["key"] for hit in answered(capfd, "search", "fire", "--as-of", moment)}) == reports
        assert run(["export", "--to", "jsonl", "--as-of", moment]) == 0
        nouns = [json.loads(line)["noun"]["type"] for line in capfd.readouterr().out.splitlines()]
        assert (nouns.count("document"), nouns.count("dispute")) == (reports, disputes)
        (shown,) = answered(capfd, "show", "quay", "--as-of", moment)
        assert shown["history"]["versions"] == []
        assert len(answered(capfd, "actors", "--as-of", moment)) == reports
        begun = answered(capfd, "diff", "--from", "2001-01-01", "--to", moment)
        assert sum(each["type"] == "report" for each in begun) == reports
    assert run(["show", "echo", "--as-of", first]) == 2


def test_diff_tells_what_came_between(ledger: list[str], capfd: pytest.CaptureFixture[str]) -> None:
    first, second, third = ledger
    news = answered(capfd, "diff", "--from", first, "--to", second)
    assert [each["document"] for each in news if each["type"] == "report"] == ["echo"]
    assert [each["fate"] for each in news if each["type"] == "dispute"] == ["new"]
    news = answered(capfd, "diff", "--from", second)
    (report,) = [each for each in news if each["type"] == "report"]
    assert report["revises"] is not None
    became = {note["status"] for each in news if each["type"] == "claim" for note in each["became"]}
    assert "withdrawn by the outlet" in became
    assert answered(capfd, "diff", "--from", third, "--to", third) == []
    assert run(["diff", "--from", third]) == 0
    assert "Nothing became known" in capfd.readouterr().out
    assert run(["diff", "--from", third, "--to", first]) == 2
    assert "earlier moment first" in capfd.readouterr().err
    assert run(["diff"]) == 2


def test_an_older_version_is_shown_by_number(ledger: list[str], capfd: pytest.CaptureFixture[str]) -> None:
    assert ledger
    (latest,) = answered(capfd, "show", "quay")
    (first,) = answered(capfd, "show", "quay", "--version", "1")
    assert [each["key"] for each in latest["history"]["versions"]] == [first["key"], latest["key"]]
    (changed,) = latest["history"]["revision"]["changed"]
    assert [(each["old"]["words"], each["new"]["words"]) for each in changed["words"]] == [("20", "31")]
    assert latest["modified"] == "2031-04-03"
    assert run(["show", "quay", "--version", "3"]) == 2
    assert "versions 1 to 2" in capfd.readouterr().err
    assert run(["show", "quay", "--version", first["key"]]) == 0


def test_what_happened_is_another_slider(ledger: list[str], capfd: pytest.CaptureFixture[str]) -> None:
    assert ledger
    assert answered(capfd, "board", "--happened", "2031-04-01")
    assert answered(capfd, "board", "--happened", "2031-04-02..") == []
    assert answered(capfd, "search", "fire", "--happened", "2031-03") == []
    assert answered(capfd, "search", "fire", "--happened", "..2031-04")
    assert run(["board", "--happened", "2031-05"]) == 0
    assert "Left out by event time (disputes)" in capfd.readouterr().err
    assert run(["board", "--happened", "last week"]) == 2
    assert "not a span of event time" in capfd.readouterr().err
    assert run(["show", "quay", "--happened", "2031"]) == 2
    assert run(["show", "Ana Brel", "--happened", "2031"]) == 0
    assert run(["export", "--to", "html", "--happened", "2031", "-o", "page.html"]) == 0


def test_the_examples_of_the_manual_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    manual = (Path(__file__).parents[2] / "docs" / "times-of-the-ledger.md").read_text(encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("COUNTERCLAIM_LEDGER", raising=False)
    for name, lines in re.findall(r"^`([\w.-]+)`\n\n```json\n(.*?)^```$", manual, re.MULTILINE | re.DOTALL):
        Path(name).write_text(lines, encoding="utf-8")
    examples = re.findall(r"^\$ counterclaim (.*)$", manual, re.MULTILINE)
    assert len(examples) > 8
    for line in examples:
        assert run(shlex.split(line)) == 0, f"{line}\n{capfd.readouterr().err}"
        out = capfd.readouterr().out
        assert out or line.startswith("ingest") or "-o" in line, line
        assert ("20” 26:28" not in out) or line == "show quay"
