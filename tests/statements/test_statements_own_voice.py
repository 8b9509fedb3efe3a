"""What a report asserts in its own voice, on texts written for it."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from counterclaim.model import Act, Document, Kind, Statement
from counterclaim.statements import Extraction, extract_statements
from counterclaim.statements.own_voice import MODEL, THRESHOLD

BOTH = pytest.mark.parametrize("extractor", ["accurate", "fast"])

REPORT = """Ferry sinks off Harwick, killing nine

A ferry carrying timber and 40 passengers sank off Harwick on Monday, killing nine people and wounding six others.

Captain Tom Reed said that the engine had failed. “Nobody told us about the storm,” he added.

The harbour authority closed the port on Tuesday, but two trawlers left it during the night. Lena Frost, who owns the ferry, denied that it was overloaded.

Who will pay for the rescue?
"""  # noqa: E501


def read(text: str, extractor: str = "accurate") -> tuple[Statement, ...]:
    document = Document(id="r", key=Document.key_of("r", text), capture="0" * 64, text=text)
    return extract_statements(document, Extraction(extractor=extractor))


def own(text: str, extractor: str = "accurate") -> list[Statement]:
    return [s for s in read(text, extractor) if s.own_voice]


@BOTH
def test_a_statement_in_own_voice_has_no_speaker_and_no_cue(extractor: str) -> None:
    found = own(REPORT, extractor)
    assert found
    for statement in found:
        assert (statement.source, statement.cue, statement.speaker) == ((), (), None)
        assert (statement.act, statement.kind, statement.model) == (Act.ASSERT, Kind.INDIRECT, MODEL)
        assert THRESHOLD <= statement.confidence <= 1


@BOTH
def test_events_are_found_each_as_a_clause(extractor: str) -> None:
    contents = [s.content_text for s in own(REPORT, extractor)]
    assert any(c.startswith("A ferry carrying timber") and "killing" not in c for c in contents)
    assert "killing nine people" in contents
    assert any(
        c.startswith("The harbour authority closed the port") and "trawlers" not in c for c in contents
    )


@BOTH
def test_what_others_say_is_not_repeated_as_own_voice(extractor: str) -> None:
    contents = " | ".join(s.content_text for s in own(REPORT, extractor))
    for attributed in ("engine had failed", "Nobody told us", "overloaded", "Tom Reed said"):
        assert attributed not in contents


@BOTH
def test_a_question_asserts_nothing(extractor: str) -> None:
    assert not any("rescue" in s.content_text for s in own(REPORT, extractor))


@pytest.mark.parametrize(
    "text",
    [
        "Two boats sank in the harbour overnight, police said.",
        "According to the coast guard, two boats sank in the harbour overnight.",
        "“Two boats sank in the harbour overnight,” the mayor told reporters on Monday.",
    ],
)
def test_an_attributed_sentence_leaves_nothing(text: str) -> None:
    assert own(text) == []


def test_the_headline_is_own_voice_unless_attributed() -> None:
    (headline, *_) = own("Storm kills nine in Harwick\n\nThe town slept, Lena Frost said.")
    assert headline.content_text == "Storm kills nine in Harwick"
    assert not own("Storm killed nine in Harwick, says mayor\n\nThe town slept, Lena Frost said.")


def test_a_date_before_a_headline_is_no_part_of_it() -> None:
    (first, *_) = own(
        "Mon 16 Jan 2017 Nine people were killed in a storm in Harwick. The town has no harbour."
    )
    assert first.content_text.startswith("Nine people were killed")


def test_a_shared_subject_is_lent_to_the_second_predicate() -> None:
    contents = [
        [span.quote for span in s.content]
        for s in own(
            "Rebel forces seized the northern bridge on Monday and destroyed two tanks near the river."
        )
    ]
    assert ["Rebel forces", "destroyed two tanks near the river"] in [
        [part.rstrip(".") for part in parts] for parts in contents
    ]


def test_a_negated_clause_has_negative_polarity() -> None:
    (statement,) = own("The army has not recaptured the bridge at Harwick.")
    assert not statement.polarity
    (statement,) = own("The army has recaptured the bridge at Harwick.")
    assert statement.polarity


@pytest.mark.parametrize(
    "text",
    [
        "Tags Harwick ferry storm coast guard rescue",
        "Follow Lena Frost on Twitter for more updates about the ferry.",
        "12.01.2017 18:30",
    ],
)
def test_furniture_is_left_out(text: str) -> None:
    assert own(f"Two boats sank in the harbour overnight, police said.\n\n{text}") == []


def test_confidence_cuts_own_voice_too() -> None:
    document = Document(id="r", key=Document.key_of("r", REPORT), capture="0" * 64, text=REPORT)
    assert not [s for s in extract_statements(document, Extraction(min_confidence=1.0)) if s.own_voice]


PIECES = st.sampled_from(
    [
        "The bridge fell", " and ", "killing nine", ", ", ". ", "\n\n", "“", "”", "Lena Frost said ",
        "after ", "he ", "that ", "which ", "5 May 2017 ", "’s ", "not ", "? ", "; ", "Reuters ", "—",
        "the army ", "has taken the town",
    ]
)  # fmt: skip


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(PIECES, max_size=30).map("".join), st.sampled_from(["accurate", "fast"]))
def test_any_text_gives_ranges_in_order_that_quote_it(text: str, extractor: str) -> None:
    found = own(text, extractor) if text.strip() else []
    assert len({s.id for s in found}) == len(found)
    for statement in found:
        places = [place for span in statement.content for place in (span.start, span.end)]
        assert places == sorted(places)
        assert all(span.quote == text[span.start : span.end] for span in statement.content)
