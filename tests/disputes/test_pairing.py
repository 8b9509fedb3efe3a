"""Pairs that are passed over quickly are pairs of which nothing would have been said."""

from __future__ import annotations

from itertools import combinations, combinations_with_replacement
from pathlib import Path

import pytest

from counterclaim import pipeline
from counterclaim.disputes.forms import Compared, compared
from counterclaim.disputes.linker import EVEN, _judgements
from counterclaim.disputes.pairing import gist_pairs
from counterclaim.disputes.paraphrase import falls_short, may_be_alike, model, probability, quick_score
from counterclaim.disputes.screening import Screen, screened
from counterclaim.model import Report
from counterclaim.statements import Extraction

SAMPLES = Path(__file__).parents[2] / "samples" / "reports"


@pytest.fixture(scope="module")
def reports() -> list[Compared]:
    found = pipeline.extract(SAMPLES, extraction=Extraction(extractor="fast"))
    return [compared(item) for item in found if isinstance(item, Report) and item.statements]


def test_the_rules_say_nothing_of_the_pairs_left_out(reports: list[Compared]) -> None:
    judged = 0
    for one, other in combinations(reports, 2):
        every = {j.id for gist in one.gists for j in _judgements(gist, other.gists)}
        chosen = {
            j.id
            for gist, near in gist_pairs(one.gists, other.gists, other.body.gist_index)
            for j in _judgements(gist, near)
        }
        assert chosen == every
        judged += len(every)
    assert judged > 20


def test_no_pair_is_screened_out_that_would_have_been_told(reports: list[Compared]) -> None:
    asked = told = 0
    for one, other in combinations_with_replacement(reports, 2):
        for least in (model().least, EVEN):
            chosen = set(screened(one.screen, other.screen, least))
            for i, sketch in enumerate(one.sketches):
                for j, mate in enumerate(other.sketches):
                    if (one is other and j <= i) or not may_be_alike(sketch, mate):
                        assert (i, j) not in chosen
                        continue
                    if round(probability(sketch, mate), 4) >= least:
                        told += 1
                        assert (i, j) in chosen
            asked += len(chosen)
    assert 100 < told <= asked < 3 * told


def test_a_pair_that_falls_short_is_below_the_least(reports: list[Compared]) -> None:
    short = 0
    for one, other in combinations(reports, 2):
        for sketch in one.sketches:
            for mate in [*other.sketches, *one.sketches]:
                for least in (model().least, EVEN):
                    if falls_short(sketch, mate, least):
                        short += 1
                        assert round(probability(sketch, mate), 4) < least
    assert short > 1000


def test_reports_without_statements_are_screened() -> None:
    assert screened(Screen([]), Screen([]), 0.5) == []


def test_the_quick_score_is_the_score(reports: list[Compared]) -> None:
    import math

    for one, other in combinations(reports[:8], 2):
        for sketch in one.sketches:
            for mate in other.sketches:
                likely = probability(sketch, mate)
                assert math.log(likely / (1 - likely)) == pytest.approx(quick_score(sketch, mate), abs=1e-9)
