"""The parts of a mail, and the source that its text is mapped to.

The characters of a mail often do not stand in its bytes (base64, quoted-printable, headers in encoded words).
The source is made again from the bytes by a recipe, ``mail/1.2/utf-8``: the subject on one line, an empty
line, and part 1.2 (numbered as IMAP numbers them) decoded as UTF-8.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from email import message_from_bytes, policy
from email.errors import MessageError
from email.header import decode_header, make_header
from email.message import Message
from typing import NamedTuple

from counterclaim.documents.decoding import python_name
from counterclaim.documents.mapping import visible

RECIPE = "mail/"
MAX_PARTS = 10_000
"""A mail with more lines that could part it is refused."""

_ESCAPED = "surrogateescape"
_FOLD = re.compile(r"[\r\n]+[ \t]*")


class MailRefusedError(Exception):
    """The bytes are no mail that may be read; says why in words."""


class Part(NamedTuple):
    """One leaf of a mail: its number, its type in lower case, and how it stands in the mail.

    ``charset`` is the one that the part declares. ``nested`` is True within an attached message.
    """

    number: str
    kind: str
    message: Message
    attached: bool
    nested: bool

    @property
    def content(self) -> bytes:
        """The bytes of the part, its transfer encoding undone."""
        found = self.message.get_payload(decode=True)
        return found if isinstance(found, bytes) else b""

    @property
    def charset(self) -> str | None:
        """The charset that the part declares."""
        found = self.message.get_param("charset")
        name = found[2] if isinstance(found, tuple) else found
        return str(name) if name else None

    @property
    def filename(self) -> str | None:
        """The name of the file that the part is, where it has one."""
        try:
            name = self.message.get_filename()
        except (LookupError, ValueError, TypeError):  # a name in an encoding that there is not
            name = None
        return _decoded(name) if name else None


def parse_mail(content: bytes) -> Message:
    """Parse a mail. Raises MailRefusedError where it has too many parts, or is nested too deep."""
    if content.count(b"\n--") > MAX_PARTS:
        raise MailRefusedError(f"it has more than {MAX_PARTS:,} parts")
    try:
        return message_from_bytes(content, policy=policy.compat32)
    except RecursionError as error:
        raise MailRefusedError("it is nested too deep") from error


def parts_of(mail: Message) -> Iterator[Part]:
    """Give the leaves of a mail in their order."""
    yield from _leaves(mail, "", nested=False)


def _leaves(message: Message, number: str, *, nested: bool) -> Iterator[Part]:
    waiting = [(message, number, nested)]
    while waiting:
        current, name, within = waiting.pop()
        inner = current.get_payload() if current.is_multipart() else None
        if isinstance(inner, list):
            below = within or current.get_content_maintype() == "message"
            children = [
                (child, f"{name}.{index}" if name else str(index), below)
                for index, child in enumerate(inner, 1)
                if isinstance(child, Message)
            ]
            waiting.extend(reversed(children))
            continue
        disposition = str(current.get("content-disposition", "")).strip().lower()
        attached = disposition.startswith("attachment")
        yield Part(name or "1", current.get_content_type(), current, attached, within)


def header(mail: Message, name: str) -> str:
    """Return a header with its encoded words resolved, on one line; empty where it is missing."""
    value = mail.get(name)
    return _decoded(str(value)) if value is not None else ""


def _decoded(value: str) -> str:
    value = _FOLD.sub(" ", value)
    with suppress(MessageError, LookupError, ValueError):  # broken words are shown as they are written
        value = str(make_header(decode_header(value)))
    return visible(" ".join(_FOLD.sub(" ", value).split()))


def mail_source(content: bytes, encoding: str) -> str:
    """Make the source of a mail again by its recipe. Raises MailRefusedError where that cannot be done."""
    _, number, charset = encoding.split("/", 2)
    mail = parse_mail(content)
    for part in parts_of(mail):
        if part.number == number:
            return source_text(mail, part, charset)
    raise MailRefusedError(f"it has no part {number}")


def mail_words(content: bytes) -> Iterator[str]:
    """Give every header of a mail and every part that is text, decoded as well as can be."""
    mail = parse_mail(content)
    yield "\n".join(header(mail, name) for name in mail)
    for part in parts_of(mail):
        if part.kind.startswith("text/"):
            label = python_name(part.charset or "utf-8") or "utf-8"
            yield part.content.decode(label, "replace")


def source_text(mail: Message, part: Part, charset: str) -> str:
    """Return the source of a mail: its subject, an empty line, and the characters of one part."""
    return f"{header(mail, 'subject')}\n\n{part.content.decode(charset, _ESCAPED)}"
