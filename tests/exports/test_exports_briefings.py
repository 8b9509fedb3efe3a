"""A brief: each sentence has its footnote, each footnote its words in the report, in every form."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import zipfile
from pathlib import Path

import docx
import lxml.etree
import lxml.html
import pytest
from msgspec.structs import replace

from counterclaim import pipeline
from counterclaim.exports.briefings import FORMS
from counterclaim.ledger import Ledger
from counterclaim.model import Judgement, JudgementKind, UnknownNameError
from counterclaim.views.board import board_view
from counterclaim.views.briefing import Briefing, briefing
from counterclaim.views.briefs import read_briefing
from counterclaim.views.reading import Question, read_catalogue

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
HOSTILE = (
    '{"id": "h-1", "title": "Port <script>alert(1)</script> \\u0007 & more", "published": "2031-04-02",'
    ' "url": "javascript:alert(1)", "publisher": "\\u202eEcho ]]>",'
    ' "text": "\\"The port was closed <img src=x>'
    ' & stays so,\\" Tom *Haske* [x](y) told reporters. Larre Lines denied that the port was closed."}\n'
    '{"id": "h-2", "title": "\\u0642\\u0627\\u0644", "published": "2031-04-02", "publisher": "Post",'
    ' "text": "The port was closed, Tom Haske said. Larre Lines denied that the port was closed."}\n'
)


@pytest.fixture(scope="module")
def briefs(sample_ledger: Path) -> list[Briefing]:
    with Ledger.open(str(sample_ledger)) as ledger:
        names = [each.id for each in ledger.board().disputes]
        return [read_briefing(ledger, Question(), name)[0] for name in names]


def sentences(view: Briefing):
    yield from view.opening
    for section in view.sections:
        yield from section.sentences
        yield from section.quotations


def test_every_sentence_has_a_footnote_and_every_footnote_its_words(
    briefs: list[Briefing], sample_ledger: Path
) -> None:
    with Ledger.open(str(sample_ledger)) as ledger:
        for view in briefs:
            numbers = [note.number for note in view.notes]
            assert numbers == list(range(1, len(numbers) + 1))
            used = {number for sentence in sentences(view) for number in sentence.notes}
            assert used == set(numbers)
            for sentence in sentences(view):
                assert sentence.notes, sentence.text
            for note in view.notes:
                document = ledger.document(note.key)
                assert note.words == tuple(document.text[start:end] for start, end in note.offsets)
                assert all(note.words)
                assert note.capture == document.capture


def test_the_counts_are_those_of_the_board(sample_ledger: Path) -> None:
    with Ledger.open(str(sample_ledger)) as ledger:
        for view in board_view(read_catalogue(ledger)).disputes:
            made = briefing(view, ledger)
            for section, position in zip(made.sections, view.positions, strict=False):
                text = " ".join(each.text for each in section.sentences)
                attested, parties = position.evidence.attested, position.evidence.corroborated
                assert f"{attested} independent origin{'s' if attested != 1 else ''} report" in text
                assert f"{parties} independent part{'ies' if parties != 1 else 'y'} assert" in text
                assert ("conceded" in text) is bool(position.evidence.conceded_by)


def test_the_same_moment_gives_the_same_bytes_after_more_came_in(copied_ledger: Path) -> None:
    with Ledger.open(str(copied_ledger)) as ledger:
        name = ledger.board().disputes[0].id
        before, _note = read_briefing(ledger, Question(), name)
        assert before.moment is not None
        from datetime import datetime

        moment = datetime.fromisoformat(before.moment)
        edge = ledger.board().disputes[0].judgements[0]
        ledger.judge(Judgement.of(JudgementKind.REJECTED, edge, "", basis="analyst", author="Ida"))
        (copied_ledger.parent / "more.jsonl").write_text(HOSTILE, encoding="utf-8")
        pipeline.ingest(ledger, copied_ledger.parent / "more.jsonl")
        after, _note = read_briefing(ledger, Question(as_of=moment), name)
    for form in FORMS.values():
        assert form.write(after) == form.write(before) == form.write(before)


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Briefing:
    folder = tmp_path_factory.mktemp("hostile")
    (folder / "hostile.jsonl").write_text(HOSTILE, encoding="utf-8")
    with Ledger.open(str(folder / "hostile.db"), create=True) as ledger:
        pipeline.ingest(ledger, folder / "hostile.jsonl")
        return read_briefing(ledger, Question(), ledger.board().disputes[0].id)[0]


def test_the_page_is_whole_and_nothing_in_it_runs(briefs: list[Briefing], hostile: Briefing) -> None:
    for view in (*briefs, hostile):
        text = FORMS["html"].write(view).decode()
        page = lxml.html.document_fromstring(text)
        assert not page.xpath("//script|//img|//iframe|//@onerror|//@onload")
        assert all(link.startswith(("#", "http://", "https://", "data:,")) for link in page.xpath("//@href"))
        ids = page.xpath("//@id")
        assert len(ids) == len(set(ids))
        for link in page.xpath("//a/@href"):
            assert not link.startswith("#") or link[1:] in ids
        assert "\x07" not in text


def test_the_document_opens_and_its_footnotes_are_real(briefs: list[Briefing], hostile: Briefing) -> None:
    for view in (*briefs, hostile):
        made = FORMS["docx"].write(view)
        document = docx.Document(io.BytesIO(made))
        assert document.paragraphs[0].text == " ".join(view.question.split())
        with zipfile.ZipFile(io.BytesIO(made)) as archive:
            notes = lxml.etree.fromstring(archive.read("word/footnotes.xml"))
            text = lxml.etree.fromstring(archive.read("word/document.xml"))
            types = archive.read("[Content_Types].xml").decode()
            relations = archive.read("word/_rels/document.xml.rels").decode()
        known = [int(each.get(f"{W}id")) for each in notes.iter(f"{W}footnote")]
        assert known == [-1, 0, *(note.number for note in view.notes)]
        marked = [int(each.get(f"{W}id")) for each in text.iter(f"{W}footnoteReference")]
        assert sorted(marked) == [note.number for note in view.notes]
        assert len(marked) == len(set(marked))
        anchors = {each.get(f"{W}name") for each in text.iter(f"{W}bookmarkStart")}
        assert {each.get(f"{W}anchor") for each in text.iter(f"{W}hyperlink")} <= anchors
        assert "footnotes+xml" in types
        assert "footnotes.xml" in relations


def test_markdown_has_each_footnote_once_and_no_markup_of_the_reports(
    briefs: list[Briefing], hostile: Briefing
) -> None:
    for view in (*briefs, hostile):
        text = FORMS["md"].write(view).decode()
        assert re.findall(r"^\[\^(\d+)\]: ", text, re.MULTILINE) == [str(note.number) for note in view.notes]
        assert not re.search(r"(?<!\\)<|(?<![\\\]])\[(?!\^)", text)


def test_a_printed_brief_is_one_page(briefs: list[Briefing], tmp_path: Path) -> None:
    browser = shutil.which("chromium") or shutil.which("chromium-browser")
    if browser is None:
        pytest.skip("no Chromium here to print with: run `apt-get install chromium`")
    for number, view in enumerate(briefs):
        (tmp_path / "brief.html").write_bytes(FORMS["html"].write(view))
        pdf = tmp_path / f"brief-{number}.pdf"
        subprocess.run(
            [
                browser,
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                f"--user-data-dir={tmp_path / 'profile'}",
                "--no-pdf-header-footer",
                f"--print-to-pdf={pdf}",
                (tmp_path / "brief.html").as_uri(),
            ],
            check=True,
            capture_output=True,
            timeout=120,
        )
        pages = re.findall(rb"/Type\s*/Page\b(?!s)", pdf.read_bytes())
        assert len(pages) == 1, (view.question, len(pages))


def test_what_is_in_no_dispute_has_no_brief(sample_ledger: Path) -> None:
    with Ledger.open(str(sample_ledger)) as ledger:
        board = ledger.board()
        disputed = {s for dispute in board.disputes for p in dispute.positions for s in p.statements}
        alone = next(each.id for each in ledger.statements() if each.id not in disputed and not each.part_of)
        with pytest.raises(UnknownNameError, match="in no dispute"):
            read_briefing(ledger, Question(), alone)
        within = next(iter(sorted(disputed)))
        assert read_briefing(ledger, Question(), within)[0].dispute


def test_no_line_of_a_report_becomes_a_line_of_markdown(briefs: list[Briefing]) -> None:
    """A block of metadata among the text, say, makes pandoc load what it names."""
    block = "a\n\n---\ncss: https://evil.example/x.css\n---\n\n1. b\r\u2028    c"
    view = briefs[0]
    notes = tuple(replace(note, outlet=block, origin=f"{block}!", title=block) for note in view.notes)
    sections = tuple(replace(each, heading=block) for each in view.sections)
    opening = tuple(replace(each, text=block) for each in view.opening)
    made = (
        FORMS["md"]
        .write(replace(view, question=block, notes=notes, sections=sections, opening=opening))
        .decode()
    )
    plain = FORMS["md"].write(view).decode()
    assert len(made.splitlines()) == len(plain.splitlines())
    assert not re.search(r"^(---|css|1\.)", made, re.MULTILINE)
