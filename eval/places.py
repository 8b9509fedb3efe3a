"""Places: the figures of the shared benchmarks and the time a report takes.

    python eval/places.py [--errors N]

The thresholds of the finder were chosen on the even reports of GeoVirus and of LGL dev; the odd ones
(``odd``) were only reported on. ``--errors N`` prints what was missed, invented and misplaced in the
first N even reports of each.
"""

from __future__ import annotations

import json
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import shared

from counterclaim import pipeline
from counterclaim.model import Problem
from counterclaim.places import find_places
from counterclaim.views.lines import places_line

SETS = ("geovirus", "lgl.dev")
Row = dict[str, Any]


def predict(gold: Path) -> tuple[list[Row], float]:
    """Return the lines of ``extract --only places`` and the milliseconds of CPU a report takes.

    Start-up (the gazetteer, the weights) is left out, and so is reading the reports.
    """
    documents = [item[1] for item in pipeline.read(gold) if isinstance(item, tuple)]
    find_places(documents[0])
    started = time.process_time()
    for document in documents:
        find_places(document)
    spent = 1000 * (time.process_time() - started) / len(documents)
    rows = [places_line(item) for item in pipeline.annotate(gold, "places") if not isinstance(item, Problem)]
    return rows, spent


def score(name: str, half: int | None = None) -> Row:
    """Score a set, or its even (0) or odd (1) reports; ``ms`` is the time a report takes."""
    lines = (shared.CORPORA / "places" / f"{name}.jsonl").read_text(encoding="utf-8").rstrip("\n").split("\n")
    gold = [json.loads(line) for number, line in enumerate(lines) if half in {None, number % 2}]
    with tempfile.TemporaryDirectory() as folder:
        path = shared.write_lines(Path(folder) / "gold.jsonl", gold)
        rows, spent = predict(path)
        predictions = shared.write_lines(Path(folder) / "predictions.jsonl", rows)
        return shared.run_scorer("score_places.py", "--gold", path, "--pred", predictions) | {"ms": spent}


def panjshir() -> tuple[int, int]:
    """Return how many of the places of the Panjshir report are found and put right, of how many."""
    gold = json.loads((shared.PANJSHIR / "gold.json").read_text(encoding="utf-8"))["places"]
    (document,) = (
        item[1] for item in pipeline.read(shared.PANJSHIR / "report.jsonl") if isinstance(item, tuple)
    )
    right = 0
    for place in gold:
        mentions = [mention for mention in find_places(document) if place["text"] in mention.span.quote]
        right += bool(mentions) and all(
            mention.place is not None and mention.place.country == place["country"] for mention in mentions
        )
    return right, len(gold)


def figures() -> dict[str, float]:
    """Return the figures for ``eval/bench.py``."""
    found: dict[str, float] = {}
    for name in SETS:
        scores = score(name)
        found |= {
            f"places, {name}: found F1": scores["found"]["f1"],
            f"places, {name}: placed": scores["placed"],
            f"places, {name}: ms a report": round(scores["ms"], 2),
        }
    right, total = panjshir()
    return found | {f"places, panjshir: right (of {total})": right}


def errors(name: str, most: int) -> None:
    """Print what is wrong in the first even reports of a set."""
    lines = (shared.CORPORA / "places" / f"{name}.jsonl").read_text(encoding="utf-8").rstrip("\n").split("\n")
    path = shared.CORPORA / "places" / f"{name}.jsonl"
    rows = {row["id"]: row for row in predict(path)[0]}
    for line in lines[::2][:most]:
        document = json.loads(line)
        text, found = document["text"], rows[document["id"]]["places"]
        print("==", document["id"])
        for gold in document["places"]:
            match = [p for p in found if p["start"] < gold["end"] and gold["start"] < p["end"]]
            about = text[max(0, gold["start"] - 30) : gold["end"] + 30].replace("\n", " ")
            if not match:
                print(f"   missed    {gold['text']!r}: {about}")
                continue
            p = match[0]
            right = (
                p["kind"] == "country" and p["country"] == gold["country"]
                if gold["country"]
                else _near(gold, p)
            )
            if not right:
                put = (p["name"], p["kind"], p["country"], p["division"])
                print(f"   misplaced {gold['text']!r} {put}: {about}")
        for p in found:
            if not any(p["start"] < g["end"] and g["start"] < p["end"] for g in document["places"]):
                about = text[max(0, p["start"] - 30) : p["end"] + 30].replace("\n", " ")
                print(f"   invented  {p['text']!r} {p['confidence']} {p['reading']}: {about}")


def _near(gold: Row, place: Row) -> bool:
    if place["lat"] is None:
        return False
    return abs(gold["lat"] - place["lat"]) < 1.45 and abs(gold["lon"] - place["lon"]) < 2


def main() -> None:
    """Print the figures, or the errors."""
    why = shared.missing()
    if why is not None:
        sys.exit(f"Nothing to score: {why}.")
    if "--errors" in sys.argv:
        for name in SETS:
            errors(name, int(sys.argv[sys.argv.index("--errors") + 1]))
        return
    for name in SETS:
        for half, what in ((None, "all"), (0, "even"), (1, "odd")):
            s = score(name, half)
            found = s["found"]
            print(
                f"{name:9} {what:5} found P {found['p']:.3f} R {found['r']:.3f} F1 {found['f1']:.3f}  placed "
                f"{s['placed']:.3f} of all {s['placed_of_all']:.3f}  {s['ms']:.2f} ms a report"
            )
    right, total = panjshir()
    print(f"panjshir  {right} of {total} places")


if __name__ == "__main__":
    main()
