"""An HTTP answer as it was stored: status, fields, and the body as its sender meant it."""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable
from typing import Any, NamedTuple

from counterclaim.sources.packing import Decoder, ZlibDecoder, packing_errors, zstd_decoder

_STATUS = re.compile(rb"HTTP/\d(?:\.\d)?[ \t]+(\d{3})")
_HEAD_END = re.compile(rb"\r?\n\r?\n")
_CHUNK_SIZE = re.compile(rb"[ \t]*([0-9A-Fa-f]{1,15})[ \t]*(?:;[^\r\n]{0,1000})?\r?\n")
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:+-]{1,60})", re.IGNORECASE)
LARGEST_HEAD = 1 << 16


class Answer(NamedTuple):
    """Status and fields of an answer (names in lower case), and where its body begins."""

    status: int
    fields: dict[str, str]
    body: int


class BodyError(Exception):
    """A body cannot be decoded; the argument says why."""


class BodyTooLargeError(Exception):
    """A decoded body has more bytes than one report may have."""


class CodingMissingError(Exception):
    """A body is packed in a way whose library is not installed, or that is not known; says in which."""


def parse_answer(block: bytes) -> Answer | None:
    """Read the head of an answer; None where there is none."""
    found = _STATUS.match(block)
    if not found:
        return None
    end = _HEAD_END.search(block, 0, LARGEST_HEAD)
    head = block[: end.start()] if end else block[:LARGEST_HEAD]
    return Answer(int(found[1]), parse_fields(head.partition(b"\n")[2]), end.end() if end else len(block))


def parse_fields(lines: bytes) -> dict[str, str]:
    """Read ``Name: value`` lines; a line that begins with white space continues the one before.

    Of a field that comes several times the values are joined with commas, as HTTP says.
    """
    fields: dict[str, str] = {}
    name = ""
    for line in lines.decode("utf-8", "replace").split("\n"):
        if line[:1] in {" ", "\t"} and name:
            fields[name] += " " + line.strip()
            continue
        key, colon, value = line.partition(":")
        if colon:
            name = key.strip().lower()
            fields[name] = f"{fields[name]}, {value.strip()}" if name in fields else value.strip()
    return fields


def content_type(value: str) -> tuple[str, str | None]:
    """Return the media type of a Content-Type field in lower case, and its charset where Python knows it."""
    media_type = value.partition(";")[0].partition(",")[0].strip().lower()
    found = _CHARSET.search(value)
    if not found:
        return media_type, None
    try:
        return media_type, codecs.lookup(found[1]).name
    except LookupError:
        return media_type, None


def entity_body(fields: dict[str, str], body: bytes, limit: int) -> bytes:
    """Return the body with transfer and content codings undone.

    Some crawlers store a body decoded and leave the fields as they were; a body that is not coded as its
    fields say is taken as it is. At most ``limit`` bytes are ever unpacked. Raises BodyError,
    BodyTooLargeError and CodingMissingError.
    """
    if "chunked" in fields.get("transfer-encoding", "").lower():
        body = _unchunked(body)
    codings = [each.strip().lower() for each in fields.get("content-encoding", "").split(",")]
    for coding in reversed(codings):
        if coding not in {"", "identity"}:
            body = _decoded(coding, body, limit)
    if len(body) > limit:
        raise BodyTooLargeError
    return body


def _unchunked(body: bytes) -> bytes:
    first = _CHUNK_SIZE.match(body)
    if not first:
        return body
    pieces: list[bytes] = []
    at = 0
    while True:
        found = _CHUNK_SIZE.match(body, at)
        if not found:
            raise BodyError("a chunk of the body has no length")
        size = int(found[1], 16)
        if not size:
            return b"".join(pieces)
        piece = body[found.end() : found.end() + size]
        if len(piece) < size:
            raise BodyError("the body ends in a chunk")
        pieces.append(piece)
        at = found.end() + size
        at += 2 if body[at : at + 2] == b"\r\n" else body[at : at + 1] == b"\n"


def _decoded(coding: str, body: bytes, limit: int) -> bytes:
    if not body:
        return body
    decoder: Decoder | None
    if coding in {"gzip", "x-gzip"}:
        if not body.startswith(b"\x1f\x8b"):
            return body
        decoder = ZlibDecoder(31)
    elif coding == "deflate":
        # Some servers leave out the header of RFC 1950.
        headed = len(body) > 1 and body[0] & 0x0F == 8 and int.from_bytes(body[:2], "big") % 31 == 0
        return _tried(lambda: _drained(ZlibDecoder(15 if headed else -15), body, limit), body)
    elif coding == "zstd":
        if not body.startswith(b"\x28\xb5\x2f\xfd"):
            return body
        decoder = zstd_decoder()
    elif coding == "br":
        return _tried(lambda: _unbrotlied(body, limit), body)
    elif _is_text(body):
        return body
    else:
        raise CodingMissingError(coding)
    if decoder is None:
        raise CodingMissingError(coding)
    return _drained(decoder, body, limit)


def _tried(decode: Callable[[], bytes], body: bytes) -> bytes:
    """Return what ``decode`` gives, or the body where it cannot and the body is text already.

    The first bytes of these codings do not tell whether they are there.
    """
    try:
        return decode()
    except (BodyError, CodingMissingError):
        if _is_text(body):
            return body
        raise


def _drained(decoder: Decoder, body: bytes, limit: int) -> bytes:
    out: list[bytes] = []
    size = 0
    data = body
    try:
        while not decoder.eof:
            piece = decoder.decompress(data, limit + 1 - size)
            data = b""
            out.append(piece)
            size += len(piece)
            if size > limit:
                raise BodyTooLargeError
            if decoder.needs_input:
                raise BodyError("the packed body ends too early")
    except packing_errors() as error:
        raise BodyError(str(error)) from error
    return b"".join(out)


def _unbrotlied(body: bytes, limit: int) -> bytes:
    try:
        import brotli
    except ImportError as error:
        raise CodingMissingError("br") from error
    decoder: Any = brotli.Decompressor()
    out: list[bytes] = []
    size = 0
    data = body
    try:
        while not decoder.is_finished():
            piece = decoder.process(data, output_buffer_limit=limit + 1 - size)
            data = b""
            out.append(piece)
            size += len(piece)
            if size > limit:
                raise BodyTooLargeError
            if not piece and decoder.can_accept_more_data():
                raise BodyError("the packed body ends too early")
    except brotli.error as error:
        raise BodyError(str(error)) from error
    return b"".join(out)


def _is_text(body: bytes) -> bool:
    """Tell whether a body is text already, as no packed one is."""
    head = body[:512]
    control = sum(byte < 9 or 13 < byte < 32 or byte == 127 for byte in head)
    return control == 0
