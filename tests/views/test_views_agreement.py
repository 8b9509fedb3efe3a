"""Agreement of analysts: against the published example and another program, and over decisions."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import krippendorff
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from counterclaim.cli.program import run
from counterclaim.ledger import Ledger
from counterclaim.model import Grade, Judgement, JudgementKind, Snapshot
from counterclaim.views.agreement import Agreement, Question, Scale, Values, agreements, alpha_of

sys.path.insert(0, str(Path(__file__).parent.parent / "ledger"))
from ledger_help import filled

_N = np.nan
LEFT = ("s-1", "s-3", "s-5", "s-7")


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


def _found(*judgements: Judgement) -> dict[Question, Agreement]:
    return {each.question: each for each in agreements(_decided(*judgements))}


SAME, NOT_SAME = JudgementKind.SAME_CLAIM, JudgementKind.NOT_SAME_CLAIM
OPPOSED, NOT_OPPOSED = JudgementKind.OPPOSED, JudgementKind.NOT_OPPOSED


def test_the_hand_counted_example() -> None:
    """Two analysts, four pairs, on "same": yes-yes, no-no, yes-no, no-no.

    Of the eight answers three are yes and five no. Coincidences that disagree: 2 of 8. Expected: 2 * 3 * 5
    of 8 * 7, so alpha = 1 - (2 / 8) / (30 / 56) = 8 / 15. On "opposed" the implied answers are no-no,
    (nothing), no-(nothing), yes-yes: two pairs, alpha 1.
    """
    found = _found(
        _say(SAME, "s-1", "s-2", "Ada"),
        _say(SAME, "s-1", "s-2", "Ben"),
        _say(NOT_SAME, "s-3", "s-4", "Ada"),
        _say(NOT_SAME, "s-3", "s-4", "Ben"),
        _say(SAME, "s-5", "s-6", "Ada"),
        _say(NOT_SAME, "s-5", "s-6", "Ben"),
        _say(OPPOSED, "s-7", "s-8", "Ada"),
        _say(OPPOSED, "s-7", "s-8", "Ben"),
    )
    same, opposed = found[Question.SAME], found[Question.OPPOSED]
    assert (same.units, same.analysts) == (4, 2)
    assert same.alpha == pytest.approx(8 / 15)
    assert same.low is not None
    assert same.high is not None
    assert same.low <= same.alpha <= same.high
    assert (opposed.units, opposed.alpha) == (2, 1.0)


@pytest.mark.parametrize(
    ("one", "other", "shared"),
    [
        (SAME, NOT_OPPOSED, {Question.OPPOSED: True}),
        (OPPOSED, NOT_SAME, {Question.SAME: True}),
        (NOT_SAME, NOT_OPPOSED, {}),
        (SAME, OPPOSED, {Question.SAME: False, Question.OPPOSED: False}),
        (SAME, NOT_SAME, {Question.SAME: False}),
        (OPPOSED, NOT_OPPOSED, {Question.OPPOSED: False}),
    ],
)
def test_only_answers_that_cannot_both_be_right_disagree(
    one: JudgementKind, other: JudgementKind, shared: dict[Question, bool]
) -> None:
    """A second pair on which both agree the other way tells agreement from disagreement."""
    found = _found(
        _say(one, "s-1", "s-2", "Ada"),
        _say(other, "s-1", "s-2", "Ben"),
        *(_say(SAME, "s-3", "s-4", name) for name in ("Ada", "Ben")),
        *(_say(OPPOSED, "s-5", "s-6", name) for name in ("Ada", "Ben")),
    )
    for question in (Question.SAME, Question.OPPOSED):
        measured = found[question]
        assert measured.units == (3 if question in shared else 2)
        assert measured.alpha is not None
        assert (measured.alpha == 1.0) == shared.get(question, True)


def test_both_halves_of_one_analyst_s_answer_count() -> None:
    """Not the same and not opposed go together: the analyst has answered both questions."""
    found = _found(
        *(_say(kind, "s-1", "s-2", "Ada") for kind in (NOT_SAME, NOT_OPPOSED)),
        _say(SAME, "s-1", "s-2", "Ben"),
        *(_say(OPPOSED, "s-3", "s-4", name) for name in ("Ada", "Ben")),
    )
    assert found[Question.SAME].alpha == pytest.approx(0.0)
    assert found[Question.OPPOSED].alpha == 1.0


ANSWERS = st.dictionaries(
    st.tuples(st.sampled_from(["s-1", "s-3", "s-5", "s-7"]), st.sampled_from(["Ada", "Ben", "Cy"])),
    st.sampled_from([SAME, OPPOSED, NOT_SAME, NOT_OPPOSED]),
)


@given(ANSWERS)
def test_pairs_as_another_program_computes_them(answers: dict[tuple[str, str], JudgementKind]) -> None:
    """Each question's matrix is written out by hand from what the four answers imply."""
    implied = {
        Question.SAME: {SAME: 1.0, OPPOSED: 0.0, NOT_SAME: 0.0},
        Question.OPPOSED: {SAME: 0.0, OPPOSED: 1.0, NOT_OPPOSED: 0.0},
    }
    found = _found(*(_say(kind, left, "s-9", author) for (left, author), kind in answers.items()))
    for question, codes in implied.items():
        values = np.array(
            [
                [codes.get(answers[left, who], _N) if (left, who) in answers else _N for left in LEFT]
                for who in ("Ada", "Ben", "Cy")
            ]
        )
        paired = values[:, (~np.isnan(values)).sum(axis=0) >= 2]
        assert found[question].units == paired.shape[1]
        if len(np.unique(paired[~np.isnan(paired)])) < 2:
            assert found[question].alpha is None
            assert found[question].note
        else:
            theirs = krippendorff.alpha(reliability_data=paired, level_of_measurement="nominal")
            assert found[question].alpha == pytest.approx(theirs)


def test_conflicts_count_and_what_is_taken_back_does_not() -> None:
    clash = [_say(SAME, "s-1", "s-2", "Ada"), _say(NOT_SAME, "s-1", "s-2", "Ben")]
    agreed = [_say(SAME, "s-3", "s-4", "Ada"), _say(SAME, "s-3", "s-4", "Ben")]
    pairs = _found(*clash, *agreed)[Question.SAME]
    assert (pairs.units, pairs.analysts) == (2, 2)
    assert pairs.alpha == pytest.approx(0.0)
    undone = _say(JudgementKind.UNDONE, clash[1].id, "", "Ben")
    after = _found(*clash, *agreed, undone)[Question.SAME]
    assert (after.units, after.alpha) == (1, None)
    assert "one same answer" in after.note


def test_an_answer_to_a_program_s_judgement_is_one_about_what_it_judges() -> None:
    edge = Judgement.of(SAME, "s-1", "s-2", basis="alike", author="program:x/1", confidence=0.6)
    found = _found(
        edge,
        _say(JudgementKind.REJECTED, edge.id, "", "Ada"),
        _say(SAME, "s-1", "s-2", "Ben"),
        *(_say(SAME, "s-3", "s-4", name) for name in ("Ada", "Ben")),
    )
    assert found[Question.SAME].units == 2
    assert found[Question.SAME].alpha == pytest.approx(0.0)


def test_readings_actors_and_copies() -> None:
    copy = Judgement.of(JudgementKind.COPY, "d-1", "d-2", basis="shingles", author="program:x/1")
    yes, no = JudgementKind.CONFIRMED, JudgementKind.REJECTED
    found = _found(
        copy,
        _say(yes, "s-1", "", "Ada"),
        _say(yes, "s-1", "", "Ben"),
        _say(no, "s-2", "", "Ada"),
        _say(no, "s-2", "", "Ben"),
        _say(no, "s-3", "", "Ben"),
        _say(JudgementKind.SAME_ACTOR, "ida", "ida-brenn", "Ada"),
        _say(JudgementKind.DIFFERENT_ACTORS, "ida", "ida-brenn", "Ben"),
        _say(no, copy.id, "", "Ada"),
        _say(JudgementKind.DERIVED, "d-1", "d-2", "Ben"),
    )
    reading = found[Question.READING]
    assert (reading.units, reading.alpha) == (2, 1.0)
    for question in (Question.ACTOR, Question.COPY):
        assert found[question].units == 1
        assert found[question].alpha == pytest.approx(0.0)
        assert found[question].note == "one thing judged twice gives no interval"


def _grade(about: str, author: str, source: str, information: int) -> Judgement:
    return Judgement.of(
        JudgementKind.GRADED,
        about,
        "",
        basis="analyst",
        author=author,
        grade=Grade(source=source, information=information),  # type: ignore[arg-type]
    )


def test_grades_are_measured_apart_and_the_last_counts() -> None:
    found = _found(
        _grade("s-1", "Ada", "E", 5),
        _grade("s-1", "Ada", "A", 1),
        _grade("s-1", "Ben", "A", 2),
        _grade("s-2", "Ada", "C", 3),
        _grade("s-2", "Ben", "C", 1),
    )
    assert found[Question.SOURCE].alpha == pytest.approx(1.0)
    values = [[1, 3], [2, 1]]
    theirs = krippendorff.alpha(reliability_data=values, level_of_measurement="ordinal")
    assert found[Question.INFORMATION].alpha == pytest.approx(theirs)
    alone = _found(_grade("s-1", "Ada", "B", 2))[Question.SOURCE]
    assert alone.note == "no two analysts judged the same thing"


def test_that_it_cannot_be_judged_is_no_place_on_the_scale() -> None:
    """F is not worse than E: with it, one thing less was graded by two."""
    found = _found(
        *(_grade("s-1", name, "A", 6) for name in ("Ada", "Ben")),
        *(_grade("s-2", name, "C", 4) for name in ("Ada", "Ben")),
        _grade("s-3", "Ada", "F", 1),
        _grade("s-3", "Ben", "A", 2),
    )
    assert (found[Question.SOURCE].units, found[Question.SOURCE].alpha) == (2, 1.0)
    assert "1 answered that it cannot be judged" in found[Question.SOURCE].note
    assert found[Question.INFORMATION].units == 2
    assert "2 answered that it cannot be judged" in found[Question.INFORMATION].note


def test_the_command_says_each_question_and_the_same_each_time(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    place = str(tmp_path / "l.db")
    filled(place, "one", "two", "three")
    with Ledger.open(place) as ledger:
        keys = [document.key for document in ledger.documents()]
        for who, grades in (("Ada", "ABC"), ("Ben", "ABD")):
            for key, source in zip(keys, grades, strict=True):
                assert ledger.judge(_grade(key, who, source, 2))
    printed = []
    for _ in range(2):
        assert run(["agreement", "--ledger", place, "--format", "jsonl"]) == 0
        printed.append(capsys.readouterr().out)
    assert printed[0] == printed[1]
    lines = [json.loads(line) for line in printed[0].splitlines()]
    assert [line["question"] for line in lines] == list(Question)
    by_name = {line["question"]: line for line in lines}
    theirs = krippendorff.alpha(reliability_data=[[0, 1, 2], [0, 1, 3]], level_of_measurement="ordinal")
    assert by_name["grade-of-source"]["alpha"] == pytest.approx(theirs)
    assert by_name["same-claim"]["alpha"] is None
    assert run(["agreement", "--ledger", place]) == 0
    shown = capsys.readouterr().out
    assert f"alpha {theirs:.2f} (ordinal)" in shown
    assert run(["agreement", "--ledger", place, "--as-of", "2000-01-01", "--format", "jsonl"]) == 0
    assert {json.loads(line)["units"] for line in capsys.readouterr().out.splitlines()} == {0}
