"""Rounds over real feeds and folders: what comes in, once, politely, and what is told of it."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import os
import random
import signal
import smtplib
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest
from smtp_help import mail_sink

from counterclaim.ledger import Ledger
from counterclaim.model import CounterclaimError, Problem
from counterclaim.statements import Extraction
from counterclaim.watching import Encryption, MailSettings, State, TurnKind, Watch, WatchSettings, open_state
from counterclaim.watching.alerts import Alert, Turn
from counterclaim.watching.sending import make_messages, send
from counterclaim.watching.settings import read_length, read_server, read_sources
from counterclaim.watching.state import Message
from web_help import LOOPBACK, Web, html, page, serving

CLOSED = "The bridge at Orm was closed on Monday, Ana Brel said. The market went on as usual."
DENIED = (
    "Ana Brel denied that the ferry was late. Tom Haske denied that the bridge at Orm was closed on Monday."
)
RULES = Extraction(extractor="rules")


class Desk:
    """A ledger, a state and a watch on a web server."""

    def __init__(self, folder: Path, web: Web) -> None:
        self.folder = folder
        self.web = web
        self.problems: list[Problem] = []

    @contextmanager
    def watch(self, *sources: str, **more) -> Iterator[Watch]:
        settings = WatchSettings(
            sources=sources,
            pause=more.pop("pause", 0.0),
            settled=0.0,
            limits=self.web.limits(),
            webhook_private=LOOPBACK,
            **more,
        )
        with (
            Ledger.open(str(self.folder / "l.db"), create=True) as ledger,
            open_state(self.folder / "s") as state,
        ):
            yield Watch(
                ledger, state, settings, self.problems.append, extraction=RULES, chance=random.Random(1)
            )

    def round(self, *sources: str, **more):
        with self.watch(*sources, **more) as watch:
            return watch.round()

    def due_now(self) -> None:
        """Let the time go by until everything is due again."""
        base = sqlite3.connect(self.folder / "s")
        with base:
            for table in ("sources", "items", "messages"):
                base.execute(f"UPDATE {table} SET due = 0")
        base.close()

    def errors(self) -> list[str]:
        return [each.code for each in self.problems if each.severity == "error"]

    def documents(self):
        with Ledger.open(str(self.folder / "l.db")) as ledger:
            return ledger.snapshot().documents


@pytest.fixture
def desk(tmp_path) -> Iterator[Desk]:
    with serving() as web:
        yield Desk(tmp_path, web)


def feed(desk: Desk, *paths: str, path: str = "/feed", **fields: str) -> str:
    links = "".join(f"<item><link>{desk.web.url(each)}</link></item>" for each in paths)
    body = f'<?xml version="1.0"?><rss version="2.0"><channel><title>P</title>{links}</channel></rss>'
    desk.web.pages[path] = (200, {"Content-Type": "application/rss+xml", **fields}, body.encode())
    return desk.web.url(path)


def test_new_items_are_fetched_once_and_over_a_restart(desk):
    url = feed(desk, "/a")
    desk.web.pages["/a"] = html(page("Bridge", CLOSED))
    assert desk.round(url).added == 1
    desk.due_now()
    feed(desk, "/b", "/a")
    desk.web.pages["/b"] = html(page("Ferry", DENIED))
    assert desk.round(url).added == 1
    paths = desk.web.paths()
    assert (paths.count("/a"), paths.count("/b"), paths.count("/feed")) == (1, 1, 2)
    assert desk.web.most_at_once == 1
    assert {each.url for each in desk.documents()} == {desk.web.url("/a"), desk.web.url("/b")}


def test_a_feed_is_not_asked_before_it_is_due(desk):
    url = feed(desk)
    desk.round(url)
    desk.round(url)
    assert desk.web.paths().count("/feed") == 1


def test_a_feed_that_did_not_fail_is_asked_before_it_is_due_where_everything_is_wanted(desk):
    url, failing = feed(desk), desk.web.url("/missing")
    for _ in range(2):
        with desk.watch(url, failing) as watch:
            watch.round(everything=True)
    assert desk.web.paths().count("/feed") == 2
    assert desk.web.paths().count("/missing") == 1


def test_a_feed_is_asked_whether_it_changed(desk):
    url = feed(desk, ETag='"7"', **{"Last-Modified": "Mon, 07 Apr 2031 10:00:00 GMT"})
    desk.round(url)
    desk.web.pages["/feed"] = (304, {}, b"")
    for _ in range(2):
        desk.due_now()
        desk.round(url)
        sent = [headers for _m, path, headers, _b in desk.web.asked if path == "/feed"][-1]
        assert sent["if-none-match"] == '"7"'
        assert sent["if-modified-since"] == "Mon, 07 Apr 2031 10:00:00 GMT"
    assert desk.problems == []


def test_robots_keep_the_watch_away(desk):
    url = feed(desk, "/inner/a", "/b")
    desk.web.pages["/robots.txt"] = (200, {}, b"User-agent: *\nDisallow: /inner/\n")
    desk.web.pages["/inner/a"] = desk.web.pages["/b"] = html(page("Bridge", CLOSED))
    assert desk.round(url).added == 1
    assert "/inner/a" not in desk.web.paths()
    assert desk.errors() == ["robots"]


def test_one_broken_feed_does_not_stop_the_others(desk):
    desk.web.pages["/bomb"] = (200, {}, b'<!DOCTYPE rss [<!ENTITY a "b">]><rss version="2.0"></rss>')
    desk.web.pages["/no"] = (200, {}, b"<html>no feed</html>")
    good = feed(desk, "/a", path="/good")
    desk.web.pages["/a"] = html(page("Bridge", CLOSED))
    bad = [desk.web.url(each) for each in ("/bomb", "/no", "/missing")]
    assert desk.round(*bad, "http://10.0.0.1/feed", str(desk.folder / "nowhere"), good).added == 1
    assert desk.errors() == ["feed-entities", "not-a-feed", "http-error", "private-address", "not-found"]


def test_a_failing_feed_waits_longer_each_time_and_as_long_as_the_server_says(desk):
    url = desk.web.url("/feed")
    desk.web.pages["/feed"] = (503, {"Retry-After": "7200"}, b"")
    desk.round(url)
    with open_state(desk.folder / "s") as state:
        assert 7000 < state.source(url).due - time.time() <= 7200
    desk.web.pages["/feed"] = (503, {}, b"")
    waits = []
    for _ in range(4):
        desk.due_now()
        desk.round(url)
        with open_state(desk.folder / "s") as state:
            waits.append(state.source(url).due - time.time())
    assert waits[-1] > 2 * waits[0] > 60
    feed(desk)
    desk.due_now()
    desk.round(url)
    with open_state(desk.folder / "s") as state:
        assert state.source(url).failures == 0


def test_an_item_that_fails_for_now_is_tried_again_and_one_that_is_gone_is_not(desk):
    url = feed(desk, "/a", "/gone")
    desk.web.pages["/a"] = (503, {}, b"")
    assert desk.round(url).added == 0
    desk.due_now()
    desk.web.pages["/a"] = html(page("Bridge", CLOSED))
    assert desk.round(url).added == 1
    assert desk.web.paths().count("/gone") == 1


def test_what_a_public_feed_names_in_an_inner_network_is_not_fetched(desk):
    url = feed(desk, "/a")
    desk.web.pages["/a"] = html(page("Bridge", CLOSED))
    with desk.watch(url) as watch:
        state = watch._state
        state.keep_source(
            state.source(url)._replace(due=time.time() + 99), [(desk.web.url("/a"), None, False)]
        )
        assert watch.round().added == 0
    assert desk.errors() == ["private-address"]
    assert desk.web.asked == []


def test_a_host_is_left_alone_between_two_requests(desk):
    url = feed(desk, "/a", "/b")
    moments = []

    def slow(handler):
        moments.append(time.monotonic())
        content = page("Bridge", CLOSED + handler.path)
        handler.send_response(200)
        handler.send_header("Content-Type", "text/html")
        handler.end_headers()
        handler.wfile.write(content)

    desk.web.pages["/a"] = desk.web.pages["/b"] = slow
    desk.round(url, pause=0.3)
    assert moments[1] - moments[0] > 0.28


def test_a_changed_file_is_a_new_version_and_another_report_is_not(desk):
    inbox = desk.folder / "inbox"
    inbox.mkdir()
    file = inbox / "bridge.txt"
    file.write_text(CLOSED)
    assert desk.round(str(inbox)).added == 1
    assert desk.round(str(inbox)).added == 0
    file.write_text(CLOSED + " It is open again, the council said on Tuesday.")
    assert desk.round(str(inbox)).added == 1
    first, second = desk.documents()
    assert first.id == second.id
    with Ledger.open(str(desk.folder / "l.db")) as ledger:
        assert "revises" in {each.kind for each in ledger.snapshot().judgements}
    file.write_text("Rain fell over Larre for nine days, the weather office reported in its bulletin.")
    assert desk.round(str(inbox)).added == 1
    assert len({each.id for each in desk.documents()}) == 2
    os.utime(file)
    assert desk.round(str(inbox)).added == 0


def test_a_file_that_is_still_written_to_is_read_soon_after(desk):
    inbox = desk.folder / "inbox"
    inbox.mkdir()
    (inbox / "a.txt").write_text(CLOSED)
    stop = threading.Event()
    rounds = []

    def each(done):
        rounds.append(done.added)
        if done.added or len(rounds) > 5:
            stop.set()

    settings = WatchSettings(sources=(str(inbox),), settled=1.0, every=900.0)
    with (
        Ledger.open(str(desk.folder / "l.db"), create=True) as ledger,
        open_state(desk.folder / "s") as state,
    ):
        Watch(ledger, state, settings, desk.problems.append, extraction=RULES, stop=stop).run(each)
    assert rounds[0] == 0
    assert rounds[-1] == 1


SECRET = "a secret of the desk"


def test_a_webhook_is_told_when_a_dispute_opens_signed_and_until_it_arrives(desk, monkeypatch):
    monkeypatch.setenv("COUNTERCLAIM_WEBHOOK_SECRET", SECRET)
    inbox = desk.folder / "inbox"
    inbox.mkdir()
    (inbox / "a.txt").write_text(CLOSED)
    hook = desk.web.url("/hook/very-private")
    assert desk.round(str(inbox), webhooks=(hook,)).alerts == []
    (inbox / "b.txt").write_text(DENIED)
    (alert,) = desk.round(str(inbox), webhooks=(hook,)).alerts
    assert alert.turns[0].kind is TurnKind.OPENED
    assert any(each.code == "alert-delayed" for each in desk.problems)
    assert "very-private" not in "".join(str(each) for each in desk.problems)
    desk.web.pages["/hook/very-private"] = (204, {}, b"")
    desk.due_now()
    assert desk.round(str(inbox), webhooks=(hook,)).alerts == []
    desk.due_now()
    desk.round(str(inbox), webhooks=(hook,))
    sent = [(headers, body) for _m, path, headers, body in desk.web.asked if path == "/hook/very-private"]
    assert len(sent) == 2
    (headers, body), (first, _same) = sent[1], sent[0]
    assert headers["webhook-id"] == first["webhook-id"]
    signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
    digest = base64.b64encode(hmac.new(SECRET.encode(), signed, hashlib.sha256).digest()).decode()
    assert headers["webhook-signature"] == f"v1,{digest}"
    told = json.loads(body)
    assert told["version"] == "counterclaim.alerts/1"
    assert told["alerts"][0]["question"] == alert.question
    assert SECRET.encode() not in (desk.folder / "s").read_bytes()


def test_a_webhook_in_an_inner_network_is_not_called(desk, monkeypatch):
    monkeypatch.setenv("COUNTERCLAIM_WEBHOOK_SECRET", SECRET)
    inbox = desk.folder / "inbox"
    inbox.mkdir()
    (inbox / "a.txt").write_text(CLOSED)
    (inbox / "b.txt").write_text(DENIED)
    assert desk.round(str(inbox), webhooks=("http://169.254.169.254/hook",)).alerts
    assert "private-address" in desk.problems[-1].message


def test_an_alert_is_not_lost_where_the_watch_is_killed_while_it_is_sent(desk):
    (desk.folder / "a.txt").write_text(CLOSED)
    (desk.folder / "b.txt").write_text(DENIED)
    asked = threading.Event()

    def hang(handler):
        asked.set()
        time.sleep(1)
        handler.send_response(500)
        handler.end_headers()

    desk.web.pages["/hook"] = hang
    arguments = [
        *("watch", str(desk.folder / "a.txt"), str(desk.folder / "b.txt"), "--once", "--extractor", "rules"),
        *("--ledger", str(desk.folder / "l.db"), "--state", str(desk.folder / "s")),
        *("--webhook", desk.web.url("/hook"), "--webhook-private", "127.0.0.1"),
        *("--allow-port", str(desk.web.port)),
    ]
    command = [sys.executable, "-m", "counterclaim", *arguments]
    environment = {**os.environ, "COUNTERCLAIM_WEBHOOK_SECRET": SECRET}
    process = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert asked.wait(60)
    process.kill()
    process.communicate()
    desk.web.pages["/hook"] = (200, {}, b"")
    again = subprocess.run(command, env=environment, capture_output=True, text=True, check=True, timeout=60)
    assert SECRET not in again.stdout + again.stderr
    first, second = (
        (headers["webhook-id"], body) for _m, path, headers, body in desk.web.asked if path == "/hook"
    )
    assert first == second


@pytest.mark.parametrize(
    ("more", "kind"),
    [
        ("Lia Morn, a spokeswoman for Kestel, said the bridge at Orm was closed on Monday.", "corroborated"),
        ("Tom Haske admitted that the bridge at Orm was closed on Monday.", "conceded"),
    ],
)
def test_an_alert_tells_how_a_dispute_turned(desk, more, kind):
    inbox = desk.folder / "inbox"
    inbox.mkdir()
    (inbox / "a.txt").write_text(CLOSED)
    (inbox / "b.txt").write_text(DENIED)
    (opened,) = desk.round(str(inbox)).alerts
    assert [each.kind for each in opened.turns] == ["opened"]
    (inbox / "c.txt").write_text(more)
    (turned,) = desk.round(str(inbox)).alerts
    assert kind in [each.kind for each in turned.turns]
    assert "opened" not in [each.kind for each in turned.turns]
    assert turned.before
    (said,) = turned.statements
    text = next(each.text for each in desk.documents() if each.id == said.document)
    ((start, end),) = said.offsets
    assert text[start:end] == said.content
    assert desk.round(str(inbox)).alerts == []


def test_mail_is_sent_and_its_headers_take_nothing_from_a_report():
    alert = Alert(
        dispute="d1",
        question="Is it true?\r\nBcc: all@example.org\r\n\r\n<script>",
        before=(),
        turns=(Turn(kind=TurnKind.OPENED, about="x\nSubject: no"),),
        positions=("yes\x1b[31m", "no"),
        statements=(),
    )
    with mail_sink() as sink:
        mail = MailSettings(
            to=("desk@example.org", "ann@example.org"),
            host="127.0.0.1",
            port=sink.port,
            sender="ledger@example.org",
            encryption=Encryption.NONE,
        )
        settings = WatchSettings(sources=(), mail=mail)
        (message,) = make_messages(settings, [alert], datetime(2031, 4, 2, tzinfo=UTC))
        send(message, settings)
    (letter,) = sink.letters
    assert sink.recipients == ["desk@example.org", "ann@example.org"]
    assert letter["Subject"] == "counterclaim: Is it true? Bcc: all@example.org <script>"
    assert letter["Bcc"] is None
    assert letter.get_content_type() == "text/plain"
    assert "\x1b" not in letter.get_content()
    assert letter["Message-ID"] == f"<{message.id}@example.org>"


def test_mail_that_would_go_in_the_clear_is_refused():
    given = {"to": ("a@b.c",), "port": 25, "sender": "a@b.c"}
    with pytest.raises(CounterclaimError, match="unencrypted"):
        MailSettings(**given, host="mail.example.org", encryption=Encryption.NONE)
    with pytest.raises(CounterclaimError, match="no mail address"):
        MailSettings(**{**given, "to": ("a@b.c\r\nBcc: x@y.z",)}, host="127.0.0.1")
    message = Message("i", "mail", "a@b.c", b'{"id":"i","moment":"2031-04-02T00:00:00Z","alerts":[]}', 0.0)
    with mail_sink() as sink:
        mail = MailSettings(**{**given, "port": sink.port}, host="127.0.0.1")
        with pytest.raises(smtplib.SMTPNotSupportedError):
            send(message, WatchSettings(sources=(), mail=mail))
    assert sink.letters == []


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
