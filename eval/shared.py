"""The benchmarks in ``../shared``: where they are, and how their scorers are run.

Nothing of that folder is copied here; where it is missing, callers say so and skip.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from counterclaim import pipeline
from counterclaim.model import Problem
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


def attribution(gold: Path, reports: Path) -> tuple[dict[str, Any], float]:
    """Score the statements found in ``reports``; also the words read per CPU-second."""
    language()  # loading the parser is not part of the speed
    started, words, rows = time.process_time(), 0, []
    for item in pipeline.extract(reports):
        if isinstance(item, Problem):
            continue
        words += len(item.document.text.split())
        rows.append(extract_line(item))
    speed = words / (time.process_time() - started)
    with tempfile.TemporaryDirectory() as folder:
        predictions = write_lines(Path(folder) / "predictions.jsonl", rows)
        return run_scorer("score_attribution.py", gold, predictions), speed


def panjshir_attribution() -> dict[str, Any]:
    """Score the statements of the Panjshir report; the nested one is optional and left out."""
    report = json.loads((PANJSHIR / "report.jsonl").read_text(encoding="utf-8"))
    gold = json.loads((PANJSHIR / "gold.json").read_text(encoding="utf-8"))
    outer = [a for a in gold["attributions"] if a["id"] != "s09n"]
    with tempfile.TemporaryDirectory() as folder:
        line = {"id": report["id"], "text": report["text"], "attributions": outer}
        scores, _ = attribution(write_lines(Path(folder) / "gold.jsonl", [line]), PANJSHIR / "report.jsonl")
    return scores


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
        lines = copies_lines(documents, pipeline.copies(documents))
        predictions = write_lines(Path(folder) / "copies.jsonl", lines)
        return run_scorer(
            "score_copies.py", "--gold", CORPORA / "copies" / "pairs.dev.jsonl", "--pred", predictions
        )
