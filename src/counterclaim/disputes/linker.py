"""The linker by rules: how a new report stands to those already known."""

from __future__ import annotations

from collections.abc import Sequence

from counterclaim.claims.gist import Gist, gist_of, lead_names
from counterclaim.claims.sketch import Sketch, sketch_of
from counterclaim.disputes.copies import copy_keys, judge_copy
from counterclaim.disputes.opposition import PARAPHRASE, days_apart, decide, decide_blame, decide_figures
from counterclaim.disputes.paraphrase import may_be_alike, model, probability
from counterclaim.model import Judgement, JudgementKind, Report

AUTHOR = "program:counterclaim.disputes.rules/2"
MODEL = "program:counterclaim.disputes.paraphrase"
ALIKE_DAYS = 14
"""Reports further apart than this are not compared by their words alone: they tell of other events."""
_REMEMBERED = 5000


class DefaultLinker:
    """Compares statements pair by pair with the rules of ``opposition`` and documents by shingles.

    Reports are neighbours where they share a name in their leads or statements, or a sampled
    shingle. Gists of reports seen are remembered, so that a batch reads each only once.
    """

    def __init__(self) -> None:
        self._gists: dict[str, tuple[Gist, ...]] = {}
        self._sketches: dict[str, tuple[Sketch, ...]] = {}

    def keys(self, report: Report) -> Sequence[str]:
        """Return the blocking keys of a report, sorted."""
        found = {f"n{name}" for name in lead_names(report.document)}
        for gist in self._of(report):
            found |= {f"n{name}" for name in gist.names}
        return sorted(found | set(copy_keys(report.document)))

    def judge(self, report: Report, neighbours: Sequence[Report]) -> Sequence[Judgement]:
        """Return the judgements within ``report`` and between it and its neighbours, sorted by id."""
        found: list[Judgement] = []
        own = self._of(report)
        for index, gist in enumerate(own):
            found += _judgements(gist, own[index + 1 :])
        sketches = self._sketches_of(report)
        for index, sketch in enumerate(sketches):
            found += _alike(sketch, sketches[index + 1 :])
        for neighbour in neighbours:
            copy = judge_copy(report.document, neighbour.document)
            if copy is not None:
                found.append(copy)
            others = self._of(neighbour)
            for gist in own:
                found += _judgements(gist, others)
            if days_apart(report.document.published, neighbour.document.published) > ALIKE_DAYS:
                continue
            theirs = self._sketches_of(neighbour)
            for sketch in sketches:
                found += _alike(sketch, theirs)
        return sorted(found, key=lambda judgement: judgement.id)

    def _of(self, report: Report) -> tuple[Gist, ...]:
        key = report.document.key
        if key not in self._gists:
            if len(self._gists) >= _REMEMBERED:
                self._gists.clear()
            gists = (gist_of(s, report.document, report.annotations) for s in report.statements)
            self._gists[key] = tuple(gist for gist in gists if gist is not None)
        return self._gists[key]

    def _sketches_of(self, report: Report) -> tuple[Sketch, ...]:
        key = report.document.key
        if key not in self._sketches:
            if len(self._sketches) >= _REMEMBERED:
                self._sketches.clear()
            sketches = (sketch_of(statement, report.document) for statement in report.statements)
            self._sketches[key] = tuple(sketch for sketch in sketches if sketch is not None)
        return self._sketches[key]


def _alike(sketch: Sketch, others: Sequence[Sketch]) -> list[Judgement]:
    found = []
    for other in others:
        if other.statement.id == sketch.statement.id or not may_be_alike(sketch, other):
            continue
        likely = round(probability(sketch, other), 4)
        if likely >= model().least:
            found.append(
                Judgement.of(
                    JudgementKind.SAME_CLAIM,
                    sketch.statement.id,
                    other.statement.id,
                    basis=PARAPHRASE,
                    author=f"{MODEL}/{model().version}",
                    confidence=likely,
                )
            )
    return found


def _judgements(gist: Gist, others: Sequence[Gist]) -> list[Judgement]:
    found = []
    for other in others:
        for decision in (decide(gist, other), decide_figures(gist, other), decide_blame(gist, other)):
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
