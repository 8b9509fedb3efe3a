"""When a statement was said, and when what it claims is said to have happened."""

from __future__ import annotations

from msgspec.structs import replace
from times_help import document

from counterclaim.model import Document, Kind, Span, StatedTime, Statement, TimeBasis
from counterclaim.times import find_times, time_statements


def timed(text: str, source: str, cue: str, *content: str, published: str | None = "2021-09-06") -> Statement:
    """Return the statement made of these words of the text, with its times."""

    def spans(*words: str) -> tuple[Span, ...]:
        return tuple(Span.of(text, text.index(each), text.index(each) + len(each)) for each in words if each)

    report = document(text, published)
    statement = Statement(
        id="s1",
        document="d1",
        source=spans(source),
        cue=spans(cue),
        content=spans(*content),
        kind=Kind.INDIRECT,
    )
    (result,) = time_statements(report, [statement], find_times(report))
    return result


def words(time: StatedTime | None) -> str | None:
    return time.span.quote if time and time.span else None


def test_said_and_happened_are_kept_apart() -> None:
    text = "The mayor said on Monday that the town fell on Saturday."
    statement = timed(text, "The mayor", "said", "that the town fell on Saturday")
    assert (words(statement.said), words(statement.happened)) == ("Monday", "Saturday")
    assert statement.happened is not None
    assert statement.happened.interval.start == "2021-09-04"


def test_a_time_ahead_of_the_source_belongs_to_the_cue() -> None:
    text = "On Sunday, the mayor told reporters the bridge was safe."
    statement = timed(text, "the mayor", "told", "the bridge was safe")
    assert words(statement.said) == "Sunday"
    assert statement.happened is None


def test_a_time_inside_the_content_is_never_when_it_was_said() -> None:
    text = "The bridge fell on Saturday, the mayor said."
    statement = timed(text, "the mayor", "said", "The bridge fell on Saturday")
    assert statement.said is not None
    assert (statement.said.span, statement.said.basis) == (None, TimeBasis.PUBLISHED)
    assert statement.said.interval.start == "2021-09-06"
    assert words(statement.happened) == "Saturday"


def test_a_clause_about_the_source_does_not_date_what_it_said() -> None:
    text = "The mayor, who was elected in 2017, said the bridge was safe."
    statement = timed(text, "The mayor, who was elected in 2017,", "said", "the bridge was safe")
    assert words(statement.said) is None
    assert statement.happened is None


def test_a_time_in_the_sentence_around_dates_what_happened_where_the_content_has_none() -> None:
    text = "In the 1990s, when the dam was new, the mayor says, the valley was green."
    statement = timed(text, "the mayor", "says", "the valley was green")
    assert words(statement.happened) == "the 1990s"


def test_times_of_another_sentence_are_not_taken() -> None:
    text = "The strike began on Friday. The mayor said the bridge was safe. It rained on Sunday."
    statement = timed(text, "The mayor", "said", "the bridge was safe")
    assert words(statement.said) is None
    assert statement.happened is None


def test_nothing_is_said_at_a_known_time_where_no_time_is_known() -> None:
    statement = timed("The mayor said it was safe.", "The mayor", "said", "it was safe", published=None)
    assert statement.said is None
    assert statement.happened is None


def test_the_reports_own_voice_is_as_of_publication() -> None:
    text = "The bridge fell on Saturday."
    statement = timed(text, "", "", "The bridge fell on Saturday")
    assert statement.said is not None
    assert statement.said.basis is TimeBasis.PUBLISHED
    assert words(statement.happened) == "Saturday"


def spans_of(report: Document, *words: str) -> tuple[Span, ...]:
    return tuple(report.span(report.text.index(each), report.text.index(each) + len(each)) for each in words)


def test_the_time_of_what_one_claims_does_not_date_what_another_claims() -> None:
    report = document("The army denied the loss and said its jets bombed the road on Wednesday.")
    parts = (("denied", "the loss"), ("said", "its jets bombed the road on Wednesday"))
    statements = [
        Statement(
            id=cue,
            document="d1",
            source=spans_of(report, "The army"),
            cue=spans_of(report, cue),
            content=spans_of(report, content),
            kind=Kind.INDIRECT,
        )
        for cue, content in parts
    ]
    denied, said = time_statements(report, statements, find_times(report))
    assert denied.happened is None
    assert words(said.happened) == "Wednesday"


def test_the_dateline_dates_nothing_that_is_claimed() -> None:
    text = "ORM, Sept. 5 (North News) - The mayor said the bridge was safe."
    report = replace(document(text), dateline=Span.of(text, 0, 27))
    statement = Statement(
        id="s1",
        document="d1",
        source=spans_of(report, "The mayor"),
        cue=spans_of(report, "said"),
        content=spans_of(report, "the bridge was safe"),
        kind=Kind.INDIRECT,
    )
    (timed_one,) = time_statements(report, [statement], find_times(report))
    assert timed_one.happened is None
