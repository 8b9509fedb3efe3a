"""What the tests of teams share: a clock, a small report, a linker that finds nothing."""

from __future__ import annotations

from collections.abc import Sequence, Set
from datetime import UTC, datetime, timedelta

from counterclaim.ledger import Ledger
from counterclaim.model import Capture, Document, Form, Judgement, JudgementKind, Keys, Report

START = datetime(2031, 4, 2, 8, 0, tzinfo=UTC)
PASSWORD = "four ferries sail at night"
OTHER_PASSWORD = "nine ferries stay in port"


class Clock:
    """Tells the time that it was set to."""

    def __init__(self) -> None:
        self.time = START

    def __call__(self) -> datetime:
        return self.time

    def advance(self, **span: float) -> None:
        self.time += timedelta(**span)


class NoLinker:
    """Compares nothing."""

    author = "program:test/1"
    version = "test/1"

    def keys(self, _report: Report) -> Keys:
        return Keys(held=(), sought=())

    def near(self, _shared: Set[str]) -> bool:
        return False

    def form(self, report: Report) -> Form:
        return Form(document=report.document.key, payload=b"")

    def judge(self, _report: Report, _neighbours: Sequence[Form]) -> Sequence[Judgement]:
        return []


def small_report(name: str) -> tuple[Capture, Report]:
    text = f"The boat {name} sailed."
    capture = Capture.of(f"{name}.txt", text.encode(), "text/plain")
    key = Document.key_of(name, capture.sha256)
    document = Document(id=name, key=key, capture=capture.sha256, text=text, language="en")
    return capture, Report(document=document, statements=())


def confirmed(author: str, about: str = "s-1") -> Judgement:
    return Judgement.of(JudgementKind.CONFIRMED, about, "", basis="analyst", author=author)


def undone(author: str, judgement: Judgement) -> Judgement:
    return Judgement.of(JudgementKind.UNDONE, judgement.id, "", basis="analyst", author=author)


def marked(place: str, name: str) -> None:
    """Put a report into a ledger by which it can be told from others."""
    with Ledger.open(place, create=True) as ledger:
        ledger.add(*small_report(name), NoLinker())


def mark_of(ledger: Ledger) -> list[str]:
    return [document.id for document in ledger.documents()]
