"""Web archives, written by warcio, of invented pages, for the tests of what reads them."""

from __future__ import annotations

import io
import tracemalloc
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from backports import zstd
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from counterclaim.model import Capture, Problem
from counterclaim.sources import read_captures

CHECKED = {zstd.CompressionParameter.checksum_flag: 1}
"""As the specification of packed web archives recommends, and as the program zstd does."""

DATE = "2025-03-04T07:15:30Z"


def page(number: int, words: int = 60) -> bytes:
    text = " ".join(f"The harbour board of Aldermere denied report {number}-{each}." for each in range(words))
    return f"<!doctype html><html><body><h1>Report {number}</h1><p>{text}</p></body></html>".encode()


def address(number: int) -> str:
    return f"https://echo.example/2025/{number}.html"


class Writing:
    """A web archive being written, with the offset of each record."""

    def __init__(self, packing: str = "gzip", version: str = "1.0") -> None:
        self._out = io.BytesIO()
        self._packing = packing
        self._version = version
        self.offsets: list[int] = []

    def add(self, record_of) -> None:  # type: ignore[no-untyped-def]
        self.offsets.append(self._out.tell())
        part = io.BytesIO()
        writer = WARCWriter(part, gzip=self._packing == "gzip", warc_version=self._version)
        writer.write_record(record_of(writer))
        content = part.getvalue()
        self._out.write(zstd.compress(content, options=CHECKED) if self._packing == "zstd" else content)

    def answer(
        self,
        url: str,
        body: bytes,
        fields: Iterable[tuple[str, str]] = (("Content-Type", "text/html; charset=utf-8"),),
        status: str = "200 OK",
        kind: str = "response",
        **others: str,
    ) -> None:
        http = StatusAndHeaders(status, list(fields), protocol="HTTP/1.1")
        self.add(
            lambda writer: writer.create_warc_record(
                url,
                kind,
                payload=io.BytesIO(body),
                http_headers=http,
                warc_headers_dict={"WARC-Date": DATE, **{k.replace("_", "-"): v for k, v in others.items()}},
            )
        )

    def stored(self, url: str, body: bytes, media_type: str, kind: str = "resource") -> None:
        self.add(
            lambda writer: writer.create_warc_record(
                url,
                kind,
                payload=io.BytesIO(body),
                warc_content_type=media_type,
                warc_headers_dict={"WARC-Date": DATE},
            )
        )

    @property
    def content(self) -> bytes:
        return self._out.getvalue()


def crawl(count: int, packing: str = "gzip", version: str = "1.0", words: int = 60) -> Writing:
    made = Writing(packing, version)
    made.add(lambda writer: writer.create_warcinfo_record("crawl.warc", {"software": "invented"}))
    for number in range(count):
        made.answer(address(number), page(number, words))
    return made


def urls(items: Iterable[Capture | Problem]) -> list[str | None]:
    return [item.url for item in items if isinstance(item, Capture)]


def problems(items: Iterable[Capture | Problem]) -> list[Problem]:
    return [item for item in items if isinstance(item, Problem)]


def read(folder: Path, name: str, content: bytes, **options: int) -> list[Capture | Problem]:
    path = folder / name
    path.write_bytes(content)
    return list(read_captures([path], **options))


@contextmanager
def memory_below(limit: int) -> Iterator[None]:
    tracemalloc.start()
    try:
        yield
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < limit, f"{peak:,} bytes"
