"""Peak memory of exports by the size of what they write, on ledgers made for it.

    python eval/big_export.py FOLDER --megabytes 100 1000

Makes one ledger for each size in FOLDER, of made-up reports with long statements or with large captures, and
exports each with ``counterclaim export --only stored`` in a process of its own. The peak is VmHWM of that
process (Linux, /proc): what it had in memory at once, without what the system cached of its files.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import time
from pathlib import Path
from random import Random
from typing import NamedTuple

from counterclaim.ledger import Ledger
from counterclaim.ledger.entries import Appender
from counterclaim.model import Annotations, Capture, Document, Kind, Span, Speaker, Statement

FORMATS = ("jsonl", "csv", "parquet", "ftm", "web-annotation", "claimreview", "prov")
STATEMENTS = 20
"""Statements of one report."""
LENGTH = 2_500
"""Characters of one statement's content, so that a gigabyte is written in minutes."""
_SHARE = 2_900
"""Bytes that a statement takes in CSV, nearly."""


class Figures(NamedTuple):
    """One export: its format, the bytes it wrote, the peak of memory in bytes, and the seconds it took."""

    format: str
    written: int
    peak: int
    seconds: float


def make_ledger(place: Path, megabytes: float) -> int:
    """Make a ledger whose statements take about so many megabytes as CSV; return how many there are."""
    random = Random(place.name)
    reports = max(1, round(megabytes * 1_000_000 / _SHARE / STATEMENTS))
    with Ledger.open(str(place), create=True) as ledger:
        for first in range(0, reports, 50):
            with ledger.writing() as connection:
                appender = Appender(connection, first)
                for number in range(first, min(first + 50, reports)):
                    _add(appender, f"report-{number}", random)
                appender.write()
    return reports * STATEMENTS


def make_captures(place: Path, megabytes: float, each: float = 4.0) -> int:
    """Make a ledger of documents with large captures (megabytes ``each``) that take so many as JSON Lines."""
    random = Random(place.name)
    count = max(1, round(megabytes / each * 3 / 4))
    with Ledger.open(str(place), create=True) as ledger:
        for number in range(count):
            capture = Capture.of(f"{number}.html", random.randbytes(round(each * 1_000_000)), "text/html")
            with ledger.writing() as connection:
                appender = Appender(connection, number)
                appender.capture(capture)
                appender.write()
    return count


def _add(appender: Appender, name: str, random: Random) -> None:
    contents = [random.randbytes(LENGTH // 2).hex() for _number in range(STATEMENTS)]
    text = " ".join(f"Ida said {content}." for content in contents)
    capture = Capture.of(f"{name}.txt", text.encode(), "text/plain")
    document = Document(
        id=name,
        key=Document.key_of(name, capture.sha256),
        capture=capture.sha256,
        text=text,
        publisher="Paper",
    )
    appender.capture(capture)
    appender.document(document)
    appender.annotations(Annotations(document=document.key))
    start = 0
    for content in contents:
        source, cue = Span.of(text, start, start + 3), Span.of(text, start + 4, start + 8)
        said = Span.of(text, start + 9, start + 9 + len(content))
        appender.statement(
            Statement(
                id=Statement.id_of(document.key, (cue,), (said,)),
                document=document.key,
                source=(source,),
                cue=(cue,),
                content=(said,),
                kind=Kind.INDIRECT,
                speaker=Speaker(actor="ida", name="Ida"),
            )
        )
        start = said.end + 2


def measure(ledger: Path, name: str, output: Path) -> Figures:
    """Export a ledger in a process of its own; raise RuntimeError where that fails."""
    command = [sys.executable, "-m", "counterclaim", "export", "--ledger", str(ledger), "--to", name]
    command += ["--only", "stored", "-o", str(output)]
    started = time.monotonic()
    peak = 0
    with subprocess.Popen(command, stderr=subprocess.DEVNULL) as process:
        while process.poll() is None:
            peak = max(peak, _peak_of(process.pid))
            time.sleep(0.01)
    if process.returncode:
        raise RuntimeError(f"the export ended with {process.returncode}")
    return Figures(name, output.stat().st_size, peak, time.monotonic() - started)


def _peak_of(process: int) -> int:
    """Return VmHWM of a process in bytes, 0 where it has ended."""
    try:
        status = Path(f"/proc/{process}/status").read_text(encoding="ascii")
    except (FileNotFoundError, ProcessLookupError):
        return 0
    found = [line.split()[1] for line in status.splitlines() if line.startswith("VmHWM:")]
    return int(found[0]) * 1024 if found else 0


def main() -> None:
    """Make the ledgers, export them, print one line for each export, and remove what was made."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--megabytes", type=float, nargs="+", default=[100, 1000])
    parser.add_argument("--captures", action="store_true", help="large captures instead of many statements")
    parser.add_argument("--formats", nargs="+", default=list(FORMATS))
    chosen = parser.parse_args()
    chosen.folder.mkdir(parents=True, exist_ok=True)
    for megabytes in chosen.megabytes:
        ledger = chosen.folder / f"{megabytes:g}.db"
        count = (make_captures if chosen.captures else make_ledger)(ledger, megabytes)
        print(f"{ledger.name}: {count:,} {'captures' if chosen.captures else 'statements'}", flush=True)
        for name in ["jsonl"] if chosen.captures else chosen.formats:
            output = chosen.folder / f"out.{name}"
            figures = measure(ledger, name, output)
            print(
                f"  {name:14} {figures.written / 1e6:8.1f} MB written, peak {figures.peak / 1e6:6.1f} MB, "
                f"{figures.seconds:5.0f} s",
                flush=True,
            )
            output.unlink()
        for each in chosen.folder.glob(f"{ledger.name}*"):
            each.unlink()


if __name__ == "__main__":
    main()
