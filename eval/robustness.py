"""How attribution stands up to the ways in which news is really written: PolNeAR dev, changed.

Run it from anywhere, with the extractors to score::

    python eval/robustness.py accurate fast

Each change is made to the text, and the gold spans are moved with it. Nothing is written.
"""

from __future__ import annotations

import json
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import shared

from counterclaim import pipeline
from counterclaim.model import Problem
from counterclaim.statements import Extraction
from counterclaim.views.lines import extract_line

Change = Callable[[str, int], str]
"""Given a text and the index of a character, the characters to write in its place."""

_STRAIGHT = {"“": '"', "”": '"', "„": '"', "‘": "'", "’": "'"}


def _as_it_is(text: str, index: int) -> str:
    return text[index]


def _straight(text: str, index: int) -> str:
    return _STRAIGHT.get(text[index], text[index])


def _without_quotation_marks(text: str, index: int) -> str:
    return "" if text[index] in '“”„«»"' else text[index]


def _without_commas_and_apostrophes(text: str, index: int) -> str:
    return "" if text[index] in ",'’‘" else text[index]


def _upper_headline(text: str, index: int) -> str:
    upper = text[index].upper()
    return (
        upper if index < (text.find("\n") if "\n" in text else len(text)) and len(upper) == 1 else text[index]
    )


def _german_marks(text: str, index: int) -> str:
    return {"“": "„", "”": "“"}.get(text[index], text[index])


CHANGES: dict[str, Change] = {
    "as it is": _as_it_is,
    "curly marks made straight": _straight,
    "quotation marks removed": _without_quotation_marks,
    "commas and apostrophes removed": _without_commas_and_apostrophes,
    "headlines in capitals": _upper_headline,
    "German marks for curly ones": _german_marks,
}


def changed(document: dict[str, Any], change: Change) -> dict[str, Any]:
    """Return a gold document with its text changed and its spans moved; emptied spans are dropped."""
    text, places, written = document["text"], [0], []
    for index in range(len(text)):
        written.append(change(text, index))
        places.append(places[-1] + len(written[-1]))

    def move(spans: list[list[int]]) -> list[list[int]]:
        return [[places[s], places[e]] for s, e in spans if places[s] < places[e]]

    attributions = [
        {role: move(attribution.get(role) or []) for role in ("source", "cue", "content")}
        for attribution in document["attributions"]
    ]
    return document | {
        "text": "".join(written),
        "attributions": attributions,
        "discard": move(document.get("discard") or []),
    }


def score(change: Change, extractor: str) -> dict[str, Any]:
    """Score one extractor on PolNeAR dev with one change."""
    with tempfile.TemporaryDirectory() as folder:
        lines = shared.POLNEAR_DEV.read_text(encoding="utf-8").splitlines()
        gold = shared.write_lines(
            Path(folder) / "gold.jsonl", (changed(json.loads(x), change) for x in lines)
        )
        found = pipeline.extract(gold, extraction=Extraction(extractor=extractor))
        rows = [extract_line(item) for item in found if not isinstance(item, Problem)]
        return shared.run_scorer(
            "score_attribution.py", gold, shared.write_lines(Path(folder) / "found.jsonl", rows)
        )


def main() -> int:
    """Print the table."""
    why = shared.missing()
    if why is not None:
        print(f"Nothing was measured: {why}.")
        return 0
    extractors = sys.argv[1:] or ["accurate", "fast", "rules"]
    print(f"{'PolNeAR dev, end to end F1':36}" + "".join(f"{name:>12}" for name in extractors))
    for name, change in CHANGES.items():
        figures = [score(change, extractor)["end_to_end"]["f1"] for extractor in extractors]
        print(f"{name:36}" + "".join(f"{100 * figure:12.1f}" for figure in figures), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
