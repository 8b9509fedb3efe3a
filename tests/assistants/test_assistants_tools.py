"""Whatever a tool is asked, it answers as its schema says or refuses with a message."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from counterclaim import pipeline
from counterclaim.assistants.tools import TOOLS, Tool
from counterclaim.assistants.wording import text_of
from counterclaim.ledger import Ledger
from counterclaim.ledger.read_only import open_read_only
from counterclaim.model import CounterclaimError
from counterclaim.statements import Extraction
from counterclaim.views.cited.known import Reader

REPORTS = (
    {
        "id": "quay",
        "publisher": "Larre Post",
        "published": "2031-04-02T08:00:00Z",
        "text": 'Ida Brenn said that 20 people were killed in the fire. "The gate was open," she said.',
    },
    {
        "id": "echo",
        "publisher": "Echo",
        "published": "2031-04-02",
        "text": "Tom Haske denied that 20 people were killed in the fire.",
    },
)


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reader]:
    folder = tmp_path_factory.mktemp("tools")
    lines = "".join(json.dumps(each) + "\n" for each in REPORTS)
    (folder / "reports.jsonl").write_text(lines, encoding="utf-8")
    with Ledger.open(str(folder / "ledger.db"), create=True) as ledger:
        pipeline.ingest(ledger, folder / "reports.jsonl", extraction=Extraction(extractor="rules"))
        pipeline.refresh(ledger)
    with open_read_only(str(folder / "ledger.db")) as ledger:
        yield Reader(ledger)


NAMES = st.sampled_from(["quay", "echo", "Ida Brenn", "Haske", "s-", "c-", "q-", "d-", "a"]) | st.text(
    max_size=30
)
MOMENTS = (
    st.none()
    | st.sampled_from(["2000-01-01", "2999-12-31", "9999-12-31T23:59:59Z", "x"])
    | st.text(max_size=9)
)
CURSORS = (
    st.none()
    | st.sampled_from(["0@2999-01-01", "1@2999-01-01", "999999999999@2999-01-01"])
    | st.text(max_size=9)
)
VALUES = {
    **dict.fromkeys(("dispute", "claim", "actor", "statement", "report", "words"), NAMES),
    **dict.fromkeys(("as_of", "since", "until"), MOMENTS),
    "cursor": CURSORS,
    "limit": st.integers(-1, 31),
    "act": st.none() | st.sampled_from(["deny", "accuse", "shout"]),
    "version": st.none() | st.sampled_from(["1", "2", "d-"]),
    "start": st.integers(-1, 100),
    "length": st.integers(0, 12_001),
}


@st.composite
def questions(draw: st.DrawFn) -> tuple[str, dict[str, Any]]:
    name = draw(st.sampled_from(sorted(TOOLS)))
    schema = TOOLS[name].input_schema
    wanted = set(schema.get("required", ())) | set(
        draw(st.sets(st.sampled_from(sorted(schema["properties"]))))
    )
    return name, {each: draw(VALUES[each]) for each in sorted(wanted)}


def outcome(tool: Tool[Any, Any], reader: Reader, arguments: dict[str, Any]) -> tuple[str, Any]:
    """Return why a question is refused, or the answer."""
    try:
        return "", tool.answer(reader, arguments)
    except CounterclaimError as error:
        return str(error), None


@settings(max_examples=200, deadline=None)
@given(questions())
def test_a_tool_answers_as_its_schema_says_or_refuses(
    reader: Reader, question: tuple[str, dict[str, Any]]
) -> None:
    name, arguments = question
    tool = TOOLS[name]
    allowed = jsonschema.Draft202012Validator(tool.input_schema).is_valid(arguments)
    refusal, answer = outcome(tool, reader, arguments)
    if answer is None:
        assert 0 < len(refusal) < 3_000
        return
    assert allowed
    given = json.loads(json.dumps(tool.as_json(answer)))
    jsonschema.Draft202012Validator(tool.output_schema).validate(given)
    assert given["as_of"] in text_of(answer)


def test_every_tool_is_refused_what_it_does_not_know(reader: Reader) -> None:
    for tool in TOOLS.values():
        with pytest.raises(CounterclaimError, match=tool.name):
            tool.answer(reader, {"reveal": True})
