"""Random orders of ingestion give the same claims and disputes, to the byte.

    python eval/orders.py [--orders 20]

For the samples and for one dev story, each report is analysed once; the reports are then ingested into a
fresh ledger (a SQLite file) one at a time in random orders. In half of the orders a board is read while
the reports come in, and some are ingested twice. Compared are all that ``counterclaim export --to jsonl``
writes (documents, statements, judgements, actors, claims, disputes), all that ``counterclaim board
--format jsonl`` prints, and the HTML page. The whole, reading included, is then run in processes of other
hash seeds, which order Python's sets otherwise.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import random
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import TypeAlias

import msgspec
import shared
from check_samples_gold import SAMPLES

from counterclaim import exports, pipeline
from counterclaim.disputes import DefaultLinker
from counterclaim.ledger import Ledger
from counterclaim.model import Capture, Problem, Report
from counterclaim.views.board import board_view
from counterclaim.views.reading import read_catalogue

STORY = "evacuee-convoy-2017"
HASH_SEEDS = (1, 2, 3)

Analysed: TypeAlias = list[tuple[Capture, Report]]
"""Each report with the bytes that it was made from."""


def analyse(inputs: str | Path) -> Analysed:
    """Return each report of ``inputs``, analysed, with its capture."""
    read = [item for item in pipeline.read(inputs) if not isinstance(item, Problem)]
    return [(capture, pipeline.analyse(document)) for capture, document in read]


def story_lines(name: str) -> list[str]:
    """Return the reports of a dev story as lines of JSON."""
    story = json.loads((shared.CORPORA / "stories" / f"{name}.json").read_text(encoding="utf-8"))
    wanted = {statement["doc"] for statement in story["statements"]}
    files = (shared.POLNEAR_DEV, shared.CORPORA / "fakes" / "reports.jsonl")
    lines = [line for file in files for line in file.read_text(encoding="utf-8").splitlines()]
    return [line for line in lines if json.loads(line)["id"] in wanted]


def state(ledger: Ledger) -> bytes:
    """Return everything that a user can see of a ledger but the times of recording, as bytes."""
    catalogue = read_catalogue(ledger)
    board = [msgspec.json.encode(dispute) for dispute in board_view(catalogue).disputes]
    page = "".join(exports.page(catalogue)).encode()
    with exports.read_source(ledger, exports.Choices(recorded=False)) as source:
        lines = b"".join(exports.lines(source))
    return b"\n".join([lines, *board, page])


def ingested(reports: Analysed, order: Sequence[int], *, reading: bool = False) -> bytes:
    """Return the state of a fresh ledger after ingesting the reports in an order (places in ``reports``).

    With ``reading`` a board is read and a report ingested again after every sixth one, by a linker that
    remembers nothing of the reports before.
    """
    with (
        tempfile.TemporaryDirectory() as folder,
        Ledger.open(str(Path(folder) / "orders.db"), create=True) as ledger,
    ):
        linker = DefaultLinker()
        for count, place in enumerate(order):
            ledger.add(*reports[place], linker)
            if reading and count % 6 == 5:
                ledger.board()
                linker = DefaultLinker()
                ledger.add(*reports[order[0]], linker)
        return state(ledger)


def orders_of(reports: Analysed, number: int) -> list[bytes]:
    """Return the states after ``number`` random orders; every second reads a board on the way."""
    found = []
    for seed in range(number):
        order = random.Random(seed).sample(range(len(reports)), len(reports))
        found.append(ingested(reports, order, reading=seed % 2 == 1))
    return found


def digest(inputs: str | Path) -> str:
    """Return the SHA-256 of the state after ingesting the reports as they come."""
    reports = analyse(inputs)
    return hashlib.sha256(ingested(reports, range(len(reports)))).hexdigest()


def elsewhere(inputs: str | Path, seed: int) -> str:
    """Return :func:`digest` as a process of another hash seed finds it."""
    command = [sys.executable, __file__, "--digest", str(inputs)]
    environment = os.environ | {"PYTHONHASHSEED": str(seed)}
    result = subprocess.run(command, env=environment, check=True, capture_output=True, text=True)
    return result.stdout.strip()


def _check(name: str, inputs: str | Path, number: int) -> bool:
    reports = analyse(inputs)
    expected = ingested(reports, range(len(reports)))
    states = orders_of(reports, number)
    same = sum(each == expected for each in states)
    here = hashlib.sha256(expected).hexdigest()
    hashed = sum(elsewhere(inputs, seed) == here for seed in HASH_SEEDS)
    print(
        f"{name}: {len(reports)} reports, {len(expected):,} bytes of state {here[:12]}; "
        f"{same} of {number} random orders and {hashed} of {len(HASH_SEEDS)} hash seeds give the same bytes"
    )
    for number_of, each in enumerate(states):
        if each != expected:
            mine, theirs = set(each.splitlines()), set(expected.splitlines())
            print(f"  order {number_of}: {sorted(mine - theirs)[:2]}")
            print(f"  expected: {sorted(theirs - mine)[:2]}")
            break
    return same == number and hashed == len(HASH_SEEDS)


def main() -> int:
    """Check the samples and, where it is there, the story; 1 where an order changes anything."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--orders", type=int, default=20)
    parser.add_argument("--digest", metavar="INPUTS", help="print the digest of the state and nothing else")
    chosen = parser.parse_args()
    if chosen.digest:
        print(digest(chosen.digest))
        return 0
    fine = _check("samples", SAMPLES / "reports", chosen.orders)
    why = shared.missing()
    if why:
        print(f"{STORY}: skipped, {why}")
        return 0 if fine else 1
    with tempfile.TemporaryDirectory() as folder:
        lines = Path(folder) / f"{STORY}.jsonl"
        lines.write_text("\n".join(story_lines(STORY)) + "\n", encoding="utf-8")
        fine = _check(STORY, lines, chosen.orders) and fine
    return 0 if fine else 1


if __name__ == "__main__":
    sys.exit(main())
