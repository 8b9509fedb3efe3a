"""How far analysts agree: Krippendorff's alpha over what each last said and has not taken back.

K. Krippendorff (2011), "Computing Krippendorff's Alpha-Reliability", University of Pennsylvania. Conflicts
count here as they are: they are what is measured.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from enum import StrEnum

import msgspec
import numpy as np
from numpy.typing import NDArray

from counterclaim.model import Snapshot
from counterclaim.model.judgement import by_program
from counterclaim.model.stances import CLAIM, GRADE, READING
from counterclaim.model.standing import Standing, State

Values = NDArray[np.float64]
"""One row an analyst, one column a thing judged; codes of answers, NaN where none was given."""

_ROUNDS = 1000
_SEED = 2011


class Scale(StrEnum):
    """How far apart two answers are."""

    NOMINAL = "nominal"
    ORDINAL = "ordinal"


class Agreement(msgspec.Struct, frozen=True, kw_only=True):
    """Agreement on one question.

    ``units`` are the things that at least two analysts judged, ``analysts`` those who judged one of them.
    ``alpha`` is 1 for full agreement and 0 for what chance gives; None where nothing can be said, for the
    reason in ``note``. ``low`` and ``high`` hold the middle 95 % of a bootstrap over units.
    """

    question: str
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
    """Measure the agreement on pairs of statements, on readings, and on both parts of grades."""
    standing = Standing.of(decided)
    answers: dict[str, dict[tuple[tuple[str, ...], str], str]] = defaultdict(dict)
    for each in standing.order:
        judgement, stance = standing.known[each], standing.stance(each)
        if stance is None or by_program(judgement):
            continue
        if standing.state(each) not in (State.STANDS, State.CONFLICT):
            continue
        place = (stance.subject, judgement.author)
        if stance.topic in (CLAIM, READING):
            answers[stance.topic][place] = str(stance.kind)
        elif stance.topic == GRADE and judgement.grade is not None:
            answers["source"][place] = judgement.grade.source
            answers["information"][place] = str(judgement.grade.information)
    return [
        _measured("pairs of statements", Scale.NOMINAL, answers[CLAIM]),
        _measured("readings of statements", Scale.NOMINAL, answers[READING]),
        _measured("grades of sources", Scale.ORDINAL, answers["source"]),
        _measured("grades of information", Scale.ORDINAL, answers["information"]),
    ]


def _measured(question: str, scale: Scale, answers: Mapping[tuple[tuple[str, ...], str], str]) -> Agreement:
    authors: Sequence[str] = sorted({author for _, author in answers})
    subjects = sorted({subject for subject, _ in answers})
    codes = {answer: code for code, answer in enumerate(sorted(set(answers.values())))}
    values = np.full((len(authors), len(subjects)), np.nan)
    rows = {author: row for row, author in enumerate(authors)}
    columns = {subject: column for column, subject in enumerate(subjects)}
    for (subject, author), answer in answers.items():
        values[rows[author], columns[subject]] = codes[answer]
    values = values[:, (~np.isnan(values)).sum(axis=0) >= 2]
    units = values.shape[1]
    analysts = int((~np.isnan(values)).any(axis=1).sum())
    if not units:
        note = "no two analysts judged the same thing"
        return Agreement(question=question, scale=scale, units=0, analysts=0, alpha=None, note=note)
    counts = _counts(values)
    alpha = _alpha(counts, scale)
    if alpha is None:
        note = "all gave one same answer, so chance cannot be told from agreement"
        return Agreement(
            question=question, scale=scale, units=units, analysts=analysts, alpha=None, note=note
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
        note=_note(units, len(drawn) - len(known)),
    )


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
