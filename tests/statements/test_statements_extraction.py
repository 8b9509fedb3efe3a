"""Who said what: attribution, speakers, acts and remarks, on texts of one or two sentences."""

# ruff: noqa: E501

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from counterclaim.model import Act, ActorKind, Document, Kind, Statement, VerificationStatus
from counterclaim.statements import extract_statements


def read(text: str, name: str = "r") -> tuple[Statement, ...]:
    """Return what the report attributes, without parts; own voice and parts have tests of their own."""
    document = Document(id=name, key=Document.key_of(name, text), capture="0" * 64, text=text)
    return tuple(s for s in extract_statements(document) if not s.own_voice and s.part_of is None)


def only(text: str) -> Statement:
    (statement,) = read(text)
    return statement


@pytest.mark.parametrize(
    ("text", "source", "content", "kind"),
    [
        ("“The bridge was safe when we left it,” Lena Frost said.", "Lena Frost", "“The bridge was safe when we left it,”", Kind.DIRECT),
        ("The mayor said that the bridge was safe.", "The mayor", "that the bridge was safe", Kind.INDIRECT),
        ("The mayor said that the bridge “was never inspected” last year.", "The mayor", "that the bridge “was never inspected” last year", Kind.MIXED),
        ("The bridge was unsafe, said Lena Frost.", "Lena Frost", "The bridge was unsafe", Kind.INDIRECT),
        ("Two boats sank in the harbour overnight, police said.", "police", "Two boats sank in the harbour overnight", Kind.INDIRECT),
        ("The bridge was closed in March, according to Lena Frost.", "Lena Frost", "The bridge was closed in March", Kind.INDIRECT),
        ("Lena Frost said in a statement that the bridge would be repaired.", "Lena Frost", "that the bridge would be repaired", Kind.INDIRECT),
    ],
)  # fmt: skip
def test_source_and_content(text: str, source: str, content: str, kind: Kind) -> None:
    statement = only(text)
    assert (statement.source_text, statement.content_text, statement.kind) == (source, content, kind)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("“The bridge,” said Lena Frost, “was never inspected by anybody.”", ["“The bridge,”", "“was never inspected by anybody.”"]),
        ("“The bridge was safe,” Lena Frost said. “We had checked every bolt. Nobody told us anything.”", ["“The bridge was safe,”", "“We had checked every bolt. Nobody told us anything.”"]),
    ],
)  # fmt: skip
def test_a_quotation_that_is_interrupted_is_one_statement(text: str, parts: list[str]) -> None:
    statement = only(text)
    assert [span.quote for span in statement.content] == parts
    assert statement.kind is Kind.DIRECT
    assert statement.speaker is not None
    assert statement.speaker.name == "Lena Frost"


@pytest.mark.parametrize(
    ("text", "act", "polarity"),
    [
        ("Lena Frost said the bridge was open.", Act.ASSERT, True),
        ("Lena Frost said the bridge was not open.", Act.ASSERT, False),
        ("The council denied that it had hidden the report.", Act.DENY, False),
        ("The council said the report was fabricated.", Act.DENY, False),
        ("Lena Frost accused the council of hiding the report.", Act.ACCUSE, True),
        ("Lena Frost admitted that the bridge had been unsafe.", Act.ADMIT, True),
        ("Lena Frost promised to open the bridge in May.", Act.PROMISE, True),
        ("Lena Frost urged drivers to stay at home.", Act.APPEAL, True),
        ("Lena Frost predicted that the bridge would fall within a year.", Act.PREDICT, True),
        ("Lena Frost asked: “Who closed the bridge without asking us?”", Act.QUESTION, True),
    ],
)
def test_acts_and_polarity(text: str, act: Act, polarity: bool) -> None:
    statement = only(text)
    assert (statement.act, statement.polarity) == (act, polarity)


def test_what_was_not_said_is_no_statement() -> None:
    assert read("Lena Frost did not say that the bridge was unsafe.") == ()


def test_hedges_and_the_month_of_may() -> None:
    assert only("Lena Frost said the bridge may have been damaged by ice.").hedged
    assert not only("Lena Frost said the bridge was damaged in May.").hedged


def test_channel_and_nested_speech() -> None:
    told = only("Lena Frost told a press conference in Harwick that the bridge was closed.")
    assert told.channel is not None
    assert told.channel.kind == "press conference"
    outer, inner = read("Tom Reed said that Lena Frost had told him the bridge was closed.")
    assert inner.reported_by == outer.id
    assert outer.reported_by is None


def test_a_remark_on_verification_belongs_to_the_statement_before_it() -> None:
    first, second = read(
        "The council said the bridge was open.\n\n"
        "Lena Frost said the bridge was closed. The claim could not be independently verified."
    )
    assert first.verification is None
    assert second.verification is not None
    assert second.verification.status is VerificationStatus.UNVERIFIED


def test_a_headline_with_two_sides() -> None:
    claim, denial, *_ = read(
        "Divers declare wreck found, but navy denies losing ship\n\nThe search went on for nine days."
    )
    assert (claim.source_text, claim.polarity) == ("Divers", True)
    assert (denial.source_text, denial.act, denial.polarity) == ("navy", Act.DENY, False)


def test_an_unbalanced_mark_does_not_lose_the_rest() -> None:
    statements = read("“The bridge fell, one sign read.\n\nLena Frost said that the bridge was safe.")
    assert statements[-1].content_text == "that the bridge was safe"


def test_pronoun_and_surname_stand_for_the_full_name() -> None:
    statements = read(
        "Lena Frost said the bridge was closed. She said the road was open.\n\n"
        "Ms Frost said the tunnel was safe."
    )
    assert [s.speaker.actor for s in statements if s.speaker] == ["lena-frost"] * 3


def test_described_sources_stay_anonymous_and_distinct() -> None:
    text = (
        "A port official said the crane fell. A diver said the crane stood. A port official said it rained."
    )
    one, other, again = (s.speaker for s in read(text))
    assert one is not None
    assert other is not None
    assert again is not None
    assert one.anonymous
    assert one.name is None
    assert one.kind is ActorKind.ANONYMOUS
    assert one.actor != other.actor
    assert one.actor == again.actor
    elsewhere = read("A port official said the crane fell.", "other")[0].speaker
    assert elsewhere is not None
    assert elsewhere.actor != one.actor


FRAGMENTS = st.sampled_from(
    [
        "Lena Frost said ", "the bridge was closed", "denied that ", "“", "”", '"', "'", ", ", ". ", "? ", "\n", "\n\n",
        "according to police", "he added", "the council ", "accused Tom Reed of lying", "could not be verified. ",
        "said", ":", "MAYOR: ", "31 people were killed", "not ", "reportedly ", "🛶", "مرحبا", "\u202e", "\x00", "\x1b[2J", "(", "—",
    ]
)  # fmt: skip


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(FRAGMENTS, max_size=25).map("".join))
def test_any_text_gives_spans_that_quote_it(text: str) -> None:
    statements = read(text)
    ids = {statement.id for statement in statements}
    assert len(ids) == len(statements)
    for statement in statements:
        spans = (*statement.source, *statement.cue, *statement.content, *statement.hedges)
        assert statement.content
        assert all(span.fits(text) for span in spans)
        assert list(statement.content) == sorted(statement.content)
        assert set(statement.refers_to) <= ids
        assert statement.reported_by is None or statement.reported_by in ids - {statement.id}
        assert statement.hedged == bool(statement.hedges)
    assert read(text) == statements


def test_hostile_lengths_finish() -> None:
    assert read('"' * 400_000) == ()
    assert read("x" * 300_000) == ()


@pytest.mark.parametrize(
    ("text", "actors"),
    [
        (
            "The Ostholm Trust for Boats (OTB) said it rained in Ostholm.\n\nThe OTB said the ferry had sunk.",
            ["ostholm-trust-for-boats", "ostholm-trust-for-boats"],
        ),
        ("Paris denied that the ferry had sunk.", ["france"]),
        (
            "Tom Reed, a spokesman for Larre Lines, said the ferry was late. The spokesman said the crew was safe.",
            ["tom-reed", "tom-reed"],
        ),
    ],
)
def test_one_actor_has_one_id(text: str, actors: list[str]) -> None:
    assert [s.speaker.actor for s in read(text) if s.speaker] == actors


def test_another_man_is_not_the_first() -> None:
    one, other = read("A man said the bridge fell. Another man said the bridge stood.")
    assert one.speaker is not None
    assert other.speaker is not None
    assert one.speaker.actor != other.speaker.actor
