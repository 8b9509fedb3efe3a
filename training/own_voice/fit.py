"""Fit the weights of ``own_voice_weights.toml``, and say what they give on stories not trained on.

Two sources: our labels (``labels.jsonl``, weight 2), and the dev stories of ``../shared``, where a clause
that finds a gold statement which no attribution finds is worth keeping (weight 0.5) and any other is
perhaps not (weight 0.05: the stories list only what bears on their issues). The figures printed are of
each story with weights fitted on the other five. ``--write`` stores the weights fitted on all.

    PYTHONPATH=src python training/own_voice/fit.py [--write]
"""

from __future__ import annotations

import json
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "eval"))
import shared  # noqa: E402

from counterclaim import pipeline  # noqa: E402
from counterclaim.model import Document, Statement  # noqa: E402
from counterclaim.statements import extraction, finder  # noqa: E402
from counterclaim.statements.candidate import Candidate  # noqa: E402
from counterclaim.statements.own_voice import unattributed  # noqa: E402
from counterclaim.statements.own_worth import Surroundings, features  # noqa: E402
from counterclaim.statements.paragraph import Paragraph  # noqa: E402

TEXTS = ("fakes/reports.jsonl", "polnear/train.jsonl", "polnear/dev.jsonl")
EXTRACTORS = ("accurate", "fast")
RIDGE = 1.0
OURS, FINDS, PERHAPS_NOT = 2.0, 0.5, 0.05
THRESHOLDS = (0.35, 0.4, 0.45, 0.5)
SAME = 0.6
"""Share of the words of a clause and of a label that are common where the two are one."""

Ranges = list[tuple[int, int]]
Clause = tuple[Ranges, dict[str, float]]
Row = tuple[frozenset[str], dict[str, float], float, float]
"""The stories that a clause comes from, its features, whether to keep it, and its weight."""

scorer = shared._scorer("score_stories")  # noqa: SLF001


class _Recorder:
    """A finder that keeps what it was given and what it found."""

    def __init__(self, name: str) -> None:
        self._finder = finder(name)
        self.name, self.parses = self._finder.name, self._finder.parses
        self.read: list[Paragraph] = []
        self.candidates: list[Candidate] = []

    def find(self, text: str, read: list[Paragraph]) -> tuple[list[Candidate], dict[int, int]]:
        found = self._finder.find(text, read)
        self.read, self.candidates = read, found[0]
        return found


def read(ids: set[str], extractor: str) -> Iterator[tuple[Document, list[Statement], list[Clause]]]:
    """Yield each report with its attributions, and its clauses with their features."""
    recorder = _Recorder(extractor)
    with tempfile.TemporaryDirectory() as folder:
        lines = [line for name in TEXTS for line in (shared.CORPORA / name).read_text("utf-8").splitlines()]
        rows = [row for line in lines if (row := json.loads(line))["id"] in ids]
        for item in pipeline.read(shared.write_lines(Path(folder) / "reports.jsonl", rows)):
            if not isinstance(item, tuple):
                continue
            document = item[1]
            statements = extraction.extract(document, recorder)[0]
            found = recorder.candidates
            around = Surroundings.of(document, [part for c in found for part in c.content])
            clauses = [
                (parts, features(document.text, parts, around))
                for p in recorder.read
                for parts in unattributed(document, p, [c for c in found if c.paragraph == p.index])
            ]
            yield document, [s for s in statements if not s.own_voice], clauses


def fit(rows: list[Row], names: list[str]) -> dict[str, float]:
    """Return the weights of a logistic regression with an L2 penalty, by Newton's method."""
    x = np.array([[row[1].get(name, 0.0) for name in names] for row in rows])
    y, w = np.array([row[2] for row in rows]), np.array([row[3] for row in rows])
    penalty = np.array([0.001 if name == "bias" else RIDGE for name in names])
    weights = np.zeros(len(names))
    for _ in range(30):
        p = 1 / (1 + np.exp(-(x @ weights)))
        gradient = x.T @ (w * (p - y)) + penalty * weights
        weights -= np.linalg.solve((x * (w * p * (1 - p))[:, None]).T @ x + np.diag(penalty), gradient)
    return dict(zip(names, map(float, weights), strict=True))


def score(weights: dict[str, float], clause: dict[str, float]) -> float:
    """Return the probability that a clause is worth keeping."""
    return float(1 / (1 + np.exp(-sum(weights[name] * value for name, value in clause.items()))))


def our_rows() -> list[Row]:
    """Return our labels, each with the features of the clause that is read today where it was labelled."""
    path = Path(__file__).with_name("labels.jsonl")
    labels = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    rows: list[Row] = []
    for document, _, clauses in read({label["doc"] for label in labels}, "accurate"):
        words = [(scorer.words(document.text, parts), found) for parts, found in clauses]
        for label in labels:
            if label["doc"] != document.id:
                continue
            mine = scorer.words(document.text, label["ranges"])
            pairs = ((len(mine & w) / len(mine | w), f) for w, f in words)
            alike, found = max(pairs, key=lambda each: each[0], default=(0.0, {}))
            if alike >= SAME:
                rows.append((frozenset(), found, float(label["keep"]), OURS))
    return rows


def main() -> int:
    """Fit, print and perhaps write."""
    stories = [json.loads(p.read_text("utf-8")) for p in sorted((shared.CORPORA / "stories").glob("*.json"))]
    gold: dict[tuple[str, str, Any], bool] = {}
    for story in stories:
        for s in story["statements"]:
            key = (story["story"], s["doc"], tuple(map(tuple, s["content"])))
            gold[key] = gold.get(key, False) or s["speaker"] is None
    rows = our_rows()
    print(f"{len(rows)} labels, {sum(row[2] for row in rows):.0f} kept")
    seen: dict[str, list[tuple[str, set[Any], list[tuple[dict[str, float], set[Any]]]]]] = {}
    for extractor in EXTRACTORS:
        seen[extractor] = []
        for document, statements, clauses in read({key[1] for key in gold}, extractor):
            true = {key: scorer.words(document.text, key[2]) for key in gold if key[1] == document.id}
            said = [scorer.words(document.text, [(c.start, c.end) for c in s.content]) for s in statements]
            attributed = {key for key, words in true.items() if any(scorer.overlaps(words, w) for w in said)}
            found = []
            for parts, clause in clauses:
                words = scorer.words(document.text, parts)
                hit = {key for key, each in true.items() if scorer.overlaps(each, words)}
                wanted = any(gold[key] or key not in attributed for key in hit)
                of = frozenset(key[0] for key in true)
                rows.append((of, clause, float(wanted), FINDS if wanted else PERHAPS_NOT))
                found.append((clause, hit))
            seen[extractor].append((document.id, attributed, found))
    names = ["bias", *sorted({name for row in rows for name in row[1]} - {"bias"})]
    without = {s["story"]: fit([r for r in rows if s["story"] not in r[0]], names) for s in stories}
    for extractor, reports in seen.items():
        for threshold in THRESHOLDS:
            hits: set[Any] = set()
            kept = 0
            for story, weights in without.items():
                for _, attributed, found in reports:
                    mine = [hit for clause, hit in found if score(weights, clause) >= threshold]
                    here = {key for key in attributed.union(*mine) if key[0] == story}
                    kept += len(mine) if here else 0
                    hits |= here
            parts = [f"found {len(hits) / len(gold):.3f}"]
            parts.append(f"own {sum(gold[k] for k in hits) / sum(gold.values()):.3f}")
            for story in without:
                of = [key for key in gold if key[0] == story]
                parts.append(f"{story} {sum(key in hits for key in of) / len(of):.2f}")
            print(extractor, threshold, f"{kept} clauses", *parts, sep="; ")
    if "--write" in sys.argv[1:]:
        weights = fit(rows, names)
        lines = [
            "# Weights of the logistic regression of statements/own_worth.py, by training/own_voice/fit.py.",
            "",
        ]
        lines += ["[weights]", *(f'"{name}" = {weights[name]:.3f}' for name in names), ""]
        path = ROOT / "src" / "counterclaim" / "lexicons" / "own_voice_weights.toml"
        path.write_text("\n".join(lines), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
