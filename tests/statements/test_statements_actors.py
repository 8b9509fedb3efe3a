"""Actors within one document: mentions, roles, metonyms, anonymous sources, and who the speakers are."""

# ruff: noqa: E501

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from counterclaim.model import ActorKind, Document, DocumentActor
from counterclaim.places import find_places
from counterclaim.statements import Extraction, StatementsRead, read_statements
from counterclaim.statements.names import slug

REPORT = """Dorvan rebels deny losing bridge

The ministry of defence of Kessia said on Monday that its troops had taken the bridge at Old Ferry.

"We hold both banks," said Mara Ilven, a spokeswoman for the Dorvan Liberation Front (DLF). She said the group would not withdraw.

Pavel Orlan, former governor of the Lower Valley, said that the talks had failed. Mr Orlan said the DLF had left early.

"There are no troops there," said a Kessian army official. The Kessian army official said the bridge was empty.

Islamabad said it was not involved. The DLF said the claim was false.
"""


def read(text: str, extractor: str = "accurate") -> StatementsRead:
    document = Document(id="r", key=Document.key_of("r", text), capture="0" * 64, text=text)
    return read_statements(document, Extraction(extractor=extractor))


def actor(found: StatementsRead, name: str) -> DocumentActor:
    (one,) = [a for a in found.actors if name in {a.name, a.description}]
    return one


def speakers(text: str, extractor: str = "accurate") -> list[str | None]:
    found = read(text, extractor).statements
    return [s.speaker.label if s.speaker else None for s in found if not s.own_voice]


@pytest.mark.parametrize("extractor", ["accurate", "fast"])
def test_roles_and_parties_with_the_words_that_say_so(extractor: str) -> None:
    found = read(REPORT, extractor)
    front = actor(found, "Dorvan Liberation Front")
    assert "DLF" in front.aliases
    assert front.kind is ActorKind.ORGANISATION
    (role,) = actor(found, "Mara Ilven").affiliations
    assert (role.role, role.party, role.former) == ("spokeswoman", front.id, False)
    assert role.span is not None
    assert "spokeswoman for the Dorvan Liberation Front" in role.span.quote
    former = actor(found, "Pavel Orlan").affiliations[0]
    assert (former.role, former.former) == ("governor", True)


@pytest.mark.parametrize("extractor", ["accurate", "fast"])
def test_every_mention_of_an_actor(extractor: str) -> None:
    found = read(REPORT, extractor)
    assert {m.quote for m in actor(found, "Mara Ilven").mentions} >= {"Mara Ilven", "She"}
    assert {"the group", "DLF"} <= {
        m.quote.removeprefix("The ") for m in actor(found, "Dorvan Liberation Front").mentions
    }
    assert "Orlan" in {m.quote.removeprefix("Mr ") for m in actor(found, "Pavel Orlan").mentions}


def test_speakers_are_actors_of_the_document() -> None:
    found = read(REPORT)
    known = {a.id for a in found.actors}
    for statement in found.statements:
        assert statement.speaker is not None
        assert statement.speaker.actor in known
        assert statement.speaker.party in known


def test_a_capital_that_speaks_is_a_government() -> None:
    found = read(REPORT)
    government = actor(found, "Pakistan")
    assert government.kind is ActorKind.GOVERNMENT
    assert "Islamabad" in government.aliases


def test_a_capital_that_is_visited_is_no_actor() -> None:
    found = read("Envoys met in Kabul on Monday. The mayor of Ostholm said the talks went well.")
    assert all(a.kind is not ActorKind.GOVERNMENT for a in found.actors)


def test_an_anonymous_source_is_one_within_its_document_and_nobody_elsewhere() -> None:
    found = read(REPORT)
    (official,) = [a for a in found.actors if a.anonymous]
    assert len(official.mentions) == 2
    assert official.name is None
    assert official.affiliations[0].party == "kessia"
    document = Document.key_of("r", REPORT)
    assert document in official.id


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Anna Holt met Peter Brand. She said the vote was fair.", ["Anna Holt"]),
        ("Anna Holt met Peter Brand. He said the vote was fair.", ["Peter Brand"]),
        ("Gov. Lena Frost spoke first. The governor said the dam was safe.", ["Lena Frost"]),
        ("Lena Frost’s campaign said she would win.", ["Frost campaign"]),
        ("Lena Frost spoke on Monday. Her campaign said the rally was full.", ["Frost campaign"]),
        ("Tom Reed and Anna Holt said the ferry was late.", ["Tom Reed and Anna Holt"]),
        ("Tom Reed and his aides said the ferry was late.", ["Tom Reed"]),
        ("The Kremlin said the ferry was late.", ["Russia"]),
        ("The White House denied that the ferry was late.", ["United States"]),
    ],
)
def test_who_speaks(text: str, expected: list[str]) -> None:
    assert speakers(text) == expected


FRAGMENTS = st.sampled_from(
    [
        "Mr ", "Lena Frost", " and ", "the group ", "said ", "he ", "spokesman for ", "Islamabad ", ", a former ", "(LF) ",
        "the government ", "’s ", "\n\n", ". ", "“", "”", "minister ", "Syrias ", "two main leaders – ", "rebels ",
        "it was late",
    ]
)  # fmt: skip


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(FRAGMENTS, max_size=30).map("".join), st.sampled_from(["accurate", "fast"]))
def test_any_text_gives_actors_whose_mentions_quote_it(text: str, extractor: str) -> None:
    found = read(text, extractor)
    ids = [a.id for a in found.actors]
    assert len(ids) == len(set(ids))
    for each in found.actors:
        assert all(span.fits(text) for span in each.mentions)
        assert all(a.end <= b.start for a, b in zip(each.mentions, each.mentions[1:], strict=False))
        assert each.name or each.description
        assert all(a.span is None or a.span.fits(text) for a in each.affiliations)
    for statement in found.statements:
        assert statement.speaker is None or statement.speaker.actor in ids
    assert read(text, extractor) == found


@pytest.mark.parametrize("extractor", ["accurate", "fast"])
def test_a_body_told_by_its_kind_alone_is_the_one_of_that_kind_that_the_text_names(extractor: str) -> None:
    text = (
        "A blast killed 22 people, a monitoring group said on Sunday. The Orvian Observatory for Human Rights "
        "said most were miners. The Oslo-based monitoring group said the toll could rise."
    )
    assert set(speakers(text, extractor)) == {"Orvian Observatory for Human Rights"}
    if extractor == "fast":
        return  # without a parser the second body is not sure to be one
    two = f"{text} The Kessian Strike Watch said it had not been there."
    assert len(set(speakers(two, extractor))) > 2


def test_a_place_that_nobody_speaks_for_is_no_actor() -> None:
    text = (
        "Shells fell on Bakhmut and Avdiivka in Ukraine on Monday, Mara Ilven said. Mara Ilven left Bakhmut."
    )
    document = Document(id="r", key=Document.key_of("r", text), capture="0" * 64, text=text)
    found = read_statements(document, places=find_places(document))
    assert {actor.name for actor in found.actors} & {"Bakhmut", "Avdiivka", "Mara Ilven"} == {"Mara Ilven"}


def test_every_actor_has_words_that_it_came_from() -> None:
    text = "Gen. Oda Ruun, commander of the Lower Valley Guard, said so. Lt. Gen. Mark Hale denied it."
    found = read(text)
    assert all(actor.mentions for actor in found.actors)
    assert {actor.id for actor in found.actors}.isdisjoint({"lt", "gen", "lt-gen"})


@pytest.mark.parametrize(
    ("name", "expected"),
    [("Łada Nowak", "lada-nowak"), ("Øystein Dahl", "oystein-dahl"), ("Þór Æg", "thor-aeg")],
)
def test_an_id_keeps_letters_that_are_no_accented_ones(name: str, expected: str) -> None:
    assert slug(name) == expected
