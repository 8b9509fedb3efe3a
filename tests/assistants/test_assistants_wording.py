"""Nothing in a report can end its quotation, or make an answer long."""

from __future__ import annotations

import json
import unicodedata

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from counterclaim.assistants.schemas import schema_of
from counterclaim.assistants.tools import TOOLS
from counterclaim.assistants.wording import quoted
from counterclaim.views.cited.bounds import LONGEST, bounded
from counterclaim.views.names import Named


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_words_stand_on_one_line_within_their_quotes_and_can_be_had_back(words: str) -> None:
    shown = quoted(words)
    assert json.loads(shown) == words
    assert shown.startswith('"')
    assert shown.endswith('"')
    assert len(shown.splitlines()) == 1
    inside = shown[1:-1].replace("\\\\", "")
    assert '"' not in inside.replace('\\"', "")
    assert not any(unicodedata.category(each) in {"Cc", "Cf", "Zl", "Zp", "Co"} for each in shown)


def test_what_is_not_known_is_not_in_quotes() -> None:
    assert quoted(None) == "unknown"


@given(st.text(max_size=2 * LONGEST), st.text(max_size=3 * LONGEST))
def test_long_names_are_cut_and_say_by_how_much(one: str, name: str) -> None:
    cut = bounded(Named(id=one, name=name))
    for was, now in ((one, cut.id), (name, cut.name)):
        if len(was) <= LONGEST:
            assert now == was
        else:
            assert now == f"{was[:LONGEST]} … ({len(was) - LONGEST} characters more)"


def test_exact_words_are_not_cut_by_bounds() -> None:
    class Held(msgspec.Struct):
        words: str

    assert bounded(Held("x" * 5000)).words == "x" * 5000


def test_schemas_name_what_they_mean_and_no_classes() -> None:
    for tool in TOOLS.values():
        for schema in (tool.input_schema, tool.output_schema):
            assert schema["type"] == "object"
            assert "title" not in schema
    report = TOOLS["read_report"].output_schema
    assert "title" in report["$defs"]["Citation"]["properties"]  # a field, and no name of a class
    assert schema_of(Named)["required"] == ["id", "name"]
