"""The command line: what is printed where, in which form, and how a run ends."""

from __future__ import annotations

import json
import os
import shlex
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from counterclaim.cli.program import COMMANDS, cli, run

SILENT = ("ingest", "refresh", "verify", "backup", "restore", "downgrade", "import", "merge")
"""Commands that tell what they did on standard error."""
ROOT = Path(__file__).parent.parent.parent
QUARREL = (
    '{"id": "a", "publisher": "Post", "published": "2031-05-01", "text": "The bridge at Orm was closed on '
    'Monday, Ana Brel said."}\n'
    '{"id": "b", "publisher": "Echo", "published": "2031-05-02", "text": "Jan Kest denied that '
    'the bridge at Orm was closed on Monday."}\n'
)


@pytest.fixture
def reports(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with two reports that conflict, as the working directory."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("COUNTERCLAIM_LEDGER", raising=False)
    place = tmp_path / "reports.jsonl"
    place.write_text(QUARREL, encoding="utf-8")
    return place


def examples() -> list[str]:
    """List every example line of every help, in order."""
    found = []
    for name in (None, *COMMANDS):
        done = subprocess.run(
            [sys.executable, "-m", "counterclaim", *([name] if name else []), "--help"],
            capture_output=True,
            text=True,
            check=True,
        )
        lines = [line.strip() for line in done.stdout.splitlines() if line.startswith("  $ counterclaim ")]
        assert lines, f"the help of {name or 'the program'} has no example"
        found += lines
    return found


@pytest.mark.slow
def test_every_example_in_every_help_runs(tmp_path, monkeypatch, capfd, samples):
    lines = examples()
    folder = tmp_path / "samples"
    folder.mkdir()
    (folder / "reports").symlink_to(samples)
    (folder / "lists").symlink_to(samples.parent / "lists")
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("COUNTERCLAIM_LEDGER", raising=False)
    for line in lines:
        code = run(shlex.split(line.removeprefix("$ counterclaim ")))
        out = capfd.readouterr()
        assert code == 0, f"{line}\n{out.err}"
        assert out.out or "-o" in line or line.split()[2] in SILENT, line


def test_the_help_tells_the_exit_codes_and_all_commands(capsys):
    assert run(["--help"]) == 0
    text = capsys.readouterr().out
    for part in (*COMMANDS, "Exit codes:", "COUNTERCLAIM_LEDGER", "NO_COLOR"):
        assert part in text


def test_every_command_of_the_list_exists():
    for name in COMMANDS:
        command = cli.get_command(None, name)
        assert command is not None
        assert command.help


@pytest.mark.parametrize(
    "arguments",
    [["nonsense"], ["extract"], ["extract", "--format", "xml", "x"], ["export"], ["board", "--no"]],
)
def test_wrong_usage_ends_with_2(arguments, capsys):
    assert run(arguments) == 2
    assert "Usage:" in capsys.readouterr().err


def test_extract_prints_the_contract(reports, capfdbinary):
    assert run(["extract", str(reports), "--format", "jsonl"]) == 0
    lines = [json.loads(line) for line in capfdbinary.readouterr().out.splitlines()]
    assert [line["id"] for line in lines] == ["a", "b"]
    text = json.loads(QUARREL.splitlines()[0])["text"]
    (attribution,) = lines[0]["attributions"]
    start, end = attribution["content"][0]
    assert text[start:end] == "The bridge at Orm was closed on Monday"
    assert attribution["speaker"]["name"] == "Ana Brel"
    assert lines[1]["attributions"][0]["act"] == "deny"


def test_extract_as_json_is_one_array(reports, capfd):
    assert run(["extract", str(reports), "--format", "json"]) == 0
    assert [each["id"] for each in json.loads(capfd.readouterr().out)] == ["a", "b"]


def test_link_prints_one_line_a_statement(reports, capfd):
    assert run(["link", str(reports), "--format", "jsonl"]) == 0
    lines = [json.loads(line) for line in capfd.readouterr().out.splitlines()]
    assert [set(line) for line in lines] == [
        {"doc", "content", "speaker", "claim", "dispute", "position"},
    ] * 2
    one, other = lines
    assert one["dispute"] == other["dispute"] is not None
    assert one["position"] != other["position"]


def test_a_broken_input_is_named_and_the_rest_goes_on(reports, capfd):
    empty = reports.parent / "empty.txt"
    empty.write_bytes(b"")
    assert run(["extract", "missing.txt", str(empty), str(reports), "--format", "jsonl"]) == 1
    printed = capfd.readouterr()
    assert len(printed.out.splitlines()) == 2
    assert "error: missing.txt: no such file" in printed.err
    assert "empty.txt: the input is empty" in printed.err


def test_notices_alone_are_no_failure(reports, capfd):
    undated = reports.parent / "undated.txt"
    undated.write_text("The bridge is closed, Mayor Ana Brel said.\n", encoding="utf-8")
    assert run(["extract", str(undated)]) == 0
    assert "notice:" in capfd.readouterr().err


def test_a_ledger_from_ingest_to_board(reports, capfd):
    assert run(["ingest", str(reports)]) == 0
    assert "Added 2 reports" in capfd.readouterr().err
    assert run(["ingest", str(reports)]) == 0
    assert "2 already there" in capfd.readouterr().err
    assert run(["board", "--format", "json"]) == 0
    board = json.loads(capfd.readouterr().out)
    (dispute,) = board["disputes"]
    assert {tuple(each["name"] for each in position["holders"]) for position in dispute["positions"]} == {
        ("Ana Brel",),
        ("Jan Kest",),
    }
    assert all(
        {"attested", "corroborated"} <= position["evidence"].keys() for position in dispute["positions"]
    )
    assert run(["board"]) == 0
    shown = capfd.readouterr().out
    assert "attested" in shown
    assert "corroborated" in shown
    assert "\x1b" not in shown
    assert run(["board", "--as-of", "2001-01-01"]) == 0
    assert "No claim conflicts" in capfd.readouterr().out
    assert run(["verify"]) == 0


def test_show_leads_from_the_board_to_the_bytes(reports, capfd):
    run(["ingest", str(reports)])
    run(["board", "--format", "json"])
    dispute = json.loads(capfd.readouterr().out)["disputes"][0]
    quote = dispute["positions"][0]["quotes"][0]
    for name in (dispute["id"], quote["statement"], quote["actor"], "a", "ana brel"):
        assert run(["show", name]) == 0, capfd.readouterr().err
        assert capfd.readouterr().out
    assert run(["show", quote["statement"], "--format", "json"]) == 0
    view = json.loads(capfd.readouterr().out)
    raw = reports.read_bytes().splitlines()[0 if view["quote"]["place"]["document"] == "a" else 1]
    for span in view["spans"]:
        assert raw[span["byte_start"] : span["byte_end"]].decode() == span["quote"]
    assert run(["show", "nobody"]) == 2
    assert "nothing in the ledger" in capfd.readouterr().err


def test_search_finds_words(reports, capfd):
    run(["ingest", str(reports)])
    capfd.readouterr()
    assert run(["search", "bridge", "--format", "jsonl"]) == 0
    hits = [json.loads(line) for line in capfd.readouterr().out.splitlines()]
    assert {hit["document"] for hit in hits} == {"a", "b"}
    assert run(["search", "zeppelin"]) == 0
    assert "Nothing" in capfd.readouterr().out


def test_export_writes_a_file_whole_or_not_at_all(reports, capfd):
    run(["ingest", str(reports)])
    assert run(["export", "--to", "html", "-o", "page.html"]) == 0
    assert Path("page.html").read_text(encoding="utf-8").rstrip().endswith("</html>")
    assert run(["export", "--to", "jsonl", "-o", "missing/ledger.jsonl"]) == 2
    assert "could not be written" in capfd.readouterr().err
    assert run(["export", "--to", "jsonl"]) == 0
    nouns = [json.loads(line)["noun"]["type"] for line in capfd.readouterr().out.splitlines()]
    assert {"capture", "document", "statement", "claim", "dispute", "actor"} <= set(nouns)
    assert not [path for path in Path().iterdir() if path.name.startswith(".page")]


def test_a_missing_ledger_ends_with_2_and_is_not_made(reports, capfd):
    for arguments in (["board"], ["show", "a"], ["search", "a"], ["verify"], ["export", "--to", "jsonl"]):
        assert run(arguments) == 2
        assert "counterclaim.db" in capfd.readouterr().err
    assert not Path("counterclaim.db").exists()


def test_the_ledger_can_be_named_by_the_environment(reports, capfd, monkeypatch):
    monkeypatch.setenv("COUNTERCLAIM_LEDGER", "named.db")
    assert run(["ingest", str(reports)]) == 0
    assert Path("named.db").exists()


def test_a_wrong_moment_ends_with_2(reports, capfd):
    run(["ingest", str(reports)])
    assert run(["board", "--as-of", "the day before"]) == 2


def command(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "counterclaim", *arguments]


def test_a_reader_that_goes_away_ends_it_quietly(reports):
    many = reports.parent / "many.jsonl"
    line = json.dumps(
        {"id": "x", "published": "2031-05-01", "text": "The bridge is shut, Ana Brel said. " * 40}
    )
    many.write_text("".join(line.replace('"x"', f'"x{n}"') + "\n" for n in range(60)), encoding="utf-8")
    with subprocess.Popen(
        command("extract", str(many), "--format", "jsonl"), stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout
        assert process.stderr
        process.stdout.readline()
        process.stdout.close()
        errors = process.stderr.read().decode()
        assert process.wait(timeout=120) in {0, 141}
    assert "Traceback" not in errors
    assert "Broken pipe" not in errors


def _heed_control_c() -> None:
    """Undo what a shell does to a background job: there Ctrl-C is ignored, and children inherit that."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def test_control_c_ends_it_politely(reports):
    with subprocess.Popen(
        command("extract", "-", "--format", "jsonl"),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, "PYTHONUNBUFFERED": "1"},
        preexec_fn=_heed_control_c,
    ) as process:
        assert process.stdin
        assert process.stdout
        process.stdin.write(QUARREL.encode() + b" " * 2_000_000)
        process.stdin.flush()
        process.stdout.readline()
        process.send_signal(signal.SIGINT)
        _out, errors = process.communicate(timeout=120)
    assert process.returncode == 130
    assert b"Traceback" not in errors
    assert b"Stopped." in errors


@pytest.mark.slow
def test_a_ledger_on_a_server_from_ingest_to_board(reports, postgresql, capfd):
    """What is printed is what a file gives, but for the ledger's name."""
    answers = []
    for place in ("here.db", postgresql):
        assert run(["ingest", str(reports), "--ledger", place]) == 0
        assert "Added 2 reports" in capfd.readouterr().err
        assert run(["ingest", str(reports), "--ledger", place]) == 0
        assert "2 already there" in capfd.readouterr().err
        printed = []
        for command in (["board"], ["board", "--as-of", "2001-01-01"], ["search", "bridge"], ["show", "a"]):
            assert run([*command, "--format", "json", "--ledger", place]) == 0
            printed.append(json.loads(capfd.readouterr().out))
        answers.append(printed)
        assert run(["verify", "--ledger", place]) == 0
        capfd.readouterr()
    assert answers[0][0]["disputes"]
    assert answers[0] == answers[1]


def test_a_server_that_is_not_there_is_an_error_without_the_password(reports, capfd):
    place = "postgresql://ida:s3cret@localhost:1/ledger"
    assert run(["board", "--ledger", place]) == 2
    printed = capfd.readouterr().err
    assert "cannot be used" in printed
    assert "s3cret" not in printed
