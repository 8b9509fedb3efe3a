"""A process killed at any moment of an ingest, a judgement or a migration loses nothing acknowledged."""

from __future__ import annotations

import pytest
from crashing import WORKS, PostgreSQLStores, SQLiteStores, kill_many

KILLS = 15
"""In ``eval/crashes.py`` there are 200."""


@pytest.mark.slow
def test_killed_at_random_moments(store, tmp_path, request):
    if store == "sqlite":
        stores = SQLiteStores(tmp_path)
    else:
        stores = PostgreSQLStores(request.getfixturevalue("postgresql_server"))
    found = kill_many(stores, KILLS, seed=6, reports=12)
    assert set(found) == set(WORKS)
    assert sum(sum(each.values()) for each in found.values()) == KILLS
    assert sum(each["in between"] for each in found.values()) >= KILLS // 4
    assert found["migrate"]["before anything"] >= 1
