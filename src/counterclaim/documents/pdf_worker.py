"""The characters of a PDF and where its lines stand, in a process of its own.

Run as a script: the bytes come in on standard input, JSON goes out. It imports nothing of this package.
PDFium reads what anybody may have sent; whatever that does to this process, the other goes on.
"""

from __future__ import annotations

import json
import sys
from ctypes import c_double
from math import hypot, isfinite
from typing import Any, NamedTuple

MAX_PAGES = 3_000
MAX_CHARACTERS = 5_000_000
MEMORY, SECONDS = 3 << 29, 100
"""Bytes of memory, mapped libraries and all, and seconds of processor time."""
_PASSWORD = 4
_BACK, _DOWN = 20.0, 4.0
"""How many points further left and further down a character of the next line stands, at least."""


class _Placed(NamedTuple):
    """A character: its offset in the text of the page, its number, and its origin on the page, in points."""

    offset: int
    number: int
    x: float
    y: float


def main() -> None:
    """Read a PDF from standard input, and write its pages, or the code of what is wrong, as JSON."""
    _limit()
    content = sys.stdin.buffer.read()
    try:
        import pypdfium2  # type: ignore[import-untyped]  # the extra "pdf"
    except ImportError:
        answer: dict[str, Any] = {"error": "missing"}
    else:
        answer = _read(pypdfium2, content)
    sys.stdout.write(json.dumps(answer))


def _limit() -> None:
    """Keep memory and time of this process within bounds, where the system knows such."""
    try:
        import resource
    except ImportError:  # not on Windows; there the time alone is bounded, by who started this
        return
    for what, most in ((resource.RLIMIT_AS, MEMORY), (resource.RLIMIT_CPU, SECONDS)):
        hard = resource.getrlimit(what)[1]
        resource.setrlimit(what, (most if hard < 0 else min(most, hard), hard))


def _read(pdfium: Any, content: bytes) -> dict[str, Any]:
    try:
        document = pdfium.PdfDocument(content)
        count = len(document)
    except pdfium.PdfiumError as error:
        return {"error": "encrypted" if getattr(error, "err_code", None) == _PASSWORD else "broken"}
    if count > MAX_PAGES:
        return {"error": "pages"}
    pages = []
    left = MAX_CHARACTERS
    for number in range(count):
        try:
            page = document[number]
            text = page.get_textpage()
        except pdfium.PdfiumError:
            pages.append({"text": "", "lines": [], "broken": True})
            continue
        if text.count_chars() > left:
            return {"error": "characters"}
        left -= text.count_chars()
        pages.append(_page(pdfium.raw, text))
        text.close()
        page.close()
    given = document.get_metadata_dict(skip_empty=True)
    return {"pages": pages, "title": given.get("Title", ""), "maker": str(pdfium.PDFIUM_INFO)}


def _page(raw: Any, page: Any) -> dict[str, Any]:
    """Return the text of a page, and its lines."""
    text: list[str] = []
    lines = []
    held: list[_Placed] = []
    high = 0
    for index in range(page.count_chars()):
        code = raw.FPDFText_GetUnicode(page, index)
        if 0xD800 <= code < 0xDC00:  # the first half of a pair
            high = code
            continue
        if 0xDC00 <= code < 0xE000:
            code = 0x10000 + ((high - 0xD800) << 10) + (code - 0xDC00) if high else 0xFFFD
        high = 0
        character = chr(code) if 0 < code < 0x110000 else "\ufffd"
        if character == "\f":
            character = "\n"  # form feeds part the pages
        elif character in "\x02\ufffe":
            character = "-"  # so PDFium writes a hyphen at the end of a line
        if character in "\r\n":
            lines += _line(raw, page, held)
            held = []
        elif not character.isspace():
            placed = _placed(raw, page, len(text), index)
            if held and _is_back(held[-1], placed):
                lines += _line(raw, page, held)
                held = []
            held.append(placed)
        text.append(character)
    lines += _line(raw, page, held)
    return {"text": "".join(text), "lines": lines}


def _placed(raw: Any, page: Any, offset: int, index: int) -> _Placed:
    x, y = c_double(), c_double()
    raw.FPDFText_GetCharOrigin(page, index, x, y)
    return _Placed(offset, index, x.value, y.value)


def _is_back(one: _Placed, other: _Placed) -> bool:
    """Tell whether a character begins a new line: further down and further left than the one before it."""
    return other.x < one.x - _BACK and other.y < one.y - _DOWN


def _line(raw: Any, page: Any, held: list[_Placed]) -> list[list[float]]:
    """Return a line: start, end, left, baseline, right, and the size of its type."""
    if not held:
        return []
    matrix, box = raw.FS_MATRIX(), raw.FS_RECTF()
    middle = held[len(held) // 2]
    size = raw.FPDFText_GetFontSize(page, middle.number)
    if raw.FPDFText_GetMatrix(page, middle.number, matrix):
        size *= hypot(matrix.c, matrix.d)
    raw.FPDFText_GetLooseCharBox(page, held[-1].number, box)
    numbers = (held[0].x, middle.y, box.right, size)
    place = [round(each, 2) if isfinite(each) else 0.0 for each in map(float, numbers)]
    return [[held[0].offset, held[-1].offset + 1, *place]]


if __name__ == "__main__":
    main()
