"""Fit the model of ``disputes/paraphrase.py``, and once more for each story without that story.

    python train.py SHARED CACHE WEIGHTS

Pairs: all pairs of gold statements of a story, positive where they share issue and position, opposed
pairs left out of neither class (they are negatives). A story weighs as the square root of its pairs.
Ridge logistic regression by Newton's method on standardised features; numpy only.
"""

from __future__ import annotations

import itertools
import json
import pickle
import sys
from pathlib import Path

import numpy as np
from oracle import stories

from counterclaim.claims.sketch import sketch_of
from counterclaim.disputes.paraphrase import features

RIDGE = 20.0
LEAST = 0.25


def pairs(shared: Path, cache: Path) -> tuple[list[str], dict[str, tuple[np.ndarray, np.ndarray]]]:
    """Return the names of the features and, for each story, the features and labels of its pairs."""
    reports = {r.document.id: r for r in pickle.loads((cache / "oracle.pkl").read_bytes())}
    names: list[str] = []
    out = {}
    for story in stories(shared):
        labels: dict = {}
        for s in story["statements"]:
            key = (s["doc"], tuple(map(tuple, s["content"])))
            labels.setdefault(key, set()).add((s["issue"], s["position"]))
        sketches = {}
        for doc in {doc for doc, _ in labels}:
            report = reports[doc]
            for statement in report.statements:
                key = (doc, tuple((c.start, c.end) for c in statement.content))
                sketches[key] = sketch_of(statement, report.document)
        rows, same = [], []
        for one, other in itertools.combinations(sorted(labels), 2):
            found = features(sketches[one], sketches[other])
            names = list(found)
            rows.append([float(found[name]) for name in names])
            same.append(bool(labels[one] & labels[other]))
        out[story["story"]] = (np.array(rows), np.array(same, float))
    return names, out


def fit(data: list[tuple[np.ndarray, np.ndarray]]) -> tuple[float, np.ndarray]:
    """Return bias and weights on raw features."""
    x = np.concatenate([rows for rows, _ in data])
    y = np.concatenate([same for _, same in data])
    w = np.concatenate([np.full(len(same), len(same) ** -0.5) for _, same in data])
    w *= len(w) / w.sum()
    mean, deviation = x.mean(0), x.std(0) + 1e-9
    z = np.hstack([np.ones((len(x), 1)), (x - mean) / deviation])
    b = np.zeros(z.shape[1])
    ridge = np.full(len(b), RIDGE)
    ridge[0] = 0
    for _ in range(12):
        p = 1 / (1 + np.exp(-z @ b))
        gradient = z.T @ (w * (y - p)) - ridge * b
        hessian = (z * (w * p * (1 - p))[:, None]).T @ z + np.diag(ridge)
        b += np.linalg.solve(hessian, gradient)
    weights = b[1:] / deviation
    return float(b[0] - weights @ mean), weights


def write(path: Path, names: list[str], fitted: tuple[float, np.ndarray]) -> None:
    """Write a model as JSON."""
    weights = {name: round(float(v), 5) for name, v in zip(names, fitted[1], strict=True)}
    model = {"version": "2", "bias": round(fitted[0], 5), "least": LEAST, "weights": weights}
    path.write_text(json.dumps(model, indent=1) + "\n")


if __name__ == "__main__":
    shared, cache, target = map(Path, sys.argv[1:])
    names, data = pairs(shared, cache)
    for left_out in data:
        rest = [part for story, part in data.items() if story != left_out]
        fitted = fit(rest)
        write(cache / f"without-{left_out}.json", names, fitted)
        rows, same = data[left_out]
        p = 1 / (1 + np.exp(-(rows @ fitted[1] + fitted[0])))
        for least in (0.15, 0.2, 0.3):
            said = p >= least
            hit = float((same * said).sum())
            print(left_out, least, "F1 of pairs", round(2 * hit / (said.sum() + same.sum()), 3))
    write(target, names, fit(list(data.values())))
