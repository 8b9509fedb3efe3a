"""The floors of what reports assert in their own voice (``[own-voice]`` in eval/floors.toml)."""

from __future__ import annotations

import sys
import tomllib
from pathlib import Path

import pytest

EVAL = Path(__file__).resolve().parents[2] / "eval"
sys.path.insert(0, str(EVAL))

import own_voice  # noqa: E402
import shared  # noqa: E402

FLOORS = tomllib.loads((EVAL / "floors.toml").read_text(encoding="utf-8"))["own-voice"]


@pytest.mark.skipif(shared.missing() is not None, reason=str(shared.missing()))
@pytest.mark.parametrize("extractor", sorted(FLOORS))
def test_own_voice_in_the_dev_stories_and_in_polnear_dev(extractor: str) -> None:
    floor, score = FLOORS[extractor], own_voice.measure(extractor)
    assert score.found >= floor["found"]
    assert score.attributed <= floor["attributed"]
    assert score.per_report <= floor["per_report"]
