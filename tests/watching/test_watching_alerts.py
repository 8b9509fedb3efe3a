"""Alerts: when a dispute opens or turns, by webhook and by mail, until they arrive."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import os
import smtplib
import subprocess
import sys
import threading
import time
from datetime import UTC, datetime

import pytest
from smtp_help import mail_sink
from watch_help import CLOSED, DENIED

from counterclaim.model import CounterclaimError
from counterclaim.watching import Encryption, MailSettings, TurnKind, WatchSettings
from counterclaim.watching.alerts import Alert, Turn
from counterclaim.watching.sending import make_messages, send
from counterclaim.watching.state import Message

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
