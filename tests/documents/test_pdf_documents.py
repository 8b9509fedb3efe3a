"""PDFs as printers make them to documents: paragraphs, running lines, hyphens, pages; and PDFs made to break."""

# ruff: noqa: E501

from __future__ import annotations

import io
import random
import sys
import time
import zlib
from pathlib import Path

import pytest
from formats_help import check_words
from reportlab.pdfgen.canvas import Canvas

from counterclaim.documents import is_mapped, read_document, source_of, source_place, source_range
from counterclaim.documents import pdf_source as pdf_module
from counterclaim.model import Capture, Document, InputError
from counterclaim.sources import read_captures
from counterclaim.sources.news_formats import PDF

FOLDER = Path(__file__).parents[1] / "fixtures" / "pdf"
REPORT = (FOLDER / "report.txt").read_text(encoding="utf-8").strip()


def read(content: bytes) -> tuple[Document, Capture, list[str]]:
    capture = Capture.of("report.pdf", content, PDF)
    document, problems = read_document(capture)
    return document, capture, [problem.code for problem in problems]


def refused(content: bytes) -> str:
    with pytest.raises(InputError) as raised:
        read(content)
    return raised.value.problem.code


def written(*pages: list[tuple[float, float, str]], **options: str) -> bytes:
    """A PDF whose pages have lines at places (from the left, from the foot)."""
    stream = io.BytesIO()
    canvas = Canvas(stream, pagesize=(420, 595), **options)
    for lines in pages:
        canvas.setFont("Times-Roman", 11)
        for left, base, text in lines:
            canvas.drawString(left, base, text)
        canvas.showPage()
    canvas.save()
    return stream.getvalue()


def column(
    *texts: str, top: float = 500, left: float = 50, step: float = 14
) -> list[tuple[float, float, str]]:
    return [(left, top - index * step, text) for index, text in enumerate(texts)]


@pytest.mark.parametrize("name", ["chromium.pdf", "libreoffice.pdf", "two-columns.pdf"])
def test_printed_reports_give_back_their_text(name: str) -> None:
    """Running heads and page numbers are gone, hyphens and pages joined, columns in their order."""
    captures = list(read_captures([FOLDER / name]))
    assert [capture.media_type for capture in captures if isinstance(capture, Capture)] == [PDF]
    document, capture, codes = read((FOLDER / name).read_bytes())
    assert document.text == REPORT
    assert codes == ["no-date"]
    assert document.title == "Ferry company rejects inspectors’ account"
    assert document.headline
    assert document.byline == "Ines Marwick"
    assert document.encoding.startswith("pdf/1/pdfium-")
    assert is_mapped(document, capture.content)


@pytest.mark.parametrize("name", ["chromium.pdf", "libreoffice.pdf"])
def test_every_word_leads_to_the_source(name: str) -> None:
    document, capture, _ = read((FOLDER / name).read_bytes())
    check_words(document, capture)


def test_a_place_names_its_page_and_a_parted_word_leads_to_both_halves() -> None:
    document, capture, _ = read((FOLDER / "two-columns.pdf").read_bytes())
    source = source_of(capture.content, document.encoding)
    parted = 0
    for start in range(0, len(document.text) - 20, 17):
        span = document.span(start, start + 20)
        place = source_place(document, capture, span)
        assert source_range(document, capture, span) is None
        assert place.page == source[: place.start].count("\f") + 1
        shown = source[place.start : place.end]
        parted += "\u2010\r\n" in shown
        if place.page == source[: place.end].count("\f") + 1:
            joined = shown.replace("\u2010\r\n", "").replace("-\r\n", "-")
            assert "".join(span.quote.split()) in "".join(joined.split())
    assert parted > 3
    last = document.span(len(document.text) - 10, len(document.text))
    assert "page 2" in str(source_place(document, capture, last)) or source.count("\f") > 1


def test_hyphens_at_line_ends() -> None:
    lines = column(
        "The authority published its well-known rules for the mainte-",
        "nance of ferries on Monday, and repeated that well-",
        "known rules hold for all, as they did for the Anglo-",
        "Norrland line since the year 1924 without exception.",
    )
    text = read(written(lines))[0].text
    assert "for the maintenance of ferries" in text
    assert "that well-known rules" in text
    assert "the Anglo-Norrland line" in text


def test_an_indent_or_a_gap_begins_a_paragraph() -> None:
    first = [
        "The company said on Monday that all of its ferries would",
        "stay in the harbour until the end of",
    ]
    indented = [
        *column(*first),
        (62, 472, "“Nobody was hurt,” she said. Inspectors"),
        (50, 458, "denied it at once."),
    ]
    gapped = [
        *column(*first),
        (50, 452, "Inspectors denied it at once, and"),
        (50, 438, "said so on Tuesday."),
    ]
    assert len(read(written(indented))[0].text.split("\n\n")) == 2
    assert len(read(written(gapped))[0].text.split("\n\n")) == 2


def test_a_line_of_the_text_that_two_pages_share_stays() -> None:
    page = column("The mayor denied it again.", "Nobody believed him, the deckhand said.", "It rained.")
    text = read(written(page, page))[0].text
    assert text.count("The mayor denied it again.") == 2


def test_pages_without_text_are_told() -> None:
    page = column("The mayor denied it again.", "Nobody believed him, the deckhand said.")
    assert read(written(page, [], page))[2] == ["pages-without-text", "no-date"]


def test_what_cannot_be_read_is_named() -> None:
    page = column("The mayor denied it again.")
    assert refused(written([])) == "no-text"
    assert refused(written(page, encrypt="secret")) == "encrypted"
    assert refused(b"%PDF-1.7\nnothing of it is true") == "bad-pdf"
    assert refused(written(page)[:60]) == "bad-pdf"


def test_without_the_extra_it_says_how_to_install_it(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    worker = tmp_path / "worker.py"
    source = Path(pdf_module.__file__).with_name("pdf_worker.py").read_text(encoding="utf-8")
    worker.write_text(
        "import sys\nsys.modules['pypdfium2'] = None\n"
        + source.replace("from __future__ import annotations", "")
    )
    monkeypatch.setattr(pdf_module, "_WORKER", worker)
    with pytest.raises(InputError) as raised:
        read(written(column("The mayor denied it once more.")))
    assert raised.value.problem.code == "no-pdf-reader"
    assert "counterclaim[pdf]" in raised.value.problem.advice


def bomb(size: int) -> bytes:
    """A PDF whose page unfolds to ``size`` bytes of spaces."""
    packer = zlib.compressobj(9)
    block = b" " * (1 << 20)
    stream = b"".join(packer.compress(block) for _ in range(size >> 20)) + packer.flush()
    head = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    page = b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]/Contents 4 0 R>>endobj\n"
    body = (
        b"4 0 obj<</Length %d/Filter/FlateDecode>>stream\n" % len(stream) + stream + b"\nendstream endobj\n"
    )
    return head + page + body + b"trailer<</Root 1 0 R>>\n%%EOF"


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no limit of memory for a process")
def test_a_stream_that_unfolds_without_end_is_refused() -> None:
    started = time.perf_counter()
    assert refused(bomb(256 << 20)) in ("no-text", "bad-pdf")
    assert time.perf_counter() - started < 60


def test_a_reader_that_dies_or_hangs_takes_nothing_with_it(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    worker = tmp_path / "worker.py"
    monkeypatch.setattr(pdf_module, "_WORKER", worker)
    monkeypatch.setattr(pdf_module, "_TIMEOUT", 1)
    for index, script in enumerate(("import os; os.abort()", "import time; time.sleep(60)", "print('{')")):
        worker.write_text(script)
        assert refused(written(column(f"The mayor denied it, {index}."))) == "bad-pdf"


def test_damaged_files_are_read_or_refused() -> None:
    whole = (FOLDER / "libreoffice.pdf").read_bytes()
    chance = random.Random(5)
    documents, codes = [], set()
    for turn in range(15):
        broken = bytearray(whole if turn % 3 else whole[: chance.randrange(len(whole) // 2, len(whole))])
        for _ in range(chance.choice((1, 5))):
            broken[chance.randrange(len(broken))] = chance.randrange(256)
        capture = Capture.of("report.pdf", bytes(broken), PDF)
        try:
            documents.append((read_document(capture)[0], capture))
        except InputError as error:
            codes.add(error.problem.code)
    assert codes <= {"bad-pdf", "no-text", "encrypted"}
    assert len(documents) > 2
    assert all(is_mapped(document, capture.content) for document, capture in documents)
