"""Who did it, rival figures, the pair model, and claims joined by it: on small texts of our own."""

from __future__ import annotations

import itertools
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from counterclaim import pipeline
from counterclaim.claims.blame import Blame, blame_of, side_of
from counterclaim.claims.quantities import quantities
from counterclaim.claims.sketch import sketch_of
from counterclaim.disputes.alike import join_alike
from counterclaim.disputes.clusters import Group
from counterclaim.disputes.layers import absorb
from counterclaim.disputes.paraphrase import features, model, probability
from counterclaim.model import Act, Document, Judgement, JudgementKind, Kind, Statement


def document(text: str, name: str = "a") -> Document:
    return Document(
        id=name, key=Document.key_of(name, text), capture="0" * 64, text=text, published="2031-04-02"
    )


def statement(text: str, act: Act = Act.ASSERT) -> tuple[Statement, Document]:
    held = document(text)
    spans = (held.span(0, len(text)),)
    made = Statement(
        id=Statement.id_of(held.key, (), spans),
        document=held.key,
        source=(),
        cue=(),
        content=spans,
        kind=Kind.INDIRECT,
        act=act,
    )
    return made, held


@pytest.mark.parametrize(
    ("text", "act", "side", "holds"),
    [
        ("the army carried out the gas attack on Karsa", Act.ASSERT, "state", True),
        ("the gas attack on Karsa was carried out by rebels", Act.ASSERT, "rebel", True),
        ("rebels were not behind the gas attack on Karsa", Act.ASSERT, "rebel", False),
        ("insurgents of bombing the market", Act.ACCUSE, "rebel", True),
        ("government troops fired the shells that killed ten", Act.ASSERT, "state", True),
    ],
)
def test_blame(text: str, act: Act, side: str, holds: bool) -> None:
    found = blame_of(*statement(text, act))
    assert found is not None
    assert (found.side, found.holds) == (side, holds)


@pytest.mark.parametrize(
    ("text", "act"),
    [
        ("shells hit the rebel-held suburb at dawn", Act.ASSERT),
        ("the ministry opened a new road", Act.ASSERT),
        ("inspectors should ask who killed the rebels", Act.APPEAL),
        ("the army used such gas in the past", Act.ASSERT),
    ],
)
def test_no_blame(text: str, act: Act) -> None:
    assert blame_of(*statement(text, act)) is None


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("{} carried out the gas attack on Karsa", "{} did not carry out the gas attack on Karsa"),
        ("the bombing was carried out by {}", "{} launched the bombing"),
    ],
)
def test_both_sides_are_read_alike(one: str, other: str) -> None:
    for text in (one, other):
        mine, theirs = (blame_of(*statement(text.format(name))) for name in ("the army", "the rebels"))
        assert mine is not None
        assert theirs is not None
        assert (mine.holds, mine.events) == (theirs.holds, theirs.events)
        assert (mine.side, theirs.side) == ("state", "rebel")


def test_clearing_one_side_and_blaming_the_other_is_one_position() -> None:
    gas = frozenset({"chemical"})
    army_did, army_did_not = Blame("state", True, gas), Blame("state", False, gas)
    assert army_did.answers(army_did_not) is False
    assert army_did_not.answers(Blame("rebel", True, gas)) is True
    assert army_did.answers(Blame("state", True, frozenset({"bomb"}))) is None
    assert army_did.answers(Blame("rebel", True, gas, "state")) is None


def test_side_of() -> None:
    assert side_of("Norland state television") is None
    assert side_of("a rebel commander") == "rebel"


@pytest.mark.parametrize(
    ("one", "other", "excludes"),
    [
        ("31 people were killed", "9 people were killed", True),
        ("at least 20 people were killed", "30 people were killed", False),
        ("at least 300 people were killed", "40 people were killed", True),
        ("31 people were killed", "31 people were killed", False),
    ],
)
def test_figures_exclude_one_another(one: str, other: str, excludes: bool) -> None:
    (mine,), (theirs,) = quantities(one), quantities(other)
    assert mine.excludes(theirs) is excludes
    assert theirs.excludes(mine) is excludes


TEXTS = st.lists(
    st.sampled_from(
        [
            "mayor",
            "bridge",
            "Karsa",
            "Osman",
            "tax",
            "not",
            "should",
            "closed",
            "killed",
            "20",
            "video",
            "police",
            "gun",
            "would",
        ]
    ),
    min_size=1,
    max_size=12,
).map(" ".join)


@settings(max_examples=60, deadline=None)
@given(TEXTS, TEXTS)
def test_the_pair_model_is_symmetric(one: str, other: str) -> None:
    first, second = sketch_of(*statement(one)), sketch_of(*statement(other))
    assert first is not None
    assert second is not None
    assert features(first, second) == features(second, first)
    assert probability(first, second) == probability(second, first)
    assert set(model().weights) == set(features(first, second))


def test_the_pair_model_prefers_a_paraphrase() -> None:
    held = sketch_of(*statement("the police should release the video of the shooting now"))
    alike = sketch_of(*statement("the video of the shooting should be released by the police"))
    other = sketch_of(*statement("the tax plan would help the rich"))
    assert held is not None
    assert alike is not None
    assert other is not None
    assert probability(held, alike) > model().least > probability(held, other)


def same(one: str, other: str, confidence: float) -> Judgement:
    return Judgement.of(
        JudgementKind.SAME_CLAIM, one, other, basis="paraphrase", author="program:x/1", confidence=confidence
    )


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.tuples(st.integers(0, 9), st.integers(0, 9), st.integers(20, 99)),
        max_size=30,
        unique_by=lambda e: e[:2],
    ),
    st.randoms(use_true_random=False),
)
def test_joining_does_not_depend_on_order(edges: list[tuple[int, int, int]], shuffle: random.Random) -> None:
    groups = [Group(((f"s{n}",),)) for n in range(8)] + [Group((("s8",), ("s9",)))]
    alike = [same(f"s{a}", f"s{b}", c / 100) for a, b, c in edges if a != b]
    wanted = join_alike(groups, alike)
    shuffle.shuffle(alike)
    shuffle.shuffle(groups)
    assert join_alike(groups, alike) == wanted
    assert Group((("s8",), ("s9",))) in wanted


def test_a_chain_of_weak_pairs_joins_less_than_all() -> None:
    names = [f"s{n:02}" for n in range(40)]
    groups = [Group(((name,),)) for name in names]
    found = join_alike(groups, [same(a, b, 0.3) for a, b in itertools.pairwise(names)])
    assert 1 < len(found) < len(names)


def test_people_can_hold_claims_apart() -> None:
    groups = [Group((("a",),)), Group((("b",),))]
    assert join_alike(groups, [same("a", "b", 0.9)]) == [Group((("a", "b"),))]
    assert join_alike(groups, [same("a", "b", 0.9)], [("a", "b")]) == groups


def test_a_dispute_found_by_words_is_absorbed_with_its_sides() -> None:
    blame, left = absorb(
        [Group((("a", "b"), ("c", "d")))], [Group((("c", "x"), ("a",))), Group((("e",), ("f",)))]
    )
    assert blame == [Group((("a", "b"), ("c", "d", "x")))]
    assert left == [Group((("e",), ("f",)))]


def test_who_did_it_across_reports() -> None:
    one = document(
        "KARSA, April 2 - The rebels accused government forces of carrying out the gas attack in Karsa.",
        "one",
    )
    other = document("KARSA, April 2 - The government denied using poison gas in Karsa on Tuesday.", "two")
    from counterclaim.disputes import DefaultLinker, read_board

    for order in ((one, other), (other, one)):
        board = read_board(pipeline.gather([pipeline.analyse(held) for held in order], DefaultLinker()))
        assert [len(dispute.positions) for dispute in board.disputes] == [2]
