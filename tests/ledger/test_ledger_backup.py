"""Backups of either store, restored to either store, hold what the ledger held, byte for byte."""

from __future__ import annotations

import itertools
import sqlite3
import threading
from pathlib import Path

import pytest
from crashing import go_back, some_reports
from ledger_help import PairLinker, board_bytes, filled, make_report, raw_engine, rows, whole
from sqlalchemy import text

from counterclaim.ledger import Ledger
from counterclaim.ledger.backup import back_up, restore
from counterclaim.model import Judgement, JudgementKind, LedgerError, Problem, Report

TABLES = (
    "entries",
    "captures",
    "documents",
    "annotations",
    "statements",
    "judgements",
    "report_keys",
    "forms",
)


def stored(place: str) -> dict[str, list[object]]:
    """Return all that a ledger holds, times and chain too, with no trace of the database that holds it."""
    found = rows(place, *(f"SELECT * FROM {table}" for table in TABLES))
    number = "sequence" if "://" in place else "rowid"
    words = rows(place, f"SELECT {number}, kind, key, document, words, body FROM full_text")
    return dict(zip((*TABLES, "full_text"), [*found, *words], strict=True))


@pytest.fixture
def full(place):
    """Make a ledger with reports, and judgements of programs and of a person."""
    with Ledger.open(place, create=True) as ledger:
        for capture, report in some_reports(12):
            assert ledger.add(capture, report, PairLinker())
        ids = [statement.id for statement in ledger.statements()]
        words = "seen with NUL \x00 and \x01 in it, and a snowman \u2603"
        assert ledger.judge(
            Judgement.of(JudgementKind.SAME_CLAIM, *ids[:2], basis="analyst", author="Ida", reason=words)
        )
    return place


@pytest.mark.parametrize("onto", ["sqlite", "postgresql"])
def test_there_and_back_by_way_of_either_store(full, onto, tmp_path, request):
    saved = str(tmp_path / "saved.db")
    there = str(tmp_path / "there.db") if onto == "sqlite" else request.getfixturevalue("postgresql")
    again = str(tmp_path / "again.db")
    assert back_up(full, saved) == []
    assert restore(saved, there) == []
    assert back_up(there, again) == []
    assert stored(full) == stored(saved) == stored(there) == stored(again)
    with Ledger.open(full) as one, Ledger.open(there) as other:
        assert board_bytes(one.board()) == board_bytes(other.board())
        assert one.search("boat sailed") == other.search("boat sailed")
        assert one.last_recorded() == other.last_recorded()
        report = make_report("later", [("Ida", "the gate 1 was shut", True)])
        assert one.add(*report, PairLinker()) is other.add(*report, PairLinker()) is True
        assert list(one.judgements()) == list(other.judgements())
        assert other.verify() == []


def test_a_backup_is_one_file_and_can_be_opened(full, tmp_path):
    saved = tmp_path / "folder" / "saved.db"
    saved.parent.mkdir()
    back_up(full, str(saved))
    assert [path.name for path in saved.parent.iterdir()] == ["saved.db"]
    with Ledger.open(str(saved)) as ledger, Ledger.open(full) as held:
        assert ledger.counts() == held.counts()


def test_nothing_is_overwritten(full, tmp_path, places):
    taken = tmp_path / "taken.db"
    taken.write_bytes(b"notes")
    with pytest.raises(LedgerError, match=r"taken\.db.*overwritten"):
        back_up(full, str(taken))
    assert taken.read_bytes() == b"notes"
    saved = str(tmp_path / "saved.db")
    back_up(full, saved)
    other = places("other")
    filled(other, "one")
    before = whole(other)
    with pytest.raises(LedgerError, match="overwritten"):
        restore(saved, other)
    assert whole(other) == before


def test_what_is_no_ledger_is_neither_saved_nor_restored(tmp_path, places):
    with pytest.raises(LedgerError):
        back_up(places("missing"), str(tmp_path / "saved.db"))
    text_file = tmp_path / "text.db"
    text_file.write_text("no ledger", encoding="utf-8")
    for source in (text_file, tmp_path / "missing.db"):
        with pytest.raises(LedgerError, match=source.name):
            restore(str(source), places("made"))
    with pytest.raises(LedgerError, match="folder"):
        back_up(str(text_file), str(tmp_path / "nowhere" / "saved.db"))
    assert [path.name for path in tmp_path.iterdir()] == ["text.db"]


def test_a_backup_while_others_write_is_of_one_moment(place, tmp_path):
    reports = some_reports(40)
    with Ledger.open(place, create=True) as ledger:
        assert ledger.add(*reports[0], PairLinker())
    writing = threading.Event()

    def write() -> None:
        with Ledger.open(place) as ledger:
            for report in reports[1:]:
                assert ledger.add(*report, PairLinker())
                writing.set()

    thread = threading.Thread(target=write)
    thread.start()
    writing.wait(20)
    saved = [str(tmp_path / f"saved{n}.db") for n in range(3)]
    problems = [back_up(place, each) for each in saved]
    thread.join()
    assert problems == [[], [], []]
    with Ledger.open(place) as ledger:
        assert ledger.counts()["documents"] == len(reports)
    entries = [stored(each)["entries"] for each in (*saved, place)]
    assert all(later[: len(earlier)] == earlier for earlier, later in itertools.pairwise(entries))


def test_a_backup_of_the_first_schema_is_restored_and_not_changed(tmp_path, places):
    first = tmp_path / "first.db"
    with Ledger.open(str(first), create=True) as ledger:
        for capture, report in some_reports(3):
            bare = Report(document=report.document, statements=report.statements)
            assert ledger.add(capture, bare, PairLinker())
    go_back(str(first), "0001")
    before = first.read_bytes()
    made = places("made")
    assert restore(str(first), made) == []
    saved = str(tmp_path / "saved.db")
    assert back_up(str(first), saved) == []
    assert first.read_bytes() == before
    with Ledger.open(made) as ledger, Ledger.open(saved) as copy:
        assert ledger.counts() == copy.counts()
        assert ledger.counts()["documents"] == 3


def told(problems: list[Problem]) -> list[tuple[str, str]]:
    """Return what is wrong, without the name of the file that is wrong."""
    return [("" if each.code == "file" else each.name, each.message) for each in problems]


def test_damage_is_told_by_both(full, tmp_path, places):
    engine = raw_engine(full)
    with engine.begin() as connection:
        if "://" in full:
            connection.execute(text("ALTER TABLE statements DISABLE TRIGGER USER"))
            connection.execute(text("ALTER TABLE statements DISABLE TRIGGER statements_append_only"))
        else:
            connection.execute(text("DROP TRIGGER statements_no_update"))
        connection.execute(text("UPDATE statements SET payload = replace(payload, 'boat', 'coat')"))
    engine.dispose()
    saved = str(tmp_path / "saved.db")
    found = back_up(full, saved)
    assert found
    assert {problem.code for problem in found} <= {"changed", "span", "derived", "file"}
    assert told(restore(saved, places("made"))) == told(found)


def test_a_restored_file_has_a_write_ahead_log(tmp_path):
    one, saved, made = (str(tmp_path / f"{name}.db") for name in ("one", "saved", "made"))
    filled(one, "a")
    back_up(one, saved)
    restore(saved, made)
    modes = []
    for place in (saved, made):
        connection = sqlite3.connect(place)
        modes.append(connection.execute("PRAGMA journal_mode").fetchone()[0])
        connection.close()
    assert modes == ["delete", "wal"]
    assert not Path(f"{saved}-wal").exists()
