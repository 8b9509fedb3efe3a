"""Any byte that is changed in the file of a ledger is found, where the byte holds anything."""

from __future__ import annotations

import random
import re
import sqlite3
import struct
from collections import Counter
from contextlib import closing
from pathlib import Path

import pytest
from ledger_help import filled

from counterclaim import pipeline
from counterclaim.ledger import Ledger
from counterclaim.model import LedgerError

FLIPS = 500
HEADER = 100
KEPT = {*range(16, 24), *range(28, 40), *range(44, 48), *range(52, 92)}
"""Bytes of the header that mean something: not the counters that every write changes, nor the suggested
size of the cache, nor the name of the version that wrote last. The first 16 name the format."""


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """Return a small ledger with a stored board, as the bytes of its one file."""
    place = tmp_path_factory.mktemp("tampering") / "l.db"
    filled(place, "one", "two", "three")
    with Ledger.open(str(place)) as ledger:
        pipeline.refresh(ledger)
    with closing(sqlite3.connect(place)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return place.read_bytes()


def in_use(content: bytes, place: int) -> bool:
    """Tell whether a byte belongs to the header, a cell or a page's order of cells.

    By the file format (sqlite.org/fileformat.html): what lies between the pointers to cells and the first
    cell, and what is freed within a page, holds nothing.
    """
    size = struct.unpack(">H", content[16:18])[0]
    page, offset = divmod(place, size)
    if place < HEADER:
        return place < 16 or place in KEPT
    start = HEADER if page == 0 else 0
    body = content[page * size : (page + 1) * size]
    kind = body[start]
    if kind not in {2, 5, 10, 13}:
        return _overflow_in_use(body, offset)
    freed, cells, first = struct.unpack(">HHH", body[start + 1 : start + 7])
    pointers = start + (12 if kind in {2, 5} else 8) + 2 * cells
    if pointers <= offset < (first or 65536):
        return False
    while freed:
        following, length = struct.unpack(">HH", body[freed : freed + 4])
        if freed <= offset < freed + length:
            return False
        freed = following
    if offset == start + 7:  # the number of stray bytes
        return False
    return not any(first <= offset < last for first, last in _schema_numbers(body, start, kind))


def _schema_numbers(body: bytes, start: int, kind: int) -> list[tuple[int, int]]:
    """Return where the row numbers of the schema's entries stand, which nothing refers to."""
    found = []
    for cell in range(struct.unpack(">H", body[start + 3 : start + 5])[0] if kind == 13 else 0):
        place = struct.unpack(">H", body[start + 8 + 2 * cell : start + 10 + 2 * cell])[0]
        number = _after_varint(body, place)
        if b"CREATE " in body[place : place + 120]:
            found.append((number, _after_varint(body, number)))
    return found


def _after_varint(body: bytes, place: int) -> int:
    while body[place] & 0x80:
        place += 1
    return place + 1


def _overflow_in_use(body: bytes, offset: int) -> bool:
    """Tell whether a byte is of the next page's address, or stands before the zeros at the end."""
    return offset < 4 or any(body[offset:])


def found(place: Path, content: bytes) -> str:
    """Write the file, and return how damage shows: by opening it or by verify; empty if not at all."""
    for suffix in ("-wal", "-shm"):
        Path(f"{place}{suffix}").unlink(missing_ok=True)
    place.write_bytes(content)
    try:
        with Ledger.open(str(place)) as ledger:
            problems = ledger.verify()
    except LedgerError as error:
        return "opening" if place.name in str(error) else f"without a name: {error}"
    assert all(problem.name and problem.advice for problem in problems)
    return "verify" if problems else ""


def test_the_file_left_alone_is_whole(whole, tmp_path):
    assert found(tmp_path / "l.db", whole) == ""


def test_any_flipped_bit_of_what_is_in_use_is_found(whole, tmp_path):
    chance = random.Random(20319)
    used = [place for place in range(len(whole)) if in_use(whole, place)]
    assert len(used) > 20_000
    before = _written(tmp_path / "before.db", whole)
    ways: Counter[str] = Counter()
    missed = []
    for place in chance.sample(used, FLIPS):
        changed = bytearray(whole)
        changed[place] ^= 1 << chance.randrange(8)
        how = found(tmp_path / "l.db", bytes(changed))
        ways[how] += 1
        if not how:
            # The index of words holds bytes that only speed it up: it must then find what it found.
            assert searched(_written(tmp_path / "l.db", bytes(changed))) == searched(before)
            missed.append(place)
    assert len(missed) <= FLIPS // 50
    assert set(ways) - {""} == {"opening", "verify"}
    assert ways["verify"] > ways["opening"]


def test_a_flipped_bit_of_what_holds_nothing_changes_nothing(whole, tmp_path):
    chance = random.Random(7)
    unused = [place for place in range(HEADER, len(whole)) if not in_use(whole, place)]
    with Ledger.open(str(_written(tmp_path / "before.db", whole))) as ledger:
        before = ledger.snapshot()
    for place in chance.sample(unused, 20):
        changed = bytearray(whole)
        changed[place] ^= 1 << chance.randrange(8)
        with Ledger.open(str(_written(tmp_path / f"{place}.db", bytes(changed)))) as ledger:
            assert ledger.snapshot() == before


def searched(place: Path) -> tuple[object, ...]:
    """Return all that a ledger holds, and what each of its words finds."""
    with Ledger.open(str(place)) as ledger:
        held = ledger.snapshot()
        words = sorted({word for each in held.documents for word in re.findall(r"\w+", each.text)})
        return held, [ledger.search(word) for word in words]


def _written(place: Path, content: bytes) -> Path:
    place.write_bytes(content)
    return place
