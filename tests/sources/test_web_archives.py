"""WARC and WACZ: what is read of a web archive, under which name, and what is left out."""

from __future__ import annotations

import functools
import gzip
import hashlib
import http.server
import io
import json
import shutil
import subprocess
import sys
import threading
import zipfile
import zlib
from pathlib import Path

import brotli
import pytest
from archive_making import DATE, Writing, address, crawl, page, problems, read, urls
from backports import zstd

from counterclaim.documents import read_document
from counterclaim.model import Capture
from counterclaim.sources import read_captures, read_stream
from counterclaim.sources.web_archives import read_web_archive_part

FIXTURES = Path(__file__).parents[1] / "fixtures"
SUFFIX = {"gzip": ".warc.gz", "zstd": ".warc.zst", "none": ".warc"}


@pytest.mark.parametrize("packing", ["gzip", "zstd", "none"])
@pytest.mark.parametrize("version", ["1.0", "1.1"])
def test_pages_come_with_address_moment_charset_and_place(tmp_path: Path, packing: str, version: str) -> None:
    made = crawl(3, packing, version)
    captures = read(tmp_path, f"crawl{SUFFIX[packing]}", made.content)
    assert [item.name.rpartition("#")[2] for item in captures] == [str(each) for each in made.offsets[1:]]
    first = captures[0]
    assert isinstance(first, Capture)
    assert first.content == page(0)
    assert (first.url, first.received) == (address(0), DATE if version == "1.0" else first.received)
    assert first.received is not None
    assert first.received.startswith(DATE[:-1])
    assert (first.media_type, first.encoding) == ("text/html", "utf-8")


def test_a_page_has_the_same_id_in_every_archive(tmp_path: Path) -> None:
    made = crawl(1)
    ids = set()
    for name in ("a.warc.gz", "b.warc.gz"):
        (capture,) = read(tmp_path, name, made.content)
        assert isinstance(capture, Capture)
        ids.add(read_document(capture)[0].id)
    (capture,) = read(tmp_path, "c.warc", crawl(1, "none").content)
    assert isinstance(capture, Capture)
    assert {read_document(capture)[0].id} == ids
    assert next(iter(ids)).startswith("0-")


def test_what_is_no_report_is_left_out_without_a_word(tmp_path: Path) -> None:
    made = Writing()
    made.answer("https://echo.example/robots.txt", b"User-agent: *", [("Content-Type", "text/plain")])
    made.answer("https://echo.example/a.png", b"\x89PNG", [("Content-Type", "image/png")])
    made.answer("https://echo.example/gone", page(1), status="404 Not Found")
    made.answer("https://echo.example/moved", b"", status="301 Moved", fields=[("Location", "/x")])
    made.answer("https://echo.example/odd", b"\0\1\2\3" * 50, [("Content-Type", "text/plain")])
    made.stored("metadata://echo.example/crawl", b"key: value", "application/warc-fields", "metadata")
    made.answer("https://echo.example/again", b"", kind="revisit")
    made.stored("https://echo.example/note", b"The board met on Monday.", "text/plain")
    made.stored("https://echo.example/wet", b"The board met on Friday.", "text/plain", "conversion")
    made.answer("https://echo.example/unnamed", page(2), fields=[])
    made.answer("https://echo.example/x", page(3), [("Content-Type", "application/xhtml+xml")])
    captures = read(tmp_path, "crawl.warc.gz", made.content)
    assert problems(captures) == []
    assert urls(captures) == [f"https://echo.example/{each}" for each in ("note", "wet", "unnamed", "x")]
    kinds = [item.media_type for item in captures if isinstance(item, Capture)]
    assert kinds == ["text/plain", "text/plain", "text/html", "text/html"]


def _chunked(body: bytes) -> bytes:
    return b"".join(b"%x\r\n%s\r\n" % (len(body[at : at + 700]), body[at : at + 700])
                    for at in range(0, len(body), 700)) + b"0\r\n\r\n"  # fmt: skip


def _raw_deflate(body: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-15)
    return packer.compress(body) + packer.flush()


@pytest.mark.parametrize(
    ("coding", "pack"),
    [
        ("gzip", gzip.compress),
        ("x-gzip", gzip.compress),
        ("deflate", zlib.compress),
        ("deflate", _raw_deflate),
        ("br", brotli.compress),
        ("zstd", zstd.compress),
        ("gzip", lambda body: body),  # a crawler that unpacked it and left the field
        ("br", lambda body: body),
        ("deflate", lambda body: body),
        ("identity", lambda body: body),
        ("gzip, br", lambda body: brotli.compress(gzip.compress(body))),
    ],
)
@pytest.mark.parametrize("chunked", [False, True])
def test_codings_are_undone(tmp_path: Path, coding: str, pack, chunked: bool) -> None:
    body = pack(page(0))
    fields = [("Content-Type", "text/html"), ("Content-Encoding", coding)]
    if chunked:
        fields.append(("Transfer-Encoding", "chunked"))
    made = Writing()
    made.answer(address(0), _chunked(body) if chunked else body, fields)
    (capture,) = read(tmp_path, "crawl.warc.gz", made.content)
    assert isinstance(capture, Capture)
    assert capture.content == page(0)


def test_a_body_said_to_be_chunked_that_is_not_is_taken_as_it_is(tmp_path: Path) -> None:
    made = Writing()
    made.answer(address(0), page(0), [("Content-Type", "text/html"), ("Transfer-Encoding", "chunked")])
    (capture,) = read(tmp_path, "crawl.warc.gz", made.content)
    assert isinstance(capture, Capture)
    assert capture.content == page(0)


def test_codings_that_cannot_be_undone_are_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = Writing()
    bodies = (
        ("br", brotli.compress(page(0))),
        ("lzw", b"\x1f\x9d\x90" * 9),
        ("gzip", gzip.compress(page(1))[:60]),
        ("br", brotli.compress(page(2))[:40]),
    )
    for coding, body in bodies:
        made.answer(address(0), body, [("Content-Type", "text/html"), ("Content-Encoding", coding)])
    found = problems(read(tmp_path, "crawl.warc.gz", made.content))
    assert [item.code for item in found] == ["packing", "damaged", "damaged"]
    monkeypatch.setitem(sys.modules, "brotli", None)
    found = problems(read(tmp_path, "crawl.warc.gz", made.content))
    assert [item.code for item in found] == ["packing", "packing", "damaged", "packing"]
    assert "counterclaim[archives]" in str(found[0])


def test_a_large_body_in_a_small_record_is_refused(tmp_path: Path) -> None:
    made = Writing()
    for coding, pack in (("gzip", gzip.compress), ("br", brotli.compress), ("zstd", zstd.compress)):
        fields = [("Content-Type", "text/html"), ("Content-Encoding", coding)]
        made.answer(address(0), pack(b"x" * 5_000_000), fields)
    items = read(tmp_path, "crawl.warc.gz", made.content, max_bytes=1_000_000)
    assert [item.code for item in problems(items)] == ["too-large"] * 3


@pytest.mark.parametrize("packing", ["gzip", "none"])
def test_records_over_the_limit_are_named_and_the_next_is_read(tmp_path: Path, packing: str) -> None:
    made = Writing(packing)
    made.answer(address(0), page(0))
    made.answer("https://echo.example/film", b"\0" * 900_000, [("Content-Type", "video/mp4")])
    made.answer("https://echo.example/long", b"x" * 900_000)
    made.answer(address(1), page(1))
    items = read(tmp_path, f"crawl{SUFFIX[packing]}", made.content, max_bytes=100_000)
    assert urls(items) == [address(0), address(1)]
    (problem,) = problems(items)
    assert (problem.code, problem.name.rpartition("#")[2]) == ("too-large", str(made.offsets[2]))


def test_one_member_for_all_records_and_a_stream_that_cannot_be_sought_in(tmp_path: Path) -> None:
    plain = crawl(3, "none")
    items = read(tmp_path, "crawl.warc.gz", gzip.compress(plain.content))
    assert [item.name.rpartition("#")[2] for item in items] == [f"0+{each}" for each in plain.offsets[1:]]

    class Pipe(io.RawIOBase):
        def __init__(self, content: bytes) -> None:
            self._inner = io.BytesIO(content)

        def readable(self) -> bool:
            return True

        def read(self, size: int = -1) -> bytes:
            return self._inner.read(min(size, 777))

    for content in (crawl(3).content, plain.content, crawl(3, "zstd").content):
        assert urls(read_stream("-", Pipe(content))) == [address(each) for each in range(3)]  # type: ignore[arg-type]


def test_zstd_with_the_dictionary_of_the_archive(tmp_path: Path) -> None:
    parts = [crawl(1, "none").content for _ in range(3)]
    samples = [page(each) for each in range(400)]
    dictionary = zstd.train_dict(samples, 4_000)
    raw = dictionary.dict_content
    for stored in (raw, zstd.compress(raw)):
        frame = b"\x5d\x2a\x4d\x18" + len(stored).to_bytes(4, "little") + stored
        content = frame + b"".join(zstd.compress(part, zstd_dict=dictionary) for part in parts)
        items = read(tmp_path, "team.warc.zst", content)
        assert urls(items) == [address(0)] * 3


def test_digest_and_cut_pages_are_told(tmp_path: Path) -> None:
    made = Writing("none")
    made.answer(address(0), page(0), WARC_Truncated="length")
    made.answer(address(1), page(1))
    content = made.content.replace(b"report 1-7.", b"report 1-8.")
    items = read(tmp_path, "crawl.warc", content)
    assert urls(items) == [address(0), address(1)]
    assert [(item.code, item.severity.value) for item in problems(items)] == [
        ("cut", "notice"),
        ("digest", "notice"),
    ]


@pytest.mark.parametrize("packing", ["gzip", "zstd", "none"])
def test_parts_of_a_file_give_each_record_once(tmp_path: Path, packing: str) -> None:
    made = crawl(40, packing)
    path = tmp_path / f"crawl{SUFFIX[packing]}"
    path.write_bytes(made.content)
    whole = list(read_captures([path]))
    size = len(made.content)
    for step in (size // 3, size // 17, made.offsets[5]):
        parts = [
            item
            for start in range(0, size, step)
            for item in read_web_archive_part(path, start, start + step, 20_000_000)
        ]
        assert parts == whole


@pytest.mark.skipif(not shutil.which("wget"), reason="wget is not installed")
def test_what_wget_stores_is_read(tmp_path: Path) -> None:
    site = tmp_path / "site"
    site.mkdir()
    (site / "index.html").write_bytes(b'<html><body><a href="1.html">one</a><img src="a.png"></body></html>')
    (site / "1.html").write_bytes(page(1))
    (site / "a.png").write_bytes(b"\x89PNG\r\n")

    class Quiet(http.server.SimpleHTTPRequestHandler):
        def log_message(self, *_: object) -> None:
            return

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=str(site)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    stored = f"--warc-file={tmp_path / 'site-crawl'}"
    root = f"http://127.0.0.1:{server.server_port}/"
    try:
        for extra in ((), ("--no-warc-compression",)):
            subprocess.run(
                ["wget", "-q", "-r", "-p", "-P", tmp_path / "out", stored, *extra, root],
                check=False, env={"no_proxy": "*", "PATH": "/usr/bin:/bin"}, timeout=60,
            )  # fmt: skip
    finally:
        server.shutdown()
        server.server_close()
    for name in ("site-crawl.warc.gz", "site-crawl.warc"):
        items = list(read_captures([tmp_path / name]))
        assert [item for item in problems(items) if item.severity.value == "error"] == []
        assert {root, root + "1.html"} <= set(urls(items))
        assert root + "a.png" not in urls(items)
        assert page(1) in [item.content for item in items if isinstance(item, Capture)]


def _wacz(place: Path, warc: bytes, digest: str) -> Path:
    """Write a WACZ as version 1.1.1 of its specification has it: the archive stored, the rest packed."""
    listed = {"name": "data.warc.gz", "path": "archive/data.warc.gz", "hash": digest, "bytes": len(warc)}
    package = {
        "profile": "data-package",
        "wacz_version": "1.1.1",
        "resources": [listed],
    }
    with zipfile.ZipFile(place, "w") as archive:
        archive.writestr("archive/data.warc.gz", warc, zipfile.ZIP_STORED)
        archive.writestr("indexes/index.cdx.gz", gzip.compress(b"!meta {}\n"), zipfile.ZIP_STORED)
        archive.writestr(
            "pages/pages.jsonl", '{"format": "json-pages-1.0", "id": "pages"}\n', zipfile.ZIP_DEFLATED
        )
        archive.writestr("datapackage.json", json.dumps(package), zipfile.ZIP_DEFLATED)
    return place


def test_a_wacz_gives_its_pages_and_its_digest_is_checked(tmp_path: Path) -> None:
    made = crawl(3)
    good = hashlib.sha256(made.content).hexdigest()
    items = list(read_captures([_wacz(tmp_path / "site.wacz", made.content, f"sha256:{good}")]))
    assert problems(items) == []
    assert items[0].name == f"{tmp_path}/site.wacz!archive/data.warc.gz#{made.offsets[1]}"
    items = list(read_captures([_wacz(tmp_path / "other.wacz", made.content, f"sha256:{'0' * 64}")]))
    assert urls(items) == [address(each) for each in range(3)]
    (problem,) = problems(items)
    assert (problem.code, problem.severity.value) == ("digest", "notice")
    assert problem.name.endswith("other.wacz!archive/data.warc.gz")


def test_a_wacz_by_the_usual_tool_is_read() -> None:
    """``wacz create -f data.warc.gz`` (py-wacz 0.6.0) packed the invented pages of :func:`crawl`."""
    items = list(read_captures([FIXTURES / "archives" / "py-wacz.wacz"]))
    assert problems(items) == []
    assert [item.content for item in items if isinstance(item, Capture)] == [page(0, 5), page(1, 5)]
