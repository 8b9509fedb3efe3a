"""Decisions as examples: those that stand, each with its things whole and what programs had answered."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from exports_help import source_of, stored
from jsonschema import Draft202012Validator

from counterclaim import pipeline
from counterclaim.exports import FORMATS, Choices, read_source
from counterclaim.ledger import Ledger
from counterclaim.model import Judgement, JudgementKind

K = JudgementKind
TEXT = {"type": ["string", "null"]}
PLACE = {
    "type": "object",
    "properties": {"start": {"type": "integer"}, "end": {"type": "integer"}, "quote": {"type": "string"}},
    "required": ["start", "end", "quote"],
}
REPORT = {
    "type": "object",
    "properties": {
        "document": {"type": "string"},
        "id": {"type": "string"},
        "title": TEXT,
        "published": TEXT,
    },
    "required": ["document", "id", "title", "publisher", "published"],
}
STATEMENT = {
    "type": "object",
    "properties": {
        "statement": {"type": "string"},
        "report": REPORT,
        "speaker": TEXT,
        "act": {"type": "string"},
        "polarity": {"type": "boolean"},
        "content": {"type": "array", "items": PLACE, "minItems": 1},
        "cue": {"type": "array", "items": PLACE},
        "source": {"type": "array", "items": PLACE},
        "paragraph": {"type": "string", "minLength": 1},
        "paragraph_start": {"type": "integer", "minimum": 0},
    },
    "required": [
        "statement",
        "report",
        "speaker",
        "act",
        "polarity",
        "content",
        "cue",
        "source",
        "paragraph",
    ],
}
ACTOR = {
    "type": "object",
    "properties": {
        "actor": {"type": "string"},
        "name": {"type": "string"},
        "names": {"type": "array", "items": {"type": "string"}},
        "reports": {"type": "integer", "minimum": 1},
        "mentions": {"type": "array", "items": {**PLACE, "required": [*PLACE["required"], "paragraph"]}},
    },
    "required": ["actor", "name", "names", "kind", "reports", "mentions"],
}
COPY = {"allOf": [REPORT, {"type": "object", "required": ["text"]}]}


def example_of(question, thing, number):
    things = {"type": "array", "items": thing, "minItems": number, "maxItems": number}
    return {"properties": {"question": {"const": question}, "things": things}}


SCHEMA = {
    "type": "object",
    "properties": {
        "id": {"type": "string", "pattern": "^j-"},
        "answer": {
            "enum": [
                "same-claim",
                "not-same-claim",
                "opposed",
                "not-opposed",
                "confirmed",
                "rejected",
                "same-actor",
                "different-actors",
                "copy",
                "derived",
            ]
        },
        "author": {"type": "string", "not": {"pattern": "^program:"}},
        "recorded": {"type": "string", "pattern": "Z$"},
        "contradicted": {"type": "boolean"},
        "programs": {
            "type": "array",
            "items": {
                "type": "object",
                "properties": {"confidence": {"type": ["number", "null"], "minimum": 0, "maximum": 1}},
                "required": ["answer", "confidence", "author"],
            },
        },
        "others": {
            "type": "array",
            "items": {"type": "object", "required": ["answer", "author"], "minProperties": 2},
        },
    },
    "required": [
        "id",
        "question",
        "answer",
        "author",
        "reason",
        "recorded",
        "contradicted",
        "others",
        "programs",
        "things",
    ],
    "oneOf": [
        example_of("claim", STATEMENT, 2),
        example_of("reading", STATEMENT, 1),
        example_of("actor", ACTOR, 2),
        example_of("copy", COPY, 2),
    ],
}


@pytest.fixture
def place(tmp_path, example):
    return stored(tmp_path / "ledger.db", example.catalogue, example.capture)


def said(kind, one, other, author="Ida", reason="read"):
    return Judgement.of(kind, one, other, basis="analyst", author=author, reason=reason)


def told(place, moment=None):
    with Ledger.open(str(place)) as ledger, read_source(ledger, Choices(), moment) as source:
        found = [json.loads(line) for line in FORMATS["decisions"].pieces(source)]
    validator = Draft202012Validator(SCHEMA)
    for each in found:
        validator.validate(each)
    return {each["id"]: each for each in found}


def decide(place, *judgements):
    with Ledger.open(str(place)) as ledger:
        for judgement in judgements:
            assert ledger.judge(judgement)
    return judgements


def test_each_kind_of_decision_is_an_example_with_its_things_whole(place, example):
    one, other = sorted(s.id for s in example.statements)[:2]
    documents = sorted(example.catalogue.documents)
    actors = sorted(f"{s.document}/{s.speaker.actor}" for s in example.statements if s.speaker)
    made = decide(
        place,
        said(K.NOT_SAME_CLAIM, one, other),
        said(K.REJECTED, one, ""),
        said(K.DIFFERENT_ACTORS, actors[0], actors[1]),
        said(K.COPY, documents[0], documents[1]),
    )
    found = told(place)
    assert found.keys() == {each.id for each in made}
    assert [found[each.id]["question"] for each in made] == ["claim", "reading", "actor", "copy"]
    texts = {key: document.text for key, document in example.catalogue.documents.items()}
    for thing in found[made[0].id]["things"]:
        for span in [*thing["source"], *thing["cue"], *thing["content"]]:
            assert texts[thing["report"]["document"]][span["start"] : span["end"]] == span["quote"]
            begin = span["start"] - thing["paragraph_start"]
            assert thing["paragraph"][begin : begin + len(span["quote"])] == span["quote"]
    for thing in found[made[2].id]["things"]:
        assert thing["name"] in {"Ida Brenn", "Larre Lines", "Tom Haske", "A dock worker"}
        for mention in thing["mentions"]:
            assert texts[mention["report"]][mention["start"] : mention["end"]] == mention["quote"]
    assert found[made[3].id]["things"][0]["text"] == texts[documents[0]]


def test_an_answer_to_a_programs_edge_is_about_its_pair_and_tells_what_the_program_said(place):
    with source_of(place) as source:
        edge = next(j for j in source.catalogue.snapshot.judgements if j.kind is K.OPPOSED)
    (no,) = decide(place, said(K.REJECTED, edge.id, ""))
    found = told(place)[no.id]
    assert (found["question"], found["answer"]) == ("claim", "not-opposed")
    assert {each["statement"] for each in found["things"]} == {edge.left, edge.right}
    assert {"answer": "opposed", "confidence": edge.confidence, "author": edge.author} in found["programs"]


def test_what_is_taken_back_is_no_example_and_what_people_contradict_is_marked(place, example):
    one, other = sorted(s.id for s in example.statements)[:2]
    yes, no = said(K.SAME_CLAIM, one, other), said(K.NOT_SAME_CLAIM, one, other, "Tom")
    decide(place, yes)
    assert told(place)[yes.id]["contradicted"] is False
    with Ledger.open(str(place)) as ledger:
        before = ledger.last_recorded()
    decide(place, no)
    found = told(place)
    assert {each["contradicted"] for each in found.values()} == {True}
    assert found[yes.id]["others"] == [{"answer": "not-same-claim", "author": "Tom"}]
    assert found[no.id]["others"] == [{"answer": "same-claim", "author": "Ida"}]
    decide(place, said(K.UNDONE, no.id, "", "Tom"))
    assert told(place).keys() == {yes.id}
    assert told(place, before).keys() == {yes.id}
    assert told(place, before - timedelta(seconds=3600)) == {}


def test_equal_ledgers_give_equal_examples(place, example):
    one, other = sorted(s.id for s in example.statements)[:2]
    decide(place, said(K.SAME_CLAIM, one, other), said(K.CONFIRMED, one, ""))
    assert json.dumps(told(place)) == json.dumps(told(place))


def test_actors_come_with_the_places_where_reports_name_them(tmp_path, samples):
    place = tmp_path / "samples.db"
    with Ledger.open(str(place), create=True) as ledger:
        pipeline.ingest(ledger, [samples])
        statements = [s for s in ledger.statements() if s.speaker and not s.speaker.anonymous]
        one, *rest = sorted({f"{s.document}/{s.speaker.actor}" for s in statements})
        other = next(each for each in rest if each.split("/")[1] != one.split("/")[1])
        texts = {document.key: document.text for document in ledger.documents()}
    (no,) = decide(place, said(K.DIFFERENT_ACTORS, one, other))
    for thing in told(place)[no.id]["things"]:
        assert thing["mentions"]
        for mention in thing["mentions"]:
            assert texts[mention["report"]][mention["start"] : mention["end"]] == mention["quote"]


def test_actors_that_were_merged_are_told_apart_as_their_reports_do(tmp_path):
    """What is to be learnt does not stand in the example: each name has its own reports."""
    texts = {
        "a": "The bridge at Orm was closed on Monday, Daud Massoud said.",
        "b": "The bridge at Orm was closed on Monday, Daud Masood said.",
        "c": "The bridge at Orm was open on Monday, Ana Brel said.",
    }
    lines = [json.dumps({"id": key, "published": "2031-05-01", "text": text}) for key, text in texts.items()]
    (tmp_path / "r.jsonl").write_text("\n".join(lines), encoding="utf-8")
    place = tmp_path / "l.db"
    with Ledger.open(str(place), create=True) as ledger:
        pipeline.ingest(ledger, [tmp_path / "r.jsonl"])
    spelt, other, nobody = decide(
        place,
        said(K.DIFFERENT_ACTORS, "daud-massoud", "daud-masood"),
        said(K.SAME_ACTOR, "daud-masood", "ana-brel"),
        said(K.SAME_ACTOR, "daud-masood", "nobody-at-all"),
    )
    found = told(place)
    assert nobody.id not in found
    for made, answer in ((spelt, "same-actor"), (other, "different-actors")):
        (program,) = found[made.id]["programs"]
        assert program["answer"] == answer != found[made.id]["answer"]
        for thing in found[made.id]["things"]:
            name = {"daud-massoud": "Daud Massoud", "daud-masood": "Daud Masood", "ana-brel": "Ana Brel"}
            assert (thing["name"], thing["reports"]) == (name[thing["actor"]], 1)
            assert {each["quote"] for each in thing["mentions"]} == {thing["name"]}
            for mention in thing["mentions"]:
                begin = mention["start"] - mention["paragraph_start"]
                assert mention["paragraph"][begin : begin + len(mention["quote"])] == mention["quote"]
