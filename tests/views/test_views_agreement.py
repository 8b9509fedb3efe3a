"""Agreement of analysts: against the published example and another program, and over decisions."""

from __future__ import annotations

import krippendorff
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from counterclaim.model import Grade, Judgement, JudgementKind, Snapshot
from counterclaim.views.agreement import Agreement, Question, Scale, Values, agreements, alpha_of

_N = np.nan


def test_published_example() -> None:
    """Krippendorff 2011, part C: four observers, twelve units, missing values."""
    values = np.array(
        [
            [1, 2, 3, 3, 2, 1, 4, 1, 2, _N, _N, _N],
            [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, _N, 3],
            [_N, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, _N],
            [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, _N],
        ]
    )
    assert alpha_of(values) == pytest.approx(0.743, abs=0.0005)
    assert alpha_of(values, Scale.ORDINAL) == pytest.approx(0.815, abs=0.0005)


@given(arrays(np.float64, (4, 8), elements=st.sampled_from([_N, 0.0, 1.0, 2.0, 3.0])), st.sampled_from(Scale))
def test_as_another_program_computes_it(values: Values, scale: Scale) -> None:
    paired = values[:, (~np.isnan(values)).sum(axis=0) >= 2]
    mine = alpha_of(values, scale)
    if len(np.unique(paired[~np.isnan(paired)])) < 2:
        assert mine is None
        return
    theirs = krippendorff.alpha(reliability_data=paired, level_of_measurement=scale.value)
    assert mine == pytest.approx(theirs)


def _decided(*judgements: Judgement) -> Snapshot:
    return Snapshot(
        judgements=tuple(sorted(judgements, key=lambda each: each.id)),
        decisions=tuple(each.id for each in judgements),
    )


def _say(kind: JudgementKind, one: str, other: str, author: str, follows: str = "") -> Judgement:
    return Judgement.of(kind, one, other, basis="analyst", author=author, follows=follows)


def test_conflicts_count_and_what_is_taken_back_does_not() -> None:
    same, no = JudgementKind.SAME_CLAIM, JudgementKind.NOT_SAME_CLAIM
    clash = [_say(same, "s-1", "s-2", "Ada"), _say(no, "s-1", "s-2", "Ben")]
    agreed = [_say(same, "s-3", "s-4", "Ada"), _say(same, "s-3", "s-4", "Ben")]
    pairs = agreements(_decided(*clash, *agreed))[0]
    assert (pairs.units, pairs.analysts) == (2, 2)
    assert pairs.alpha == pytest.approx(0.0)
    undone = _say(JudgementKind.UNDONE, clash[1].id, "", "Ben")
    after = agreements(_decided(*clash, *agreed, undone))[0]
    assert (after.units, after.alpha) == (1, None)
    assert "one same answer" in after.note


def test_grades_are_measured_apart_and_the_last_counts() -> None:
    def grade(about: str, author: str, source: str, information: int) -> Judgement:
        return Judgement.of(
            JudgementKind.GRADED,
            about,
            "",
            basis="analyst",
            author=author,
            grade=Grade(source=source, information=information),  # type: ignore[arg-type]
        )

    found = agreements(
        _decided(
            grade("s-1", "Ada", "F", 6),
            grade("s-1", "Ada", "A", 1),
            grade("s-1", "Ben", "A", 2),
            grade("s-2", "Ada", "C", 3),
            grade("s-2", "Ben", "C", 1),
        )
    )
    source, information = (_about(found, each) for each in (Question.SOURCE, Question.INFORMATION))
    assert source.alpha == pytest.approx(1.0)
    assert information.alpha is not None
    assert information.alpha < 0.5
    alone = _about(agreements(_decided(grade("s-1", "Ada", "F", 6))), Question.SOURCE)
    assert alone.note.startswith("no two analysts judged the same thing; 1 answered that it cannot be")


def test_answers_that_can_both_be_right_are_no_disagreement() -> None:
    """By hand: of the pairs below the two agree on each question that both answered, but on s-5 and s-6."""
    kinds = JudgementKind
    found = agreements(
        _decided(
            _say(kinds.NOT_SAME_CLAIM, "s-1", "s-2", "Ada"),
            _say(kinds.OPPOSED, "s-1", "s-2", "Ben"),  # so they are not the same: both say so
            _say(kinds.SAME_CLAIM, "s-3", "s-4", "Ada"),
            _say(kinds.NOT_OPPOSED, "s-3", "s-4", "Ben"),  # Ben has not said whether they are the same
            _say(kinds.SAME_CLAIM, "s-5", "s-6", "Ada"),
            _say(kinds.OPPOSED, "s-5", "s-6", "Ben"),
            _say(kinds.SAME_CLAIM, "s-7", "s-8", "Ada"),
            _say(kinds.SAME_CLAIM, "s-7", "s-8", "Ben"),
        )
    )
    same, opposed = _about(found, Question.SAME), _about(found, Question.OPPOSED)
    assert (same.units, opposed.units) == (3, 3)
    # same: no no / yes no / yes yes; opposed: no no / no yes / no no. One pair of three disagrees in each.
    # Same: of 6 answers 3 yes, 3 no: alpha = 1 - 5 * 2 / (2 * 3 * 3). Opposed: 1 yes, 5 no.
    assert same.alpha == pytest.approx(1 - 5 * 2 / 18)
    assert opposed.alpha == pytest.approx(1 - 5 * 2 / 10)


def _about(found: list[Agreement], question: Question) -> Agreement:
    return next(each for each in found if each.question is question)
