"""Ledgers on both stores."""

from __future__ import annotations

import itertools
from collections.abc import Callable

import pytest

from counterclaim import pipeline
from counterclaim.ledger import Ledger
from counterclaim.ledger.backup import restore
from counterclaim.statements import Extraction

_NUMBERS = itertools.count(1)


@pytest.fixture(params=["sqlite", "postgresql"])
def store(request: pytest.FixtureRequest) -> str:
    """Name the kind of database: a test that uses a place runs once on each."""
    return str(request.param)


@pytest.fixture
def places(store: str, request: pytest.FixtureRequest) -> Callable[[str], str]:
    """Give the place of a ledger of this name, the same for the same name, where none is yet."""
    if store == "sqlite":
        folder = request.getfixturevalue("tmp_path")
        return lambda name: str(folder / f"{name}.db")
    server = request.getfixturevalue("postgresql_server")
    number = next(_NUMBERS)
    return lambda name: f"{server}&schema=p{number}_{name}"


@pytest.fixture
def place(places: Callable[[str], str]) -> str:
    """Give the place of a ledger that is not there yet."""
    return places("l")


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
