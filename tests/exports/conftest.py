"""Ledgers that several tests of exports begin with."""

from __future__ import annotations

from pathlib import Path

import pytest
from event_example import make_event_ledger

from counterclaim.model import Statement


@pytest.fixture(scope="session")
def event_ledger(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, Statement]]:
    """Make a ledger of claimed events, once; give its place and its statements by their names."""
    place = tmp_path_factory.mktemp("events") / "war.db"
    return place, make_event_ledger(place)
