"""Files to begin fuzzing with, one list for each parser: invented reports, written by ordinary tools."""

from __future__ import annotations

import bz2
import gzip
import io
import json
import lzma
import mailbox
import sys
import tarfile
import tempfile
import zipfile
from collections.abc import Callable
from functools import cache
from pathlib import Path

TESTS = Path(__file__).resolve().parents[1] / "tests"
for folder in ("documents", "sources", "ledger"):
    sys.path.insert(0, str(TESTS / folder))

from archive_making import crawl  # noqa: E402
from formats_help import PARAGRAPHS, TITLE, mail, news_item, ninjs, nitf, xhtml_content  # noqa: E402
from ledger_help import Clock, PairLinker, make_report  # noqa: E402

WORDS = "\n\n".join((TITLE, *PARAGRAPHS))
HTML = f"""<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{TITLE} | Echo</title>
<link rel="canonical" href="https://echo.example/1"><meta property="og:site_name" content="Echo">
<meta name="author" content="Ines Marwick"><meta property="article:published_time" content="2031-03-04">
<script type="application/ld+json">{{"@type": "NewsArticle", "headline": "{TITLE}",
"datePublished": "2031-03-04T10:45:00+01:00", "author": [{{"name": "Ines Marwick"}}]}}</script></head>
<body><nav><a href="/">Home</a></nav><article><h1>{TITLE}</h1><p class="standfirst">Nobody asked them</p>
<p>{PARAGRAPHS[0]}<br>He&nbsp;said &#8220;no&#8221;.</p><table><tr><td>One<td>Two</table>
<ul><li>{PARAGRAPHS[1].replace("&", "&amp;")}</li></ul><blockquote>{PARAGRAPHS[2]}</blockquote>
<!-- aside --></article></body></html>"""
RECORD = {
    "id": "ferry",
    "text": WORDS + " \\ \u2028 \U0001f6a2",
    "title": TITLE,
    "published": "2031-03-04",
    "publisher": "Echo",
    "byline": "Ines Marwick",
    "url": "https://echo.example/1",
    "language": "en",
}
PAGES = sorted((TESTS / "fixtures" / "html").glob("*.html"))
TIMES = (
    "HALDEN, March 4 (Northlight) - Ferries stopped on Monday, 2 days after 30 Feb 2031, at 10:30 a.m. GMT.",
    "since last week; from 1999 to the mid-2000s; the early 21st century; 500 BC; every day for half an hour",
    "On 2031-02-29 at 24:00, 9/11/2001, Easter Sunday, the third quarter of 2020, the weekend after next",
)
DATES = (
    "2031-03-04T10:45:00+01:00",
    "20310304T104500Z",
    "Tue, 04 Mar 2031 09:12:00 GMT",
    "4 Mar 31 9:12 EST",
)
QUERIES = (
    "Ida boat",
    '"the boat sailed" said',
    "3,500 NEAR/2 report*",
    "not AND OR (a) -b ^c é\u0301 a:x",
)


def _jsonl() -> bytes:
    rows = [RECORD, {"id": "two", "text": PARAGRAPHS[0]}, json.loads(ninjs())]
    return b"\n".join(json.dumps(row).encode() for row in rows) + b"\n"


@cache
def pdf() -> bytes:
    """Return a PDF of one page, by reportlab."""
    from reportlab.pdfgen.canvas import Canvas

    stream = io.BytesIO()
    canvas = Canvas(stream, pagesize=(420, 595), invariant=True)
    canvas.setTitle(TITLE)
    for number, line in enumerate((*PARAGRAPHS[0].split(","), "It was a well-", "known drill, he said.")):
        canvas.drawString(40, 540 - 14 * number, line)
    canvas.showPage()
    canvas.drawString(40, 540, PARAGRAPHS[2])
    canvas.save()
    return stream.getvalue()


def _mbox() -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        box = mailbox.mbox(f"{folder}/box")
        for text in PARAGRAPHS:
            message = mailbox.mboxMessage(mail(text + "\n\nFrom here on: nothing"))
            message.set_from("press@harbour.example", (2031, 3, 4, 9, 12, 0, 1, 63, 0))
            box.add(message)
        box.close()
        return Path(folder, "box").read_bytes()


def zipped(members: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """Return a ZIP archive of these members."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, content in members.items():
            archive.writestr(zipfile.ZipInfo(name), content, method)
    return out.getvalue()


def tarred(members: dict[str, bytes], form: int = tarfile.PAX_FORMAT) -> bytes:
    """Return a TAR archive of these members."""
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w", format=form) as archive:
        for name, content in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(content)
            archive.addfile(info, io.BytesIO(content))
    return out.getvalue()


def wacz() -> bytes:
    """Return a WACZ with a small crawl."""
    listed = {"name": "data.warc.gz", "path": "archive/data.warc.gz", "hash": "sha256:0", "bytes": 1}
    package = {"profile": "data-package", "wacz_version": "1.1.1", "resources": [listed]}
    return zipped(
        {
            "archive/data.warc.gz": crawl(2, words=2).content,
            "indexes/index.cdx.gz": gzip.compress(b"!meta {}\n", mtime=0),
            "pages/pages.jsonl": b'{"format": "json-pages-1.0", "id": "pages"}\n',
            "datapackage.json": json.dumps(package).encode(),
        },
        zipfile.ZIP_STORED,
    )


def feeds() -> list[bytes]:
    """Return the same feed in RSS and in Atom, as feedgen wrote them for the tests."""
    folder = Path(__file__).parent.parent / "tests" / "fixtures" / "feeds"
    return [(folder / name).read_bytes() for name in ("first.rss", "first.atom")]


MEMBERS = {"north/page.html": HTML.encode(), "reports.jsonl": _jsonl(), "letter.txt": WORDS.encode()}


def _packed() -> list[bytes]:
    from backports import zstd

    content = _jsonl()
    return [
        gzip.compress(content, mtime=0),
        gzip.compress(content, mtime=0) + gzip.compress(HTML.encode(), mtime=0),
        bz2.compress(content),
        lzma.compress(content),
        lzma.compress(content, check=lzma.CHECK_SHA256),
        zstd.compress(content),
        gzip.compress(bz2.compress(tarred(MEMBERS)), mtime=0),
    ]


def _lists() -> list[bytes]:
    from test_indexes import FORMATS

    return ["\n".join(lines).encode() for _name, lines, _date in FORMATS]


@cache
def exports() -> tuple[bytes, bytes]:
    """Return a small ledger as JSON Lines, and as entities of FollowTheMoney that carry it."""
    from counterclaim.exports import FORMATS, STORED, Choices, read_source
    from counterclaim.ledger import Ledger

    with (
        tempfile.TemporaryDirectory() as folder,
        Ledger.open(f"{folder}/l.db", create=True, clock=Clock()) as ledger,
    ):
        fill(ledger)
        found = []
        for form, choices in (
            ("jsonl", Choices(nouns=STORED, recorded=True)),
            ("ftm", Choices(carried=True)),
        ):
            with read_source(ledger, choices) as source:
                found.append(b"".join(FORMATS[form].pieces(source)))
    return found[0], found[1]


def fill(ledger: object) -> None:
    """Add three small reports to a ledger."""
    sayings = (
        ("Ida", "the boat sailed", True),
        ("Tom", "the boat sailed", False),
        ("Bo", "3,500 came", True),
    )
    for number in range(3):
        capture, report = make_report(f"r{number}", sayings[number : number + 2], "Zürich said no.")
        ledger.add(capture, report, PairLinker())  # type: ignore[attr-defined]


SEEDS: dict[str, Callable[[], list[bytes]]] = {
    "html": lambda: [
        HTML.encode(),
        *(path.read_bytes() for path in (TESTS / "fixtures/html").glob("*.html")),
    ],
    "text": lambda: (
        [WORDS.encode(each) for each in ("utf-8", "utf-8-sig", "utf-16", "utf-32", "cp1252")]
        + ["Мэр Ларре отверг обвинения: «нет».".encode("cp1251"), "市長は否定した。".encode("euc_jp")]
    ),
    "json": lambda: [json.dumps(RECORD).encode(), json.dumps(RECORD, ensure_ascii=False, indent=1).encode()],
    "jsonl": lambda: [_jsonl()],
    "ninjs": lambda: [ninjs(), ninjs(body_text=None, body_html='<p>AT&amp;T said "no".</p><p>He did.</p>')],
    "nitf": lambda: [nitf().encode(), nitf(status="embargoed").encode("utf-16")],
    "newsml": lambda: [
        news_item(xhtml_content()).encode(),
        news_item(f"<inlineData contenttype='text/plain'>{PARAGRAPHS[0]}</inlineData>").encode(),
    ],
    "feed": feeds,
    "pdf": lambda: [pdf()],
    "pdf-layout": lambda: [bytes(range(256)), WORDS.encode()],
    "mail": lambda: [mail().as_bytes(), mail(html_text=HTML).as_bytes()],
    "mbox": lambda: [_mbox()],
    "warc": lambda: [crawl(2, "none", words=2).content, crawl(1, "none", "1.1", 2).content],
    "warc-gzip": lambda: [crawl(2, "gzip", words=2).content],
    "warc-zstd": lambda: [crawl(2, "zstd", words=2).content],
    "wacz": lambda: [wacz()],
    "zip": lambda: [zipped(MEMBERS), zipped(MEMBERS, zipfile.ZIP_STORED), zipped({"a.zip": zipped(MEMBERS)})],
    "tar": lambda: [tarred(MEMBERS), tarred(MEMBERS, tarfile.GNU_FORMAT)],
    "packed": _packed,
    "lists": _lists,
    "dates": lambda: [each.encode() for each in DATES],
    "times": lambda: [each.encode() for each in TIMES],
    "import": lambda: [exports()[0]],
    "import-ftm": lambda: [exports()[1]],
    "query": lambda: [each.encode() for each in QUERIES],
}
"""What makes the first inputs of each parser. Those of ``pdf-layout`` are numbers, not a file."""
