"""The quality floors of temporal expressions (``[times]`` in eval/floors.toml)."""

from __future__ import annotations

import sys
import tomllib
from pathlib import Path

import pytest

EVAL = Path(__file__).resolve().parents[2] / "eval"
sys.path.insert(0, str(EVAL))

import shared  # noqa: E402

import times  # noqa: E402

FLOORS = tomllib.loads((EVAL / "floors.toml").read_text(encoding="utf-8"))["times"]
needs_shared = pytest.mark.skipif(shared.missing() is not None, reason=str(shared.missing()))


@needs_shared
@pytest.mark.parametrize("name", sorted(times.SETS))
def test_values_of_the_development_sets(name: str) -> None:
    measured, floor = times.score(name), FLOORS[name.replace("-", "_").replace(" ", "_")]
    assert measured["value_f1"] >= floor["value_f1"]
    assert measured["span_f1"] >= floor["span_f1"]
    assert measured["words_per_second"] >= FLOORS["words_per_second"]


@needs_shared
def test_every_time_of_the_panjshir_report_is_right() -> None:
    right, known = times.panjshir()
    assert right == known
