"""The linker by rules: how a new report stands to those already known."""

from __future__ import annotations

from collections.abc import Sequence, Set

import counterclaim
from counterclaim.claims.gist import Gist
from counterclaim.disputes.blocking import are_near, keys_of
from counterclaim.disputes.copies import FEWEST, judge_copy
from counterclaim.disputes.forms import REMEMBERED, Compared, Memory, pack
from counterclaim.disputes.likeness import ALIKE, CLOSELY, likeness
from counterclaim.disputes.opposition import (
    PARAPHRASE,
    WORDS,
    days_apart,
    decide,
    decide_blame,
    decide_figures,
)
from counterclaim.disputes.pairing import gist_pairs
from counterclaim.disputes.paraphrase import falls_short, model, probability
from counterclaim.disputes.repeated import NOTHING, Repeated
from counterclaim.disputes.screening import screened
from counterclaim.disputes.shingles import common, shingles
from counterclaim.model import Document, Form, Judgement, JudgementKind, Keys, Report

AUTHOR = "program:counterclaim.disputes.rules/2"
MODEL = "program:counterclaim.disputes.paraphrase"
ALIKE_DAYS = 14
"""Reports further apart than this are not compared by their words alone: they tell of other events."""
EVEN = 0.5
"""The least probability told of two statements whose reports are alike, but not closely."""
FORMS = 7
"""Raise it where gists, sketches or keys change, so that ledgers make theirs again."""


class DefaultLinker:
    """Compares statements pair by pair with the rules of ``opposition`` and documents by shingles.

    Which reports are neighbours ``blocking`` says. Reports compared lately are remembered as they are
    compared, so that a batch reads and unpacks each only once.
    """

    version = f"rules-{FORMS}/{counterclaim.__version__}"

    def __init__(self, remembered: int = REMEMBERED) -> None:
        """Make a linker that remembers so many reports; one is enough where nothing is compared."""
        self._memory = Memory(remembered)

    def keys(self, report: Report) -> Keys:
        """Return the blocking keys of a report."""
        return keys_of(self._memory.of_report(report))

    def near(self, shared: Set[str]) -> bool:
        """Tell whether reports that share these keys are compared."""
        return are_near(shared)

    def form(self, report: Report) -> Form:
        """Return the report as it is compared: what was read off each statement, packed."""
        return pack(self._memory.of_report(report))

    def judge(self, report: Report, neighbours: Sequence[Form]) -> Sequence[Judgement]:
        """Return the judgements within ``report`` and between it and its neighbours, sorted by id."""
        return self._judged(self._memory.of_report(report), neighbours)

    def judge_form(self, form: Form, neighbours: Sequence[Form]) -> Sequence[Judgement]:
        """Return what :meth:`judge` returns for the report of which this is the form."""
        return self._judged(self._memory.of_form(form), neighbours)

    def _judged(self, own: Compared, neighbours: Sequence[Form]) -> Sequence[Judgement]:
        found: list[Judgement] = []
        for index, gist in enumerate(own.gists):
            found += _judgements(gist, own.gists[index + 1 :])
        found += _alike(own, own, model().least)
        for form in neighbours:
            other = self._memory.of_form(form)
            copy = _copy(own.document, other.document)
            if copy is not None:
                found.append(copy)
            near = likeness(own.words, other.words)
            if near >= ALIKE:
                self._memory.use(other)
                found += _between(own, other, near, Repeated.of(own, other) if copy else NOTHING)
        return sorted(found, key=lambda judgement: judgement.id)


def _between(own: Compared, other: Compared, near: float, repeated: Repeated) -> list[Judgement]:
    """Return what is judged of the statements of two reports that are alike."""
    found: list[Judgement] = []
    for gist, gists in gist_pairs(own.gists, other.gists, other.body.gist_index):
        found += _judgements(gist, [each for each in gists if repeated.leaves(gist, each)])
    if days_apart(own.document.published, other.document.published) > ALIKE_DAYS:
        return found
    joined = {(j.left, j.right) for j in found if j.kind is JudgementKind.SAME_CLAIM and j.basis == WORDS}
    least = model().least if near >= CLOSELY else max(model().least, EVEN)
    alike = _alike(own, other, least, repeated)
    return found + [each for each in alike if (each.left, each.right) not in joined]


def _copy(one: Document, other: Document) -> Judgement | None:
    """Decide about two documents; those that share a phrase at most are passed over quickly."""
    if len(common(shingles(one.text), shingles(other.text))) < FEWEST:
        return None
    return judge_copy(one, other)


def _alike(own: Compared, other: Compared, least: float, repeated: Repeated = NOTHING) -> list[Judgement]:
    """Return what the pair model says of statements of two reports, or of one report, from ``least`` on."""
    found = []
    for row, column in screened(own.screen, other.screen, least):
        sketch, mate = own.sketches[row], other.sketches[column]
        if sketch.statement.id == mate.statement.id or not repeated.leaves(sketch, mate):
            continue
        if falls_short(sketch, mate, least):
            continue
        likely = round(probability(sketch, mate), 4)
        if likely >= least:
            found.append(
                Judgement.of(
                    JudgementKind.SAME_CLAIM,
                    sketch.statement.id,
                    mate.statement.id,
                    basis=PARAPHRASE,
                    author=f"{MODEL}/{model().version}",
                    confidence=likely,
                )
            )
    return found


def _judgements(gist: Gist, others: Sequence[Gist]) -> list[Judgement]:
    found = []
    for other in others:
        decisions = [decide(gist, other)]
        if gist.quantities and other.quantities:
            decisions.append(decide_figures(gist, other))
        if gist.blame and other.blame:
            decisions.append(decide_blame(gist, other))
        for decision in decisions:
            if decision is None:
                continue
            found.append(
                Judgement.of(
                    decision.kind,
                    gist.statement.id,
                    other.statement.id,
                    basis=decision.basis,
                    author=AUTHOR,
                    confidence=decision.confidence,
                    reason=decision.reason,
                )
            )
    return found
