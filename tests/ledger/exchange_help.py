"""What the tests of imports and merges share: exports as lines, and imports whose problems are kept."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from ledger_help import PairLinker

from counterclaim.exports import STORED, Choices, lines, read_source
from counterclaim.ledger import Ledger
from counterclaim.ledger.importing import Imported, import_lines
from counterclaim.model import Capture, Linker, Problem, Report

SAYINGS = (("Ida", "the boat sailed", True), ("Tom", "the boat sailed", False), ("Bo", "it rained", True))
LETTER = Capture.of("letter.txt", b"Dear harbour", "text/plain")


def exported(ledger: Ledger, *, recorded: bool = True) -> list[bytes]:
    """Return the lines of what a ledger stores."""
    with read_source(ledger, Choices(nouns=STORED, recorded=recorded)) as source:
        return list(lines(source))


def imported(
    ledger: Ledger, given: Iterable[Any], *, linker: Linker | None = None, keep_times: bool = False
) -> tuple[Imported, list[Problem]]:
    """Import lines into a ledger; return what was done and what was told."""
    problems: list[Problem] = []
    done = import_lines(
        ledger,
        given,
        linker or PairLinker(),
        name="f",
        keep_times=keep_times,
        problem=problems.append,
    )
    return done, problems


def filled_with(place: str, reports: Iterable[tuple[Capture, Report]], **options: Any) -> Ledger:
    """Return a new ledger, opened, that holds these reports."""
    ledger = Ledger.open(place, create=True, **options)
    for capture, report in reports:
        assert ledger.add(capture, report, PairLinker())
    return ledger


def at(given: list[bytes], kind: str, number: int = 0) -> int:
    """Return where the line of a noun stands."""
    found = [n for n, line in enumerate(given) if f'"noun":{{"type":"{kind}"'.encode() in line]
    return found[number]
