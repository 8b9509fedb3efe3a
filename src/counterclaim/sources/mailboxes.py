"""The mails of an mbox file, one at a time."""

from __future__ import annotations

import re
from collections.abc import Iterator

from counterclaim.model import Capture, Problem
from counterclaim.model.errors import Messages
from counterclaim.sources.feed import CHUNK, Feed
from counterclaim.sources.recognising import MBOX_SEPARATOR

MAIL = "message/rfc822"
_QUOTED = re.compile(rb">+From ")


def read_mailbox(name: str, feed: Feed, max_bytes: int) -> Iterator[Capture | Problem]:
    """Give each mail of an mbox file, named by its number from 1, and name those over ``max_bytes``.

    A mail begins with a line ``From sender date`` after a blank line; lines of its text that begin so
    stand quoted with ``>``, of which one is taken away.
    """
    number = size = 0
    kept: list[bytes] = []
    blank = whole = True  # is the line before blank, and did it end
    while line := feed.line(CHUNK):
        if blank and whole and MBOX_SEPARATOR.match(line):
            if number:
                yield from _mail(f"{name}#{number}", kept, size, max_bytes)
            number += 1
            size = 0
            kept = []
        else:
            if whole and line.startswith(b">") and _QUOTED.match(line):
                line = line[1:]
            size += len(line)
            if size <= max_bytes:
                kept.append(line)
            elif kept:
                kept.clear()
        blank = whole and line in {b"\n", b"\r\n"}
        whole = line.endswith(b"\n")
    if number:
        yield from _mail(f"{name}#{number}", kept, size, max_bytes)


def _mail(name: str, kept: list[bytes], size: int, max_bytes: int) -> Iterator[Capture | Problem]:
    if size > max_bytes:
        yield Messages.input_too_large(name, size, max_bytes)
        return
    # The blank line before the next separator belongs to the box, not to the mail.
    if kept and kept[-1] in {b"\n", b"\r\n"}:
        kept.pop()
    content = b"".join(kept)
    yield Capture.of(name, content, MAIL) if content.strip() else Messages.input_empty(name)
