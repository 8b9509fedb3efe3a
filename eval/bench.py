"""``make bench``: every figure that is measured today, in one table, beside the last stored run.

Run it from anywhere::

    python eval/bench.py [--store]

``--store`` keeps the figures in ``eval/last-run.json`` for the next comparison. Without the shared
benchmarks only the samples are scored, and the table says so.
"""

from __future__ import annotations

import json
import os
import platform
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import acts
import archive
import score_samples
import shared
from check_samples_gold import SAMPLES, read_gold

import actors
import events
import places
import times
from counterclaim import __version__, pipeline
from counterclaim.statements import EXTRACTORS

ARCHIVE = 300
"""Reports in the archive by which speed is measured; docs/scale.md has the large ones."""
LAST = Path(__file__).with_name("last-run.json")
Figures = dict[str, float]


def samples() -> Figures:
    """Score the sample reports."""
    score = score_samples.compare(read_gold(), pipeline.link(SAMPLES / "reports"))
    return {
        "samples: disputes found": len(score.found),
        "samples: disputes invented": len(score.invented),
        "samples: statements found": score.statements_found / score.statements_expected,
    }


def attribution() -> Figures:
    """Score attribution on PolNeAR dev and on the Panjshir report."""
    figures = {"panjshir: end to end F1": shared.panjshir_attribution()["end_to_end"]["f1"]}
    for extractor in EXTRACTORS:
        scores, speed, error = shared.attribution(shared.POLNEAR_DEV, shared.POLNEAR_DEV, extractor)
        kinds = scores["by_kind"]
        measured = {
            "end to end F1": scores["end_to_end"]["f1"],
            "content overlap F1": scores["content_overlap"]["f1"],
            **{f"end to end recall, {kind}": kinds[kind]["end_to_end"]["r"] for kind in sorted(kinds)},
            "expected calibration error": round(error, 4),
            "words per CPU-second": round(speed),
        }
        figures |= {f"polnear dev, {extractor}: {name}": value for name, value in measured.items()}
    return figures


def disputes() -> Figures:
    """Score claims, disputes and copies."""
    panjshir = shared.panjshir_story()
    gold = sorted((shared.CORPORA / "stories").glob("*.json"))
    wanted = {d["id"] for path in gold for d in json.loads(path.read_text(encoding="utf-8"))["docs"]}
    dev = shared.stories(gold, [shared.POLNEAR_DEV, shared.CORPORA / "fakes" / "reports.jsonl"], wanted)
    copies = shared.copies()
    return {
        "panjshir: disputes found (of 2)": int(panjshir["disputes_found"].split("/")[0]),
        "panjshir: quarrels invented": panjshir["quarrels_invented"],
        "panjshir: speaker F1": panjshir["speaker"]["f1"],
        **{f"stories dev: {name} F1": dev[name]["f1"] for name in ("oppose", "same", "speaker")},
        "stories dev: found": dev["found"],
        "stories dev: dispute match": dev["dispute_match"],
        "stories dev: quarrels invented": dev["quarrels_invented"],
        "copies dev: F1": copies["all"]["f1"],
        "copies dev: F1 without pairs crawled twice": copies["across_outlets"]["f1"],
    }


def actors_within() -> Figures:
    """Score roles, parties and speakers of the Panjshir report."""
    figures: Figures = {}
    for extractor in ("accurate", "fast"):
        outcomes, report = actors.panjshir(extractor)
        right, total = actors.panjshir_speakers(report)
        figures[f"panjshir, {extractor}: actors right"] = sum(o.right for o in outcomes) / len(outcomes)
        figures[f"panjshir, {extractor}: speakers right"] = right / total
    return figures


def manners() -> Figures:
    """Score acts, polarity, hedges and verification links, on our own labels alone without the corpora."""
    figures: Figures = {}
    for part in ("test", "check"):
        score = acts.score([(label, acts.judge(label)) for label in acts.read_labels(part)])
        if score.size:
            figures |= {
                f"acts, {part}: macro F1": score.macro_f1,
                f"acts, {part}: polarity right": score.polarity,
                f"acts, {part}: hedged right": score.hedge_accuracy,
            }
    links, _ = acts.links(acts.read_passages("test"))
    return figures | {"verification links: P": links.precision, "verification links: R": links.recall}


def speeds() -> Figures:
    """Read a small archive with one process and with two, and compare the two in one run."""
    with TemporaryDirectory() as folder:
        warc = Path(folder, "archive.warc.gz")
        archive.build(ARCHIVE, warc, None)
        runs = {n: archive.run(warc, n, "fast", "local", None, None) for n in (1, 2)}
    one, two = runs[1], runs[2]
    return {
        "archive, fast: reports a second, 1 process": one["reports a second"],
        "archive, fast: reports a second, 2 processes": two["reports a second"],
        "archive, fast: 2 processes over 1": round(one["seconds"] / two["seconds"], 2),
        "archive, fast: memory of 2 processes, MB": two["memory MB"],
        "archive, fast: ledger bytes a report": two["ledger bytes a report"],
    }


def main() -> int:
    """Measure, print the table, and store it where asked."""
    figures = samples() | manners() | speeds()
    why = shared.missing()
    if why is None:
        figures |= attribution() | disputes() | actors_within()
        figures |= places.figures() | times.figures() | events.figures()
    last: Figures = json.loads(LAST.read_text(encoding="utf-8"))["figures"] if LAST.exists() else {}
    machine = f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}"
    print(f"counterclaim {__version__} on {machine}")
    if why is not None:
        print(f"Only what is ours was scored: {why}.")
    print(f"{'':48}{'now':>10}{'last':>10}")
    for name, value in figures.items():
        before = f"{last[name]:10.3f}" if name in last else f"{'':>10}"
        print(f"{name:48}{value:10.3f}{before}")
    if "--store" in sys.argv[1:]:
        stored = {"version": __version__, "machine": machine, "figures": figures}
        LAST.write_text(json.dumps(stored, indent=1) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
