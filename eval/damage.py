"""A thousand damaged files and files made to break their reader, given to the real program.

    python eval/damage.py [--files 1000] [--seed 8] [--extractor fast]

Web archives, pages, XML (NITF, NewsML-G2, RSS, Atom) and PDFs with bits flipped, cut off, with bytes lost,
doubled, zeroed; one in eight unpacks to a thousand times its size, nests or grows without end. They are
ingested by ``counterclaim ingest --engine local`` and by ``counterclaim ingest`` alone. Shown is that neither
ends by itself or has to be ended, that each file stands in the report, as read or with a problem, that no
report is set aside because of an exception, and that time and memory stay within their limits. Prints a
line of JSON; exit code 1 where any of that does not hold.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import psutil
from damage_making import File, files

from counterclaim.engines.folder import runs_in
from counterclaim.ledger import Ledger

SECONDS = 120
"""What the engine gives one report."""
MEMORY = 1_200
"""Megabytes of its own that the process of the engine may have."""
OTHERS = 2_000
"""Megabytes for all the other processes together, and for what the models and libraries map."""
HANGS = 3_600
"""Seconds after which a run is ended from outside."""
PROGRAM = [sys.executable, "-m", "counterclaim"]


class Watch:
    """Looks at the memory of a process and all below it, until it is over."""

    def __init__(self, process: int) -> None:
        self.most = 0
        self._process = psutil.Process(process)
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)
        self._thread.start()

    def _look(self) -> None:
        while not self._over.wait(0.1):
            held = 0
            try:
                for each in [self._process, *self._process.children(recursive=True)]:
                    held += _held(each)
            except psutil.NoSuchProcess:
                continue
            self.most = max(self.most, held)

    def end(self) -> int:
        """Stop looking; return the most bytes that were held."""
        self._over.set()
        self._thread.join()
        return self.most


def _held(process: psutil.Process) -> int:
    try:
        return int(process.memory_info().rss)
    except psutil.NoSuchProcess:
        return 0


def ingest(folder: Path, ledger: Path, extractor: str, options: Iterable[str]) -> dict[str, Any]:
    """Ingest a folder by the program; return how it ended, how long it took, and the most memory it had."""
    command = [*PROGRAM, "ingest", str(folder), "--ledger", str(ledger), "--extractor", extractor]
    started = time.monotonic()
    told = ledger.with_suffix(".told")
    with told.open("wb") as errors:
        process = subprocess.Popen(
            [*command, *options, "--format", "json"], stdout=subprocess.DEVNULL, stderr=errors
        )
        watch = Watch(process.pid)
        try:
            status = process.wait(HANGS)
        except subprocess.TimeoutExpired:
            process.kill()
            status = process.wait()
        most = watch.end()
    return {
        "status": status,
        "seconds": round(time.monotonic() - started, 1),
        "megabytes": most // 1_000_000,
        "told": " ".join(told.read_text(encoding="utf-8").split()),
    }


def unnamed(made: list[File], folder: Path, read: Iterable[str], told: str) -> list[str]:
    """Return the files that stand neither in the ledger nor in what the program said."""
    known = {Path(_file(name)).name for name in read}
    known.update(re.findall(rf"{re.escape(str(folder))}/([\w.-]*\w)(?=[#!:])", told))
    return [each.name for each in made if each.name not in known]


def _file(name: str) -> str:
    """Return the file of a capture's name, without the place in it."""
    return re.split(r"[#!]", name)[0]


def read_names(ledger: Path) -> list[str]:
    """Return the names of the captures that a ledger holds."""
    with Ledger.open(str(ledger)) as held:
        return [held.capture(each.capture).name for each in held.documents()]


def measure(made: list[File], place: Path, extractor: str, engine: bool) -> dict[str, Any]:
    """Write the files, ingest them, and return the figures, with what does not hold under ``wrong``."""
    folder = place / "damaged"
    folder.mkdir(exist_ok=True)
    for each in made:
        (folder / each.name).write_bytes(each.content)
    ledger = place / ("engine.db" if engine else "plain.db")
    options = ["--engine", "local", "--workers", "1", "--time-limit", str(SECONDS), "--memory", str(MEMORY)]
    ended = ingest(folder, ledger, extractor, options if engine else [])
    told = ended.pop("told")
    names = read_names(ledger)
    wrong = []
    if ended["status"] not in {0, 1}:
        wrong.append(f"it ended with {ended['status']}: {told[-300:]}")
    if missing := unnamed(made, folder, names, told):
        wrong.append(f"not named: {missing[:10]}, {len(missing)} in all")
    if ended["megabytes"] > MEMORY + OTHERS:
        wrong.append(f"{ended['megabytes']} MB")
    figures = ended | {
        "reports": len(names),
        "files_read": len({re.split("[#!]", each)[0] for each in names}),
    }
    if engine:
        aside = _set_aside(ledger)
        figures |= {"set_aside": aside}
        wrong += [
            f"set aside: {reason}" for reason in aside if re.search(r"\w+(?:Error|Exception)\b", reason)
        ]
    with Ledger.open(str(ledger)) as held:
        wrong += [str(problem) for problem in held.verify()[:5]]
    return figures | {"wrong": wrong}


def _set_aside(ledger: Path) -> dict[str, int]:
    """Return why reports failed, and how often, from the journal of the run."""
    (run,) = runs_in(ledger.with_name(f"{ledger.name}.runs"))
    lines = (run.place / "journal.jsonl").read_text(encoding="utf-8").splitlines()
    events = [json.loads(line) for line in lines]
    return dict(Counter(each["reason"] for each in events if each["event"] == "report-failed"))


def main() -> int:
    """Make the files, ingest them in both ways, and print the figures."""
    arguments = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    arguments.add_argument("--files", type=int, default=1000)
    arguments.add_argument("--seed", type=int, default=8)
    arguments.add_argument("--extractor", choices=["accurate", "fast", "rules"], default="fast")
    arguments.add_argument("--keep", type=Path, help="a folder for the files and the ledgers")
    chosen = arguments.parse_args()
    made = files(chosen.files, chosen.seed)
    with tempfile.TemporaryDirectory(prefix="cc-damage-") as temporary:
        place = chosen.keep or Path(temporary)
        place.mkdir(parents=True, exist_ok=True)
        figures: dict[str, Any] = {
            "files": len(made),
            "seed": chosen.seed,
            "sha256": hashlib.sha256(b"".join(each.content for each in made)).hexdigest()[:16],
            "megabytes": sum(len(each.content) for each in made) // 1_000_000,
            "extractor": chosen.extractor,
        }
        for name in ("engine", "plain"):
            figures[name] = measure(made, place, chosen.extractor, name == "engine")
    print(json.dumps(figures))
    return 1 if figures["engine"]["wrong"] or figures["plain"]["wrong"] else 0


if __name__ == "__main__":
    sys.exit(main())
