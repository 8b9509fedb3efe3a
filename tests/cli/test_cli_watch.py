"""``counterclaim watch``: what it says, and what it refuses before it begins."""

from __future__ import annotations

import subprocess
import sys

import pytest

from counterclaim.cli.program import run

CLOSED = "The bridge at Orm was closed on Monday, Ana Brel said."
DENIED = "Tom Haske denied that the bridge at Orm was closed on Monday."


@pytest.fixture(autouse=True)
def inbox(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for name in ("COUNTERCLAIM_LEDGER", "COUNTERCLAIM_WEBHOOK_SECRET", "COUNTERCLAIM_SMTP_PASSWORD"):
        monkeypatch.delenv(name, raising=False)
    (tmp_path / "inbox").mkdir()
    (tmp_path / "inbox" / "a.txt").write_text(CLOSED)
    return tmp_path / "inbox"


def test_a_folder_is_read_once_and_its_disputes_are_told(inbox, capsys):
    assert run(["watch", "inbox", "--once", "--extractor", "rules"]) == 0
    assert capsys.readouterr().out == "Added 1 report to counterclaim.db; news of 0 disputes\n"
    (inbox / "b.txt").write_text(DENIED)
    (inbox.parent / "list.toml").write_text('sources = ["inbox"]')
    assert run(["watch", "--sources", "list.toml", "--once", "--extractor", "rules"]) == 0
    first, second = capsys.readouterr().out.splitlines()
    assert first == "Added 1 report to counterclaim.db; news of 1 dispute"
    assert second.startswith("opened: ")


def test_a_source_that_fails_ends_with_1_and_the_rest_is_stored(capsys):
    assert run(["watch", "http://127.0.0.1/feed", "inbox", "--once", "--extractor", "rules"]) == 1
    told = capsys.readouterr()
    assert "Added 1 report" in told.out
    assert "127.0.0.1 is not an address of the public network" in " ".join(told.err.split())


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ([], "Nothing to watch"),
        (["inbox", "--every", "soon"], "no length of time"),
        (["inbox", "--allow-private", "home"], "no network"),
        (["inbox", "--webhook", "https://example.org/hook"], "COUNTERCLAIM_WEBHOOK_SECRET"),
        (["inbox", "--webhook", "ftp://example.org/hook"], "scheme"),
        (["inbox", "--mail", "desk@example.org"], "--smtp"),
        (["inbox", "--mail", "desk", "--smtp", "127.0.0.1:25"], "no mail address"),
        (["inbox", "--mail", "a@b.c", "--smtp", "mail.example.org:25", "--smtp-tls", "none"], "unencrypted"),
        (["inbox", "--mail", "a@b.c", "--smtp", "mail.example.org:587", "--smtp-user", "x"], "SMTP_PASSWORD"),
        (["--sources", "missing.toml"], "missing.toml"),
    ],
)
def test_what_cannot_work_is_told_before_it_begins(arguments, message, inbox, capsys):
    assert run(["watch", *arguments, "--once"]) == 2
    assert message in capsys.readouterr().err
    assert not (inbox.parent / "counterclaim.db").exists()


@pytest.mark.parametrize("library", ["feedparser", "httpx", "protego"])
def test_a_missing_library_is_told_with_the_extra_that_brings_it(library):
    code = (
        f"import sys; sys.modules[{library!r}] = None\n"
        "from counterclaim.cli.program import run; sys.exit(run(['watch', 'inbox', '--once']))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "counterclaim[watch]" in done.stderr
