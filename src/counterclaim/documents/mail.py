"""A mail to its text and fields: a press release, an answer from an office, an agency's service by mail."""

from __future__ import annotations

import re
from collections.abc import Sequence
from email.message import Message
from email.utils import parseaddr

from counterclaim.documents.blocks import Piece
from counterclaim.documents.bodies import html_parts, plain_parts
from counterclaim.documents.composing import words_of
from counterclaim.documents.dates import news_date
from counterclaim.documents.decoding import decode
from counterclaim.documents.drafts import Draft, Parts, draft_of
from counterclaim.documents.mail_parts import (
    RECIPE,
    MailRefusedError,
    Part,
    header,
    parse_mail,
    parts_of,
    source_text,
)
from counterclaim.model import Capture, InputError, Problem
from counterclaim.model.errors import Messages

_FORWARDED = re.compile(r"(?:(?:fwd?|wg|tr|re|aw)\s*:\s*)+", re.IGNORECASE)
_ELSEWHERE = re.compile(
    r"(?:view|read|see|open|display)\b.{0,60}\b(?:browser|online|web)|"
    r"(?:not|cannot|unable to|can't|doesn't|won't)\b.{0,40}\bhtml|html (?:version|format|e-?mail|message)",
    re.IGNORECASE | re.DOTALL,
)
_SHORT, _MORE = 600, 2
_SIGNED = ("application/pgp-signature", "application/pkcs7-signature", "application/x-pkcs7-signature")


def read_mail(capture: Capture) -> tuple[Draft, list[Problem]]:
    """Read one mail: its subject as headline, and its text, plain where it has one that is more than a hint.

    What else hangs at the mail is named in a notice. Raises InputError where it has no text.
    """
    try:
        mail = parse_mail(capture.content)
    except MailRefusedError as error:
        raise InputError(Messages.mail_refused(capture.name, str(error))) from error
    leaves = list(parts_of(mail))
    part, paragraphs, encoding, problems = _body(capture.name, mail, leaves)
    subject = header(mail, "subject")
    title: list[Piece] = []
    if subject:
        match = _FORWARDED.match(subject)
        start = match.end() if match else 0
        title = [(subject[start:], start, len(subject) - start)]
    draft = draft_of(capture.name, encoding, _fields(mail), Parts(title=title, paragraphs=paragraphs))
    others = [each for each in leaves if _left_out(each, part)]
    if others:
        names = [each.filename or each.kind for each in others]
        problems.append(Messages.attachments_unread(capture.name, names))
    return draft, problems


def _left_out(part: Part, read: Part | None) -> bool:
    """Tell whether a part is something that the reader should know was not read."""
    if part is read or part.kind in _SIGNED:
        return False
    if part.attached or part.filename or part.nested:
        return part.kind.split("/")[0] != "image" or part.attached
    return not part.kind.startswith(("text/", "image/", "multipart/"))


def _body(
    name: str, mail: Message, leaves: Sequence[Part]
) -> tuple[Part | None, list[list[Piece]], str, list[Problem]]:
    """Return the part that is the mail's text, its paragraphs, the recipe of its source, and notices."""
    read = [_read(name, mail, each) for each in leaves if each.kind == "text/plain" and not each.attached][:8]
    pages = [_read(name, mail, each) for each in leaves if each.kind == "text/html" and not each.attached][:8]
    # What the sender wrote himself comes before what stands in a message that he attached.
    for nested in (False, True):
        plain = next((each for each in read if each[0].nested == nested and each[1]), None)
        page = next((each for each in pages if each[0].nested == nested and each[1]), None)
        best = page if page and (plain is None or _is_hint(plain[1], page[1])) else plain
        if best:
            return best
    if any("pkcs7-mime" in each.kind or "pgp-encrypted" in each.kind for each in leaves):
        raise InputError(Messages.mail_encrypted(name))
    raise InputError(Messages.mail_without_text(name))


def _is_hint(plain: Sequence[Sequence[Piece]], page: Sequence[Sequence[Piece]]) -> bool:
    """Tell whether a plain text is only a hint that the mail is to be read as HTML."""
    text = " ".join(map(words_of, plain))
    size = sum(len(words_of(part)) for part in page)
    if len(text) < _SHORT and size > _MORE * len(text):
        return len(text) < _SHORT // 8 or _ELSEWHERE.search(text) is not None
    return False


def _read(name: str, mail: Message, part: Part) -> tuple[Part, list[list[Piece]], str, list[Problem]]:
    decoded = decode(name, part.content, part.charset) if part.content.strip() else None
    if decoded is None:
        return part, [], "", []
    source = source_text(mail, part, decoded.encoding)
    start = len(source) - len(decoded.source)
    pieces: list[Piece] = [(decoded.source, start, len(decoded.source))]
    if part.kind == "text/html":
        paragraphs = html_parts(pieces)
    else:
        flowed = str(part.message.get_param("format") or "").lower() == "flowed"
        joined = str(part.message.get_param("delsp") or "").lower() == "yes"
        paragraphs = plain_parts(_unwrapped(pieces[0], joined=joined) if flowed else pieces)
    return part, paragraphs, f"{RECIPE}{part.number}/{decoded.encoding}", list(decoded.problems)


def _unwrapped(piece: Piece, *, joined: bool) -> list[Piece]:
    """Join the lines of flowed text (RFC 3676): those that end with a space go on in the next.

    The separator of a signature, ``-- ``, and quoted lines stay. ``joined`` is True where the space at
    the end goes too (``DelSp=yes``).
    """
    text, start, _ = piece
    pieces: list[Piece] = []
    position = 0
    for match in re.finditer(r"(?m)^(?!>)(?P<line>[^\r\n]*(?P<space> ))(?P<end>\r?\n)(?=[^\s>])", text):
        if match.group("line") == "-- ":
            continue
        cut = match.start("space") if joined else match.start("end")
        pieces.append((text[position:cut], start + position, cut - position))
        position = match.end()
    pieces.append((text[position:], start + position, len(text) - position))
    return [each for each in pieces if each[0]]


def _fields(mail: Message) -> dict[str, str]:
    sender, address = parseaddr(header(mail, "from"))
    sender = sender.strip().strip('"').strip()
    archived = header(mail, "archived-at").strip("<> ")
    return {
        "id": header(mail, "message-id").strip("<> "),
        "byline": sender,
        "publisher": header(mail, "organization") or sender or address.rpartition("@")[2],
        "published": news_date(header(mail, "date")) or "",
        "url": archived if archived.startswith("http") else "",
        "language": header(mail, "content-language").split(",")[0].strip(),
    }
