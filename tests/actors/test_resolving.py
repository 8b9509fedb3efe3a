"""Who is who across documents: pure, in any order, correctable, and never a guess about unnamed sources."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from counterclaim.actors import ActorIndex, KnowledgeBase, KnownActor, resolve_actors, shipped_knowledge
from counterclaim.actors.judging import Judge
from counterclaim.actors.knowledge import parse_aliases
from counterclaim.actors.wikidata import read_wikidata
from counterclaim.model import (
    ActorKind,
    Affiliation,
    Annotations,
    CounterclaimError,
    Document,
    DocumentActor,
    Judgement,
    LedgerError,
    Snapshot,
)
from counterclaim.statements.names import slug

PERSON, BODY = ActorKind.PERSON, ActorKind.ORGANISATION


def keyed(name: str) -> str:
    return Document.key_of(name, "0" * 64)


def named(
    name: str, kind: ActorKind = PERSON, *, aliases: tuple[str, ...] = (), party: str | None = None
) -> DocumentActor:
    affiliations = (Affiliation(party=slug(party), party_name=party),) if party else ()
    return DocumentActor(id=slug(name), name=name, kind=kind, aliases=aliases, affiliations=affiliations)


def unnamed(document: str, words: str) -> DocumentActor:
    identity = f"anonymous-{keyed(document)}-{slug(words)}"
    return DocumentActor(id=identity, description=words, kind=ActorKind.ANONYMOUS, anonymous=True)


def snapshot(
    actors: dict[str, Sequence[DocumentActor]],
    judgements: Sequence[Judgement] = (),
    *,
    texts: dict[str, str] | None = None,
    days: dict[str, str] | None = None,
) -> Snapshot:
    """What a ledger knows of documents with these actors; the judgements in the order of their recording."""
    documents = [
        Document(
            id=name,
            key=keyed(name),
            capture="0" * 64,
            text=(texts or {}).get(name, "Text."),
            published=(days or {}).get(name, "2031-05-01"),
        )
        for name in actors
    ]
    notes = [Annotations(document=keyed(name), actors=tuple(several)) for name, several in actors.items()]
    return Snapshot(
        documents=tuple(sorted(documents, key=lambda each: each.key)),
        annotations=tuple(sorted(notes, key=lambda each: each.document)),
        judgements=tuple(sorted(judgements, key=lambda each: each.id)),
        decisions=tuple(each.id for each in judgements),
    )


def groups(index: ActorIndex) -> set[frozenset[str]]:
    return {frozenset(unit.ref for unit in identity.units) for identity in index.identities.values()}


def actor(index: ActorIndex, document: str, name: str) -> str:
    return index.actor(keyed(document), slug(name))


def judged(held: Snapshot, made: Sequence[Judgement]) -> Snapshot:
    by_id = {each.id: each for each in (*held.judgements, *made)}
    return Snapshot(
        documents=held.documents,
        annotations=held.annotations,
        judgements=tuple(by_id[each] for each in sorted(by_id)),
        decisions=(*held.decisions, *(each.id for each in made)),
    )


def judge(held: Snapshot) -> Judge:
    return Judge(held, resolve_actors(held), shipped_knowledge(), author="R. Ito")


def test_spellings_acronyms_and_known_names_are_one_actor() -> None:
    index = resolve_actors(
        snapshot(
            {
                "a": [
                    named("Daud Massoud"),
                    named("Rivers Monitoring Union of Keld", BODY, aliases=("RMUK",)),
                ],
                "b": [named("Daud Masood"), named("RMUK", BODY), named("Hizbullah", BODY)],
                "c": [named("Hezbollah", BODY), named("Daud Massoud")],
            }
        )
    )
    assert actor(index, "a", "Daud Massoud") == actor(index, "b", "Daud Masood")
    assert actor(index, "a", "Rivers Monitoring Union of Keld") == actor(index, "b", "RMUK")
    assert actor(index, "b", "Hizbullah") == actor(index, "c", "Hezbollah") == "hezbollah"
    rules = {link.rule.label for link in index.links}
    assert {"spelling", "acronym", "known"} <= rules
    assert all(link.reason for link in index.links)


def test_a_surname_is_the_one_person_of_those_weeks() -> None:
    place = named("Keld Council", BODY)
    together = {"a": [named("Ana Brel"), place], "b": [named("Brel"), place]}
    index = resolve_actors(snapshot(together))
    assert actor(index, "b", "Brel") == "ana-brel"
    two = resolve_actors(snapshot({**together, "c": [named("Jan Brel"), place]}))
    assert actor(two, "b", "Brel") != "ana-brel"
    late = resolve_actors(snapshot(together, days={"b": "2034-01-01"}))
    assert actor(late, "b", "Brel") != "ana-brel"
    elsewhere = resolve_actors(snapshot({"a": [named("Ana Brel"), place], "b": [named("Brel")]}))
    assert actor(elsewhere, "b", "Brel") != "ana-brel"


def test_a_short_name_with_another_party_is_somebody_else() -> None:
    place = named("Keld Council", BODY)
    index = resolve_actors(
        snapshot({"a": [named("Ana Brel"), place], "b": [named("Brel", party="Orm Fishers"), place]})
    )
    assert actor(index, "b", "Brel") != "ana-brel"


def test_a_government_is_one_and_its_opposition_another() -> None:
    text = "Damascus said so. Syrian troops moved. Syria denied it."
    index = resolve_actors(
        snapshot(
            {
                "a": [named("Syria", ActorKind.GOVERNMENT), named("the Syrian opposition", BODY)],
                "b": [named("the government", BODY), named("opposition", BODY)],
                "c": [named("Assad's government", BODY)],
            },
            texts={"b": text, "c": "Text."},
            days={"c": "2013-08-21"},
        )
    )
    assert actor(index, "a", "Syria") == actor(index, "b", "the government") == "syria"
    assert actor(index, "c", "Assad's government") == "syria"
    assert actor(index, "a", "the Syrian opposition") == actor(index, "b", "opposition") == "syria-opposition"
    later = resolve_actors(snapshot({"c": [named("Assad's government", BODY)]}, days={"c": "2031-08-21"}))
    assert actor(later, "c", "Assad's government") != "syria"


def test_two_known_actors_are_never_joined_by_a_report() -> None:
    index = resolve_actors(
        snapshot(
            {
                "a": [named("Hamas", BODY, aliases=("Fatah", "Palestinian Authority")), named("Fatah", BODY)],
                "b": [named("Palestinian Authority", ActorKind.GOVERNMENT)],
            }
        )
    )
    assert actor(index, "a", "Fatah") == "fatah"
    assert actor(index, "a", "Hamas") == "hamas"
    assert index.refused or actor(index, "b", "Palestinian Authority") == "palestinian-authority"


NAMES = st.sampled_from(
    ["Ana Brel", "Brel", "Anna Brel", "A. Brel", "Jan Brel", "Daud Massoud", "Daud Masood", "Masood", "Hamas"]
)
CASTS = st.dictionaries(
    st.sampled_from("abcdefg"),
    st.tuples(
        st.lists(NAMES, max_size=4, unique=True), st.lists(st.sampled_from(["an official", "a diver"]))
    ),
    min_size=1,
)


def cast(drawn: dict[str, tuple[list[str], list[str]]]) -> dict[str, list[DocumentActor]]:
    return {
        key: [named(n, BODY if n == "Hamas" else PERSON) for n in names]
        + [unnamed(key, words) for words in dict.fromkeys(described)]
        for key, (names, described) in drawn.items()
    }


@settings(max_examples=60, deadline=None)
@given(CASTS, st.randoms(use_true_random=False))
def test_any_order_of_documents_gives_the_same_actors(drawn, random) -> None:
    actors = cast(drawn)
    shuffled = list(actors.items())
    random.shuffle(shuffled)
    one, other = resolve_actors(snapshot(actors)), resolve_actors(snapshot(dict(shuffled)))
    assert list(one.identities.items()) == list(other.identities.items())
    assert one.links == other.links
    assert one.parties == other.parties


@settings(max_examples=60, deadline=None)
@given(CASTS)
def test_every_actor_of_a_document_is_in_one_identity_and_ids_are_unlike(drawn) -> None:
    held = snapshot(cast(drawn))
    index = resolve_actors(held)
    found = [unit.ref for identity in index.identities.values() for unit in identity.units]
    expected = [f"{notes.document}/{each.id}" for notes in held.annotations for each in notes.actors]
    assert sorted(found) == sorted(set(expected))


@settings(max_examples=60, deadline=None)
@given(CASTS, st.sampled_from("abcdefg"), st.sampled_from("abcdefg"))
def test_unnamed_sources_are_never_joined_whatever_anybody_says(drawn, one, other) -> None:
    held = snapshot(cast(drawn))
    forged = Judgement.of(
        "same-actor",  # type: ignore[arg-type]
        f"{keyed(one)}/anonymous-{keyed(one)}-an-official",
        f"{keyed(other)}/anonymous-{keyed(other)}-an-official",
        basis="analyst",
        author="R. Ito",
    )
    for each in (held, judged(held, [forged])):
        for identity in resolve_actors(each).identities.values():
            if identity.anonymous:
                assert len(identity.units) == 1


@settings(max_examples=40, deadline=None)
@given(CASTS, CASTS)
def test_a_split_stays_whatever_is_ingested_later(drawn, more) -> None:
    first = {"base": [named("Daud Massoud")], "other": [named("Daud Masood")]}
    held = snapshot(first)
    assert actor(resolve_actors(held), "base", "Daud Massoud") == actor(
        resolve_actors(held), "other", "Daud Masood"
    )
    made = judge(held).split("Daud Massoud", "Daud Masood")
    later = judged(snapshot({**first, **cast(drawn), **cast(more)}), made)
    index = resolve_actors(later)
    assert actor(index, "base", "Daud Massoud") != actor(index, "other", "Daud Masood")
    for notes in later.annotations:
        for each in notes.actors:
            if each.id == "daud-massoud":
                assert index.actor(notes.document, each.id) == actor(index, "base", "Daud Massoud")


def test_the_last_of_several_decisions_stands() -> None:
    held = snapshot({"a": [named("Daud Massoud")], "b": [named("Daud Masood")]})
    for _ in range(3):
        held = judged(held, judge(held).split("Daud Massoud", "Daud Masood"))
        assert len(resolve_actors(held).identities) == 2
        held = judged(held, judge(held).merge("Daud Massoud", "Daud Masood"))
        assert len(resolve_actors(held).identities) == 1
    assert len(set(held.decisions)) == len(held.decisions) == 6


@pytest.mark.parametrize("split_off", "abc")
def test_those_from_whom_somebody_is_split_off_stay_together(split_off: str) -> None:
    texts = dict.fromkeys("abc", "Fighting went on in Kabul, Afghanistan.")
    held = snapshot({document: [named("Zarpa")] for document in "abc"}, texts=texts)
    assert len(resolve_actors(held).identities) == 1
    apart = f"{keyed(split_off)}/zarpa"
    later = judged(held, judge(held).split(apart, "zarpa"))
    rest = frozenset(f"{keyed(document)}/zarpa" for document in "abc" if document != split_off)
    assert groups(resolve_actors(later)) == {frozenset({apart}), rest}
    assert len(resolve_actors(judged(later, judge(later).merge(apart, min(rest)))).identities) == 1


def test_an_id_and_one_in_a_report_are_named_exactly() -> None:
    held = snapshot({"a": [named("Daud Massoud")], "b": [named("Daud Masood")], "c": [named("Daud Masood")]})
    ref = f"{keyed('b')}/daud-masood"
    (made,) = judge(held).split(ref, "daud-massoud")
    assert {made.left, made.right} == {ref, "daud-massoud"}
    (made,) = judge(held).merge("daud-masood", "daud-massoud")
    assert {made.left, made.right} == {"daud-masood", "daud-massoud"}
    with pytest.raises(LedgerError):
        judge(held).merge(f"{keyed('b')}/nobody", "daud-massoud")


def test_decisions_that_contradict_only_together_go_by_the_later_ones() -> None:
    held = snapshot({"a": [named("Ana Brel")], "b": [named("Bo Kest")], "c": [named("Cy Lund")]})
    held = judged(held, judge(held).merge("Ana Brel", "Bo Kest"))
    held = judged(held, judge(held).merge("Bo Kest", "Cy Lund"))
    assert len(resolve_actors(held).identities) == 1
    held = judged(held, judge(held).split("Ana Brel", "Cy Lund"))
    index = resolve_actors(held)
    assert actor(index, "a", "Ana Brel") != actor(index, "c", "Cy Lund")
    assert actor(index, "b", "Bo Kest") == actor(index, "c", "Cy Lund")


def test_a_spokesman_and_his_movement_are_one_party_until_somebody_denies_it() -> None:
    held = snapshot({"a": [named("Ana Brel", party="Orm Fishers"), named("Orm Fishers", BODY)]})
    assert resolve_actors(held).party("ana-brel") == "orm-fishers"
    held = judged(held, judge(held).party("Ana Brel", "Orm Fishers", denied=True))
    assert resolve_actors(held).party("ana-brel") == "ana-brel"
    held = judged(held, judge(held).party("Orm Fishers", "Ana Brel"))
    assert resolve_actors(held).party("orm-fishers") == "ana-brel"


def test_parties_that_point_at_one_another_end() -> None:
    held = snapshot({"a": [named("Ana Brel", party="Bo Kest"), named("Bo Kest", party="Ana Brel")]})
    index = resolve_actors(held)
    assert index.party("ana-brel") == index.party("bo-kest")


def test_a_program_cannot_pass_for_a_person() -> None:
    held = snapshot({"a": [named("Ana Brel")]})
    with pytest.raises(LedgerError):
        Judge(held, resolve_actors(held), shipped_knowledge(), author="program:x/1")


def test_knowledge_of_the_user_goes_before_what_is_shipped() -> None:
    mine = parse_aliases(
        '[[actor]]\nname = "Hezbollah"\nkind = "organisation"\nparty = "Iran"\n', "mine.toml"
    )
    index = resolve_actors(
        snapshot({"a": [named("Hizbullah", BODY), named("Iran", ActorKind.GOVERNMENT)]}),
        shipped_knowledge().with_entries(mine),
    )
    assert index.party("hezbollah") == "iran"


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ('[[actor]]\nname = "A"\n', 1),
        ('\n[[actor]]\nname = "A"\nkind = "person"\ncolour = "red"\n', 2),
        ('[[actor]]\nname = "A"\nkind = "person"\n[[actor]]\nname = "!"\nkind = "person"\n', 4),
        ('[[actor]]\nname = "A"\nkind = "person"\nroles = [{role = "mayor", from = "May"}]\n', 1),
        ('[[person]]\nname = "A"\n', 1),
        ("[[actor]\n", 1),
    ],
)
def test_a_wrong_alias_file_is_told_with_its_line(text, line) -> None:
    with pytest.raises(CounterclaimError, match=rf"line {line}\b"):
        parse_aliases(text, "mine.toml")


def test_what_is_shipped_names_everything_once() -> None:
    known = shipped_knowledge()
    assert len(known.entries) > 250
    for entry in known.entries.values():
        party = known.party(entry)
        assert known.find(entry.name) is not None, entry.name
        assert party != entry.key


def test_a_shared_name_tells_nothing() -> None:
    known = KnowledgeBase(
        [
            KnownActor(name="Keld Rivers Trust", kind=BODY, aliases=("KRT",)),
            KnownActor(name="Kest Rail Transport", kind=BODY, aliases=("KRT",)),
        ]
    )
    assert known.find("KRT") is None
    assert known.find("Keld Rivers Trust") is not None


def test_only_names_that_occur_are_taken_from_a_wikidata_extract(tmp_path: Path) -> None:
    entities = [
        {
            "id": "Q1",
            "labels": {"en": {"value": "Keld Rivers Trust"}},
            "aliases": {"en": [{"value": "Ostra"}]},
        },
        {"id": "Q2", "labels": {"en": "Orm Port"}, "aliases": ["Old Port", "The Port"]},
        {"id": "Q3", "labels": {"en": "Elsewhere"}, "aliases": ["Nowhere"]},
    ]
    place = tmp_path / "extract.jsonl"
    place.write_text("".join(json.dumps(each) + "\n" for each in entities), encoding="utf-8")
    found = read_wikidata(place, ["Keld Rivers Trust", "Ostra", "Orm Port", "Nowhere"])
    assert [entry.id for entry in found] == ["keld-rivers-trust"]
    place.write_text("{}\n", encoding="utf-8")
    with pytest.raises(CounterclaimError, match="line 1"):
        read_wikidata(place, ["Ostra"])
