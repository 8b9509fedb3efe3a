"""Score the stories, each with the model that was not trained on it, gold statements given or end to end.

    python score.py SHARED CACHE [oracle|read]

Each story's reports are linked with the others of the same set of models; the figures are those of
``bench/score_stories.py`` over all stories, where each story is linked by itself.
"""

from __future__ import annotations

import json
import pickle
import subprocess
import sys
from pathlib import Path

import msgspec
from oracle import stories

from counterclaim import pipeline
from counterclaim.actors import resolve_actors
from counterclaim.disputes import DefaultLinker, paraphrase, read_board
from counterclaim.views.catalogue import Catalogue
from counterclaim.views.lines import link_lines


def link_story(story: dict, reports: list, cache: Path, kept: Path) -> None:
    """Link the reports of one story with the model that has not seen it."""
    data = (cache / f"without-{story['story']}.json").read_bytes()
    known = msgspec.json.decode(data, type=paraphrase.Model)
    import counterclaim.disputes.linker as linker

    paraphrase.model = linker.model = lambda: known
    wanted = {s["doc"] for s in story["statements"]}
    snapshot = pipeline.gather([r for r in reports if r.document.id in wanted], DefaultLinker())
    index = resolve_actors(snapshot)
    board = read_board(snapshot, index)
    with kept.open("w") as out:
        for line in link_lines(Catalogue(snapshot, board, index)):
            out.write(json.dumps(line) + "\n")
    (cache / f"{kept.stem}.board.pkl").write_bytes(pickle.dumps((snapshot, board)))


if __name__ == "__main__":
    shared, cache, mode = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3]
    reports = pickle.loads((cache / f"{mode}.pkl").read_bytes())
    texts = [str(shared / "corpora" / name) for name in ("polnear/dev.jsonl", "fakes/reports.jsonl")]
    total = dict.fromkeys(("opp", "same"), (0.0, 0.0, 0.0))
    rows = []
    everything = []
    for number, story in enumerate(stories(shared)):
        kept = cache / f"{mode}-{story['story']}.jsonl"
        link_story(story, reports, cache, kept)
        # names are made unlike between stories, so that a report in two stories keeps both readings
        for line in kept.read_text().splitlines():
            row = json.loads(line)
            for field in ("claim", "dispute", "position"):
                row[field] = row[field] and f"{number}:{row[field]}"
            everything.append(json.dumps(row))
    joined = cache / f"{mode}-all.jsonl"
    joined.write_text("\n".join(everything) + "\n")
    gold = sorted(map(str, (shared / "corpora/stories").glob("*.json")))
    command = [
        sys.executable,
        str(shared / "bench/score_stories.py"),
        "--gold",
        *gold,
        "--texts",
        *texts,
        "--pred",
        str(joined),
    ]
    result = json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
    shown = {k: result[k] for k in ("found", "disputes_found", "dispute_match", "quarrels_invented")}
    print(mode, {k: result[k] for k in ("oppose", "same", "speaker")}, shown)
    for name, row in result["stories"].items():
        print(f"  {name:20} oppose {row['oppose']} same {row['same']} {row['disputes_found']}")
