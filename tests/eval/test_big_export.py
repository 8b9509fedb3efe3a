"""Memory of exports: it does not grow with what they write. docs/exports.md has a gigabyte's figures."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

EVAL = Path(__file__).parent.parent.parent / "eval"
MEGABYTE = 1_000_000
MEGABYTES = (12, 36)


@pytest.fixture(scope="module")
def big_export():
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(EVAL))
        import big_export

        yield big_export
    sys.modules.pop("big_export", None)


@pytest.fixture(scope="module")
def ledgers(big_export, tmp_path_factory):
    """Two ledgers, one three times the other."""
    folder = tmp_path_factory.mktemp("big")
    for megabytes in MEGABYTES:
        assert big_export.make_ledger(folder / f"{megabytes}.db", megabytes) > megabytes * 300
    return [folder / f"{megabytes}.db" for megabytes in MEGABYTES]


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="reads the peak of memory from /proc")
@pytest.mark.parametrize("name", ["jsonl", "csv", "parquet", "ftm", "web-annotation", "claimreview", "prov"])
def test_three_times_the_ledger_takes_no_more_memory(big_export, ledgers, tmp_path, name):
    figures = [big_export.measure(ledger, name, tmp_path / f"out.{name}") for ledger in ledgers]
    small, large = figures
    assert large.written > 2.5 * small.written
    # Room for what allocators keep; held in memory, even once, it would be more than what was added.
    held = (MEGABYTES[1] - MEGABYTES[0]) * MEGABYTE
    assert large.peak - small.peak < 0.8 * held
    assert small.peak > 20 * MEGABYTE
