"""The nouns in JSON and back, and the names made of what they name."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from counterclaim.model import (
    SCHEMA_VERSION,
    Capture,
    Judgement,
    JudgementKind,
    Problem,
    SchemaError,
    Severity,
    Span,
    Statement,
    dump,
    load,
)
from counterclaim.model.digest import identifier
from counterclaim.model.judgement import DIRECTED

NAMES = st.text(alphabet="abcé “”🛶-\n", max_size=12)


def test_every_noun_of_a_board_comes_back_equal(example: Any) -> None:
    catalogue = example.catalogue
    snapshot, board = catalogue.snapshot, catalogue.board
    nouns = [
        *snapshot.documents,
        *snapshot.statements,
        *snapshot.judgements,
        *board.actors,
        *board.claims,
        *board.disputes,
        *example.captures.values(),
    ]
    assert len({type(noun) for noun in nouns}) == 7
    for noun in nouns:
        assert load(dump(noun)) == noun
        assert dump(load(dump(noun))) == dump(noun)
        assert b"\n" not in dump(noun)


@given(st.binary(max_size=200), NAMES, st.none() | NAMES)
def test_captures_come_back_equal(content: bytes, name: str, url: str | None) -> None:
    capture = Capture.of(name, content, "text/plain", url=url)
    assert load(dump(capture)) == capture


@given(
    st.sampled_from(list(JudgementKind)),
    NAMES,
    NAMES,
    NAMES,
    st.floats(0, 1),
)
def test_judgements_come_back_equal_and_do_not_depend_on_the_order(
    kind: JudgementKind, one: str, other: str, reason: str, confidence: float
) -> None:
    def made(left: str, right: str) -> Judgement:
        return Judgement.of(
            kind, left, right, basis="words", author="program:t/1", confidence=confidence, reason=reason
        )

    assert load(dump(made(one, other))) == made(one, other)
    if one and other and kind not in DIRECTED:
        assert made(one, other) == made(other, one)


def test_problems_come_back_equal() -> None:
    problem = Problem(severity=Severity.ERROR, code="empty", name="a.txt", message="It is empty.", advice="")
    assert load(dump(problem)) == problem


@pytest.mark.parametrize("version", [0, SCHEMA_VERSION + 1])
def test_another_schema_is_refused(version: int) -> None:
    line = json.loads(dump(Capture.of("a", b"x", "text/plain")))
    line["schema"] = version
    with pytest.raises(SchemaError, match=f"schema {version}"):
        load(json.dumps(line))


@pytest.mark.parametrize(
    "data",
    [b"", b"{", b"[]", b"null", b"{}", b'{"schema":1}', b'{"schema":1,"noun":{"type":"boat"}}', b"\xff"],
)
def test_what_is_no_noun_is_refused(data: bytes) -> None:
    with pytest.raises(SchemaError):
        load(data)


@settings(max_examples=50)
@given(st.binary(max_size=60))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    with pytest.raises(SchemaError):
        load(data)


@given(st.lists(NAMES, max_size=4), st.lists(NAMES, max_size=4))
def test_identifiers_differ_where_the_parts_do(one: list[str], other: list[str]) -> None:
    assert (identifier("x", *one) == identifier("x", *other)) == (one == other)


def test_an_identifier_takes_a_lone_surrogate() -> None:
    assert identifier("x", "\ud800").startswith("x-")


def test_the_id_of_a_statement_tells_cue_from_content() -> None:
    text = "Ida said it."
    ida, said = Span.of(text, 0, 3), Span.of(text, 4, 8)
    assert Statement.id_of("d", (ida,), (said,)) != Statement.id_of("d", (said,), (ida,))
    assert Statement.id_of("d", (ida,), (said,)) != Statement.id_of("e", (ida,), (said,))
