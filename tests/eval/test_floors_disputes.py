"""The floors of linking: the dev stories end to end, and copies (``[disputes]``, ``[copies]``)."""

from __future__ import annotations

import json
import sys
import tomllib
from pathlib import Path

import pytest

EVAL = Path(__file__).resolve().parents[2] / "eval"
sys.path.insert(0, str(EVAL))

import shared  # noqa: E402

FLOORS = tomllib.loads((EVAL / "floors.toml").read_text(encoding="utf-8"))
NEEDS_SHARED = pytest.mark.skipif(shared.missing() is not None, reason=str(shared.missing()))


@NEEDS_SHARED
def test_disputes_of_the_dev_stories() -> None:
    gold = sorted((shared.CORPORA / "stories").glob("*.json"))
    wanted = {each["id"] for path in gold for each in json.loads(path.read_text(encoding="utf-8"))["docs"]}
    texts = [shared.POLNEAR_DEV, shared.CORPORA / "fakes" / "reports.jsonl"]
    score, floor = shared.stories(gold, texts, wanted), FLOORS["disputes"]
    assert score["found"] >= floor["found"]
    assert score["oppose"]["f1"] >= floor["oppose"]
    assert score["same"]["f1"] >= floor["same"]
    assert score["quarrels_invented"] <= floor["quarrels_invented"]


@NEEDS_SHARED
def test_copies_of_the_dev_pairs() -> None:
    score = shared.copies()
    f1 = next(value["f1"] for value in score.values() if isinstance(value, dict) and "f1" in value)
    assert f1 >= FLOORS["copies"]["f1"]
