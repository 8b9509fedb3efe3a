"""What sort of input it is, from its name and its first bytes."""

from __future__ import annotations

import codecs
import json
import re
from enum import StrEnum
from pathlib import PurePath

HEAD = 65_536
"""How many bytes of an input are looked at to decide what it is."""

_BOMS = (codecs.BOM_UTF8, codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_SIGNATURES = (
    b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"%PDF-", b"PK\x03\x04", b"\x1f\x8b", b"BZh", b"\xfd7zXZ",
    b"\x28\xb5\x2f\xfd", b"7z\xbc\xaf", b"RIFF", b"\x7fELF", b"SQLite format 3", b"\xd0\xcf\x11\xe0",
)  # fmt: skip
_CONTROL = bytes(frozenset(range(32)) - frozenset(b"\t\n\r\f\x0b\x1b\x08"))
_HTML = re.compile(rb"\s*(?:<\?xml[^>]{0,200}>\s*)?(?:(?><!--.{0,2000}?-->)\s*+)*+"
                   rb"<(?:!doctype\s+html|html|head|body|meta)\b",
                   re.IGNORECASE | re.DOTALL)  # fmt: skip
_EXTENSIONS = {
    ".jsonl": "lines", ".ndjson": "lines", ".json": "json", ".html": "html", ".htm": "html",
    ".xhtml": "html", ".txt": "text", ".text": "text", ".md": "text",
}  # fmt: skip


class Form(StrEnum):
    """What an input holds: one report in JSON, one a line, a page, or running text."""

    LINES = "lines"
    JSON = "json"
    HTML = "html"
    TEXT = "text"
    BINARY = "binary"
    EMPTY = "empty"


def without_mark(data: bytes) -> bytes:
    """Return ``data`` without the UTF-8 byte order mark that may stand at its start."""
    return data.removeprefix(codecs.BOM_UTF8)


def wide(head: bytes) -> str | None:
    """Name the encoding of two or four bytes a character that ``head`` is in, or None.

    Read off the byte order mark, or, without one, off the zero bytes that every second byte of
    English text in UTF-16 is.
    """
    if head.startswith((codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)):
        return "utf-32-le" if head.startswith(codecs.BOM_UTF32_LE) else "utf-32-be"
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16-le" if head.startswith(codecs.BOM_UTF16_LE) else "utf-16-be"
    even, odd = head[0:1000:2], head[1:1000:2]
    if len(odd) >= 4:
        zeros_even, zeros_odd = even.count(0) / len(even), odd.count(0) / len(odd)
        if zeros_odd > 0.7 and zeros_even < 0.05:
            return "utf-16-le"
        if zeros_even > 0.7 and zeros_odd < 0.05:
            return "utf-16-be"
    return None


def is_binary(head: bytes) -> bool:
    """Tell whether bytes are no text: a known signature, a zero byte, or many control characters."""
    if head.startswith(_SIGNATURES):
        return True
    if wide(head):
        return False
    if b"\0" in head:
        return True
    begun = head[:4096]
    return len(begun) - len(begun.translate(None, _CONTROL)) > len(begun) * 0.05


def form_of(name: str, head: bytes) -> Form:
    """Decide what an input holds.

    ``head`` is its first :data:`HEAD` bytes. The content is believed before the extension where it
    is unmistakable (a picture named ``.txt``, a page named ``.txt``, several reports in a
    ``.json``); the extension decides the rest.
    """
    encoding = wide(head)
    blank = (
        head.decode(encoding, "replace").strip("\ufeff \t\r\n\f\v") == ""
        if encoding
        else not without_mark(head).strip()
    )
    if blank and len(head) < HEAD:
        return Form.EMPTY
    if is_binary(head):
        return Form.BINARY
    readable = head.decode(encoding, "replace").lstrip("\ufeff").encode() if encoding else without_mark(head)
    by_name = _EXTENSIONS.get(PurePath(name).suffix.lower())
    if by_name == "lines":
        return Form.LINES
    if by_name != "html" and readable.lstrip()[:1] == b"{":
        if _first_line_is_object(readable):
            one_line = b"\n" not in readable.strip() and len(head) < HEAD
            return Form.JSON if one_line and by_name == "json" else Form.LINES
        if by_name == "json" or _looks_like_json(readable):
            return Form.JSON
    if by_name == "json":
        return Form.JSON
    if by_name == "html" or _HTML.match(readable[:8192]):
        return Form.HTML
    return Form.TEXT


def _first_line_is_object(head: bytes) -> bool:
    line, newline, _ = head.lstrip().partition(b"\n")
    if not newline and len(head) >= HEAD - 8:
        return _looks_like_json(head)
    try:
        return isinstance(json.loads(line), dict)
    except (ValueError, RecursionError):
        return False


def _looks_like_json(head: bytes) -> bool:
    return re.match(rb'\s*\{\s*"(?:[^"\\]|\\.){1,64}"\s*:', head) is not None
