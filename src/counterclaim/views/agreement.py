"""How far analysts agree: Krippendorff's alpha over what each last said and has not taken back.

K. Krippendorff (2011), "Computing Krippendorff's Alpha-Reliability", University of Pennsylvania. Conflicts
count here as they are: they are what is measured.

What an answer about two statements implies decides what is compared. *Same* says "same" and "not opposed",
*opposed* says "opposed" and "not the same", as :mod:`counterclaim.model.stances` has it. *Not the same*
leaves open whether the two are opposed, and *not opposed* whether they are the same: there the analyst has
said nothing. So answers that can both be right are never counted as disagreement.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from enum import StrEnum

import msgspec
import numpy as np
from numpy.typing import NDArray

from counterclaim.model import Judgement, JudgementKind, Snapshot
from counterclaim.model.judgement import by_program
from counterclaim.model.stances import Stance
from counterclaim.model.standing import Standing, State

Values = NDArray[np.float64]
"""One row an analyst, one column a thing judged; codes of answers, NaN where none was given."""

_ROUNDS = 1000
_SEED = 2011
_NO, _YES = 0, 1


class Scale(StrEnum):
    """How far apart two answers are."""

    NOMINAL = "nominal"
    ORDINAL = "ordinal"


class Question(StrEnum):
    """What analysts were asked, one by one. The words are stable."""

    SAME = "same-claim"
    """Whether two statements make one claim."""
    OPPOSED = "opposed"
    """Whether two statements cannot both be true."""
    READING = "reading"
    """Whether a statement was read rightly."""
    ACTOR = "same-actor"
    """Whether two names mean one actor."""
    COPY = "not-independent"
    """Whether one of two reports comes from the other."""
    SOURCE = "grade-of-source"
    """How reliable the source is, A to E."""
    INFORMATION = "grade-of-information"
    """How credible the information is, 1 to 5."""


_IMPLIED = {
    JudgementKind.SAME_CLAIM: ((Question.SAME, _YES), (Question.OPPOSED, _NO)),
    JudgementKind.OPPOSED: ((Question.SAME, _NO), (Question.OPPOSED, _YES)),
    JudgementKind.NOT_SAME_CLAIM: ((Question.SAME, _NO),),
    JudgementKind.NOT_OPPOSED: ((Question.OPPOSED, _NO),),
}
_GRADES = frozenset({Question.SOURCE, Question.INFORMATION})
_UNKNOWN = -1
"""The code of F and of 6: that it cannot be judged is no place on the scale."""

Answers = Mapping[tuple[tuple[str, ...], str], int]
"""The codes of answers, by what was judged and who judged it."""


class Agreement(msgspec.Struct, frozen=True, kw_only=True):
    """Agreement on one question.

    ``units`` are the things that at least two analysts judged, ``analysts`` those who judged one of them.
    ``alpha`` is 1 for full agreement and 0 for what chance gives; None where nothing can be said, for the
    reason in ``note``. ``low`` and ``high`` hold the middle 95 % of a bootstrap over units.
    """

    question: Question
    scale: Scale
    units: int
    analysts: int
    alpha: float | None
    low: float | None = None
    high: float | None = None
    note: str = ""


def alpha_of(values: Values, scale: Scale = Scale.NOMINAL) -> float | None:
    """Return Krippendorff's alpha; None where nothing was judged twice, or all gave one same answer."""
    counts = _counts(values)
    return _alpha(counts, scale)


def agreements(decided: Snapshot) -> list[Agreement]:
    """Measure the agreement on each question, in the order of :class:`Question`.

    ``decided`` holds at least the judgements of people and those that they answer (``Ledger.decided``).
    """
    standing = Standing.of(decided)
    answers: defaultdict[Question, dict[tuple[tuple[str, ...], str], int]] = defaultdict(dict)
    for each in standing.order:
        judgement, stance = standing.known[each], standing.stance(each)
        if stance is None or by_program(judgement):
            continue
        if standing.state(each) not in (State.STANDS, State.CONFLICT):
            continue
        for question, code in _said(judgement, stance):
            answers[question][stance.subject, judgement.author] = code
    return [_measured(question, answers[question]) for question in Question]


def _said(judgement: Judgement, stance: Stance) -> Iterator[tuple[Question, int]]:
    """Give the questions that one decision answers, with the codes of the answers."""
    match stance.topic:
        case "claim":
            yield from _IMPLIED[stance.kind]
        case "reading":
            yield Question.READING, _NO if stance.negative else _YES
        case "actor":
            yield Question.ACTOR, _YES if stance.kind is JudgementKind.SAME_ACTOR else _NO
        case "copy":
            yield Question.COPY, _NO if stance.negative else _YES
        case "grade" if judgement.grade is not None:
            source, information = judgement.grade.source, judgement.grade.information
            yield Question.SOURCE, _UNKNOWN if source == "F" else "ABCDE".index(source)
            yield Question.INFORMATION, _UNKNOWN if information == 6 else information


def _measured(question: Question, answers: Answers) -> Agreement:
    scale = Scale.ORDINAL if question in _GRADES else Scale.NOMINAL
    values = _values({place: code for place, code in answers.items() if code != _UNKNOWN})
    unknown = sum(code == _UNKNOWN for code in answers.values())
    left_out = f"{unknown} answered that it cannot be judged: no place on the scale" if unknown else ""
    units = values.shape[1]
    analysts = int((~np.isnan(values)).any(axis=1).sum())
    counts = _counts(values)
    alpha = _alpha(counts, scale)
    if alpha is None:
        why = "all gave one same answer, so chance cannot be told from agreement"
        why = why if units else "no two analysts judged the same thing"
        return Agreement(
            question=question,
            scale=scale,
            units=units,
            analysts=analysts,
            alpha=None,
            note="; ".join(filter(None, (why, left_out))),
        )
    random = np.random.default_rng(_SEED)
    drawn = [_alpha(counts[random.integers(0, units, units)], scale) for _ in range(_ROUNDS)]
    known = [each for each in drawn if each is not None]
    low, high = np.quantile(known, (0.025, 0.975)) if units > 1 and known else (None, None)
    return Agreement(
        question=question,
        scale=scale,
        units=units,
        analysts=analysts,
        alpha=alpha,
        low=None if low is None else float(low),
        high=None if high is None else float(high),
        note="; ".join(filter(None, (_note(units, len(drawn) - len(known)), left_out))),
    )


def _values(answers: Answers) -> Values:
    """Return the answers as a matrix, of the things alone that at least two analysts judged."""
    authors = sorted({author for _, author in answers})
    subjects = sorted({subject for subject, _ in answers})
    rows = {author: row for row, author in enumerate(authors)}
    columns = {subject: column for column, subject in enumerate(subjects)}
    values = np.full((len(authors), len(subjects)), np.nan)
    for (subject, author), code in answers.items():
        values[rows[author], columns[subject]] = code
    return np.asarray(values[:, (~np.isnan(values)).sum(axis=0) >= 2])


def _note(units: int, left_out: int) -> str:
    if units == 1:
        return "one thing judged twice gives no interval"
    return f"the interval leaves out {left_out} of {_ROUNDS} draws with one answer only" if left_out else ""


def _counts(values: Values) -> Values:
    """Return how often each answer (columns, in order) was given to each thing (rows) judged twice."""
    kinds = np.unique(values[~np.isnan(values)])
    counts = (values[:, :, None] == kinds).sum(axis=0).astype(np.float64)
    return np.asarray(counts[counts.sum(axis=1) >= 2])


def _alpha(counts: Values, scale: Scale) -> float | None:
    if not counts.size:
        return None
    given = counts.sum(axis=1)
    seen = (counts / (given - 1)[:, None]).T @ counts - np.diag((counts / (given - 1)[:, None]).sum(axis=0))
    totals = counts.sum(axis=0)
    if scale is Scale.NOMINAL:
        distance = 1.0 - np.eye(len(totals))
    else:
        middle = np.cumsum(totals) - totals / 2
        distance = (middle[:, None] - middle[None, :]) ** 2
    expected = float((np.outer(totals, totals) * distance).sum())
    if expected == 0:
        return None
    return 1.0 - (float(totals.sum()) - 1) * float((seen * distance).sum()) / expected
