"""Lists of addresses: recognised, read once each in their order, and never taken for a report."""

from __future__ import annotations

import gzip
import io
import json
import zipfile
from pathlib import Path

import pytest

from counterclaim.cli.program import run
from counterclaim.model import Capture, Problem
from counterclaim.sources import Address, read_addresses, read_captures
from counterclaim.sources.indexes import index_of, moment


def tabbed(count: int, **columns: str) -> str:
    """A line of so many columns; ``c3`` is the fourth."""
    return "\t".join(columns.get(f"c{each}", "") for each in range(count))


def event(count: int, number: int, added: str, url: str) -> str:
    where = {"c57": url, "c56": added} if count == 58 else {"c60": url, "c59": added}
    return tabbed(count, c0=str(number), c1="20250304", **where)


def mention(number: int, url: str) -> str:
    return tabbed(
        16, c0=str(number), c1="20250304070000", c2="20250304071500", c3="1", c4="echo.example", c5=url
    )


def graph(number: int, url: str, kind: str = "1") -> str:
    return tabbed(27, c0=f"20250304071500-{number}", c1="20250304071500", c2=kind, c3="echo.example", c4=url)


ONE, TWO = "https://echo.example/1", "https://lantern.example/2?a=b"
GKG_1 = (
    "DATE\tNUMARTS\tCOUNTS\tTHEMES\tLOCATIONS\tPERSONS\tORGANIZATIONS\tTONE\tCAMEOEVENTIDS\tSOURCES\t"
    "SOURCEURLS"
)
CDX = " CDX N b a m s k r M S V g"


def cdx(url: str, mime: str = "text/html", status: str = "200") -> str:
    digest = "3I42H3S6NNFQ2MSVX7XZKYAYSCX5QBYJ"
    return f"example,echo)/1 20250304071530 {url} {mime} {status} {digest} - - 812 1043 crawl.warc.gz"


def cdxj(url: str, mime: str = "text/html", status: str = "200") -> str:
    fields = {"url": url, "mime": mime, "status": status, "filename": "crawl.warc.gz"}
    return f"example,echo)/1 20250304071530 {json.dumps(fields)}"


def answer(url: str) -> str:
    """Return a line as the index server of Common Crawl gives it."""
    fields = {"urlkey": "k", "timestamp": "20250304071530", "url": url, "mime": "text/html", "status": "200"}
    return json.dumps(fields)


FORMATS = [
    ("20250304.export.CSV", [event(58, 1, "20250304", ONE), event(58, 2, "20250304", TWO)], "2025-03-04"),
    ("20250304071500.export.CSV", [event(61, 1, "20250304071500", ONE), event(61, 2, "20250304071500", TWO)],
     "2025-03-04T07:15:00Z"),
    ("20250304071500.mentions.CSV", [mention(1, ONE), mention(1, TWO)], "2025-03-04T07:15:00Z"),
    ("20250304071500.gkg.csv", [graph(0, ONE), graph(1, "Echo FM broadcast", "2"), graph(2, TWO)],
     "2025-03-04T07:15:00Z"),
    ("20250304.gkg.csv", [GKG_1, tabbed(11, c0="20250304", c10=f"{ONE}<UDIV>{TWO}")], "2025-03-04"),
    ("masterfilelist.txt", [f"150383 297a16b493de7cf6ca809a7cc31d0b93 {ONE}/20250304071500.export.CSV.zip",
                            f"318084 bb27f78ba45f69a17ea6ed7755e9f8ff {TWO}/20250304071500.gkg.csv.zip"],
     "2025-03-04T07:15:00Z"),
    ("warc.paths", [f"crawl-data/CC-NEWS/2025/03/CC-NEWS-20250304071500-0000{each}.warc.gz" for each in "12"],
     "2025-03-04T07:15:00Z"),
    ("crawl.cdx", [CDX, cdx(ONE), cdx(ONE + ".png", "image/png"), cdx(ONE + "gone", status="404"), cdx(TWO)],
     "2025-03-04T07:15:30Z"),
    ("bare.cdx", [cdx(ONE), cdx(TWO)], "2025-03-04T07:15:30Z"),
    ("crawl.cdxj", ['!meta {"format": "cdxj"}', cdxj(ONE), cdxj(TWO, "warc/revisit"), cdxj(TWO)],
     "2025-03-04T07:15:30Z"),
    ("answers.json", [answer(ONE), answer(TWO)], "2025-03-04T07:15:30Z"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "lines", "date"), FORMATS, ids=[each[0] for each in FORMATS])
@pytest.mark.parametrize("packing", ["none", "gzip", "zip"])
def test_each_format_gives_its_addresses_once_and_is_no_report(
    tmp_path: Path, name: str, lines: list[str], date: str, packing: str
) -> None:
    content = "\n".join([*lines, lines[-1], ""]).encode()
    path = tmp_path / name
    where = str(path)
    if packing == "gzip":
        path = path.with_name(f"{name}.gz")
        where = str(path)
        content = gzip.compress(content)
    elif packing == "zip":
        path = path.with_name(f"{name}.zip")
        where = f"{path}!{name}"
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as archive:
            archive.writestr(name, content)
        content = out.getvalue()
    path.write_bytes(content)
    found = list(read_addresses([path]))
    assert all(isinstance(item, Address) for item in found)
    addresses = [item for item in found if isinstance(item, Address)]
    starts = ("https://data.commoncrawl.org/crawl-data/",) * 2 if name == "warc.paths" else (ONE, TWO)
    assert len(addresses) == 2
    for address, start in zip(addresses, starts, strict=True):
        assert address.url.startswith(start)
        assert address.date == date
        assert address.place.startswith(f"{where}#")
    assert (
        addresses[0].place == f"{where}#{2 if name in {'20250304.gkg.csv', 'crawl.cdx', 'crawl.cdxj'} else 1}"
    )
    (problem,) = read_captures([path])
    assert isinstance(problem, Problem)
    assert (problem.code, problem.name) == ("index", where)
    assert f"counterclaim addresses {path} > urls.txt" in problem.advice


def test_broken_lines_are_named_and_the_rest_is_read(tmp_path: Path) -> None:
    path = tmp_path / "crawl.cdxj"
    path.write_text(
        "\n".join([cdxj(ONE), "rubbish", 'k 20250304071530 {"url": ', cdxj(TWO)]), encoding="utf-8"
    )
    found = list(read_addresses([path]))
    assert [item.url if isinstance(item, Address) else item.name.rpartition("#")[2] for item in found] == [
        ONE,
        "2",
        "3",
        TWO,
    ]


@pytest.mark.parametrize(
    "content",
    [
        "The board denied it.\nIt said so.",
        "Name\tParty\tVotes\nOyelle\tBlue\t12",
        '{"id": "a", "text": "The board denied it."}',
        '{"url": "https://echo.example/1", "id": "a", "text": "b", "timestamp": "20250304"}',
        "20250304071530 https://echo.example/1",
        "<html><body>crawl-data/x.gz</body></html>",
        "",
    ],
)
def test_reports_are_no_lists(tmp_path: Path, content: str) -> None:
    assert index_of(content.encode()) is None
    path = tmp_path / "a.txt"
    path.write_text(content, encoding="utf-8")
    (problem,) = read_addresses([path])
    assert isinstance(problem, Problem)
    assert problem.code == ("no-index" if content else "empty")
    if content:
        assert isinstance(next(iter(read_captures([path]))), Capture)


@pytest.mark.parametrize(
    ("digits", "expected"),
    [
        ("20250304", "2025-03-04"),
        ("20250304071530", "2025-03-04T07:15:30Z"),
        ("2025", None),
        ("20251304", None),
        ("", None),
    ],
)
def test_moments(digits: str, expected: str | None) -> None:
    assert moment(digits) == expected


def test_the_command_prints_one_address_a_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "crawl.cdx"
    path.write_text("\n".join([CDX, cdx(ONE), cdx(TWO)]), encoding="utf-8")
    assert run(["addresses", str(path)]) == 0
    assert capsys.readouterr().out == f"{ONE}\n{TWO}\n"
    assert run(["addresses", str(path), "--format", "json"]) == 0
    first = {"url": ONE, "date": "2025-03-04T07:15:30Z", "place": f"{path}#2"}
    assert json.loads(capsys.readouterr().out)[0] == first
    (tmp_path / "a.txt").write_text("The board denied it.", encoding="utf-8")
    assert run(["addresses", str(tmp_path)]) == 1
    captured = capsys.readouterr()
    assert captured.out == f"{ONE}\n{TWO}\n"
    assert "no list of addresses" in captured.err


@pytest.mark.parametrize("url", ["https://echo\\ud83d.example/1", "https://echo.example/\\ud83d"])
def test_an_address_that_nobody_can_write_is_left_out(tmp_path: Path, url: str) -> None:
    line = answer(TWO).replace(TWO, url)
    path = tmp_path / "answers.json"
    path.write_text(f"{answer(ONE)}\n{line}\n", encoding="ascii")
    assert [item.url for item in read_addresses([path]) if isinstance(item, Address)] == [ONE]
