"""Views: the board, documents, statements, claims and actors, and the lines of the contracts."""

from __future__ import annotations

import msgspec
import pytest

from counterclaim import pipeline
from counterclaim.model import LedgerError, Report
from counterclaim.views.actor import actor_view
from counterclaim.views.answer import answer
from counterclaim.views.board import board_view, letter
from counterclaim.views.claim import claim_view
from counterclaim.views.document import document_view
from counterclaim.views.find import find
from counterclaim.views.lines import copies_lines, extract_line, link_lines
from counterclaim.views.quotes import moment_of, telling
from counterclaim.views.statement import statement_view


def test_the_board_counts_origins_and_parties_apart(example):
    (dispute,) = board_view(example.catalogue).disputes
    yes, no = dispute.positions
    assert (yes.evidence.attested, yes.evidence.corroborated) == (2, 2)
    assert (no.evidence.attested, no.evidence.corroborated) == (1, 1)
    assert [each.name for each in yes.evidence.origins] == ["Coast Wire", "ferry-3"]
    assert [each.name for each in yes.evidence.parties] == ["A dock worker", "Passengers of Larre"]
    assert [each.name for each in yes.evidence.conceded_by] == ["A dock worker"]
    assert dispute.reasons[0].reason == "the second denies what the first says"


def test_named_holders_come_first_with_their_roles(example):
    yes, no = board_view(example.catalogue).disputes[0].positions
    assert [(each.name, each.role) for each in yes.holders] == [
        ("Ida Brenn", "spokeswoman, Passengers of Larre"),
        ("A dock worker", None),
    ]
    assert [each.name for each in no.holders] == ["Larre Lines"]


def test_a_copy_is_folded_into_the_first_report(example):
    yes = board_view(example.catalogue).disputes[0].positions[0]
    brenn, worker = yes.quotes
    assert brenn.place.document == "ferry-1"  # 08:00 in Larre is before 07:30 in Greenwich
    assert [each.document for each in brenn.reprints] == ["ferry-2"]
    assert worker.place.document == "ferry-3"
    assert worker.place.outlet == "ferry-3"


def test_the_words_of_a_check_stand_on_the_board(example):
    yes = board_view(example.catalogue).disputes[0].positions[0]
    assert {check.words for check in yes.checks} == {"The claim could not be verified"}
    for check in yes.checks:
        document = example.catalogue.document_of(example.catalogue.statements[check.statement])
        assert document.text[check.start : check.end] == check.words


def test_every_quote_says_where_it_stands(example):
    for position in board_view(example.catalogue).disputes[0].positions:
        for quote in position.quotes:
            document = example.catalogue.documents[quote.place.key]
            assert " ".join(document.text[a:b] for a, b in quote.place.offsets) == quote.content


def test_the_segments_of_a_document_give_its_lines_again(example):
    for document in example.catalogue.documents.values():
        view = document_view(example.catalogue, document)
        lines = ["".join(segment.text for segment in each.segments) for each in view.paragraphs]
        assert lines == [line.rstrip() for line in document.text.splitlines() if line.strip()]
        opened = [number for each in view.paragraphs for number in each.numbers]
        assert sorted(opened) == [note.number for note in view.notes]


def test_nested_statements_are_marked_within_each_other(example):
    view = document_view(example.catalogue, example.first)
    inner = next(note for note in view.notes if note.inside)
    outer = next(note for note in view.notes if note.number == inner.inside)
    both = [
        segment.text
        for paragraph in view.paragraphs
        for segment in paragraph.segments
        if {inner.number, outer.number} <= {mark.number for mark in segment.marks if mark.role == "content"}
    ]
    assert both == ["we did not"]
    assert (outer.speaker, inner.speaker) == ("Tom Haske", "Ida Brenn")
    assert [each.document.name for each in view.related] == ["ferry-2"]


def test_the_report_itself_has_the_tone_zero(example):
    view = document_view(example.catalogue, example.other)
    assert [(note.own_voice, note.tone) for note in view.notes] == [(False, 1), (True, 0)]


def test_a_statement_leads_back_to_its_bytes(example):
    statement = next(each for each in example.statements if each.verification)
    view = statement_view(example.catalogue, statement, example.capture)
    content = example.captures[view.capture].content
    assert {each.role for each in view.spans} == {"source", "cue", "content", "unverified"}
    for span in view.spans:
        assert content[span.byte_start : span.byte_end].decode() == span.quote
    assert view.claim
    assert view.claim.id == "c-1"
    assert [side.letter for side in view.sides] == ["A"]


def test_claim_and_actor_show_what_was_said(example):
    claim = claim_view(example.catalogue, example.catalogue.claims["c-1"])
    assert [each.name for each in claim.disputes] == ["Was the night ferry cancelled?"]
    actor = actor_view(example.catalogue, example.catalogue.actors["tom-haske"])
    assert actor.roles == ("director, Larre Lines",)
    assert [(quote.act, quote.channel) for quote in actor.quotes] == [("assert", "news conference")]


def test_things_are_found_by_id_name_and_beginning(example):
    catalogue = example.catalogue
    assert find(catalogue, "ferry-1") is example.first
    assert find(catalogue, example.first.key[:10]) is example.first
    assert find(catalogue, "  ida   BRENN ") is catalogue.actors["ida-brenn"]
    assert find(catalogue, "p-2") is catalogue.disputes["q-1"]
    assert find(catalogue, "haske") is catalogue.actors["tom-haske"]
    statement = example.statements[0]
    assert find(catalogue, statement.id) is statement
    for unknown in ("", "nothing", " "):
        with pytest.raises(LedgerError, match="nothing in the ledger"):
            find(catalogue, unknown)
    with pytest.raises(LedgerError, match="fits 3 things"):
        find(catalogue, "ferry-")


def test_every_view_can_be_written_as_json(example):
    catalogue = example.catalogue
    for name in ("ferry-1", "q-1", "c-1", "ida-brenn", example.statements[0].id):
        view = answer(catalogue, find(catalogue, name), example.capture)
        assert msgspec.json.decode(msgspec.json.encode(view))["id"]


def test_the_line_of_extract_keeps_outer_nested_and_own_voice_apart(example):
    statements = tuple(example.catalogue.statements_of(example.first.key))
    line = extract_line(Report(document=example.first, statements=statements))
    assert [len(line[part]) for part in ("attributions", "nested", "own_voice")] == [3, 1, 0]
    first = line["attributions"][0]
    start, end = first["content"][0]
    assert example.first.text[start:end] == "The night ferry was cancelled without notice"
    assert first["speaker"]["name"] == "Ida Brenn"
    assert first["verification"]["status"] == "unverified"
    assert first["times"] == first["places"] == []
    assert first["event"] is first["happened"] is None
    assert line["nested"][0]["reported_by"] in {each["id"] for each in line["attributions"]}
    other = extract_line(
        Report(document=example.other, statements=tuple(example.catalogue.statements_of(example.other.key)))
    )
    assert [len(other[part]) for part in ("attributions", "own_voice")] == [1, 1]


def test_the_lines_of_link_name_claim_dispute_and_position(example):
    lines = list(link_lines(example.catalogue))
    assert len(lines) == len(example.statements)
    assert [line["doc"] for line in lines] == sorted(line["doc"] for line in lines)
    taken = {(line["claim"], line["dispute"], line["position"]) for line in lines}
    assert taken == {("c-1", "q-1", "p-1"), ("c-2", "q-1", "p-2"), (None, None, None)}
    assert {line["speaker"] for line in lines} == {"ida-brenn", "larre-lines", "tom-haske", "anon-1", None}


def test_the_lines_of_copies_are_pairs_of_ids(example):
    snapshot = example.catalogue.snapshot
    pairs = pipeline.kin(snapshot.documents, snapshot.judgements)
    (line,) = copies_lines(snapshot.documents, pairs)
    assert (line["a"], line["b"], line["label"], line["kind"]) == ("ferry-1", "ferry-2", "copy", "copy")
    texts = {document.id: document.text for document in snapshot.documents}
    for span in line["spans"]:
        (start, end), (other_start, other_end) = span["a"], span["b"]
        one, other = texts["ferry-1"][start:end], texts["ferry-2"][other_start:other_end]
        assert one.split()[0].casefold() == other.split()[0].casefold()


def test_moments_sort_across_zones():
    assert moment_of("2031-04-02T08:00:00+02:00") < moment_of("2031-04-02T07:30:00Z")
    assert moment_of("2031-04-02") < moment_of("2031-04-02T00:00:01Z") < moment_of(None)
    assert moment_of("yesterday") == moment_of(None)


def test_the_most_telling_quotes_come_from_different_speakers(example):
    quotes = board_view(example.catalogue).disputes[0].positions[0].quotes
    assert len(telling(quotes, 1)) == 1
    assert telling(quotes, 9) == quotes


def test_letters_never_run_out():
    assert [letter(index) for index in (0, 25, 26, 27, 701, 702)] == ["A", "Z", "AA", "AB", "ZZ", "AAA"]
