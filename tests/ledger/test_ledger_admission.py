"""What would break a ledger is refused before it is in, and by whichever way it comes."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest
from ledger_help import NOUNS, filled, whole


@pytest.mark.parametrize("table", ["entries", *NOUNS])
@pytest.mark.parametrize("how", ["OR REPLACE", "OR IGNORE", "OR FAIL", ""])
def test_a_row_is_not_replaced_by_another(tmp_path, table, how):
    """SQLite deletes a replaced row without a word to the trigger on deletion."""
    place = tmp_path / "l.db"
    filled(place, "one", "two")
    before = whole(place)
    with closing(sqlite3.connect(place)) as connection:
        columns = [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]
        for changed in columns:
            values = ", ".join("'x'" if column == changed else column for column in columns)
            order = f"INSERT {how} INTO {table} ({', '.join(columns)}) SELECT {values} FROM {table}"
            with pytest.raises(sqlite3.DatabaseError, match=r"append-only|datatype mismatch"):
                connection.execute(order)
            connection.rollback()
        if table != "entries":
            others = ", ".join("999" if column == "sequence" else "'y'" for column in columns)
            order = (
                f"INSERT {how} INTO {table} (rowid, {', '.join(columns)}) SELECT rowid, {others} FROM {table}"
            )
            with pytest.raises(sqlite3.DatabaseError, match="append-only"):
                connection.execute(order)
    assert before[table]
    assert whole(place) == before
