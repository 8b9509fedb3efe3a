"""Alerts as messages, and how they leave: by webhook, signed, and by mail."""

from __future__ import annotations

import base64
import hashlib
import hmac
import os
import smtplib
import ssl
import time
from collections.abc import Sequence
from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP
from urllib.parse import urlsplit

import msgspec

from counterclaim.fetching import FetchLimits, post
from counterclaim.fetching.targets import read_url
from counterclaim.model.digest import identifier
from counterclaim.watching.alerts import Alert
from counterclaim.watching.settings import Encryption, MailSettings, WatchSettings, read_secret
from counterclaim.watching.state import Message

WEBHOOK = "webhook"
MAIL = "mail"
WEBHOOK_SECRET = "COUNTERCLAIM_WEBHOOK_SECRET"  # noqa: S105 (the name of a variable)
SMTP_PASSWORD = "COUNTERCLAIM_SMTP_PASSWORD"  # noqa: S105 (the name of a variable)
_SECONDS = 20.0
_MOST_BYTES = 100_000
_LONGEST_SUBJECT = 120


class Notice(msgspec.Struct, frozen=True, kw_only=True):
    """What a webhook is sent: everything that one round of the watch found, of one moment of the ledger."""

    id: str
    moment: datetime
    alerts: tuple[Alert, ...]
    version: str = "counterclaim.alerts/1"


def make_messages(settings: WatchSettings, alerts: Sequence[Alert], moment: datetime) -> list[Message]:
    """Return the messages to keep until they are sent: one for each webhook, and one mail to all."""
    targets = [(WEBHOOK, url) for url in settings.webhooks]
    if settings.mail is not None:
        targets.append((MAIL, ", ".join(settings.mail.to)))
    made = []
    for kind, target in targets:
        name = identifier("alert", kind, target, moment.isoformat())
        notice = Notice(id=name, moment=moment, alerts=tuple(alerts))
        made.append(Message(name, kind, target, msgspec.json.encode(notice), time.time()))
    return made


def send(message: Message, settings: WatchSettings) -> None:
    """Send one message. Raises FetchError, OSError, SMTPException or CounterclaimError where it fails."""
    if message.kind == WEBHOOK:
        secret = _webhook_secret(settings)
        headers = {"Content-Type": "application/json", **signature(message, secret, int(time.time()))}
        post(message.target, message.body, headers, _limits(settings))
    elif settings.mail is not None:
        _mail(message, settings.mail)


def check(settings: WatchSettings) -> None:
    """Raise CounterclaimError where alerts could never be sent: a secret is missing, an address is none."""
    for url in settings.webhooks:
        read_url(url, _limits(settings))
    if settings.webhooks:
        _webhook_secret(settings)
    if settings.mail is not None and settings.mail.user is not None:
        _password(settings.mail)


def signature(message: Message, secret: bytes, now: int) -> dict[str, str]:
    """Return the headers by which a receiver knows that a message is ours and new.

    HMAC-SHA256 over id, moment and body, as https://www.standardwebhooks.com lays down (version 1), with the
    secret's bytes as they are; ``now`` in seconds since 1970.
    """
    signed = f"{message.id}.{now}.".encode() + message.body
    digest = base64.b64encode(hmac.new(secret, signed, hashlib.sha256).digest()).decode("ascii")
    return {"webhook-id": message.id, "webhook-timestamp": str(now), "webhook-signature": f"v1,{digest}"}


def shown_target(message: Message) -> str:
    """Return a target as it may be told: of a webhook the host alone, since its path is often a secret."""
    return f"webhook at {urlsplit(message.target).hostname}" if message.kind == WEBHOOK else message.target


def letter_of(message: Message, mail: MailSettings) -> EmailMessage:
    """Return the mail of a message, in plain text: no markup of a report can do anything in it."""
    notice = msgspec.json.decode(message.body, type=Notice)
    letter = EmailMessage(policy=SMTP)
    first = _line(notice.alerts[0].question) if notice.alerts else ""
    more = f" (and {len(notice.alerts) - 1:,} more)" if len(notice.alerts) > 1 else ""
    letter["Subject"] = f"counterclaim: {_cut(first, _LONGEST_SUBJECT)}{more}"
    letter["From"] = mail.sender
    letter["To"] = message.target
    letter["Date"] = notice.moment
    letter["Message-ID"] = f"<{notice.id}@{mail.sender.rpartition('@')[2]}>"
    letter["Auto-Submitted"] = "auto-generated"
    letter.set_content("\n".join(_body(notice)))
    return letter


def _body(notice: Notice) -> list[str]:
    lines = [f"As of {notice.moment.isoformat(timespec='seconds')}.", ""]
    for alert in notice.alerts:
        lines += [_line(alert.question), f"  {alert.dispute}"]
        for turn in alert.turns:
            words = f": {'; '.join(_line(each) for each in turn.words)}" if turn.words else ""
            about = "" if turn.about == alert.question else f" - {_line(turn.about)}"
            lines.append(f"  {turn.kind}{about}{words}")
        lines += [f"  position: {_line(label)}" for label in alert.positions]
        for each in alert.statements:
            offsets = " ".join(f"{start}:{end}" for start, end in each.offsets)
            who = _line(each.speaker or each.source or each.outlet)
            lines.append(
                f'  {who}: "{_line(each.content)}" ({_line(each.outlet)}, {each.document} {offsets})'
            )
        lines.append("")
    return [*lines, "counterclaim takes no side: these are the words of reports."]


def _mail(message: Message, mail: MailSettings) -> None:
    letter = letter_of(message, mail)
    context = ssl.create_default_context()
    connect = (
        smtplib.SMTP_SSL(mail.host, mail.port, timeout=_SECONDS, context=context)
        if mail.encryption is Encryption.TLS
        else smtplib.SMTP(mail.host, mail.port, timeout=_SECONDS)
    )
    with connect as server:
        if mail.encryption is Encryption.STARTTLS:
            server.starttls(context=context)
        if mail.user is not None:
            server.login(mail.user, _password(mail).decode("utf-8"))
        server.send_message(letter)


def _limits(settings: WatchSettings) -> FetchLimits:
    return FetchLimits(
        seconds=_SECONDS,
        max_bytes=_MOST_BYTES,
        ports=settings.limits.ports,
        allow_private=settings.webhook_private,
        agent=settings.limits.agent,
    )


def _webhook_secret(settings: WatchSettings) -> bytes:
    given = os.environ.get(WEBHOOK_SECRET)
    return read_secret(settings.webhook_secret_file, given, "A webhook", WEBHOOK_SECRET)


def _password(mail: MailSettings) -> bytes:
    given = os.environ.get(SMTP_PASSWORD)
    return read_secret(mail.password_file, given, f"The mail user {mail.user}", SMTP_PASSWORD)


def _line(text: str) -> str:
    """Return text in one line that commands nothing: no control and no format characters, no line breaks."""
    return "".join(each for each in " ".join(text.split()) if each.isprintable())


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1] + "\u2026"
