"""Timelines are valid for TimelineJS, and hold the sides that have a time.

The schema here is written for these tests, from Knight Lab's page on TimelineJS's JSON format.
"""

from __future__ import annotations

import json

from exports_help import source_of, stored
from jsonschema import Draft202012Validator

from counterclaim.exports.timeline import timeline

DATE = {
    "type": "object",
    "required": ["year"],
    "additionalProperties": False,
    "properties": {
        "year": {"type": "integer"},
        "month": {"type": "integer", "minimum": 1, "maximum": 12},
        "day": {"type": "integer", "minimum": 1, "maximum": 31},
        "hour": {"type": "integer", "minimum": 0, "maximum": 23},
        "minute": {"type": "integer", "minimum": 0, "maximum": 59},
        "second": {"type": "integer", "minimum": 0, "maximum": 59},
        "millisecond": {"type": "integer"},
        "display_date": {"type": "string"},
        "format": {"type": "string"},
    },
}
SLIDE = {
    "type": "object",
    "required": ["start_date"],
    "additionalProperties": False,
    "properties": {
        "start_date": DATE,
        "end_date": DATE,
        "text": {
            "type": "object",
            "additionalProperties": False,
            "properties": {"headline": {"type": "string"}, "text": {"type": "string"}},
        },
        "media": {"type": "object", "required": ["url"]},
        "group": {"type": "string"},
        "display_date": {"type": "string"},
        "background": {"type": "object"},
        "autolink": {"type": "boolean"},
        "unique_id": {"type": "string"},
    },
}
TIMELINE = {
    "type": "object",
    "required": ["events"],
    "additionalProperties": False,
    "properties": {
        "events": {"type": "array", "items": SLIDE},
        "title": SLIDE,
        "eras": {"type": "array"},
        "scale": {"enum": ["human", "cosmological"]},
    },
}


def test_the_timeline_is_valid_and_holds_the_sides_that_have_a_time(tmp_path, example):
    place = stored(tmp_path / "ferry.db", example.catalogue, example.capture)
    with source_of(place, example.catalogue) as source:
        made = json.loads(b"".join(timeline(source)))
    Draft202012Validator.check_schema(TIMELINE)
    Draft202012Validator(TIMELINE).validate(made)
    dated = {
        f"{statement.id}-{number}"
        for statement in example.statements
        if example.catalogue.document_of(statement).published
        for number, _side in enumerate(example.catalogue.sides(statement.id), start=1)
    }
    assert dated
    assert {slide["unique_id"] for slide in made["events"]} == dated
    labels = {
        position.label for dispute in example.catalogue.board.disputes for position in dispute.positions
    }
    assert {slide["group"] for slide in made["events"]} <= labels


def test_the_timeline_takes_hostile_text_for_text(event_ledger):
    place, _statements = event_ledger
    with source_of(place, board=False) as source:
        for told_slide in json.loads(b"".join(timeline(source)))["events"]:
            assert told_slide["start_date"] == {"year": 2031, "month": 6, "day": 20}
    from counterclaim.exports.timeline import _html

    assert (
        _html("<script>alert(1)</script>\x00&\n\"'")
        == "&lt;script&gt;alert(1)&lt;/script&gt;\ufffd&amp; &quot;&#x27;"
    )
