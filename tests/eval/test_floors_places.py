"""The quality floors of places (``[places]`` in eval/floors.toml)."""

from __future__ import annotations

import sys
import tomllib
from pathlib import Path

import pytest

EVAL = Path(__file__).resolve().parents[2] / "eval"
sys.path.insert(0, str(EVAL))

import shared  # noqa: E402

import places  # noqa: E402

FLOORS = tomllib.loads((EVAL / "floors.toml").read_text(encoding="utf-8"))["places"]
needs_shared = pytest.mark.skipif(shared.missing() is not None, reason=str(shared.missing()))


@needs_shared
@pytest.mark.parametrize("name", places.SETS)
def test_places_of_the_development_sets(name: str) -> None:
    scores, floor = places.score(name), FLOORS[name.replace(".", "_")]
    assert scores["found"]["f1"] >= floor["found"]
    assert scores["placed"] >= floor["placed"]
    assert scores["ms"] <= FLOORS["ms_a_report"]


@needs_shared
def test_every_place_of_the_panjshir_report_is_right() -> None:
    right, known = places.panjshir()
    assert right == known
