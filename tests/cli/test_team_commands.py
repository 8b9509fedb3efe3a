"""``counterclaim team``: its examples, its output, its errors."""

from __future__ import annotations

import json
import re
import shlex
import stat
from pathlib import Path

import click
import pytest

from counterclaim.cli import team as commands
from counterclaim.cli.program import run
from counterclaim.teams import Role, Team

PASSWORD = "four ferries sail at night"
MANUAL = Path(__file__).parent.parent.parent / "docs" / "teams.md"


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give an empty folder as the working directory."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("COUNTERCLAIM_TEAM", raising=False)
    return tmp_path


@pytest.fixture
def made(place: Path, capfd) -> Path:
    """Make a team with a project and a user who is analyst there."""
    for line in ("init", "users add jo", "projects add harbour harbour.db", "roles give jo harbour analyst"):
        assert run(["team", *shlex.split(line)]) == 0
    capfd.readouterr()
    return place


def groups() -> list[click.Command]:
    """List every group and command below ``team`` that has examples."""
    found: list[click.Command] = [commands.command]
    for each in commands.command.commands.values():
        found += [each, *(each.commands.values() if isinstance(each, click.Group) else ())]
    return [each for each in found if hasattr(each, "examples")]


def test_most_commands_have_examples():
    assert len(groups()) >= 14


@pytest.mark.parametrize("command", groups(), ids=lambda command: str(command.name))
def test_every_example_runs(place, capfd, command):
    for example in command.examples:
        code = run(shlex.split(example.removeprefix("counterclaim ")))
        printed = capfd.readouterr()
        assert code == 0, f"{example}\n{printed.err}"
        assert printed.out, example


def test_the_examples_of_the_manual_run(place, capfd):
    text = MANUAL.read_text(encoding="utf-8")
    lines = re.findall(r"^\$ counterclaim (.*)$", text, re.MULTILINE)
    assert len(lines) >= 9
    for line in lines:
        assert run(shlex.split(line)) == 0, line
        assert capfd.readouterr().out, line
    blocks = re.findall(r"^```python\n(.*?)^```", text, re.MULTILINE | re.DOTALL)
    assert len(blocks) == 2
    (place / "python").mkdir()
    names: dict[str, object] = {}
    with pytest.MonkeyPatch.context() as patched:
        patched.chdir(place / "python")
        for block in blocks:
            exec(compile(block, "teams.md", "exec"), names)
    assert capfd.readouterr().out.startswith("jo ")


def test_a_token_is_printed_once_and_lets_in(made, capfd):
    assert run(["team", "tokens", "make", "jo", "harbour", "--role", "reader", "--name", "export"]) == 0
    printed = capfd.readouterr()
    secret = printed.out.strip()
    assert secret not in printed.err
    assert "shown this once" in printed.err
    with Team.open("counterclaim-team.db") as team:
        access = team.authenticate(secret)
    assert (access.user, access.project, access.role) == ("jo", "harbour", Role.READER)
    assert run(["team", "tokens", "--format", "jsonl"]) == 0
    row = json.loads(capfd.readouterr().out)
    assert (row["id"], row["role"], row["name"], row["revoked"]) == (access.token, "reader", "export", None)
    assert set(row) == {"id", "user", "project", "role", "name", "made", "expires", "revoked"}
    assert run(["team", "tokens", "revoke", access.token]) == 0
    assert run(["team", "tokens", "revoke", access.token]) == 2
    assert "revoked already" in capfd.readouterr().err
    for listed in ("tokens", "audit", "users", "roles", "projects"):
        for form in ("table", "json"):
            assert run(["team", listed, "--format", form]) == 0
            out = capfd.readouterr().out
            assert secret.split("_", 2)[2] not in out
            assert form == "table" or isinstance(json.loads(out), list)


@pytest.mark.parametrize(
    ("expires", "kept"), [("never", None), ("2099-12-31", "2099-12-31T23:59:59.999999Z")]
)
def test_a_token_lasts_as_long_as_is_said(made, capfd, expires, kept):
    arguments = ["jo", "harbour", "--role", "reader", "--name", "x", "--expires", expires]
    assert run(["team", "tokens", "make", *arguments]) == 0
    capfd.readouterr()
    assert run(["team", "tokens", "--format", "jsonl"]) == 0
    assert json.loads(capfd.readouterr().out)["expires"] == kept


def test_a_password_comes_from_a_file_or_the_terminal(made, capfd, monkeypatch):
    Path("secret").write_text(f"{PASSWORD}\n", encoding="utf-8")
    assert run(["team", "users", "add", "ida", "--password-file", "secret"]) == 0
    monkeypatch.setattr("click.termui.hidden_prompt_func", lambda _prompt: PASSWORD)
    assert run(["team", "users", "password", "jo"]) == 0
    with Team.open("counterclaim-team.db") as team:
        assert team.log_in("ida", PASSWORD).name == "ida"
        assert team.log_in("jo", PASSWORD).name == "jo"
    Path("secret").write_text("short\n", encoding="utf-8")
    assert run(["team", "users", "password", "jo", "--password-file", "secret"]) == 2
    printed = capfd.readouterr()
    assert "15 to 256 characters" in printed.err
    assert PASSWORD not in printed.out + printed.err


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("users add jo", "there is a user jo already"),
        ("users add JO", "cannot be the name of a user"),
        ("users disable joe", "Did you mean jo?"),
        ("projects add pier ./harbour.db", "this is the ledger of the project harbour"),
        ("projects add pier counterclaim-team.db", "not a counterclaim ledger"),
        ("projects add pier nowhere/pier.db", "Make it first"),
        ("projects add pier postgresql://a:b@h/d", "holds a password"),
        ("roles give jo harbour boss", "'boss' is not one of"),
        ("roles take jo pier", "there is no project 'pier'"),
        ("tokens make jo harbour --role editor --name x", "a token cannot be editor"),
        ("tokens make jo harbour --role reader --name x --expires 2001-01-01", "is past"),
        ("tokens make jo harbour --role reader --name x --expires soon", "is not a moment"),
        ("users --team other.db add ida", "Give options after add"),
        ("users --team other.db", "there is no team directory here"),
        ("audit --team mysql://h/d", "mysql cannot hold a team directory"),
    ],
)
def test_an_error_says_what_to_do(made, capfd, line, said):
    before = Path("counterclaim-team.db").read_bytes()
    assert run(["team", *shlex.split(line)]) == 2
    printed = capfd.readouterr()
    assert said in printed.err
    assert not printed.out
    assert Path("counterclaim-team.db").read_bytes() == before


def test_the_place_is_told_by_option_or_environment(place, capfd, monkeypatch):
    assert run(["team", "init", "--team", "one.db"]) == 0
    monkeypatch.setenv("COUNTERCLAIM_TEAM", "one.db")
    assert run(["team", "users", "add", "ida"]) == 0
    assert run(["team", "init"]) == 0  # keeps what is there
    capfd.readouterr()
    assert run(["team", "users", "--format", "json"]) == 0
    assert [each["name"] for each in json.loads(capfd.readouterr().out)] == ["ida"]
    assert not Path("counterclaim-team.db").exists()
    assert stat.S_IMODE(Path("one.db").stat().st_mode) == 0o600
    Path("one.db").chmod(0o644)
    assert run(["team", "users"]) == 2
    assert "chmod 600 one.db" in capfd.readouterr().err
