"""Temporal expressions against the shared benchmarks: value F1 as ``score_times.py`` defines it, and speed.

Run it from anywhere::

    python eval/times.py [--errors N]

The files name the publication date ``dct``; the contract of ``extract`` names it ``published``, so each
report is read here from a line in the contract's form. Both files are development sets: errors on
them were read while the rules were written (``docs/times.md``).
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import shared

from counterclaim import pipeline
from counterclaim.model import Problem
from counterclaim.views.lines import times_line

CORPORA = shared.CORPORA / "times"
SETS = {"gum-news": ("gum-news.jsonl", ["--dates-only"]), "wikiwars dev": ("wikiwars.dev.jsonl", [])}


def contract_lines(source: Path, folder: Path) -> Path:
    """Write the reports of a benchmark as lines of the contract: ``dct`` becomes ``published``."""
    rows = [json.loads(line) for line in source.read_text(encoding="utf-8").splitlines()]
    return shared.write_lines(
        folder / f"reports-{source.name}",
        ({"id": row["id"], "text": row["text"], "published": row.get("dct")} for row in rows),
    )


def score(name: str, errors: int = 0) -> dict[str, float]:
    """Score one set; ``value_f1`` is exact, ``value_f1_lenient`` takes a week for its seven days."""
    file, options = SETS[name]
    with tempfile.TemporaryDirectory() as folder:
        reports = contract_lines(CORPORA / file, Path(folder))
        panjshir()  # loading the language model is not part of the speed
        started, words, rows = time.process_time(), 0, []
        for item in pipeline.annotate(reports, "times"):
            assert not isinstance(item, Problem), item
            words += len(item.document.text.split())
            rows.append(times_line(item))
        speed = words / (time.process_time() - started)
        predictions = shared.write_lines(Path(folder) / "predictions.jsonl", rows)
        command = [
            sys.executable,
            str(shared.BENCH / "score_times.py"),
            str(CORPORA / file),
            str(predictions),
        ]
        command += [*options, "--errors", str(errors)]
        printed = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    if errors:
        print(printed)
    figures = dict(each.split("=") for each in printed.splitlines()[0].split() if "=" in each)
    return {
        "value_f1": float(figures["valF"]),
        "value_f1_lenient": float(figures["valFL"]),
        "span_f1": float(figures["relF"]),
        "words_per_second": round(speed),
    }


def panjshir() -> tuple[int, int]:
    """Return how many of the times of the Panjshir report are right, and how many there are."""
    gold = json.loads((shared.PANJSHIR / "gold.json").read_text(encoding="utf-8"))["timexes"]
    (report,) = [
        item
        for item in pipeline.annotate(shared.PANJSHIR / "report.jsonl", "times")
        if not isinstance(item, Problem)
    ]
    found = report.annotations.times if report.annotations else ()
    right = sum(
        any(
            each.span.start < gold_time["span"][1]
            and each.span.end > gold_time["span"][0]
            and each.value == gold_time["value"]
            for each in found
        )
        for gold_time in gold
    )
    return right, len(gold)


def figures() -> dict[str, float]:
    """Return the figures for the table of ``make bench``."""
    table: dict[str, float] = {"panjshir: times right (of 8)": panjshir()[0]}
    for name in SETS:
        measured = score(name)
        table[f"times, {name}: value F1"] = measured["value_f1"]
        table[f"times, {name}: value F1, lenient"] = measured["value_f1_lenient"]
        table[f"times, {name}: span F1"] = measured["span_f1"]
        table[f"times, {name}: words per CPU-second"] = measured["words_per_second"]
    return table


def main() -> int:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--errors", type=int, default=0, help="how many errors of each set to print")
    arguments = parser.parse_args()
    why = shared.missing()
    if why is not None:
        print(f"Nothing was scored: {why}.")
        return 1
    for name in SETS:
        print(name, score(name, arguments.errors))
    print("panjshir, times right:", "{} of {}".format(*panjshir()))
    return 0


if __name__ == "__main__":
    sys.exit(main())
