"""The floors of actors within a document: roles and parties, and speakers, on the Panjshir report."""

from __future__ import annotations

import sys
import tomllib
from pathlib import Path

import pytest

EVAL = Path(__file__).resolve().parents[2] / "eval"
sys.path.insert(0, str(EVAL))

import shared  # noqa: E402

import actors  # noqa: E402

FLOORS = tomllib.loads((EVAL / "floors.toml").read_text(encoding="utf-8"))
pytestmark = pytest.mark.skipif(shared.missing() is not None, reason=str(shared.missing()))


@pytest.mark.parametrize("extractor", ["accurate", "fast"])
def test_roles_parties_and_speakers_of_the_panjshir_report(extractor: str) -> None:
    floor = FLOORS["actors"][extractor]
    outcomes, report = actors.panjshir(extractor)
    assert sum(outcome.right for outcome in outcomes) / len(outcomes) >= floor["panjshir_actors"]
    right, total = actors.panjshir_speakers(report)
    assert right / total >= floor["panjshir_speakers"]


def test_speakers_across_the_dev_stories() -> None:
    assert actors.story_speakers() >= FLOORS["actors"]["stories_speaker"]
