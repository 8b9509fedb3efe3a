"""The floors of acts, polarity, hedges and verification links, and the labels themselves."""

from __future__ import annotations

import json
import sys
import tomllib
from pathlib import Path

import pytest

EVAL = Path(__file__).resolve().parents[2] / "eval"
sys.path.insert(0, str(EVAL))

import acts  # noqa: E402
import shared  # noqa: E402

FLOORS = tomllib.loads((EVAL / "floors.toml").read_text(encoding="utf-8"))
needs_shared = pytest.mark.skipif(shared.missing() is not None, reason=str(shared.missing()))


def measured(*, only_own: bool) -> tuple[acts.Score, acts.Counts]:
    labels = acts.read_labels("test", only_own=only_own)
    score = acts.score([(label, acts.judge(label)) for label in labels])
    return score, acts.links(acts.read_passages("test", only_own=only_own))[0]


def hold(floor: dict[str, float], score: acts.Score, links: acts.Counts) -> None:
    assert score.macro_f1 >= floor["macro_f1"]
    assert score.polarity >= floor["polarity"]
    assert score.hedge_accuracy >= floor["hedged"]
    assert links.precision >= floor["links_precision"]
    assert links.recall >= floor["links_recall"]


def test_acts_in_our_own_labels() -> None:
    hold(FLOORS["acts_own"], *measured(only_own=True))


@needs_shared
def test_acts_in_all_labels() -> None:
    hold(FLOORS["acts"], *measured(only_own=False))


@needs_shared
def test_acts_in_labels_made_after_the_rules() -> None:
    floor = FLOORS["acts_check"]
    score = acts.score([(label, acts.judge(label)) for label in acts.read_labels("check")])
    assert score.macro_f1 >= floor["macro_f1"]
    assert score.polarity >= floor["polarity"]
    assert score.hedge_accuracy >= floor["hedged"]


def test_no_report_is_in_two_parts_and_no_text_of_others_is_stored() -> None:
    parts: dict[tuple[str, str], set[str]] = {}
    for name in ("labels.jsonl", "verification.jsonl"):
        for line in (acts.LABELS / name).read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            assert row.keys().isdisjoint({"text", "quote", "words"})
            parts.setdefault((row["corpus"], row["doc"]), set()).add(row["part"])
        if name == "labels.jsonl":
            assert all(len(each) == 1 for each in parts.values())
    assert not any({"train", "test"} <= each for each in parts.values())


@needs_shared
def test_the_labelled_places_hold_words() -> None:
    for label in [label for part in ("train", "test", "check") for label in acts.read_labels(part)]:
        text = acts.texts(label.corpus)[label.doc]
        assert label.cue
        assert label.content
        assert all(text[start:end].strip() for start, end in [*label.source, *label.cue, *label.content])


def test_counts_of_nothing_are_nought() -> None:
    nothing = acts.score([])
    assert nothing.macro_f1 == 0.0
    assert nothing.polarity == 0.0
    assert acts.Counts().f1 == 0.0
