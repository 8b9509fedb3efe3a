"""The steps together: in memory and through a ledger, in any order, with problems on the way."""

from __future__ import annotations

import json
import random
from pathlib import Path

import msgspec
import pytest

import counterclaim
from counterclaim import pipeline
from counterclaim.disputes import DefaultLinker
from counterclaim.ledger import Ledger
from counterclaim.model import Problem, Report
from counterclaim.statements import Extraction

TEXTS = {
    "a": "The bridge at Orm was closed on Monday, Ana Brel said.",
    "b": "Jan Kest denied that the bridge at Orm was closed on Monday.",
    "c": 'Ana Brel said on Tuesday that the bridge at Orm was closed on Monday. "Nobody crossed," she said.',
    "d": "The harbour has twelve cranes.",
}


def line_of(name: str) -> str:
    return json.dumps(
        {"id": name, "publisher": f"Paper {name}", "published": "2031-05-01", "text": TEXTS[name]}
    )


@pytest.fixture
def reports(tmp_path: Path) -> Path:
    place = tmp_path / "reports.jsonl"
    place.write_text("\n".join(line_of(name) for name in TEXTS) + "\n", encoding="utf-8")
    return place


def test_read_and_extract_take_one_path_or_several(reports):
    for inputs in (reports, str(reports), [reports]):
        found = [item for item in counterclaim.extract(inputs) if isinstance(item, Report)]
        assert [report.document.id for report in found] == list(TEXTS)
    pairs = [item for item in counterclaim.read(reports) if not isinstance(item, Problem)]
    assert [document.id for _capture, document in pairs] == list(TEXTS)
    assert all(document.capture == capture.sha256 for capture, document in pairs)


def test_every_span_quotes_its_document(reports):
    for report in counterclaim.extract(reports):
        assert isinstance(report, Report)
        for statement in report.statements:
            for span in (*statement.source, *statement.cue, *statement.content):
                assert report.document.text[span.start : span.end] == span.quote


def test_any_order_and_any_repetition_gives_the_same_board(reports):
    found = [item for item in counterclaim.extract(reports) if isinstance(item, Report)]
    expected = pipeline.gather(found, DefaultLinker())
    for seed in range(5):
        shuffled = random.Random(seed).sample(found * 2, len(found) * 2)
        assert pipeline.gather(shuffled, DefaultLinker()) == expected


def test_a_ledger_knows_what_link_reads(reports, tmp_path):
    linked = pipeline.link(reports)
    with Ledger.open(str(tmp_path / "x.db"), create=True) as ledger:
        seen: list[str] = []
        summary = pipeline.ingest(ledger, reports, progress=seen.append)
        assert (summary.added, summary.known, summary.errors) == (4, 0, 0)
        assert seen == list(TEXTS)
        assert ledger.snapshot() == linked.snapshot
        assert ledger.board() == linked.board
        again = pipeline.ingest(ledger, reports)
        assert (again.added, again.known, again.statements) == (0, 4, 0)
        assert ledger.snapshot() == linked.snapshot
    assert len(linked.board.disputes) == 1


def test_a_report_that_is_held_is_not_read_for_statements_again(reports, tmp_path, monkeypatch):
    with Ledger.open(str(tmp_path / "x.db"), create=True) as ledger:
        pipeline.ingest(ledger, reports)
        monkeypatch.setattr(pipeline, "read_statements", lambda _document: pytest.fail("read again"))
        assert pipeline.ingest(ledger, reports).known == 4


def test_problems_are_told_as_they_come_and_the_rest_goes_on(reports, tmp_path):
    broken = tmp_path / "broken.jsonl"
    broken.write_text('{"id": "x"\n' + line_of("a") + "\n", encoding="utf-8")
    told: list[Problem] = []
    with Ledger.open(str(tmp_path / "x.db"), create=True) as ledger:
        summary = pipeline.ingest(ledger, [tmp_path / "no.txt", broken, reports], problem=told.append)
        assert tuple(told) == summary.problems
        assert [problem.code for problem in told] == ["not-found", "bad-json"]
        assert told[1].name == f"{broken}#1"
        assert (summary.added, summary.known, summary.errors, summary.notices) == (4, 1, 2, 0)
        assert [document.id for document in sorted(ledger.documents(), key=lambda each: each.id)] == list(
            TEXTS
        )


def test_a_text_in_another_language_is_stored_and_said_to_be_unanalysed(tmp_path):
    place = tmp_path / "r.jsonl"
    text = "Le pont d'Orm a été fermé lundi, a déclaré la maire. Personne n'a traversé la rivière ce jour-là."
    place.write_text(json.dumps({"id": "fr", "published": "2031-05-01", "text": text}), encoding="utf-8")
    with Ledger.open(str(tmp_path / "x.db"), create=True) as ledger:
        summary = pipeline.ingest(ledger, place)
        assert (summary.added, summary.unanalysed, summary.errors, summary.notices) == (1, 1, 0, 1)
        assert not ledger.document("fr").analysed


def test_copies_are_found_without_reading_statements(tmp_path, monkeypatch):
    monkeypatch.setattr(pipeline, "read_statements", lambda _document: pytest.fail("not needed"))
    body = " ".join(
        f"Sentence {number} of the wire report tells of the bridge at Orm." for number in range(30)
    )
    place = tmp_path / "r.jsonl"
    lines = [json.dumps({"id": name, "published": "2031-05-01", "text": body}) for name in ("one", "two")]
    place.write_text("\n".join(lines), encoding="utf-8")
    documents = [item[1] for item in pipeline.read(place) if not isinstance(item, Problem)]
    (judgement,) = pipeline.copies(documents)
    assert {judgement.left, judgement.right} == {document.key for document in documents}
    assert msgspec.json.encode(judgement)


def test_a_report_of_too_many_statements_is_stored_whole_and_compared_by_its_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("counterclaim.disputes.forms.MOST_COMPARED", 2)
    monkeypatch.setattr(pipeline, "MOST_COMPARED", 2)
    claims = (
        "the bridge of Larre was closed",
        "the ferry to Halden sailed",
        "the tunnel at Varda was flooded",
    )
    for name, verb in (("one", "said"), ("two", "denied")):
        text = " ".join(f"Ida Brenn {verb} that {claim}." for claim in claims)
        (tmp_path / f"{name}.txt").write_text(f"{text}\n", encoding="utf-8")
    with Ledger.open(str(tmp_path / "l.db"), create=True) as ledger:
        told = pipeline.ingest(ledger, tmp_path, extraction=Extraction(extractor="rules")).problems
        assert [problem.code for problem in told].count("many-statements") == 2
        statements = {each.id: each.content_text for each in ledger.statements()}
        judged = {statements[side] for each in ledger.judgements() for side in (each.left, each.right)
                  if side in statements}  # fmt: skip
    assert len(statements) == 6
    assert any("bridge" in each for each in judged)
    assert not any("tunnel" in each for each in judged)
