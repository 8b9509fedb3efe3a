"""Which reports are not independent: shingles, background, candidates and what stands on the board."""

from __future__ import annotations

import itertools
import random
from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from counterclaim.disputes.copies import (
    CROWD,
    background_of,
    copy_pairs,
    judge_copy,
)
from counterclaim.disputes.lineage import copy_groups, standing_copies
from counterclaim.disputes.shingles import LENGTH, background, common, contains, shingles
from counterclaim.model import Document, Judgement, JudgementKind

WORDS = st.lists(
    st.sampled_from(["ferry", "dam", "gate", "mayor", "closed", "said", "no", "Orm"]), max_size=40
)


def invented(seed: int, count: int = 80) -> str:
    chance = random.Random(seed)
    return " ".join("".join(chance.choices("abcdefghijklmnop", k=6)) for _ in range(count))


def report(name: str, text: str, day: str | None = "2031-04-01") -> Document:
    return Document(id=name, key=f"d-{name}", capture=name, text=text, published=day)


def days_on(day: str, count: int) -> str:
    return (date.fromisoformat(day) + timedelta(days=count)).isoformat()


@given(words=WORDS)
def test_shingles_do_not_depend_on_case_marks_and_doubled_letters(words):
    plain, other = " ".join(words), ", ".join(word.upper() for word in words)
    assert shingles(plain).tolist() == shingles(other).tolist()
    assert len(shingles(plain)) <= max(0, len(words) - LENGTH + 1)
    assert shingles("one two three four Raqqa").tolist() == shingles("one two three four Raqa").tolist()


@given(one=WORDS, other=WORDS)
def test_what_two_texts_share_is_the_same_from_both_sides(one, other):
    first, second = shingles(" ".join(one)), shingles(" ".join(other))
    shared = common(first, second).tolist()
    assert shared == common(second, first).tolist() == sorted(set(first.tolist()) & set(second.tolist()))
    assert contains(first, second).tolist() == [value in set(first.tolist()) for value in second.tolist()]


def test_what_is_told_in_three_stretches_is_background_and_a_story_of_one_week_is_not():
    values = np.array([1, 2, 3], dtype=np.uint64)
    rare = np.array([2], dtype=np.uint64)
    texts, days = [values, rare, values, values], [0, 1, 20, 40]
    assert background(texts, days, apart=7, times=3).tolist() == [1, 2, 3]
    assert background([values] * 9, list(range(9)), apart=7, times=3).tolist() == []
    assert background([values] * 3, [None, 0, 20], apart=7, times=3).tolist() == []
    assert background([], [], apart=7, times=3).tolist() == []


def test_a_copy_a_derived_report_and_an_independent_one():
    text = invented(1)
    copied, part = (
        report("b", f"{text} more"),
        report("c", f"{invented(2, 60)} {' '.join(text.split()[:40])}"),
    )
    copy = judge_copy(report("a", text), copied)
    derived = judge_copy(report("a", text), part)
    assert copy is not None
    assert derived is not None
    assert (copy.kind, derived.kind) == (JudgementKind.COPY, JudgementKind.DERIVED)
    assert judge_copy(report("a", text), report("d", invented(3))) is None
    assert judge_copy(report("a", ""), report("d", "")) is None


def test_background_that_is_repeated_for_months_does_not_make_reports_dependent():
    history = invented(9, 40)
    documents = [
        report(f"n{number}", f"{invented(number, 60)} {history}", days_on("2031-01-01", 20 * number))
        for number in range(4)
    ]
    assert copy_pairs(documents) == []
    assert len(copy_pairs(documents[:2])) == 1  # two stretches alone do not show that it is background
    pairwise = [judge_copy(one, other) for one, other in itertools.pairwise(documents)]
    edges = [each for each in pairwise if each is not None]
    assert len(edges) == 3
    assert standing_copies(documents, edges) == []
    assert len(set(copy_groups(documents, edges).values())) == 4
    assert len(background_of(documents)) > 0


def test_what_a_person_says_stands_whatever_the_texts_share():
    documents = [report("a", invented(1)), report("b", invented(2))]
    said = Judgement.of(
        JudgementKind.COPY, "d-a", "d-b", basis="analyst", author="Ida Holm", reason="the same reporter"
    )
    assert standing_copies(documents, [said]) == [said]
    assert copy_groups(documents, [said]) == {"d-a": "d-a", "d-b": "d-a"}
    elsewhere = replace(said, right="d-x")
    assert copy_groups(documents, [elsewhere]) == {"d-a": "d-a", "d-b": "d-b"}


@pytest.mark.parametrize("count", [CROWD // 2, CROWD + 20])
def test_all_who_carry_one_story_are_one_group(count):
    text = invented(5)
    documents = [report(f"n{number:03}", f"{text} {invented(100 + number, 9)}") for number in range(count)]
    groups = copy_groups(documents, copy_pairs(documents))
    assert len(set(groups.values())) == 1


def test_any_order_gives_the_same_pairs():
    text = invented(5)
    documents = [report(f"n{number}", f"{text} {invented(number, 20)}") for number in range(8)]
    expected = copy_pairs(documents)
    for seed in range(5):
        random.Random(seed).shuffle(documents)
        assert copy_pairs(documents) == expected
    assert copy_pairs([]) == []
