"""What a watch is told, what it remembers, and how it ends."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading

import pytest
from watch_help import CLOSED

from counterclaim.model import CounterclaimError
from counterclaim.watching import State, open_state
from counterclaim.watching.settings import read_length, read_server, read_sources


def test_only_one_watch_at_a_time_has_a_state(tmp_path):
    with open_state(tmp_path / "s"):
        with pytest.raises(CounterclaimError, match="Another watch"):
            State(tmp_path / "s")
        assert (tmp_path / "s").stat().st_mode & 0o077 == 0
    State(tmp_path / "s").close()


@pytest.mark.parametrize(
    ("given", "seconds"), [("30s", 30), ("15m", 900), ("2h", 7200), ("1d", 86400), ("9", 9)]
)
def test_lengths_of_time(given, seconds):
    assert read_length(given) == seconds


@pytest.mark.parametrize("given", ["", "0s", "m", "1w", "-5m", "1.5h"])
def test_what_is_no_length_of_time_is_told(given):
    with pytest.raises(CounterclaimError, match="length of time"):
        read_length(given)


def test_servers_and_sources_as_they_are_written(tmp_path):
    assert read_server("mail.example.org:587") == ("mail.example.org", 587)
    assert read_server("[::1]:25") == ("::1", 25)
    for given in ("mail", "mail:0", "mail:99999", "a b:25"):
        with pytest.raises(CounterclaimError):
            read_server(given)
    file = tmp_path / "w.toml"
    file.write_text('sources = ["https://example.org/feed", "inbox"]')
    assert read_sources(file) == ("https://example.org/feed", str(tmp_path / "inbox"))
    file.write_text("sources = 5")
    with pytest.raises(CounterclaimError, match="TOML"):
        read_sources(file)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_the_command_ends_cleanly_on_a_signal(tmp_path, number):
    (tmp_path / "a.txt").write_text(CLOSED)
    os.utime(tmp_path / "a.txt", (1_900_000_000 - 10**9, 1_900_000_000 - 10**9))
    arguments = ["watch", str(tmp_path / "a.txt"), "--ledger", str(tmp_path / "l.db"), "--extractor", "rules"]
    process = subprocess.Popen(
        [sys.executable, "-m", "counterclaim", *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONUNBUFFERED": "1"},
    )
    timer = threading.Timer(60, process.kill)
    timer.start()
    try:
        assert process.stdout.readline().startswith("Added 1 report")
        process.send_signal(number)
        _out, err = process.communicate()
    finally:
        timer.cancel()
    assert process.returncode == 0, err
    State(tmp_path / "l.db.watch").close()
