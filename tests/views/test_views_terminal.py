"""The views on a terminal: complete at 80 and 120 columns, plain without colour, safe with hostile text."""

from __future__ import annotations

import io

import msgspec
import pytest
from rich.cells import cell_len
from rich.console import Console

from counterclaim import pipeline
from counterclaim.model import Report
from counterclaim.views.answer import answer
from counterclaim.views.board import board_view
from counterclaim.views.brief import board_brief
from counterclaim.views.catalogue import Catalogue
from counterclaim.views.document import document_view
from counterclaim.views.find import find
from counterclaim.views.lines import copies_lines
from counterclaim.views.terminal.answer import answer_table
from counterclaim.views.terminal.board import board_table
from counterclaim.views.terminal.copies import copies_table
from counterclaim.views.terminal.document import document_table
from counterclaim.views.terminal.pieces import clean
from counterclaim.views.terminal.report import report_table


def drawn(rendering, width: int = 100) -> str:
    console = Console(file=io.StringIO(), width=width, highlight=False, emoji=False, markup=False)
    console.print(rendering)
    return console.file.getvalue()


@pytest.mark.parametrize("width", [80, 120])
def test_no_line_is_wider_than_the_terminal(example, width):
    names = ("ferry-1", "q-1", "c-1", "ida-brenn", example.statements[0].id)
    renderings = [
        answer_table(answer(example.catalogue, find(example.catalogue, n), example.capture)) for n in names
    ]
    renderings.append(board_table(board_brief(board_view(example.catalogue))))
    for rendering in renderings:
        text = drawn(rendering, width)
        assert text.strip()
        assert all(cell_len(line) <= width for line in text.splitlines())


def test_the_board_shows_what_one_must_know(example):
    text = " ".join(drawn(board_table(board_brief(board_view(example.catalogue))), 120).split())
    span = example.catalogue.statements_of(example.first.key)[0].content[0]
    assert f"ferry-1 {span.start}:{span.end}" in text
    for part in (
        "Was the night ferry cancelled?",
        "attested 2 origins: Coast Wire, ferry-3",
        "corroborated 2 parties: A dock worker, Passengers of Larre",
        "corroborated 1 party: Larre Lines",
        "conceded by A dock worker",
        "unverified: The claim could not be verified",
        "Ida Brenn (spokeswoman, Passengers of Larre)",
        "also, not independently, in Echo",
        "3 reports from 2 origins, 10 statements by 4 actors, 1 dispute.",
    ):
        assert part in text


def test_a_document_marks_its_statements_without_colour(example):
    text = drawn(document_table(document_view(example.catalogue, example.first)), 200)
    assert "[1 The night ferry was cancelled without notice]" in text
    assert '"[3 We sailed, Ida Brenn says [4 we did not], and she is mistaken,]"' in text
    assert "inside 3" in text
    assert "same text as ferry-2" in text


def test_a_statement_shows_offsets_bytes_and_digest(example):
    statement = example.catalogue.statements_of(example.other.key)[0]
    text = drawn(answer_table(answer(example.catalogue, statement, example.capture)), 120)
    assert example.other.capture in text
    start, end = statement.content[0].start, statement.content[0].end
    assert text.count(f"{start}:{end}") >= 2  # characters, and bytes, of an ASCII report


def test_an_empty_board_says_so():
    from counterclaim.model import Board, Snapshot

    assert "No claim conflicts" in drawn(board_table(board_brief(board_view(Catalogue(Snapshot(), Board())))))


def test_a_report_is_a_table_of_its_statements(example):
    statements = tuple(example.catalogue.statements_of(example.other.key))
    text = drawn(report_table(Report(document=example.other, statements=statements)))
    assert "A dock worker" in text
    assert "(the report)" in text
    unread = msgspec.structs.replace(example.other, analysed=False, unanalysed_because="unanalysed-language")
    assert "not analysed" in drawn(report_table(Report(document=unread)))


def test_copies_are_a_table_of_pairs(example):
    snapshot = example.catalogue.snapshot
    lines = copies_lines(snapshot.documents, pipeline.kin(snapshot.documents, snapshot.judgements))
    assert "ferry-1" in drawn(copies_table(lines, {}))
    assert "All reports are independent" in drawn(copies_table([], {}))


def test_text_cannot_command_the_terminal(example):
    hostile = "\x1b[2Jgone\x07 \x9b31m \u202eevil [bold]not markup[/bold] :smile:"
    assert "\x1b" not in clean(hostile)
    document = msgspec.structs.replace(
        example.first, title=hostile, publisher=hostile, byline=hostile, id=hostile, url=hostile, origin=None
    )
    documents = tuple(
        document if each.key == document.key else each for each in example.catalogue.snapshot.documents
    )
    snapshot = msgspec.structs.replace(example.catalogue.snapshot, documents=documents)
    catalogue = Catalogue(snapshot, example.catalogue.board)
    report = Report(document=document, statements=tuple(catalogue.statements_of(document.key)))
    for rendering in (
        board_table(board_brief(board_view(catalogue))),
        document_table(document_view(catalogue, document)),
        report_table(report),
        copies_table(copies_lines(documents, pipeline.kin(documents, snapshot.judgements)), {}),
    ):
        text = drawn(rendering)
        assert not [each for each in text if each in "\x1b\x07\x9b\u202e"]
        assert "[bold]" in text
