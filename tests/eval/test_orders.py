"""Any order of ingestion gives the same claims and disputes, to the byte."""

from __future__ import annotations

import hashlib
import sys
from pathlib import Path

import pytest

EVAL = Path(__file__).resolve().parents[2] / "eval"
sys.path.insert(0, str(EVAL))

import orders  # noqa: E402
from check_samples_gold import SAMPLES  # noqa: E402


@pytest.fixture(scope="module")
def samples() -> orders.Analysed:
    return orders.analyse(SAMPLES / "reports")


def test_twenty_random_orders_of_the_samples_give_the_same_bytes(samples: orders.Analysed) -> None:
    expected = orders.ingested(samples, range(len(samples)))
    assert b'"type":"dispute"' in expected
    assert b'"type":"judgement"' in expected
    states = orders.orders_of(samples, 20)
    assert [number for number, state in enumerate(states) if state != expected] == []


def test_a_report_less_gives_other_bytes(samples: orders.Analysed) -> None:
    whole, part = range(len(samples)), range(len(samples) - 1)
    assert orders.ingested(samples, whole) != orders.ingested(samples, part)


def test_another_process_with_another_hash_seed_gives_the_same_bytes(samples: orders.Analysed) -> None:
    here = hashlib.sha256(orders.ingested(samples, range(len(samples)))).hexdigest()
    assert orders.elsewhere(SAMPLES / "reports", 1) == here
