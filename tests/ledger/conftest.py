"""Ledgers that several tests begin with, on both stores."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from exchange_help import LETTER, SAYINGS, filled_with
from ledger_help import START, Clock, PairLinker, make_report

from counterclaim import pipeline
from counterclaim.disputes.judging import Analyst
from counterclaim.ledger import Ledger
from counterclaim.ledger.backup import restore
from counterclaim.model import Evidence
from counterclaim.statements import Extraction


@pytest.fixture(scope="session")
def told(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Make a ledger of the samples, once."""
    place = str(tmp_path_factory.mktemp("told") / "l.db")
    with Ledger.open(place, create=True) as ledger:
        pipeline.ingest(ledger, "samples/reports", extraction=Extraction(extractor="rules"))
    return place


@pytest.fixture
def ledger_place(told: str, places: Callable[[str], str]) -> str:
    """Give a copy of it on the store."""
    place = places("l")
    assert restore(told, place) == []
    return place


@pytest.fixture
def source(tmp_path: Path) -> Iterator[Ledger]:
    """A ledger with three reports, a decision with a file, and one that answers it, each at its time."""
    clock = Clock()
    ledger = filled_with(str(tmp_path / "source.db"), [], clock=clock)
    for number, name in enumerate("abc"):
        clock.set(number * 10)
        assert ledger.add(*make_report(name, SAYINGS), PairLinker())
    clock.set(100)
    evidence = (Evidence(capture=LETTER.sha256, note="their letter"),)
    first = min(statement.id for statement in ledger.statements())
    (verified,) = Analyst(ledger.decided()[0], author="Ann").verified(first, evidence)
    assert ledger.judge(verified, [LETTER])
    clock.set(110)
    (undone,) = Analyst(ledger.decided()[0], author="Ann").undo(verified)
    assert ledger.judge(undone)
    with ledger:
        yield ledger


@pytest.fixture
def target(place: str) -> Iterator[Ledger]:
    """An empty ledger on the store, a day later."""
    with Ledger.open(place, create=True, clock=Clock(START + timedelta(days=1))) as ledger:
        yield ledger
