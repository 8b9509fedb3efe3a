"""The benchmarks in ``../shared``: where they are, and how their scorers are run.

Nothing of that folder is copied here; where it is missing, callers say so and skip.
"""

from __future__ import annotations

import importlib.util
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable
from pathlib import Path
from types import ModuleType
from typing import Any, NamedTuple

from counterclaim import pipeline
from counterclaim.model import Problem
from counterclaim.statements import Extraction, finder
from counterclaim.statements.parser import language
from counterclaim.views.catalogue import Catalogue
from counterclaim.views.lines import copies_lines, extract_line, link_lines

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"
CORPORA = SHARED / "corpora"
BENCH = SHARED / "bench"
PANJSHIR = CORPORA / "panjshir"
POLNEAR_DEV = CORPORA / "polnear" / "dev.jsonl"


def missing() -> str | None:
    """Return why the shared benchmarks cannot be run here; None where they can."""
    return None if BENCH.is_dir() and CORPORA.is_dir() else f"{SHARED} is not on this machine"


def write_lines(path: Path, rows: Iterable[Any]) -> Path:
    """Write rows as JSON Lines and return the path."""
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    return path


def run_scorer(name: str, *arguments: str | Path) -> dict[str, Any]:
    """Run a scorer of the shared bench and return what it prints."""
    command = [sys.executable, str(BENCH / name), *map(str, arguments)]
    result: dict[str, Any] = json.loads(
        subprocess.run(command, check=True, capture_output=True, text=True).stdout
    )
    return result


class Attributed(NamedTuple):
    """The scores of one extractor on one file, and the words it read per CPU-second.

    ``calibration_error`` is the expected calibration error (Guo et al. 2017, ten bins of equal
    width) of the confidence that a statement is right end to end.
    """

    scores: dict[str, Any]
    speed: float
    calibration_error: float


def attribution(gold: Path, reports: Path, extractor: str = "accurate") -> Attributed:
    """Score the statements that an extractor finds in ``reports``."""
    extraction = Extraction(extractor=extractor)
    language()  # loading the parser and the model is not part of the speed
    finder(extractor)
    started, words, rows = time.process_time(), 0, []
    for item in pipeline.extract(reports, extraction=extraction):
        if isinstance(item, Problem):
            continue
        words += len(item.document.text.split())
        rows.append(extract_line(item))
    speed = words / (time.process_time() - started)
    with tempfile.TemporaryDirectory() as folder:
        scores = run_scorer(
            "score_attribution.py", gold, write_lines(Path(folder) / "predictions.jsonl", rows)
        )
    return Attributed(scores, speed, calibration_error(gold, rows))


def calibration_error(gold: Path, rows: list[dict[str, Any]]) -> float:
    """Return how far the confidences stand from the share that is right, weighted by bin."""
    scorer = _scorer("score_attribution")
    found = {row["id"]: row["attributions"] for row in rows}
    bins: list[list[tuple[float, bool]]] = [[] for _ in range(10)]
    for line in gold.read_text(encoding="utf-8").splitlines():
        document = json.loads(line)
        predicted = found.get(document["id"], [])
        words = scorer.Doc(document["text"], document.get("discard") or [])
        true, guessed = (
            scorer.prep(words, document["attributions"], True),
            scorer.prep(words, predicted, False),
        )
        right = set()
        for g, p, overlap in scorer.match(true, guessed):
            one, other = true[g]["source"], guessed[p]["source"]
            if overlap >= 0.5 and (one & other or not (one or other)):
                right.add(p)
        for place, guess in enumerate(guessed):
            confidence = predicted[guess["i"]]["confidence"]
            bins[min(9, int(confidence * 10))].append((confidence, place in right))
    total = sum(map(len, bins))
    gaps = (abs(sum(c for c, _ in each) - sum(r for _, r in each)) for each in bins if each)
    return sum(gaps) / total if total else 0.0


def _scorer(name: str) -> ModuleType:
    """Load a scorer of the shared bench as a module."""
    spec = importlib.util.spec_from_file_location(name, BENCH / f"{name}.py")
    if spec is None or spec.loader is None:
        raise FileNotFoundError(BENCH / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def panjshir_attribution() -> dict[str, Any]:
    """Score the statements of the Panjshir report; the nested one is optional and left out."""
    report = json.loads((PANJSHIR / "report.jsonl").read_text(encoding="utf-8"))
    gold = json.loads((PANJSHIR / "gold.json").read_text(encoding="utf-8"))
    outer = [a for a in gold["attributions"] if a["id"] != "s09n"]
    with tempfile.TemporaryDirectory() as folder:
        line = {"id": report["id"], "text": report["text"], "attributions": outer}
        gold_lines = write_lines(Path(folder) / "gold.jsonl", [line])
        return attribution(gold_lines, PANJSHIR / "report.jsonl").scores


def stories(gold: list[Path], texts: list[Path], wanted: set[str] | None = None) -> dict[str, Any]:
    """Score claims and disputes over the reports in ``texts`` whose ids are ``wanted`` (all where None)."""
    with tempfile.TemporaryDirectory() as folder:
        inputs: list[Path] = texts
        if wanted is not None:
            rows = [
                json.loads(line) for path in texts for line in path.read_text(encoding="utf-8").splitlines()
            ]
            inputs = [
                write_lines(Path(folder) / "reports.jsonl", (row for row in rows if row["id"] in wanted))
            ]
        linked = pipeline.link(inputs)
        predictions = write_lines(
            Path(folder) / "linked.jsonl", link_lines(Catalogue(linked.snapshot, linked.board))
        )
        return run_scorer("score_stories.py", "--gold", *gold, "--texts", *texts, "--pred", predictions)


def panjshir_story() -> dict[str, Any]:
    """Score the claims and disputes of the Panjshir report."""
    return stories([PANJSHIR / "story.json"], [PANJSHIR / "report.jsonl"])


def copies() -> dict[str, Any]:
    """Score the pairs of FA-KES reports that are not independent."""
    documents = [
        item[1] for item in pipeline.read(CORPORA / "fakes" / "reports.jsonl") if isinstance(item, tuple)
    ]
    with tempfile.TemporaryDirectory() as folder:
        lines = copies_lines(documents, pipeline.kin(documents, pipeline.copies(documents)))
        predictions = write_lines(Path(folder) / "copies.jsonl", lines)
        return run_scorer(
            "score_copies.py", "--gold", CORPORA / "copies" / "pairs.dev.jsonl", "--pred", predictions
        )
