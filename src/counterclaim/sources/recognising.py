"""What an input is, beyond text, pages and JSON: archives, mail boxes, lists, and formats of one report.

Each row of a table is one recogniser, asked in this order; what none of them knows is told apart by
:func:`counterclaim.sources.sniffing.form_of`.
"""

from __future__ import annotations

import re
import tarfile
from collections.abc import Callable
from enum import StrEnum

from counterclaim.sources.news_formats import MAIL, news_media_type
from counterclaim.sources.sniffing import without_mark

WARC_VERSION = re.compile(rb"WARC/(?:0\.1[78]|1\.[01])\r?\n")
MBOX_SEPARATOR = re.compile(rb"From \S.{0,300}?\b\d{1,2}:\d\d\b.{0,40}?\b\d{4}\b")

_MAIL_FIELD = re.compile(
    rb"(From|To|Cc|Subject|Date|Received|Message-ID|MIME-Version|Return-Path|Delivered-To|Content-Type|"
    rb"Reply-To|Sender|References|In-Reply-To|X-[\w-]{1,60}|List-[\w-]{1,60}|DKIM-Signature|ARC-[\w-]{1,60}|"
    rb"Authentication-Results|Content-[\w-]{1,60}|Received-SPF|Thread-[\w-]{1,60}|User-Agent|Precedence|"
    rb"Errors-To|Status|Lines|Path|Newsgroups|Organization):[ \t]?",
    re.IGNORECASE,
)
_MAIL_NEEDED = {b"from", b"received", b"message-id", b"return-path"}


class Container(StrEnum):
    """What holds reports, or other containers."""

    ZIP = "zip"
    TAR = "tar"
    WARC = "warc"
    MBOX = "mbox"


def _zip(name: str, head: bytes) -> Container | None:  # noqa: ARG001 (a recogniser's signature)
    return Container.ZIP if head.startswith((b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")) else None


def _tar(name: str, head: bytes) -> Container | None:
    if len(head) < tarfile.BLOCKSIZE or b"\0" not in head[: tarfile.BLOCKSIZE]:
        return None
    if head[257:262] == b"ustar":
        return Container.TAR
    try:
        tarfile.TarInfo.frombuf(head[: tarfile.BLOCKSIZE], "utf-8", "surrogateescape")
    except tarfile.HeaderError:
        return Container.TAR if name.lower().endswith(".tar") else None
    return Container.TAR


def _warc(name: str, head: bytes) -> Container | None:
    if WARC_VERSION.match(head.lstrip()):
        return Container.WARC
    named = name.lower().endswith((".warc", ".wet")) and b"WARC/" in head
    return Container.WARC if named else None


def _mbox(name: str, head: bytes) -> Container | None:  # noqa: ARG001
    first, _, rest = head.partition(b"\n")
    found = MBOX_SEPARATOR.match(first) and re.match(rb"[!-9;-~]{1,80}:", rest.lstrip(b">"))
    return Container.MBOX if found else None


_CONTAINERS: tuple[Callable[[str, bytes], Container | None], ...] = (_zip, _warc, _tar, _mbox)


def container_of(name: str, head: bytes) -> Container | None:
    """Return what container an input is, by its first bytes (and its name where they are damaged)."""
    for recognise in _CONTAINERS:
        found = recognise(name, head)
        if found:
            return found
    return None


def _news(name: str, head: bytes) -> str | None:  # noqa: ARG001
    return news_media_type(head)


def mail_media_type(name: str, head: bytes) -> str | None:
    """Return ``message/rfc822`` for a mail: a block of fields that mail has, one of the sender among them."""
    text = without_mark(head)
    first = _MAIL_FIELD.match(text)
    if not first and not name.lower().endswith(".eml"):
        return None
    known: set[bytes] = set()
    for line in text[:16_384].splitlines():
        field = _MAIL_FIELD.match(line)
        if field:
            known.add(field[1].lower())
        elif not line.startswith((b" ", b"\t")) and not re.match(rb"[!-9;-~]{1,80}:", line):
            break
    needed = 2 if name.lower().endswith(".eml") else 3
    return MAIL if len(known) >= needed and known & _MAIL_NEEDED else None


_MEDIA_TYPES: tuple[Callable[[str, bytes], str | None], ...] = (_news, mail_media_type)
"""Formats of one report that are neither text, page nor plain JSON, each with its media type.

A mail is known by its fields alone; by fewer of them where the file is called ``.eml``.
"""


def media_type_of(name: str, head: bytes) -> str | None:
    """Return the media type of a report in a format of its own, None for text, pages and JSON."""
    for recognise in _MEDIA_TYPES:
        found = recognise(name, head)
        if found:
            return found
    return None
