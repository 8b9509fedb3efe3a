"""Memory of exports: it does not grow with what they write. docs/exports.md has a gigabyte's figures."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

EVAL = Path(__file__).parent.parent.parent / "eval"
MEGABYTE = 1_000_000


@pytest.fixture
def big_export(monkeypatch):
    monkeypatch.syspath_prepend(str(EVAL))
    import big_export

    yield big_export
    sys.modules.pop("big_export", None)


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="reads the peak of memory from /proc")
@pytest.mark.parametrize("name", ["jsonl", "csv", "parquet"])
def test_three_times_the_ledger_takes_no_more_memory(big_export, tmp_path, name):
    figures = []
    for megabytes in (12, 36):
        ledger = tmp_path / f"{megabytes}.db"
        assert big_export.make_ledger(ledger, megabytes) > megabytes * 300
        figures.append(big_export.measure(ledger, name, tmp_path / f"out.{name}"))
    small, large = figures
    assert large.written > 2.5 * small.written
    # Room for what allocators keep; held in memory, even once, it would be more than what was added.
    held = (36 - 12) * MEGABYTE
    assert large.peak - small.peak < 0.8 * held
    assert small.peak > 20 * MEGABYTE
