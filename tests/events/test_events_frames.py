"""What a statement says happened, read without a parser, on sentences of our own."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counterclaim.events import find_events
from counterclaim.events.lexicon import forms
from counterclaim.lexicons import read_lexicon
from counterclaim.model import (
    Act,
    ActorKind,
    Annotations,
    Capture,
    Document,
    DocumentActor,
    EventFrame,
    Kind,
    PlaceMention,
    PlaceReading,
    Span,
    Statement,
)

WAR = " Rebel fighters and army troops have battled here for weeks. Soldiers shelled militants near the base."


def document_of(text: str) -> Document:
    capture = Capture.of("own.txt", text.encode(), "text/plain")
    return Document(
        id="own", key=Document.key_of("own", capture.sha256), capture=capture.sha256, text=text, language="en"
    )


def frame(content: str, *, before: str = "", act: Act = Act.ASSERT, war: bool = True) -> EventFrame | None:
    document = document_of(before + content + (WAR if war else ""))
    start = len(before)
    cued = before.index(" ", 4) + 1 if before else 0
    statement = Statement(
        id="s",
        document=document.key,
        source=(Span.of(document.text, 0, before.index(" ", 4)),) if before else (),
        cue=(Span.of(document.text, cued, before.index(" ", cued)),) if before else (),
        content=(Span.of(document.text, start, start + len(content)),),
        kind=Kind.INDIRECT,
        act=act,
    )
    return find_events(document, [statement], Annotations(document=document.key))[0]


@pytest.mark.parametrize(
    ("content", "kind", "agents", "patients"),
    [
        ("government troops shelled the market", "Shelling/artillery/missile attack", "troops", "market"),
        (
            "the market was shelled by government troops",
            "Shelling/artillery/missile attack",
            "troops",
            "market",
        ),
        ("army shelling of Varesh", "Shelling/artillery/missile attack", "army", "Varesh"),
        ("warplanes bombed a bakery", "Air/drone strike", "warplanes", "bakery"),
        ("Tarvian airstrikes on Ostholm", "Air/drone strike", "Tarvian", "Ostholm"),
        ("militants kidnapped three nurses", "Abduction/forced disappearance", "militants", "three nurses"),
        ("rebels captured the town of Ostholm", "Non-state actor overtakes territory", "rebels", "town"),
        ("the army recaptured the town of Ostholm", "Government regains territory", "army", "town"),
        ("rebels beheaded two prisoners", "Attack", "rebels", "two prisoners"),
        ("a roadside bomb killed four soldiers", "Remote explosive/landmine/IED", "", "four soldiers"),
        ("clashes between the army and rebels", "Armed clash", "army", ""),
        ("soldiers looted shops in Varesh", "Looting/property destruction", "soldiers", "shops"),
        ("police dispersed a protest with tear gas", "Protest with intervention", "", ""),
        ("soldiers gang-raped a teacher", "Sexual violence", "soldiers", "teacher"),
    ],
)
def test_type_and_roles(content: str, kind: str, agents: str, patients: str) -> None:
    found = frame(content)
    assert found is not None
    assert found.type == kind
    assert agents in " ".join(p.span.quote for p in found.agents)
    assert patients in " ".join(p.span.quote for p in found.patients)


@pytest.mark.parametrize(
    "content",
    [
        "he suffered a heart attack",
        "she attacked his record on taxes",
        "the workers plan a strike for more pay",
        "the claim was false",
        "the candidate will fight for the nomination",
        "taxes have risen for nine years",
        "the campaign fired its manager",
        "share prices fell to a new low",
    ],
)
def test_other_senses_give_no_frame(content: str) -> None:
    assert frame(content, war=False) is None


@pytest.mark.parametrize(
    "content", ["responsibility for the attack", "the strike", "that the attack was cruel"]
)
def test_what_only_points_back_gives_no_frame(content: str) -> None:
    assert frame(content) is None


def test_an_accusation_is_the_stance_and_the_deed_is_the_event() -> None:
    found = frame("of burning the village", before="The rebels accused the army ", act=Act.ACCUSE)
    assert found is not None
    assert found.type == "Looting/property destruction"
    assert [p.span.quote for p in found.agents] == ["the army"]
    assert [p.span.quote for p in found.patients] == ["the village"]


def test_what_a_speaker_denies_doing_is_his() -> None:
    found = frame("shelling the village", before="The army denied ", act=Act.DENY)
    assert found is not None
    assert found.type == "Shelling/artillery/missile attack"
    assert [p.span.quote for p in found.agents] == ["The army"]


def test_deaths_without_a_cause_have_figures_and_no_type() -> None:
    found = frame("at least 31 miners were killed")
    assert found is not None
    assert (found.type, found.plover) == (None, None)
    assert [(f.measure, f.low, f.high) for f in found.figures] == [("killed", 31, None)]


def test_the_means_give_the_type_of_what_killed() -> None:
    found = frame("six miners were killed in an air strike by Tarvian jets")
    assert found is not None
    assert found.type == "Air/drone strike"
    assert found.plover_mode == "aerial"
    assert "six miners" in [p.span.quote for p in found.patients]


def test_actors_and_places_come_from_the_annotations() -> None:
    text = "Rebels shelled a school in Varesh." + WAR
    document = document_of(text)
    place = Span.of(text, text.index("Varesh"), text.index("Varesh") + 6)
    actor = DocumentActor(id="a-rebels", kind=ActorKind.GROUP, mentions=(Span.of(text, 0, 6),))
    statement = Statement(
        id="s", document=document.key, source=(), cue=(), content=(Span.of(text, 0, 33),), kind=Kind.INDIRECT
    )
    notes = Annotations(
        document=document.key,
        actors=(actor,),
        places=(PlaceMention(span=place, reading=PlaceReading.LOCATION),),
    )
    (found,) = find_events(document, [statement], notes)
    assert found is not None
    assert [p.actor for p in found.agents] == ["a-rebels"]
    assert found.places == (place,)


def test_the_codes_are_those_of_the_codebooks() -> None:
    acled = {row.get("type") for row in read_lexicon("events")["event"]} - {None}
    known = set(read_lexicon("events")["codebooks"]["acled"])
    plover = {row.get("plover") for row in read_lexicon("events")["event"]} - {None}
    assert acled <= known
    assert plover <= set(read_lexicon("events")["codebooks"]["plover"])


def test_forms_of_verbs() -> None:
    assert ("past", "shot") in forms("shoot")
    assert ("gerund", "bombing") in forms("bomb")
    assert ("gerund", "seizing") in forms("seize")
    assert ("participle", "taken") in forms("take")


_SOUP = (
    "rebels army the a killed shelled captured in on by of Varesh town 20 people and was were air strikes "
    "attack clashes between accused soldiers bomb exploded fired rockets . , “ ” that IS protest police"
)
_WORDS = st.sampled_from(_SOUP.split(" "))


@given(st.lists(_WORDS, min_size=1, max_size=30).map(" ".join))
def test_every_span_quotes_the_text_within_the_content(content: str) -> None:
    found = frame(content)
    if found is None:
        return
    spans = [
        found.trigger,
        *(p.span for p in (*found.agents, *found.patients)),
        *(f.span for f in found.figures),
    ]
    assert all(span.fits(content + WAR) and span.end <= len(content) for span in spans)
    assert 0 < found.confidence <= 1
    assert frame(content) == found


@given(st.text(min_size=1, max_size=120).filter(str.strip))
def test_any_text_can_be_read(content: str) -> None:
    found = frame(content)
    assert found is None or found.trigger.quote in content
