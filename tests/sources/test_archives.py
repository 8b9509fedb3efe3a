"""ZIP, TAR, mail boxes and packed files by their ordinary tools: what is read, and under which name."""

from __future__ import annotations

import gzip
import io
import mailbox
import os
import shutil
import subprocess
import tarfile
import zipfile
from email.message import EmailMessage
from pathlib import Path

import pytest
from archive_making import address, crawl, page, problems, read, urls

from counterclaim.model import Capture, Problem
from counterclaim.sources import read_captures, read_stream
from counterclaim.sources.recognising import container_of, media_type_of

CRAWL = crawl(1)
REPORT = b'{"id": "a", "text": "The harbour board of Aldermere denied it."}\n'


def needs(tool: str) -> pytest.MarkDecorator:
    return pytest.mark.skipif(not shutil.which(tool), reason=f"{tool} is not installed")


def names(items: list[Capture | Problem], start: Path) -> list[str]:
    return [item.name.removeprefix(f"{start}/") for item in items]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder of reports, with what tools leave there."""
    place = tmp_path / "pile"
    (place / "north").mkdir(parents=True)
    (place / "north" / "page.html").write_bytes(page(1))
    (place / "north" / ".DS_Store").write_bytes(b"\0\0\0\1Bud1")
    (place / "reports.jsonl.gz").write_bytes(gzip.compress(REPORT * 2))
    (place / "crawl.warc.gz").write_bytes(CRAWL.content)
    (place / "link.html").symlink_to("/etc/passwd")
    return place


EXPECTED = {"north/page.html", "reports.jsonl.gz#1", "reports.jsonl.gz#2", "crawl.warc.gz#{}"}


def check(items: list[Capture | Problem], archive: Path) -> None:
    expected = {each.format(CRAWL.offsets[1]) for each in EXPECTED}
    assert problems(items) == []
    assert {item.name for item in items} == {f"{archive}!{each}" for each in expected}


@needs("zip")
@pytest.mark.parametrize("options", [[], ["-0"], ["-9", "-y"], ["-Z", "bzip2"], ["-fz"]])
def test_what_zip_makes(folder: Path, options: list[str]) -> None:
    archive = folder.parent / "pile.zip"
    content = ["north", "reports.jsonl.gz", "crawl.warc.gz"]
    if "-y" in options:
        content.append("link.html")
    subprocess.run(["zip", "-q", "-r", *options, archive, *content], cwd=folder, check=True)
    check(list(read_captures([archive])), archive)
    pipe = list(read_stream(str(archive), Unseekable(archive.read_bytes())))
    check(pipe, archive)


class Unseekable(io.BytesIO):
    """Bytes that come as from a pipe."""

    def seekable(self) -> bool:
        return False

    def seek(self, *_: int) -> int:
        raise io.UnsupportedOperation

    def read(self, size: int | None = -1) -> bytes:
        return super().read(min(size or 0, 1_000))


@needs("zip")
def test_a_zip_that_was_written_to_a_pipe(folder: Path) -> None:
    done = subprocess.run(["zip", "-q", "-r", "-", "north"], cwd=folder, check=True, stdout=subprocess.PIPE)
    (capture,) = read(folder.parent, "stream.zip", done.stdout)
    assert isinstance(capture, Capture)
    assert capture.content == page(1)


@needs("tar")
@pytest.mark.parametrize("form", ["gnu", "pax", "ustar", "v7"])
@pytest.mark.parametrize(
    ("suffix", "option", "tool"),
    [
        (".tar", [], "tar"),
        (".tar.gz", ["-z"], "gzip"),
        (".tgz", ["-z"], "gzip"),
        (".tar.bz2", ["-j"], "bzip2"),
        (".tar.xz", ["-J"], "xz"),
        (".tar.zst", ["--zstd"], "zstd"),
    ],
)
def test_what_tar_makes(folder: Path, form: str, suffix: str, option: list[str], tool: str) -> None:
    if not shutil.which(tool):
        pytest.skip(f"{tool} is not installed")
    archive = folder.parent / f"pile{suffix}"
    order = ["north", "reports.jsonl.gz", "crawl.warc.gz", "link.html"]
    subprocess.run(["tar", "-c", f"--format={form}", *option, "-f", archive, *order], cwd=folder, check=True)
    check(list(read_captures([archive])), archive)
    check(list(read_stream(str(archive), Unseekable(archive.read_bytes()))), archive)


@needs("tar")
@pytest.mark.parametrize("form", ["gnu", "pax"])
def test_long_names_and_names_in_other_scripts(tmp_path: Path, form: str) -> None:
    name = "Ŝtormo-" + "x" * 120 + "/" + "y" * 150 + ".html"
    path = tmp_path / name
    path.parent.mkdir()
    path.write_bytes(page(1))
    archive = tmp_path / "long.tar"
    subprocess.run(["tar", "-c", f"--format={form}", "-f", archive, name], cwd=tmp_path, check=True)
    (capture,) = read_captures([archive])
    assert capture.name == f"{archive}!{name}"


@pytest.mark.parametrize(
    ("suffix", "command"),
    [(".gz", ["gzip", "-9"]), (".bz2", ["bzip2"]), (".xz", ["xz"]), (".zst", ["zstd", "-q", "--rm"])],
)
def test_what_packers_make(tmp_path: Path, suffix: str, command: list[str]) -> None:
    if not shutil.which(command[0]):
        pytest.skip(f"{command[0]} is not installed")
    for name, content in (("page.html", page(1)), ("reports.jsonl", REPORT), ("odd", page(2))):
        path = tmp_path / name
        path.write_bytes(content)
        subprocess.run([*command, path], check=True)
    items = list(read_captures([tmp_path]))
    assert names(items, tmp_path) == [f"odd{suffix}", f"page.html{suffix}", f"reports.jsonl{suffix}#1"]
    # Bytes are believed before the name.
    (tmp_path / f"page.html{suffix}").rename(tmp_path / "page.txt")
    (capture,) = read_captures([tmp_path / "page.txt"])
    assert isinstance(capture, Capture)
    assert (capture.media_type, capture.content) == ("text/html", page(1))


def test_names_that_lead_elsewhere_and_things_that_are_no_files_do_no_harm(tmp_path: Path) -> None:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        others = (
            (tarfile.SYMTYPE, "a", "/etc/passwd"),
            (tarfile.LNKTYPE, "b", "../../x"),
            (tarfile.CHRTYPE, "c", ""),
            (tarfile.FIFOTYPE, "d", ""),
            (tarfile.DIRTYPE, "e", ""),
        )
        for kind, name, target in others:
            info = tarfile.TarInfo(name)
            info.type, info.linkname = kind, target
            archive.addfile(info)
        for name in ("/etc/cron.html", "../../up.html", "bad\nname\x1b[31m.html"):
            info = tarfile.TarInfo(name)
            info.size = len(page(1))
            archive.addfile(info, io.BytesIO(page(1)))
    before = set(tmp_path.iterdir())
    place = Path.cwd()
    items = list(read_stream("x.tar", io.BytesIO(out.getvalue())))
    assert [item.name for item in items] == [
        "x.tar!/etc/cron.html",
        "x.tar!../../up.html",
        "x.tar!bad\ufffdname\ufffd[31m.html",
    ]
    assert (set(tmp_path.iterdir()), Path.cwd()) == (before, place)


def test_what_a_zip_holds_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    path = tmp_path / "odd.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a.html", page(1))
        archive.writestr("b.html", page(2))
        archive.writestr("c.png", b"\x89PNG\r\n")
        archive.writestr("d.txt", b"x" * 3_000)
    content = bytearray(path.read_bytes())
    for name, offset, value in ((b"a.html", 8, b"\x01\x00"), (b"b.html", 10, b"\x09\x00")):
        at = content.rindex(name) - 46  # in the directory
        content[at + offset : at + offset + 2] = value
        at = content.index(name) - 30  # before the member itself
        content[at + offset - 2 : at + offset] = value
    path.write_bytes(content)
    items = list(read_captures([path], max_bytes=2_000))
    assert [item.code for item in items if isinstance(item, Problem)] == [
        "encrypted",
        "packing",
        "binary",
        "too-large",
    ]
    assert names(items, tmp_path) == ["odd.zip!a.html", "odd.zip!b.html", "odd.zip!c.png", "odd.zip!d.txt"]


def test_empty_archives_and_documents_of_offices_are_named() -> None:
    out = io.BytesIO()
    zipfile.ZipFile(out, "w").close()
    office = io.BytesIO()
    with zipfile.ZipFile(office, "w") as archive:
        archive.writestr("[Content_Types].xml", b"<Types/>")
        archive.writestr("word/document.xml", b"<w/>")
    tar = io.BytesIO()
    tarfile.open(fileobj=tar, mode="w").close()
    inputs = (
        ("a.zip", out.getvalue(), "empty"),
        ("a.docx", office.getvalue(), "binary"),
        ("a.gz", gzip.compress(b""), "empty"),
        ("a.tar", tar.getvalue(), "empty"),
        ("a.zip", office.getvalue()[:90], "damaged"),
    )
    for name, content, code in inputs:
        (problem,) = read_stream(name, io.BytesIO(content))
        assert isinstance(problem, Problem)
        assert problem.code == code, name


def test_nested_archives_are_opened_and_named_level_by_level(tmp_path: Path) -> None:
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w") as archive:
        archive.writestr("crawl.warc.gz", crawl(2).content)
    outer = io.BytesIO()
    with tarfile.open(fileobj=outer, mode="w:gz") as archive:
        info = tarfile.TarInfo("2025/march.zip")
        info.size = len(inner.getvalue())
        archive.addfile(info, io.BytesIO(inner.getvalue()))
    items = read(tmp_path, "year.tar.gz", outer.getvalue())
    assert urls(items) == [address(0), address(1)]
    assert items[0].name.startswith(f"{tmp_path}/year.tar.gz!2025/march.zip!crawl.warc.gz#")


def mail(number: int, text: str) -> EmailMessage:
    message = EmailMessage()
    message["From"] = "desk@echo.example"
    message["To"] = "readers@echo.example"
    message["Subject"] = f"Report {number}"
    message["Date"] = "Tue, 04 Mar 2025 07:15:30 +0000"
    message["Message-ID"] = f"<{number}@echo.example>"
    message.set_content(text)
    return message


def test_what_the_mailbox_module_makes(tmp_path: Path) -> None:
    path = tmp_path / "news.mbox"
    box = mailbox.mbox(path)
    texts = [
        "The board denied it.\n",
        "It said:\n\nFrom Monday on the harbour is closed.\n>From quoted.\n",
        "Ends.\n",
    ]
    for number, text in enumerate(texts):
        box.add(mail(number, text))
    box.flush()
    items = list(read_captures([path]))
    assert problems(items) == []
    assert names(items, tmp_path) == [f"news.mbox#{number}" for number in (1, 2, 3)]
    for item, message in zip(items, mailbox.mbox(path), strict=True):
        assert isinstance(item, Capture)
        assert item.media_type == "message/rfc822"
        assert item.content.splitlines()[:3] == message.as_bytes().splitlines()[:3]
    second = items[1]
    assert isinstance(second, Capture)
    assert b"\nFrom Monday on" in second.content
    (problem,) = problems(read_captures([path], max_bytes=len(second.content) - 1))
    assert (problem.code, problem.name) == ("too-large", f"{path}#2")


def test_a_box_without_quoting_is_parted_only_at_separators(tmp_path: Path) -> None:
    content = (
        b"From 17@xxx Tue Mar 04 07:15:30 +0000 2025\r\nFrom: a@echo.example\r\nSubject: one\r\n\r\n"
        b"Text.\r\n\r\nFrom now on it is closed.\r\n\r\n"
        b"From b@echo.example Tue Mar  4 09:00:00 2025\r\nFrom: b@echo.example\r\n"
        b"\r\n" + b"x" * 200_000 + b"\r\n"
    )
    first, second = read(tmp_path, "takeout", content)
    assert isinstance(first, Capture)
    assert isinstance(second, Capture)
    assert b"From now on it is closed." in first.content
    assert second.content.endswith(b"x\r\n")
    assert len(second.content) > 200_000


@pytest.mark.parametrize("name", ["a.eml", "mail", "a.txt"])
def test_a_mail_is_recognised_by_its_fields(tmp_path: Path, name: str) -> None:
    (capture,) = read(tmp_path, name, bytes(mail(1, "The board denied it.")))
    assert isinstance(capture, Capture)
    assert capture.media_type == "message/rfc822"


@pytest.mark.parametrize(
    "content",
    [
        b"From: the harbour board\nTo: all\n\nThe board denied it.",
        b"Subject: what the board denied\n\nIt denied it.",
        b"From Monday 3 March 10:30 2025 on, the harbour is closed.\nThe board said so.",
        b"Date: Monday\nPlace: Aldermere\nFrom: our reporter\n\nText.",
    ],
)
def test_a_text_that_begins_like_a_mail_is_a_text(tmp_path: Path, content: bytes) -> None:
    (capture,) = read(tmp_path, "a.txt", content)
    assert isinstance(capture, Capture)
    assert capture.media_type == "text/plain"


def test_a_pdf_is_a_capture_of_its_type(tmp_path: Path) -> None:
    content = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n\0\n"
    for name in ("a.pdf", "a.txt"):
        (capture,) = read(tmp_path, name, content)
        assert isinstance(capture, Capture)
        assert (capture.media_type, capture.content) == ("application/pdf", content)


def test_standard_input_may_be_an_archive(folder: Path) -> None:
    done = subprocess.run(["tar", "-cz", "north"], cwd=folder, check=True, stdout=subprocess.PIPE)
    read_end, write_end = os.pipe()
    os.write(write_end, done.stdout)
    os.close(write_end)
    with os.fdopen(read_end, "rb") as stream:
        (capture,) = read_stream("-", stream)
    assert capture.name == "-!north/page.html"


def test_recognisers_know_nothing_of_plain_reports() -> None:
    for head in (b"The board denied it.", page(1), REPORT, b"", b"\n" * 600, "Zürich".encode("utf-16")):
        assert container_of("a", head) is None
        assert media_type_of("a", head) is None
