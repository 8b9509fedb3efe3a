"""One capture to one document: the format's reader, then what holds for every format."""

from __future__ import annotations

import re
from pathlib import PurePath

from counterclaim.documents.credits import find_credits
from counterclaim.documents.dates import iso_date
from counterclaim.documents.decoding import Decoded, decode
from counterclaim.documents.drafts import Draft
from counterclaim.documents.formats import FORMATS
from counterclaim.documents.language import identify, is_analysed
from counterclaim.documents.mapping import visible
from counterclaim.documents.opening import headline_of, standfirst_of
from counterclaim.documents.plain import plain_text
from counterclaim.documents.record import read_record
from counterclaim.documents.webpage import declared_encoding, read_webpage
from counterclaim.model import Capture, Document, InputError, Problem, Span
from counterclaim.model.errors import Messages

_ARCHIVE = re.compile(r"^.*\.(?:zip|wacz|tar|tgz|tbz2?|txz|tar\.\w{2,4})!", re.IGNORECASE | re.DOTALL)
MAX_CHARACTERS = 500_000
"""How many characters a text may have to be analysed; a longer one is only stored."""


def read_document(capture: Capture) -> tuple[Document, tuple[Problem, ...]]:
    """Make the document of a capture, with notices about what is wrong in it.

    Raises InputError, with its problem, where nothing can be stored: no text, broken JSON, bytes
    that are no text. A text in a language that is not handled, or too long, is stored unanalysed.
    """
    draft, problems = _READERS.get(capture.media_type, _read_plain)(capture)
    name = capture.name
    fields = {key: visible(value) for key, value in draft.fields.items()}  # a lone surrogate cannot be stored
    published = iso_date(fields["published"]) if "published" in fields else None
    if published is None:
        problems.append(
            Messages.date_invalid(name, fields["published"])
            if "published" in fields
            else Messages.date_missing(name)
        )
    language = fields.get("language") or identify(draft.text)
    analysed, because = True, None
    if len(draft.text) > MAX_CHARACTERS:
        analysed, because = False, "length"
        problems.append(Messages.text_too_long(name, len(draft.text), MAX_CHARACTERS))
    elif draft.withdrawn:
        analysed, because = False, draft.withdrawn
        problems.append(Messages.item_withdrawn(name, draft.withdrawn))
    elif not is_analysed(language):
        analysed, because = False, "language"
        problems.append(Messages.language_unhandled(name, language))
    headline, standfirst = draft.headline, draft.standfirst
    if not draft.marked:
        headline = headline_of(draft.text, fields.get("title"))
        standfirst = standfirst_of(draft.text, headline)
    document_id = fields.get("id") or file_id(capture.url or name, capture.sha256)
    found = find_credits(draft.text, fields, headline)
    document = Document(
        id=document_id,
        key=Document.key_of(document_id, capture.sha256),
        capture=capture.sha256,
        text=draft.text,
        offsets=draft.offsets,
        encoding=draft.encoding,
        title=fields.get("title") or (draft.text[slice(*headline)] if headline else None),
        byline=fields.get("byline") or found.byline,
        dateline=_span(draft.text, draft.dateline) or found.dateline,
        publisher=fields.get("publisher"),
        published=published,
        modified=iso_date(fields["modified"]) if "modified" in fields else None,
        url=fields.get("url") or capture.url,
        language=language,
        origin=found.origin,
        headline=_span(draft.text, headline),
        standfirst=_span(draft.text, standfirst),
        analysed=analysed,
        unanalysed_because=because,
    )
    return document, tuple(problems)


def file_id(name: str, sha256: str) -> str:
    """Name a document after its file: the stem, and the first 8 digits of the capture's hash.

    In which archive the file lies makes no difference: ``pile.zip!north/bridge.html`` is ``bridge``.
    """
    stem = PurePath(_ARCHIVE.sub("", name)).stem if name != "-" else "input"
    plain = re.sub(r"[^\w.-]+", "-", visible(stem)).strip("-") or "input"
    return f"{plain}-{sha256[:8]}"


def _span(text: str, place: tuple[int, int] | None) -> Span | None:
    return Span.of(text, *place) if place else None


def _decode(capture: Capture, declared: str | None) -> Decoded:
    decoded = decode(capture.name, capture.content, declared)
    if not decoded.source.strip("\ufeff \t\r\n\f\v"):
        raise InputError(Messages.input_empty(capture.name))
    return decoded


def _read_plain(capture: Capture) -> tuple[Draft, list[Problem]]:
    decoded = _decode(capture, capture.encoding)
    text, offsets = plain_text(decoded.source)
    if "\0" in text:
        raise InputError(Messages.input_binary(capture.name))
    if not text.strip():
        raise InputError(Messages.input_empty(capture.name))
    return Draft(text, offsets, decoded.encoding, {}), list(decoded.problems)


def _read_record(capture: Capture) -> tuple[Draft, list[Problem]]:
    decoded = _decode(capture, "utf-8")
    record = read_record(capture.name, decoded.source)
    return Draft(record.text, record.offsets, decoded.encoding, record.fields), list(decoded.problems)


def _read_webpage(capture: Capture) -> tuple[Draft, list[Problem]]:
    decoded = _decode(capture, capture.encoding or declared_encoding(capture.content))
    page = read_webpage(capture.name, decoded.source, capture.url)
    draft = Draft(
        page.text, page.offsets, decoded.encoding, page.fields, page.headline, page.standfirst, marked=True
    )
    return draft, list(decoded.problems)


_READERS = {
    "text/plain": _read_plain,
    "text/html": _read_webpage,
    "application/json": _read_record,
    **FORMATS,
}
