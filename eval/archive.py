"""From a WARC of the web to a linked ledger: reports a second, memory, bytes a report.

    python eval/archive.py build --reports 100000 --out build/archive.warc.gz [--shapes FOLDER]
    python eval/archive.py run --warc build/archive.warc.gz --workers 2 --extractor fast [--resume]

``build`` writes pages around the texts of ``archive_texts``: shells of our own, and with ``--shapes`` those
of real pages in a folder (each page's paragraphs are taken out and ours put in). ``run`` ingests it with an
engine and prints one line of JSON.
"""

from __future__ import annotations

import argparse
import html
import json
import os
import random
import resource
import shutil
import subprocess
import sys
import threading
import time
from io import BytesIO
from pathlib import Path
from typing import Any

import archive_texts
from archive_texts import Written
from lxml import etree
from lxml import html as lxml_html
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

_OWN_WORDS = (
    "//title|//h1|//meta[@property]|//meta[@name]|//script[@type='application/ld+json']|//time|//link[@rel]"
)
"""What a page says of its own report: taken out of a shell."""


LONG = 12
"""Words in one stretch of a real page from which it is taken out of the shell: it would be in each report."""


class Shape:
    """A real page with its report taken out: what stands before, between and after."""

    def __init__(self, page: bytes) -> None:
        tree = lxml_html.document_fromstring(page)
        body = _container(tree)
        if body is None or tree.find("head") is None:
            raise ValueError("no report in it")
        for paragraph in [each for each in body if each.tag == "p"]:
            body.remove(paragraph)
        for other in list(tree.iter("p", "li", "blockquote", "td", "div", "span")):
            own = " ".join([other.text or "", *(each.tail or "" for each in other)]).split()
            if len(own) > LONG and other.getparent() is not None:
                other.text = None  # the words of its own report, in a place of their own
                for each in other:
                    each.tail = None
        body.insert(0, etree.Comment("REPORT"))
        for old in tree.xpath(
            "//title|//h1|//meta[@property]|//meta[@name]|//script[@type='application/ld+json']|//time"
        ):
            if old.tag == "h1":
                old.clear()
                old.text = "HEADLINE"
            elif old.getparent() is not None:
                old.drop_tree()
        tree.find("head").insert(0, etree.Comment("META"))
        written = lxml_html.tostring(tree, encoding="unicode")
        self._parts = written.replace("<!--META-->", "\0META\0").replace("<!--REPORT-->", "\0REPORT\0")
        if "\0REPORT\0" not in self._parts:
            raise ValueError("no place for a report")

    def page(self, report: Written, url: str) -> bytes:
        """Return the page with a report in it."""
        made = self._parts.replace("\0META\0", _meta(report, url))
        made = made.replace("\0REPORT\0", _body(report)).replace("HEADLINE", html.escape(report.title))
        return ("<!doctype html>\n" + made).encode()


def _container(tree: Any) -> Any:
    """Return the element with most text in paragraphs of its own."""
    best, most = None, 600
    for element in tree.iter("div", "article", "section", "td", "main"):
        size = sum(len(each.text_content()) for each in element if each.tag == "p")
        if size > most:
            best, most = element, size
    return best


def _meta(report: Written, url: str) -> str:
    title, outlet, day = html.escape(report.title), html.escape(report.outlet), report.published.isoformat()
    data = json.dumps({"@context": "https://schema.org", "@type": "NewsArticle", "headline": report.title,
                       "datePublished": f"{day}T08:00:00Z", "publisher": {"@type": "Organization",
                       "name": report.outlet}})  # fmt: skip
    return (
        f'<meta charset="utf-8"><title>{title} - {outlet}</title><meta property="og:title" content="{title}">'
        f'<meta property="og:site_name" content="{outlet}"><link rel="canonical" href="{url}">'
        f'<script type="application/ld+json">{data}</script>'
    )


def _body(report: Written) -> str:
    return "\n".join(f"<p>{html.escape(each, quote=False)}</p>" for each in report.paragraphs)


def own_shape(number: int) -> str:
    """Return a page of our own, with the marks that :class:`Shape` uses."""
    chance = random.Random(number)
    links = "".join(f'<li class="menu-item"><a href="/s/{i}">Section {i}</a></li>' for i in range(60))
    script = "<script>" + "".join(f"var q{i}={chance.random()};" for i in range(700)) + "</script>"
    teasers = "".join(f'<div class="teaser"><a href="/t/{i}"><h3>Other story number {i} of today</h3></a>'
                      f"<span>{i} minutes ago</span></div>" for i in range(40))  # fmt: skip
    wrap = ("article", "div", "section", "main")[number % 4]
    name = ("article-body", "entry-content", "story", "post__content")[number // 4 % 4]
    aside = f'<aside class="related">{teasers}</aside>'
    middle = f'<{wrap} class="{name}"><h1>HEADLINE</h1>\0REPORT\0</{wrap}>'
    return (
        f"<html><head>\0META\0{script}<style>.a{{color:red}}</style></head><body><header><nav><ul>{links}</ul>"
        f"</nav></header>{aside if number % 2 else ''}{middle}{'' if number % 2 else aside}"
        f"<footer><ul>{links}</ul><p>All rights reserved.</p></footer>{script}</body></html>"
    )


class Own(Shape):
    """A shell of our own."""

    def __init__(self, number: int) -> None:
        self._parts = own_shape(number)


def shapes(folder: Path | None) -> list[Shape]:
    """Return the shells: ours, and those of the real pages in a folder that can be used."""
    found: list[Shape] = [Own(number) for number in range(16)]
    if folder is not None:
        found = []
        for path in sorted(folder.glob("*.html")):
            try:
                found.append(Shape(path.read_bytes()))
            except (ValueError, etree.LxmlError):
                continue
    return found


def build(count: int, out: Path, folder: Path | None) -> dict[str, Any]:
    """Write the archive, and say what it holds."""
    shells = shapes(folder)
    out.parent.mkdir(parents=True, exist_ok=True)
    size = words = 0
    kind = [("Content-Type", "text/html; charset=utf-8")]
    with out.open("wb") as file:
        writer = WARCWriter(file, gzip=True)
        for report in archive_texts.reports(count):
            place = report.outlet.lower().replace(" ", "-")
            url = f"https://{place}.example/{report.published:%Y/%m/%d}/{report.number}"
            page = shells[report.number * 7919 % len(shells)].page(report, url)
            headers = StatusAndHeaders("200 OK", kind, protocol="HTTP/1.1")
            stamp = {"WARC-Date": f"{report.published.isoformat()}T09:00:00Z"}
            record = writer.create_warc_record(
                url, "response", payload=BytesIO(page), http_headers=headers, warc_headers_dict=stamp
            )
            writer.write_record(record)
            size += len(page)
            words += sum(len(each.split()) for each in report.paragraphs)
    return {"reports": count, "shapes": len(shells), "page bytes": size // count, "words": words // count,
            "archive bytes": out.stat().st_size}  # fmt: skip


class Watched(threading.Thread):
    """Adds up the memory of a process and all it started, twice a second, and keeps the most."""

    def __init__(self, root: int) -> None:
        super().__init__(daemon=True)
        self._root = root
        self.most = self.largest = 0
        self.over = threading.Event()

    def run(self) -> None:
        """Measure until it is over."""
        while not self.over.wait(0.5):
            sizes = _sizes(self._root)
            self.most = max(self.most, sum(sizes))
            self.largest = max([self.largest, *sizes])


def _sizes(root: int) -> list[int]:
    """Return the proportional size in bytes of a process and of all below it."""
    parents: dict[int, int] = {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = path.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        parents[int(path.parent.name)] = int(fields[1])
    family = {root}
    while more := {child for child, parent in parents.items() if parent in family} - family:
        family |= more
    found = []
    for each in family:
        try:
            rollup = Path(f"/proc/{each}/smaps_rollup").read_text()
        except OSError:
            continue
        found += [int(line.split()[1]) * 1024 for line in rollup.splitlines() if line.startswith("Pss:")]
    return found


def run(
    warc: Path,
    workers: int,
    extractor: str,
    engine: str,
    keep: Path | None,
    ledger: str | None,
    *,
    resume: bool = False,
) -> dict[str, Any]:
    """Ingest the archive anew, or go on where it was left, and return the figures.

    The seconds are those of this call; what was done before ``resume`` is in the run's own rates alone.
    """
    folder = keep or warc.parent / f"{warc.name}.{extractor}.{engine}.{workers}"
    if not resume:
        shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True, exist_ok=True)
    place = ledger or str(folder / "ledger.db")
    command = [sys.executable, "-m", "counterclaim", "ingest", str(warc), "--ledger", place,
               "--engine", engine, "--workers", str(workers), "--extractor", extractor,
               "--runs", str(folder / "runs"), "--format", "jsonl"]  # fmt: skip
    started = time.monotonic()
    with (folder / "stderr.txt").open("wb") as errors:
        process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=errors)
        watched = Watched(process.pid)
        watched.start()
        told, _ = process.communicate()
    seconds = time.monotonic() - started
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    watched.over.set()
    done = json.loads(told.splitlines()[-1])
    shown = subprocess.run(
        [sys.executable, "-m", "counterclaim", "runs", "--runs", str(folder / "runs"), "--format", "jsonl"],
        check=True, capture_output=True)  # fmt: skip
    state = json.loads(shown.stdout.splitlines()[0])
    kept = sum(path.stat().st_size for path in folder.rglob("*.parquet"))
    size = sum(path.stat().st_size for path in folder.glob("ledger.db*"))
    return {
        "extractor": extractor, "engine": engine, "workers": workers, "code": process.returncode,
        "reports": done["reports"], "added": done["added"], "statements": done["statements"],
        "seconds": round(seconds, 1), "reports a second": round(done["reports"] / seconds, 2),
        "processor ms a report": round(1000 * (used.ru_utime + used.ru_stime) / max(1, done["reports"]), 1),
        "reading a second": state["rate"], "loading a second": state["loading_rate"],
        "memory MB": round(watched.most / 1e6), "largest process MB": round(watched.largest / 1e6),
        "ledger bytes a report": size // max(1, done["reports"]),
        "run bytes a report": kept // max(1, done["reports"]),
    }  # fmt: skip


def main() -> None:
    """Build an archive, or read one."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    commands = parser.add_subparsers(dest="command", required=True)
    one = commands.add_parser("build")
    one.add_argument("--reports", type=int, default=100_000)
    one.add_argument("--out", type=Path, required=True)
    one.add_argument("--shapes", type=Path)
    other = commands.add_parser("run")
    other.add_argument("--warc", type=Path, required=True)
    other.add_argument("--workers", type=int, default=2)
    other.add_argument("--extractor", default="fast")
    other.add_argument("--engine", default="local")
    other.add_argument("--keep", type=Path)
    other.add_argument("--ledger")
    other.add_argument("--resume", action="store_true", help="go on with a run that was ended")
    given = parser.parse_args()
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    if given.command == "build":
        print(json.dumps(build(given.reports, given.out, given.shapes)))
    else:
        engine, keep = given.engine, given.keep
        done = run(
            given.warc, given.workers, given.extractor, engine, keep, given.ledger, resume=given.resume
        )
        print(json.dumps(done))


if __name__ == "__main__":
    main()
