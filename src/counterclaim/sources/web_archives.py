"""The pages and texts of a web archive as captures."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

from counterclaim.model import Capture, Problem
from counterclaim.model.errors import Messages
from counterclaim.sources.budget import BombError, Budget
from counterclaim.sources.feed import Feed
from counterclaim.sources.http_message import (
    BodyError,
    BodyTooLargeError,
    CodingMissingError,
    content_type,
    entity_body,
    parse_answer,
)
from counterclaim.sources.packing import packing_of
from counterclaim.sources.sniffing import HEAD, Form, form_of, is_binary
from counterclaim.sources.unpacking import Unpacked
from counterclaim.sources.warc import Record, begins_record, read_records, skip_to_record

REPORT_TYPES = {"text/html": "text/html", "application/xhtml+xml": "text/html", "text/plain": "text/plain"}
"""The media types that are read, and what a capture of each is called. Others are left out silently."""

_KINDS = {"response", "resource", "conversion"}
_SCHEMES = {"http", "https", "ftp", "file", ""}


def read_web_archive(
    name: str, feed: Feed, unpacked: Unpacked | None, max_bytes: int, stop: int | None = None
) -> Iterator[Capture | Problem]:
    """Give the pages and texts of a web archive in its order, each with its address and when it was fetched.

    Read are answers with status 200 (``response``), stored files (``resource``) and extracted text
    (``conversion``) that are HTML or plain text. Requests, metadata, revisits, other answers, pictures
    and so on are left out without a word: they are normal in an archive. So is ``robots.txt``.
    """
    for record in read_records(name, feed, unpacked, _is_wanted, max_bytes, stop):
        if isinstance(record, Problem):
            yield record
            continue
        capture = _capture(record, max_bytes)
        if capture:
            yield capture


def read_web_archive_part(
    path: Path, start: int, stop: int | None, max_bytes: int
) -> Iterator[Capture | Problem]:
    """Give what :func:`read_web_archive` gives of the records that begin in ``[start, stop)`` of a file.

    ``start`` need not be where a record begins: reading begins at the first one from there on, so that
    ranges which follow each other give each record exactly once. A record that is damaged may be named
    for the range in which reading met it. Names are those of the whole file.
    """
    name = os.fsencode(path).decode("utf-8", "replace")
    budget = Budget()
    with path.open("rb") as stream:
        head = stream.read(HEAD)
        packing = packing_of(name, head)
        stream.seek(start)

        def read(size: int) -> bytes:
            data = stream.read(size)
            budget.receive(len(data))
            return data

        try:
            if packing is None:
                feed = Feed(read)
                feed.position = start
                if start and not _to_line(feed):
                    return
                yield from read_web_archive(name, feed, None, max_bytes, stop)
                return
            unpacked = Unpacked(name, read, packing, budget, offset=start)
            if unpacked.recover(begins_record, stay=True):
                yield from read_web_archive(name, Feed(unpacked.read), unpacked, max_bytes, stop)
        except LookupError:
            yield Messages.packing_missing(name, packing.name if packing else "")
        except BombError as bomb:
            yield Messages.unpacks_too_far(bomb.name, bomb.received, bomb.unpacked)


def _to_line(feed: Feed) -> bool:
    """Go on to the first record of a file that is not packed; False where there is none."""
    return begins_record(feed.peek(16)) or skip_to_record(feed)


def _is_wanted(fields: dict[str, str], head: bytes) -> bool:
    """Tell whether a record may hold a report."""
    if fields.get("warc-type", "").lower() not in _KINDS or not _is_of_the_web(fields):
        return False
    media_type, _, body = _described(fields, head)
    if media_type is None:
        media_type = "text/html" if form_of("", head[body:]) is Form.HTML else ""
    return media_type in REPORT_TYPES


def _is_of_the_web(fields: dict[str, str]) -> bool:
    """Tell whether a record's address is that of a page: not of a crawler's log or screenshot."""
    address = _address(fields)
    if address is None:
        return True
    try:
        scheme, _, path, _, _ = urlsplit(address)
    except ValueError:
        return True
    return scheme.lower() in _SCHEMES and path != "/robots.txt"


def _address(fields: dict[str, str]) -> str | None:
    # Early tools wrote <http://...>, as an example in the standard had it.
    return fields.get("warc-target-uri", "").strip().removeprefix("<").removesuffix(">") or None


def _described(fields: dict[str, str], block: bytes) -> tuple[str | None, str | None, int]:
    """Return a record's media type, charset, and where its body begins.

    The media type is empty for what is no page, None where none is stated.
    """
    kind = fields["warc-type"].lower()
    carried = fields.get("content-type", "")
    if kind == "response":
        answer = parse_answer(block)
        if answer is None or answer.status != 200:
            return "", None, 0
        if "content-type" not in answer.fields:
            return None, None, answer.body
        return *content_type(answer.fields["content-type"]), answer.body
    return *(content_type(carried) if carried else (None, None)), 0


def _capture(record: Record, max_bytes: int) -> Capture | Problem | None:
    fields, block = record.fields, record.block
    media_type, charset, start = _described(fields, block)
    body = block[start:]
    if fields["warc-type"].lower() == "response":
        answer = parse_answer(block)
        assert answer is not None
        try:
            body = entity_body(answer.fields, body, max_bytes)
        except BodyTooLargeError:
            return Messages.unpacked_too_large(record.place, max_bytes)
        except CodingMissingError as error:
            coding = str(error)
            known = coding in {"br", "zstd"}
            return (Messages.packing_missing if known else Messages.packing_unknown)(record.place, coding)
        except BodyError as error:
            return Messages.record_damaged(record.place, str(error))
    if len(body) > max_bytes:
        return Messages.input_too_large(record.place, len(body), max_bytes)
    if not body.strip():
        return Messages.input_empty(record.place)
    if is_binary(body[:HEAD]):
        return None  # servers call much text that is none; it is as little a report as a picture is
    return Capture.of(
        record.place,
        body,
        REPORT_TYPES.get(media_type or "text/html", "text/html"),
        encoding=charset,
        url=_address(fields),
        received=fields.get("warc-date"),
    )
