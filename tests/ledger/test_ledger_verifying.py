"""Whatever is changed behind the program's back is found and named."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from ledger_help import NOUNS, PairLinker, filled, make_report

from counterclaim.ledger import Ledger
from counterclaim.ledger.entries import TABLES, digest_of
from counterclaim.model import LedgerError, Problem, Report


@pytest.fixture
def place(tmp_path) -> Path:
    path = tmp_path / "l.db"
    filled(path, "one", "two", "three")
    return path


def tamper(place: Path, *orders: str) -> None:
    """Do what the triggers and foreign keys would refuse."""
    with closing(sqlite3.connect(place)) as connection:
        for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            connection.execute(f"DROP TRIGGER {name}")
        for order in orders:
            assert connection.execute(order).rowcount != 0
        connection.commit()


def problems(place: Path) -> list[Problem]:
    """Return what is wrong with the nouns; a change by SQL leaves traces in what is made from them too."""
    with Ledger.open(str(place)) as ledger:
        return [problem for problem in ledger.verify() if problem.code not in {"file", "derived"}]


def codes(place: Path) -> list[str]:
    return [problem.code for problem in problems(place)]


def first(place: Path, table: str, column: str) -> str:
    with closing(sqlite3.connect(place)) as connection:
        (value,) = connection.execute(f"SELECT {column} FROM {table} ORDER BY sequence LIMIT 1").fetchone()
    return value


def test_a_ledger_left_alone_is_whole(place):
    assert problems(place) == []
    tamper(place)
    assert problems(place) == []


def test_one_flipped_bit_in_a_capture(place):
    digest = first(place, "captures", "sha256")
    with closing(sqlite3.connect(place)) as connection:
        (content,) = connection.execute("SELECT content FROM captures WHERE sha256 = ?", (digest,)).fetchone()
    flipped = bytes([content[0] ^ 1]) + content[1:]
    tamper(place, f"UPDATE captures SET content = x'{flipped.hex()}' WHERE sha256 = '{digest}'")
    (problem,) = problems(place)
    assert problem.name == f"capture {digest}"
    assert problem.code == "changed"
    assert "backup" in problem.advice


def test_a_capture_changed_with_its_digest_and_chain_does_not_have_its_name(place):
    digest = first(place, "captures", "sha256")
    payload = first(place, "captures", "payload").encode()
    tamper(
        place,
        f"UPDATE captures SET content = x'61' WHERE sha256 = '{digest}'",
        f"UPDATE entries SET digest = '{digest_of(payload, b'a')}' WHERE key = '{digest}'",
    )
    assert codes(place) == ["chain", "capture"]


@pytest.mark.parametrize("table", NOUNS)
@pytest.mark.parametrize(
    "change",
    [
        "payload = replace(payload, '\"schema\":1', '\"schema\":1 ')",
        "payload = replace(payload, '\"schema\":1', '\"schema\":2')",
        "payload = 'nothing'",
        "payload = 7",
        "payload = CAST(x'7bfffe7d' AS TEXT)",
        "payload = (SELECT payload FROM documents ORDER BY sequence DESC LIMIT 1)",
    ],
)
def test_a_changed_payload(place, table, change):
    kind, column = next((kind, column) for kind, (each, column) in TABLES.items() if each.name == table)
    name = f"{kind} {first(place, table, column)}"
    lowest = f"(SELECT min(sequence) FROM {table})"
    tamper(place, f"UPDATE {table} SET {change} WHERE sequence = {lowest}")
    found = problems(place)
    assert (name, "changed") in [(problem.name, problem.code) for problem in found]


def test_a_changed_word_of_a_text(place):
    key, statement = first(place, "documents", "key"), first(place, "statements", "id")
    tamper(place, f"UPDATE documents SET payload = replace(payload, 'sailed', 'sank') WHERE key = '{key}'")
    found = {problem.name: problem.code for problem in problems(place)}
    assert found == {f"document {key}": "changed", f"statement {statement}": "span"}


def test_a_statement_whose_words_do_not_stand_there(tmp_path):
    capture, report = make_report("one")
    (elsewhere,) = make_report("one", [("Tom", "the quay was closed", True)])[1].statements
    alien = type(elsewhere)(
        id=elsewhere.id,
        document=report.document.key,
        source=(),
        cue=(),
        content=elsewhere.content,
        kind=elsewhere.kind,
    )
    with Ledger.open(str(tmp_path / "l.db"), create=True) as ledger:
        ledger.add(capture, Report(document=report.document, statements=(alien,)), PairLinker())
        assert [(problem.name, problem.code) for problem in ledger.verify()] == [
            (f"statement {alien.id}", "span")
        ]


@pytest.mark.parametrize("table", NOUNS)
def test_a_deleted_row(place, table):
    tamper(place, f"DELETE FROM {table} WHERE sequence = (SELECT min(sequence) FROM {table})")
    assert "missing" in codes(place)


def test_a_row_that_was_never_logged(place):
    tamper(
        place,
        "INSERT INTO judgements (id, sequence, recorded, payload) "
        "SELECT 'j-0', 1, recorded, payload FROM judgements LIMIT 1",
    )
    assert codes(place) == ["changed"]


def test_a_deleted_entry(place):
    tamper(place, "DELETE FROM entries WHERE sequence = 2")
    found = problems(place)
    assert [problem.code for problem in found] == ["entry-missing", "chain", "changed"]
    assert "entry 2 is missing before entry 3" in found[0].message


def test_a_deleted_first_entry(place):
    tamper(place, "DELETE FROM entries WHERE sequence = 1")
    assert codes(place)[:2] == ["entry-missing", "chain"]


def test_swapped_entries(place):
    tamper(
        place,
        "UPDATE entries SET sequence = -2 WHERE sequence = 2",
        "UPDATE entries SET sequence = 2 WHERE sequence = 3",
        "UPDATE entries SET sequence = 3 WHERE sequence = -2",
    )
    found = codes(place)
    assert found.count("chain") == 3
    assert "entry-missing" not in found


@pytest.mark.parametrize(
    "column", ["recorded = recorded + 1", "kind = 'note'", "key = 'x'", "digest = 'x'", "chain = 'x'"]
)
def test_a_changed_entry(place, column):
    tamper(place, f"UPDATE entries SET {column} WHERE sequence = 2")
    assert "chain" in codes(place)


@pytest.mark.parametrize(
    ("table", "column"),
    [
        ("documents", "recorded = recorded - 1"),
        ("documents", "id = 'other'"),
        ("documents", "capture = (SELECT max(sha256) FROM captures)"),
        ("statements", "recorded = recorded - 1"),
        ("statements", "document = (SELECT max(key) FROM documents)"),
        ("judgements", "recorded = recorded - 1"),
    ],
)
def test_a_noun_filed_elsewhere(place, table, column):
    value = column.split(" = ", 1)[1]
    name = column.split(" = ", 1)[0]
    changed = f"(SELECT min(sequence) FROM {table} WHERE {name} != {value})"
    tamper(place, f"UPDATE {table} SET {column} WHERE sequence = {changed}")
    assert codes(place) == ["changed"]


def test_every_byte_of_the_nouns_counts(place):
    """Flip bytes all over the file: either the ledger cannot be read, or a problem is named."""
    original = place.read_bytes()
    needle = b"the boat sailed"
    at = original.find(needle)
    hits = 0
    while at >= 0:
        place.write_bytes(original[:at] + b"\xff" + original[at + 1 :])
        try:
            hits += bool(problems(place))
        except LedgerError:
            hits += 1
        at = original.find(needle, at + 1)
    assert hits > 5
