"""FollowTheMoney: the library takes every entity as it is, and every reference leads to one."""

from __future__ import annotations

import base64
import json
import random
import re
import sys
import zlib

import pytest
from event_example import make_event_ledger
from exports_help import source_of, stored
from followthemoney import model
from followthemoney.exc import InvalidData
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from counterclaim.exports import FORMATS, STORED, read_ftm, read_lines
from counterclaim.exports.carried import PIECE, pack
from counterclaim.ledger import Ledger
from counterclaim.model import CounterclaimError, Judgement, JudgementKind, SchemaError


@pytest.fixture
def place(tmp_path, example):
    return stored(tmp_path / "ledger.db", example.catalogue, example.capture)


def entities(place, catalogue=None, **choices):
    with source_of(place, catalogue, **{"carried": False, **choices}) as source:
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


def carried(place):
    """Return the lines of a JSON Lines export, and the entities that carry them."""
    with source_of(place, nouns=STORED) as source:
        return list(FORMATS["jsonl"].pieces(source)), list(FORMATS["ftm"].pieces(source))


def through_the_library(entity):
    """Read an entity as the library does, cleaning its values, and write it again."""
    proxy = model.get_proxy(json.loads(entity), cleaned=False)
    return json.dumps(proxy.to_dict()).encode() + b"\n"


def test_what_is_stored_comes_back_byte_for_byte_also_through_the_library(place, example, monkeypatch):
    monkeypatch.setattr("counterclaim.exports.carried.BATCH", 3_000)
    monkeypatch.setattr("counterclaim.exports.carried.PIECE", 500)
    with Ledger.open(str(place)) as ledger:
        odd = "NUL \x00, \u2028, a  b, e\u0301 and \U0001f6a2"
        statement = example.statements[0].id
        said = Judgement.of(JudgementKind.CONFIRMED, statement, "", basis="analyst", author="Ida", reason=odd)
        assert ledger.judge(said)
    lines, packed = carried(place)
    assert list(read_ftm(packed)) == lines
    check([json.loads(each) for each in packed])
    again = [through_the_library(each) for each in packed]
    assert list(read_ftm(again)) == lines
    random.Random(1).shuffle(again)
    assert sorted(read_ftm(again)) == sorted(lines)


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.text(max_size=400)), st.integers(1, 900), st.integers(1, 300), st.randoms())
def test_any_lines_come_back(monkeypatch, texts, batch, piece, shuffling):
    monkeypatch.setattr("counterclaim.exports.carried.BATCH", batch)
    monkeypatch.setattr("counterclaim.exports.carried.PIECE", piece)
    lines = [
        json.dumps(text, ensure_ascii=False).encode("utf-8", "backslashreplace") + b"\n" for text in texts
    ]
    notes = []
    for each in pack(lines):
        proxy = model.make_entity("Note")
        proxy.id = each.name
        proxy.add("name", each.name)
        proxy.add("indexText", each.text)
        notes.append(json.dumps(proxy.to_dict()).encode())
    assert list(read_ftm([b"{}", *notes])) == lines if lines else not notes
    shuffling.shuffle(notes)
    assert not notes or sorted(read_ftm(notes)) == sorted(lines)


def test_the_notes_of_two_exports_can_be_thrown_together(tmp_path, place, monkeypatch):
    monkeypatch.setattr("counterclaim.exports.carried.PIECE", 500)
    make_event_ledger(tmp_path / "events.db")
    one, two = carried(place), carried(tmp_path / "events.db")
    both = [*one[1], *two[1], *one[1]]
    assert list(read_ftm(both)) == [*one[0], *two[0]]
    random.Random(2).shuffle(both)
    assert sorted(read_ftm(both)) == sorted([*one[0], *two[0]])


def test_lines_are_known_by_the_first_of_them(place):
    lines, packed = carried(place)
    assert list(read_lines(lines)) == lines
    assert list(read_lines([b"\n", *packed])) == lines
    assert list(read_lines([b"no JSON\n", *packed])) == [b"no JSON\n", *packed]
    assert list(read_lines([])) == []


def test_values_are_no_longer_than_the_library_takes(place):
    _lines, packed = carried(place)
    longest = {name: model.get("Note").get(name).max_length for name in ("name", "indexText")}
    notes = [json.loads(each)["properties"] for each in packed if b'"indexText"' in each]
    assert notes
    assert all(len(note[name][0]) <= most for note in notes for name, most in longest.items())
    assert longest["indexText"] >= PIECE


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda notes: notes[:-1], "missing, for N = "),
        (lambda notes: notes[1:], "missing, for N = "),
        (lambda notes: [notes[0].replace(b"eJ", b"eK"), *notes[1:]], "is damaged"),
        (lambda notes: [notes[0][:-5], *notes[1:]], "not an entity"),
        (
            lambda notes: [re.sub(rb"(im 1) [0-9a-f]{16}", rb"\1 0123456789abcdef", n) for n in notes],
            "damaged",
        ),
        (lambda _notes: [b'{"schema":"Person","properties":{"name":["x"]}}\n'], "no entity holds"),
    ],
)
def test_what_is_missing_or_damaged_is_said(place, monkeypatch, change, told):
    monkeypatch.setattr("counterclaim.exports.carried.PIECE", 500)
    notes = [each for each in carried(place)[1] if b'"indexText"' in each]
    with pytest.raises(SchemaError, match=told):
        list(read_ftm(change(notes)))


def test_a_bomb_is_refused(monkeypatch):
    monkeypatch.setattr("counterclaim.exports.carried.LARGEST", 1_000_000)
    bomb = base64.b64encode(zlib.compress(b"0" * 10_000_000)).decode()
    note = {
        "id": "1",
        "schema": "Note",
        "properties": {"name": ["counterclaim 1 0123456789abcdef 1/1"], "indexText": [bomb]},
    }
    with pytest.raises(SchemaError, match="is damaged"):
        list(read_ftm([json.dumps(note).encode()]))


PERSON = {"id": "actor-a", "schema": "Person", "properties": {"name": ["Ida"]}}
UNION = {"id": "actor-b", "schema": "Organization", "properties": {"name": ["Crew"]}}
MEMBER = {"member": ["actor-a"], "organization": ["actor-b"], "startDate": ["2031-04-02"]}


def members(**properties):
    """Return a person, an organisation and a membership with these properties, an empty one left out."""
    kept = {name: values for name, values in {**MEMBER, **properties}.items() if values}
    return [PERSON, UNION, {"id": "1", "schema": "Membership", "properties": kept}]


@pytest.mark.parametrize(
    "broken",
    [
        [{**PERSON, "schema": "Fish"}],
        members(organization=[]),
        members(startDate=["never"]),
        members(startDate=["2 April 2031"]),
        members(fish=["b"]),
        members(organization=["actor-c"]),
        members(organization=["actor-a"]),
        [PERSON, PERSON],
    ],
)
def test_what_is_broken_is_refused(broken):
    """So that :func:`check` is a check."""
    check(members())
    with pytest.raises((InvalidData, AssertionError, KeyError)):
        check(broken)


@pytest.mark.parametrize(
    "broken", [{}, {**MEMBER, "organization": []}, {**MEMBER, "startDate": ["never"]}, {"fish": ["b"]}]
)
def test_the_library_validates(broken):
    schema = model.get("Membership")
    assert schema.validate({"properties": MEMBER}) is None
    with pytest.raises(InvalidData):
        schema.validate({"properties": broken})
