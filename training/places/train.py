"""Train the classifier of candidates and write ``weights/places.bin``.

    python training/places/train.py OUT.bin DOCUMENTS.jsonl[:WEIGHT] ...

DOCUMENTS come from ``prepare.py``. A twentieth of the documents is kept back, and the figures on it
are printed. Needs scikit-learn (``training/places/requirements.txt``).
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from counterclaim.places.candidates import Candidate, find_candidates
from counterclaim.places.classify import LABELS, Weights
from counterclaim.places.evidence import weigh
from counterclaim.places.features import features_of
from counterclaim.places.tokens import Tokens, tokenise, upper_lines

LEAST = 4
"""A feature counts that stands with as many examples."""
STRENGTH = 0.15
"""Inverse strength of the L2 penalty (scikit-learn's ``C``)."""
CAPITALS = 6
"""Of so many documents one has its short lines in capitals."""
SHORT_LINE = 150
UNIT = 1 / 64


def label_of(tokens: Tokens, candidate: Candidate, spans: list[tuple[int, int, str]]) -> str:
    """Return the label of a candidate by the smallest gold entity that holds it, or that it holds."""
    start, end = tokens.starts[candidate.first], tokens.ends[candidate.last - 1]
    holding = [span for span in spans if span[0] <= start and end <= span[1]]
    if not holding:
        holding = [
            span
            for span in spans
            if start <= span[0] and span[1] <= end and 2 * (span[1] - span[0]) > end - start
        ]
    if not holding:
        return "other"
    best = min(holding, key=lambda span: span[1] - span[0])
    if candidate.facts.demonyms and not candidate.facts.places and best[2] != "person":
        return "people"
    return best[2]


def examples(path: Path) -> list[list[tuple[str, list[str]]]]:
    """Return the labelled candidates of each document."""
    result = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines()):
        document: dict[str, Any] = json.loads(line)
        if number % CAPITALS == 0:
            document["text"] = _headlines(document["text"])
        tokens = tokenise(document["text"])
        candidates = find_candidates(tokens)
        evidence, upper = weigh(tokens, candidates), upper_lines(tokens)
        spans = [tuple(span) for span in document["spans"]]
        spans.sort()
        rows = []
        for candidate in candidates:
            start, end = tokens.starts[candidate.first], tokens.ends[candidate.last - 1]
            near = [span for span in spans if span[0] < end and start < span[1]]
            rows.append((label_of(tokens, candidate, near), features_of(tokens, candidate, evidence, upper)))
        result.append(rows)
    return result


def _headlines(text: str) -> str:
    """Return the text with its short lines in capitals, as headlines are often set."""
    lines = (
        line.upper() if len(line) < SHORT_LINE and len(line.upper()) == len(line) else line
        for line in text.split("\n")
    )
    return "\n".join(lines)


def main() -> None:
    """Train, print the figures on what was kept back, write the weights."""
    out, *sources = sys.argv[1:]
    train: list[tuple[str, list[str], float]] = []
    kept: list[tuple[str, list[str], float]] = []
    for source in sources:
        name, _, weight = source.partition(":")
        for number, rows in enumerate(examples(Path(name))):
            part = kept if number % 20 == 7 else train
            part += [(label, features, float(weight or 1)) for label, features in rows]
    counts = Counter(feature for _, features, _ in train for feature in set(features))
    vocabulary = {feature: place for place, feature in enumerate(f for f, n in counts.items() if n >= LEAST)}
    print(f"{len(train):,} examples, {len(vocabulary):,} features", Counter(label for label, _, _ in train))
    model = LogisticRegression(C=STRENGTH, max_iter=150)
    model.fit(
        _matrix(train, vocabulary),
        [LABELS.index(label) for label, _, _ in train],
        sample_weight=[weight for _, _, weight in train],
    )
    guessed = model.predict(_matrix(kept, vocabulary))
    gold = np.array([LABELS.index(label) for label, _, _ in kept])
    for place, label in enumerate(LABELS):
        right = int(((guessed == place) & (gold == place)).sum())
        said, there = int((guessed == place).sum()), int((gold == place).sum())
        print(f"{label:14} P {right / max(1, said):.3f} R {right / max(1, there):.3f} of {there}")
    rows = np.rint(model.coef_.T / UNIT).astype(int)
    bias = np.rint(model.intercept_ / UNIT).astype(int)
    features = {
        feature: tuple(int(x) for x in rows[place])
        for feature, place in vocabulary.items()
        if np.abs(rows[place]).max() > 1
    }
    features["b"] = tuple(int(x) for x in bias + rows[vocabulary["b"]])
    data = msgspec.msgpack.encode(Weights(unit=UNIT, features=features))  # type: ignore[arg-type]
    Path(out).write_bytes(data)
    print(f"{len(features):,} features kept, {len(data):,} bytes")


def _matrix(rows: list[tuple[str, list[str], float]], vocabulary: dict[str, int]) -> csr_matrix:
    indices: list[int] = []
    starts = [0]
    for _, features, _ in rows:
        indices += {vocabulary[feature] for feature in features if feature in vocabulary}
        starts.append(len(indices))
    return csr_matrix(
        (np.ones(len(indices), dtype=np.float32), indices, starts), shape=(len(rows), len(vocabulary))
    )


if __name__ == "__main__":
    main()
