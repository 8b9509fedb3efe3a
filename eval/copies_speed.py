"""Speed and memory of finding copies among 100,000 reports made from the real ones.

Each is cut from, spliced of or reworded from the reports on the war in Syria (FA-KES), with a date
of its own: an eighth are copies, cut and lightly reworded, of another one; the others mix sentences
of three reports with invented words, so that they share background and little else::

    python eval/copies_speed.py [--reports 100000]
"""

from __future__ import annotations

import argparse
import json
import random
import re
import resource
import time
from collections.abc import Iterator
from datetime import date, timedelta

from shared import CORPORA, missing

from counterclaim.disputes import copy_pairs
from counterclaim.model import Document

_COPIES = 8
_OUTLETS = 200


def made(count: int, seed: int = 7) -> Iterator[tuple[Document, int | None]]:
    """Give made-up reports, each with the number of the one that it was copied from, if any."""
    chance = random.Random(seed)
    lines = (CORPORA / "fakes" / "reports.jsonl").read_text(encoding="utf-8").splitlines()
    texts = [json.loads(line)["text"] for line in lines]
    sentences = [re.split(r"(?<=[.!?])\s+", text) for text in texts]
    words = sorted({word for text in texts for word in text.split()})
    recent: list[tuple[int, str, date]] = []
    for number in range(count):
        day = date(2012, 1, 1) + timedelta(days=number * 2500 // count)
        source = None
        if recent and number % _COPIES == 0:
            source, text, _ = chance.choice(recent[-50:])
            kept = text.split()
            kept = kept[: max(60, int(len(kept) * chance.uniform(0.5, 1.0)))]
            text = " ".join(chance.choice(words) if chance.random() < 0.02 else word for word in kept)
        else:
            parts = []
            for each in chance.sample(sentences, 3):
                parts += chance.sample(each, min(2, len(each)))
            parts += [" ".join(chance.choices(words, k=18)) + "." for _ in range(10)]
            chance.shuffle(parts)
            text = " ".join(parts)
            recent.append((number, text, day))
        key = f"{number:016x}"
        yield (
            Document(
                id=f"r{number}",
                key=f"d-{key}",
                capture=key,
                text=text,
                published=day.isoformat(),
                publisher=f"Outlet {chance.randrange(_OUTLETS)}",
            ),
            source,
        )


def main() -> int:
    """Make the reports, find the copies, and print speed, memory and what was found."""
    parser = argparse.ArgumentParser(description="Speed and memory of finding copies.")
    parser.add_argument("--reports", type=int, default=100_000)
    chosen = parser.parse_args()
    why = missing()
    if why is not None:
        print(f"Nothing was measured: {why}.")
        return 0
    documents, true = [], set()
    for document, source in made(chosen.reports):
        if source is not None:
            true.add((f"d-{source:016x}", document.key))
        documents.append(document)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    started = time.process_time()
    found = {(judgement.left, judgement.right) for judgement in copy_pairs(documents)}
    seconds = time.process_time() - started
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{len(documents):,} reports, {len(documents) / seconds:,.0f} a CPU-second")
    print(f"memory: {before:,.0f} MB with the reports, {peak:,.0f} MB at most")
    print(f"copies made: {len(true):,}; found: {len(true & found):,}; pairs in all: {len(found):,}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
