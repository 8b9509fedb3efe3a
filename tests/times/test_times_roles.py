"""The time for which a role is stated, with the words that state it."""

from __future__ import annotations

import pytest

from counterclaim.model import ActorKind, Affiliation, Document, DocumentActor, Kind, Speaker, Statement
from counterclaim.times import find_times, time_roles, time_speakers


def document(text: str) -> Document:
    return Document(id="d", key="d", capture="c", text=text, published="2031-04-08")


def actor(report: Document, words: str) -> DocumentActor:
    start = report.text.index(words)
    role = Affiliation(role="mayor", span=report.span(start, start + len(words)))
    return DocumentActor(id="ida", kind=ActorKind.PERSON, name="Ida Holm", affiliations=(role,))


@pytest.mark.parametrize(
    ("text", "words", "edtf", "stated"),
    [
        ("Ida Holm, mayor of Orm since 2019, said no.", "mayor of Orm", "2019-01-01/..", "since 2019"),
        ("Ida Holm, mayor of Orm until 2014, said no.", "mayor of Orm", "../2014-12-31", "until 2014"),
        (
            "Ida Holm, mayor of Orm from 2010 to 2014, said no.",
            "mayor of Orm",
            "2010-01-01/2014-12-31",
            "from 2010 to 2014",
        ),
        (
            "Ida Holm, mayor of Orm between 2010 and 2014, said no.",
            "mayor of Orm between 2010 and 2014",
            "2010-01-01/2014-12-31",
            "between 2010 and 2014",
        ),
    ],
)
def test_a_role_has_the_time_that_its_words_state(text, words, edtf, stated):
    report = document(text)
    times = find_times(report)
    (timed,) = time_roles(report, [actor(report, words)], times)
    when = timed.affiliations[0].when
    assert when is not None
    assert (when.interval.edtf, when.span and when.span.quote) == (edtf, stated)


@pytest.mark.parametrize(
    "text",
    [
        "Ida Holm, mayor of Orm, said in 2019 that nothing was wrong.",
        "Ida Holm, mayor of Orm, said no. The bridge has been shut since 2019.",
        "Ida Holm, mayor of Orm, said no.",
    ],
)
def test_a_time_that_belongs_to_something_else_is_not_that_of_the_role(text):
    report = document(text)
    (untimed,) = time_roles(report, [actor(report, "mayor of Orm")], find_times(report))
    assert untimed.affiliations[0].when is None


def test_the_speaker_of_a_statement_has_the_same_time():
    report = document("Ida Holm, mayor of Orm since 2019, said no.")
    times = find_times(report)
    (role,) = actor(report, "mayor of Orm").affiliations
    speaker = Speaker(actor="ida", name="Ida Holm", affiliation=role)
    parts = {name: (report.span(start, end),) for name, start, end in (("cue", 34, 38), ("content", 39, 41))}
    said = Statement(id="s", document="d", source=(), kind=Kind.INDIRECT, speaker=speaker, **parts)
    voice = Statement(id="t", document="d", source=(), cue=(), content=parts["content"], kind=Kind.INDIRECT)
    timed, untouched = time_speakers(report, [said, voice], times)
    assert timed.speaker is not None
    assert timed.speaker.affiliation is not None
    assert (
        timed.speaker.affiliation.when
        == time_roles(report, [actor(report, "mayor of Orm")], times)[0].affiliations[0].when
    )
    assert untouched == voice
