"""The floors of event frames, and the labels themselves."""

from __future__ import annotations

import json
import sys
import tomllib
from pathlib import Path

import pytest

EVAL = Path(__file__).resolve().parents[2] / "eval"
sys.path.insert(0, str(EVAL))

import shared  # noqa: E402

import events  # noqa: E402

FLOORS = tomllib.loads((EVAL / "floors.toml").read_text(encoding="utf-8"))["events"]
needs_shared = pytest.mark.skipif(shared.missing() is not None, reason=str(shared.missing()))


@needs_shared
@pytest.mark.parametrize("part", sorted(FLOORS))
def test_event_frames(part: str) -> None:
    floor = FLOORS[part]
    result = events.score([(label, events.frame_of(label)) for label in events.read_labels(part)])
    assert result.frames.precision >= floor["frames_precision"]
    assert result.frames.recall >= floor["frames_recall"]
    assert result.types.precision >= floor["types_precision"]
    assert result.types.recall >= floor["types_recall"]
    assert result.agents.precision >= floor["agents_precision"]
    assert result.patients.precision >= floor["patients_precision"]
    assert result.figures.precision >= floor["figures_precision"]


def test_no_report_is_in_two_parts_and_no_text_of_others_is_stored() -> None:
    parts: dict[tuple[str, str], set[str]] = {}
    for line in events.LABELS.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        assert row.keys() == {"part", "corpus", "doc", "content", "act", "event"}
        if isinstance(row["event"], dict):
            assert row["event"].keys() == {"type", "plover", "agents", "patients", "places", "figures"}
        parts.setdefault((row["corpus"], row["doc"]), set()).add(row["part"])
    assert all(len(each) == 1 for each in parts.values())


@needs_shared
def test_the_labelled_places_lie_within_the_content() -> None:
    labels = [label for part in ("dev", "second", "check") for label in events.read_labels(part)]
    assert len(labels) == 600
    for label in labels:
        if isinstance(label.event, events.Event):
            for start, end in (*label.event.agents, *label.event.patients, *label.event.places):
                assert any(s <= start < end <= e for s, e in label.content)
