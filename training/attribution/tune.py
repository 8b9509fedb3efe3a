"""Choose the decoding settings on the development split, and calibrate the confidence.

usage: tune.py --gold dev.jsonl --scorer score_attribution.py (--raw runs/a/dev3.pkl | --model FOLDER) [--folds]

With an exported model, the settings are written into its ``attribution.json``.

The confidence is a logistic model of six features; it is fitted by Newton's method to whether
first-pass attributions are right (end to end).  ``--folds 2`` reports what tuning on one half
of the documents gives on the other, as a check against overfitting.
"""

from __future__ import annotations

import argparse
import json
import pickle
from collections.abc import Sequence
from dataclasses import asdict, replace
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
from evaluate import Raw, load_scorer, predictions, raw_of_model, summary
from numpy.typing import NDArray
from prepare import read

from counterclaim.statements.neural.decoding import Attribution, Settings, char_spans, first_pass
from counterclaim.statements.neural.extractor import NeuralExtractor

GRID: dict[str, Sequence[float]] = {
    "threshold": (0.2, 0.25, 0.3, 0.33, 0.36, 0.4, 0.43, 0.46, 0.5),
    "content_bias": (-1.5, -1.0, -0.75, -0.5, -0.25, 0.0, 0.25, 0.5),
    "switch": (0.0, 0.5, 1.0, 1.5, 2.0, 3.0),
    "quote_switch": (0.5, 1.0, 2.0, 4.0, 8.0, 20.0),
    "source_bias": (-2.0, -1.0, 0.0, 1.0, 2.0, 3.0, 5.0),
    "floor": (0.05, 0.1, 0.15, 0.2, 0.25),
}


def drafts(
    scorer: ModuleType, documents: list[dict[str, Any]], raw: list[Raw], settings: Settings
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Features of all first-pass attributions and whether each is right."""
    features: list[NDArray[np.float32]] = []
    right: list[float] = []
    for d, r in zip(documents, raw, strict=True):
        made = []
        for w, s in zip(r.windows, r.scores, strict=True):
            for x in first_pass(d["text"], w, s, settings):
                spans = [(w.words[x.source[0]][0], w.words[x.source[1]][1])] if x.source else []
                made.append(asdict(Attribution(spans, [], char_spans(w.words, x.content))))
                features.append(x.features)
        doc = scorer.Doc(d["text"], d.get("discard") or [])
        gold, pred = scorer.prep(doc, d["attributions"], True), scorer.prep(doc, made, False)
        good = set()
        for g, p, overlap in scorer.match(gold, pred):
            a, b = gold[g]["source"], pred[p]["source"]
            if overlap >= 0.5 and (a & b or (not a and not b)):
                good.add(pred[p]["i"])
        right.extend(float(k in good) for k in range(len(made)))
    return np.array(features, np.float64), np.array(right)


def logistic(x: NDArray[np.float64], y: NDArray[np.float64], ridge: float = 1.0) -> tuple[float, ...]:
    """Weights and constant of a logistic model, by Newton's method."""
    if not len(x):
        raise SystemExit("The model finds nothing on the development split: train it for longer.")
    x = np.concatenate([x, np.ones((len(x), 1))], 1)
    w = np.zeros(x.shape[1])
    penalty = ridge * np.eye(len(w))
    penalty[-1, -1] = 0
    for _ in range(30):
        p = 1 / (1 + np.exp(-(x @ w)))
        hessian = (x * (p * (1 - p))[:, None]).T @ x + penalty
        w = w + np.linalg.solve(hessian, x.T @ (y - p) - penalty @ w)
    return tuple(round(float(v), 4) for v in w)


def tune(scorer: ModuleType, documents: list[dict[str, Any]], raw: list[Raw], best: Settings) -> Settings:
    """Fit the confidence, then search the grid coordinate by coordinate, twice round."""
    for _ in range(2):
        best = replace(best, confidence=logistic(*drafts(scorer, documents, raw, best)))
        value = scorer.score(documents, predictions(documents, raw, best))["end_to_end"]["f1"]
        for name, choices in GRID.items():
            for choice in choices:
                tried = Settings(**{**asdict(best), name: choice})
                if tried != best:
                    now = scorer.score(documents, predictions(documents, raw, tried))["end_to_end"]["f1"]
                    if now > value:
                        best, value = tried, now
    return best


def calibration_error(p: NDArray[np.float64], y: NDArray[np.float64], bins: int = 10) -> float:
    """Expected calibration error."""
    at = np.minimum((p * bins).astype(int), bins - 1)
    return float(sum(abs(p[at == b].sum() - y[at == b].sum()) for b in range(bins)) / max(len(p), 1))


def check(
    scorer: ModuleType, documents: list[dict[str, Any]], raw: list[Raw], start: Settings
) -> dict[str, Any]:
    """Tune on every other document, score the rest, and the other way round."""
    merged: list[dict[str, Any]] = []
    error = []
    for k in (0, 1):
        mine = tune(scorer, documents[k::2], raw[k::2], start)
        merged.extend(predictions(documents[1 - k :: 2], raw[1 - k :: 2], mine))
        x, y = drafts(scorer, documents[1 - k :: 2], raw[1 - k :: 2], mine)
        w = np.array(mine.confidence)
        error.append(calibration_error(1 / (1 + np.exp(-(x @ w[:-1] + w[-1]))), y))
    full = scorer.score(documents, merged)
    out = {k: round(100 * full[k]["f1"], 2) for k in ("end_to_end", "content_overlap")}
    return out | {"calibration_error": [round(e, 4) for e in error]}


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--gold", type=Path, required=True)
    parser.add_argument("--scorer", type=Path, required=True)
    parser.add_argument("--raw", type=Path, help="scores saved in training")
    parser.add_argument("--model", type=Path, help="or an exported model's folder")
    parser.add_argument("--folds", action="store_true", help="also check by tuning on halves")
    args = parser.parse_args()
    documents, scorer = read(args.gold), load_scorer(args.scorer)
    raw: list[Raw] = pickle.loads(args.raw.read_bytes()) if args.raw else raw_of_model(args.model, documents)
    start = Settings()
    if args.model:
        start = replace(start, candidate=NeuralExtractor(args.model).settings.candidate)
    settings = tune(scorer, documents, raw, start)
    print(json.dumps(summary(scorer, documents, raw, settings)), settings, flush=True)
    if args.folds:
        print("tuned on halves:", json.dumps(check(scorer, documents, raw, start)))
    if args.model:
        path = args.model / "attribution.json"
        meta = json.loads(path.read_text()) | {"settings": asdict(settings)}
        path.write_text(json.dumps(meta, indent=1) + "\n")


if __name__ == "__main__":
    main()
