"""Adding reports: files from a browser, an address, or pasted text."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from typing import BinaryIO

from starlette.datastructures import FormData, UploadFile
from starlette.responses import Response

from counterclaim import pipeline
from counterclaim.model import Capture, Problem
from counterclaim.pipeline import Summary
from counterclaim.serving.taking import add_address
from counterclaim.sources import read_stream
from counterclaim.web.asking import Asking


def add_page(asking: Asking) -> Response:
    """Show the forms."""
    return _page(asking, None)


def add(asking: Asking, fields: FormData) -> Response:
    """Add what a form brings, and say what became of it."""
    url = fields.get("url")
    if isinstance(url, str) and url.strip():
        return _page(asking, add_address(asking.desk.settings, asking.ledger, url.strip()))
    return _page(asking, pipeline.add_captures(asking.ledger, _captures(fields)))


def _captures(fields: FormData) -> Iterator[Capture | Problem]:
    for name, stream in _streams(fields):
        yield from read_stream(name, stream)


def _streams(fields: FormData) -> Iterator[tuple[str, BinaryIO]]:
    """Give what came in with its name; of a name with a path the last part, as some browsers send it all."""
    text = fields.get("text")
    if isinstance(text, str) and text.strip():
        title = str(fields.get("title") or "").strip()
        whole = f"{title}\n\n{text}" if title else text
        yield f"{title or 'pasted text'}.txt", BytesIO(whole.replace("\r\n", "\n").encode("utf-8", "replace"))
    for each in fields.getlist("files"):
        if isinstance(each, UploadFile) and each.filename:
            yield each.filename.replace("\\", "/").rpartition("/")[2], each.file


def _page(asking: Asking, summary: Summary | None) -> Response:
    settings = asking.desk.settings
    return asking.page(
        "add.html.j2", "Add reports", summary=summary, upload=settings.upload, fetch=settings.fetch
    )
