"""Fuzz the parsers: give each bytes that nobody wrote, for ten minutes, and see that what must hold, holds.

    python eval/fuzz.py                        # each parser, one after the other
    python eval/fuzz.py --seconds 60 html pdf  # these two, a minute each

By Atheris (libFuzzer), led by which lines of the program an input reaches; where it is not installed, by
Hypothesis, led by nothing. Inputs that reached something new stay in ``build/fuzz/PARSER/corpus`` for the
next time; what showed a bug in ``build/fuzz/PARSER/findings``, with its traceback. Such a file, made small,
belongs into ``tests/fuzz_findings`` with the mending. See it fail again with
``python eval/fuzz_targets.py PARSER FILE``.

Prints a line of JSON for each parser. Exit code 1 where anything was found.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import fuzz_child
import fuzz_seeds
import fuzz_targets

FOLDER = Path(__file__).resolve().parents[1] / "build" / "fuzz"
CHILD = Path(__file__).with_name("fuzz_child.py")


def fuzz(name: str, seconds: float) -> dict[str, Any]:
    """Run a target for so long, again after each finding; return the figures."""
    folder = FOLDER / name
    corpus, findings = folder / "corpus", folder / "findings"
    corpus.mkdir(parents=True, exist_ok=True)
    shutil.rmtree(findings, ignore_errors=True)
    findings.mkdir()
    for number, seed in enumerate(fuzz_seeds.SEEDS[name]()):
        (corpus / f"seed-{number}").write_bytes(seed)
    before = len(list(corpus.iterdir()))
    started = time.monotonic()
    executions = read = runs = 0
    found: dict[str, int] = {}
    while (left := seconds - (time.monotonic() - started)) > 1 and runs < 200:
        for rest in ("executions", "input", "traceback"):
            (folder / rest).unlink(missing_ok=True)
        command = [sys.executable, str(CHILD), name, str(folder), str(left)]
        with (folder / "log").open("wb") as log:
            ended = subprocess.run(command, stdout=log, stderr=log, check=False).returncode
        runs += 1
        counted = folder / "executions"
        numbers = counted.read_text(encoding="ascii").split() if counted.exists() else ["0", "0"]
        executions, read = executions + int(numbers[0]), read + int(numbers[1])
        if ended:
            kind = _keep(folder, findings, ended)
            found[kind] = found.get(kind, 0) + 1
    return {
        "parser": name,
        "by": "atheris" if fuzz_child.has_atheris() else "hypothesis",
        "seconds": round(time.monotonic() - started),
        "executions": executions,
        "read": read,
        "new_inputs": len(list(corpus.iterdir())) - before,
        "findings": dict(sorted(found.items())),
    }


def _keep(folder: Path, findings: Path, ended: int) -> str:
    """Keep what ended a run, once for each place in the program; return what it was."""
    told, given = folder / "traceback", folder / "input"
    crashes = sorted(folder.glob("crash-*"))
    if told.exists():
        lines = told.read_text(encoding="utf-8").splitlines()
        places = [line.strip() for line in lines if line.startswith("  File")]
        error = next(line for line in reversed(lines) if line and not line.startswith(" "))
        kind = f"{error.partition(':')[0]} in {places[-1].rpartition('/')[2]}"
    else:  # the process itself was ended: by a signal, its memory, or its time
        log = (folder / "log").read_text(encoding="utf-8", errors="replace").splitlines()
        kind = next((line for line in reversed(log) if "ERROR" in line), f"ended with {ended}")
        kind = re.sub(r"^==\d+== ?|\(.*", "", kind).strip()
        if crashes:
            shutil.copy(crashes[-1], given)
        told.write_text("\n".join(log[-60:]), encoding="utf-8")
    name = re.sub(r"\W+", "-", kind).strip("-")[:80]
    if not (findings / f"{name}.txt").exists():
        shutil.copy(told, findings / f"{name}.txt")
        if given.exists():
            shutil.copy(given, findings / name)
    for crash in crashes:
        crash.unlink()
    return kind


def main() -> int:
    """Fuzz the parsers that were asked for, or all."""
    arguments = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    arguments.add_argument("parsers", nargs="*", metavar="PARSER", help=", ".join(fuzz_targets.TARGETS))
    arguments.add_argument("--seconds", type=float, default=600, help="for each parser (default: 600)")
    chosen = arguments.parse_args()
    unknown = set(chosen.parsers) - set(fuzz_targets.TARGETS)
    if unknown:
        arguments.error(f"no parser is called {', '.join(sorted(unknown))}")
    os.environ.setdefault("PYTHONHASHSEED", "0")
    found = 0
    for name in chosen.parsers or fuzz_targets.TARGETS:
        figures = fuzz(name, chosen.seconds)
        found += len(figures["findings"])
        print(json.dumps(figures), flush=True)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
