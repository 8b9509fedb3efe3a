"""A ledger of the samples, on both stores."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from counterclaim import pipeline
from counterclaim.ledger import Ledger
from counterclaim.ledger.backup import restore
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
