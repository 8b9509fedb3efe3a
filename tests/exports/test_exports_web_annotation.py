"""W3C annotations: what the recommendation asks of them, and that each selector finds its quote."""

from __future__ import annotations

import json

import pytest
from event_example import make_event_ledger
from exports_help import source_of, stored
from jsonschema import Draft202012Validator

from counterclaim.exports import FORMATS
from counterclaim.exports.web_annotation import iri
from counterclaim.ledger import Ledger

IRI = {"type": "string", "pattern": '^[a-zA-Z][a-zA-Z0-9+.-]*:[^\\s<>"{}|\\\\^`]+$'}
MOTIVATIONS = [
    "assessing",
    "bookmarking",
    "classifying",
    "commenting",
    "describing",
    "editing",
    "highlighting",
    "identifying",
    "linking",
    "moderating",
    "questioning",
    "replying",
    "tagging",
]
SPECIFIC = {
    # Section 4: exactly one source; 4.2.4 and 4.2.5: the selectors.
    "type": "object",
    "required": ["type", "source", "selector"],
    "additionalProperties": False,
    "properties": {
        "type": {"const": "SpecificResource"},
        "purpose": {"enum": MOTIVATIONS},
        "scope": IRI,
        "source": {
            "type": "object",
            "required": ["id"],
            "additionalProperties": False,
            "properties": {
                "id": IRI,
                "type": {"enum": ["Dataset", "Image", "Video", "Sound", "Text"]},
                "format": {"type": "string"},
                "language": {"type": "string"},
            },
        },
        "selector": {
            "type": "array",
            "prefixItems": [
                {
                    "type": "object",
                    "required": ["type", "exact"],
                    "additionalProperties": False,
                    "properties": {
                        "type": {"const": "TextQuoteSelector"},
                        "exact": {"type": "string", "minLength": 1},
                        "prefix": {"type": "string"},
                        "suffix": {"type": "string"},
                    },
                },
                {
                    "type": "object",
                    "required": ["type", "start", "end"],
                    "additionalProperties": False,
                    "properties": {
                        "type": {"const": "TextPositionSelector"},
                        "start": {"type": "integer", "minimum": 0},
                        "end": {"type": "integer", "minimum": 0},
                    },
                },
            ],
            "minItems": 2,
            "items": False,
        },
    },
}
TEXTUAL = {
    # Section 3.2.4: one value, at most one format.
    "type": "object",
    "required": ["type", "value"],
    "additionalProperties": False,
    "properties": {
        "type": {"const": "TextualBody"},
        "value": {"type": "string"},
        "format": {"const": "text/plain"},
        "purpose": {"enum": MOTIVATIONS},
    },
}
SCHEMA = {
    # Section 5.2: a page has one id, its type and items, and should say of which collection it is part.
    "type": "object",
    "required": ["@context", "id", "type", "partOf", "items"],
    "additionalProperties": False,
    "properties": {
        "@context": {"const": "http://www.w3.org/ns/anno.jsonld"},
        "id": IRI,
        "type": {"const": "AnnotationPage"},
        "startIndex": {"type": "integer", "minimum": 0},
        "partOf": {
            "type": "object",
            "required": ["id", "type"],
            "properties": {"id": IRI, "type": {"const": "AnnotationCollection"}},
        },
        "items": {
            "type": "array",
            "items": {
                # Section 3.1: one id, the type, one or more targets.
                "type": "object",
                "required": ["id", "type", "target"],
                "additionalProperties": False,
                "properties": {
                    "id": IRI,
                    "type": {"const": "Annotation"},
                    "motivation": {"enum": MOTIVATIONS},
                    "body": {"type": "array", "items": {"oneOf": [TEXTUAL, SPECIFIC]}},
                    "target": {"type": "array", "minItems": 1, "items": SPECIFIC},
                    "generator": {
                        "type": "object",
                        "required": ["id"],
                        "properties": {"id": IRI, "type": {"const": "Software"}, "name": {"type": "string"}},
                    },
                },
            },
        },
    },
}


@pytest.fixture(params=["example", "events", "empty"])
def place(request, tmp_path, example):
    place = tmp_path / "ledger.db"
    if request.param == "example":
        return stored(place, example.catalogue, example.capture)
    if request.param == "events":
        make_event_ledger(place)
        return place
    Ledger.open(str(place), create=True).close()
    return place


def test_every_statement_is_an_annotation_whose_selectors_find_its_words(place):
    with source_of(place) as source:
        page = json.loads(b"".join(FORMATS["web-annotation"].pieces(source)))
        assert "catalogue" not in source.__dict__  # read in constant memory
    Draft202012Validator(SCHEMA).validate(page)
    with Ledger.open(str(place)) as ledger:
        snapshot = ledger.snapshot()
    statements = {iri("statement", each.id): each for each in snapshot.statements}
    texts = {iri("document", each.key): each.text for each in snapshot.documents}
    assert sorted(each["id"] for each in page["items"]) == sorted(statements)
    for item in page["items"]:
        statement = statements[item["id"]]
        assert [part["selector"][0]["exact"] for part in item["target"]] == [
            span.quote for span in statement.content
        ]
        parts = [part for part in item["body"] if part["type"] == "SpecificResource"]
        assert len(parts) == len(statement.source) + len(statement.cue)
        for part in [*item["target"], *parts]:
            text = texts[part["source"]["id"]]
            words, where = part["selector"]
            assert text[where["start"] : where["end"]] == words["exact"]
            assert text[: where["start"]].endswith(words["prefix"])
            assert text[where["end"] :].startswith(words["suffix"])
        polarity = {body["value"] for body in item["body"] if body.get("purpose") == "classifying"}
        assert polarity == {str(statement.act), "affirmed" if statement.polarity else "denied"}


def test_an_id_with_other_characters_is_still_an_iri():
    assert iri("actor", "d-1/ß a:b") == "urn:counterclaim:actor:d-1%2F%C3%9F%20a%3Ab"
