"""The quality floors of eval/floors.toml: what the program must not fall below."""

from __future__ import annotations

import sys
import tomllib
from pathlib import Path

import pytest

EVAL = Path(__file__).resolve().parents[2] / "eval"
sys.path.insert(0, str(EVAL))

import score_samples  # noqa: E402
import shared  # noqa: E402
from check_samples_gold import SAMPLES, read_gold  # noqa: E402

from counterclaim import pipeline  # noqa: E402

FLOORS = tomllib.loads((EVAL / "floors.toml").read_text(encoding="utf-8"))
needs_shared = pytest.mark.skipif(shared.missing() is not None, reason=str(shared.missing()))


def test_every_dispute_of_the_samples_is_on_the_board_and_none_is_invented() -> None:
    floor = FLOORS["samples"]
    score = score_samples.compare(read_gold(), pipeline.link(SAMPLES / "reports"))
    assert len(score.found) >= floor["disputes_found"], score.missed
    assert len(score.invented) <= floor["disputes_invented"], score.invented
    assert sum(len(ids) > 1 for ids in score.found.values()) <= floor["disputes_split"], score.found
    assert score.statements_found >= floor["statements_found"] * score.statements_expected


@needs_shared
def test_attribution_in_the_panjshir_report() -> None:
    assert shared.panjshir_attribution()["end_to_end"]["f1"] >= FLOORS["panjshir"]["end_to_end"]


@needs_shared
def test_disputes_in_the_panjshir_report() -> None:
    floor, scores = FLOORS["panjshir"], shared.panjshir_story()
    assert scores["disputes_found"] == f"{floor['disputes_found']}/2"
    assert scores["quarrels_invented"] <= floor["quarrels_invented"]
    assert scores["speaker"]["f1"] >= floor["speaker"]


@needs_shared
def test_the_unverified_statement_and_the_origin_of_the_panjshir_report() -> None:
    (item,) = [i for i in pipeline.extract(shared.PANJSHIR / "report.jsonl") if not hasattr(i, "code")]
    unverified = [s for s in item.statements if s.verification is not None]
    assert len(unverified) == 1
    assert "Saleh" in unverified[0].content_text
    assert unverified[0].verification.span.quote.startswith("The claim could not be")
    assert item.document.origin.name == "Financial Times"
    assert item.document.origin.basis == "copyright"


@needs_shared
@pytest.mark.parametrize("extractor", sorted(FLOORS["polnear_dev"]))
def test_attribution_in_polnear_dev(extractor: str) -> None:
    floor = FLOORS["polnear_dev"][extractor]
    scores, _, error = shared.attribution(shared.POLNEAR_DEV, shared.POLNEAR_DEV, extractor)
    assert scores["end_to_end"]["f1"] >= floor["end_to_end"]
    assert scores["content_overlap"]["f1"] >= floor["content_overlap"]
    for kind in scores["by_kind"].keys() & floor.keys():
        assert scores["by_kind"][kind]["end_to_end"]["r"] >= floor[kind]
    assert error <= floor.get("calibration_error", 1)
