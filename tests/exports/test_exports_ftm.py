"""FollowTheMoney: the library takes every entity as it is, and every reference leads to one."""

from __future__ import annotations

import json
import sys

import pytest
from event_example import make_event_ledger
from exports_help import source_of, stored
from followthemoney import model

from counterclaim.exports import FORMATS
from counterclaim.model import CounterclaimError


@pytest.fixture
def place(tmp_path, example):
    return stored(tmp_path / "ledger.db", example.catalogue, example.capture)


def entities(place, catalogue=None, **choices):
    with source_of(place, catalogue, **choices) as source:
        return [json.loads(piece) for piece in FORMATS["ftm"].pieces(source)]


def check(found):
    """Check that the library changes nothing and that each reference leads to an entity of its range."""
    schemata = {}
    for each in found:
        assert set(each) == {"id", "schema", "properties"}
        proxy = model.get_proxy(each, cleaned=False)
        assert {name: sorted(values) for name, values in proxy.properties.items()} == {
            name: sorted(values) for name, values in each["properties"].items()
        }
        assert proxy.schema.validate(each) is None
        assert all(proxy.get(name) for name in proxy.schema.required)
        assert each["id"] not in schemata
        schemata[each["id"]] = proxy.schema
    for each in found:
        for name, values in each["properties"].items():
            wanted = model.get(each["schema"]).get(name).range
            for value in values if wanted else ():
                assert schemata[value].is_a(wanted), (each, name)


@pytest.mark.parametrize("board", [True, False])
def test_the_library_takes_all_of_it(place, example, board):
    found = entities(place, example.catalogue, board=board)
    check(found)
    assert {each["schema"] for each in found} >= {"Article", "Note", "Mention", "Person", "Membership"}
    notes = {each["id"]: each["properties"] for each in found if each["schema"] == "Note"}
    assert set(notes) == {statement.id for statement in example.statements}
    for statement in example.statements:
        note = notes[statement.id]
        assert note["proof"] == [statement.document]
        assert note["description"] == [statement.content_text]
        speaker = {f"actor-{statement.speaker.actor}"} if statement.speaker else set()
        assert set(note["entity"]) == {statement.document} | speaker
        assert "denied" in note["keywords"] or statement.polarity
    texts = {each["id"]: each["properties"]["bodyText"][0] for each in found if each["schema"] == "Article"}
    assert texts.keys() == example.catalogue.documents.keys()
    names = {each["id"]: each["properties"].get("name", [""])[0] for each in found}
    members = {
        (names[of["member"][0]], names[of["organization"][0]], of["role"][0])
        for of in (each["properties"] for each in found if each["schema"] == "Membership")
    }
    assert members == {
        ("Ida Brenn", "Passengers of Larre", "spokeswoman"),
        ("Tom Haske", "Larre Lines", "director"),
    }


def test_a_report_on_events_is_taken_too_and_equal_ledgers_give_equal_lines(tmp_path):
    make_event_ledger(tmp_path / "one.db")
    make_event_ledger(tmp_path / "two.db")
    check(entities(tmp_path / "one.db"))
    assert entities(tmp_path / "one.db") == entities(tmp_path / "two.db")


def test_without_the_library_it_says_what_to_install(place, monkeypatch):
    monkeypatch.setitem(sys.modules, "followthemoney", None)
    with pytest.raises(CounterclaimError, match=r"counterclaim\[exchange\]"):
        entities(place)
