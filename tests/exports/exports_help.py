"""What the tests of exports share: a ledger with the example's reports."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from counterclaim.exports import Choices, Source, read_source
from counterclaim.ledger import Ledger
from counterclaim.model import Form, Judgement, Keys, Report
from counterclaim.views.catalogue import Catalogue


class GivenLinker:
    """Gives the judgements it was made with, with the first report."""

    version = "given/1"

    def __init__(self, judgements: Sequence[Judgement]) -> None:
        self._judgements = list(judgements)

    def keys(self, _report: Report) -> Keys:
        return Keys()

    def near(self, _shared: object) -> bool:
        return False

    def form(self, report: Report) -> Form:
        return Form(document=report.document.key, payload=b"")

    def judge(self, _report: Report, _neighbours: object) -> list[Judgement]:
        judgements, self._judgements = self._judgements, []
        return judgements


def stored(place: Path, catalogue: Catalogue, capture_of) -> Path:
    """Make a ledger at ``place`` that holds what a catalogue's snapshot holds."""
    linker = GivenLinker(catalogue.snapshot.judgements)
    with Ledger.open(str(place), create=True) as ledger:
        for document in reversed(catalogue.snapshot.documents):
            report = Report(
                document=document,
                statements=tuple(catalogue.statements_of(document.key)),
                annotations=catalogue.annotations.get(document.key),
            )
            assert ledger.add(capture_of(document.capture), report, linker)
    return place


@contextmanager
def source_of(place: Path, catalogue: Catalogue | None = None, **choices) -> Iterator[Source]:
    """Open a ledger as the source of an export; its board is that of ``catalogue`` where one is given."""
    with Ledger.open(str(place)) as ledger, read_source(ledger, Choices(**choices)) as source:
        if catalogue is not None:
            source.__dict__["catalogue"] = catalogue
        yield source
