"""Erasing by law: the words are gone from the files and from every reading, and the log stays whole."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from ledger_help import START, Clock, PairLinker, filled, make_report, raw_engine, rows
from sqlalchemy import text

from counterclaim.disputes.judging import Analyst
from counterclaim.ledger import Ledger
from counterclaim.ledger.backup import back_up, restore
from counterclaim.ledger.downgrading import downgrade
from counterclaim.ledger.erasing import erase, plan_erasure
from counterclaim.ledger.merging import merge
from counterclaim.ledger.stored_boards import store_board, stored_board
from counterclaim.ledger.tombstones import ErasedError, erased_problem, erasures
from counterclaim.model import (
    Capture,
    Evidence,
    Judgement,
    JudgementKind,
    LedgerError,
    Problem,
    Report,
    dump,
)

WHY = {"author": "R. Ito", "reason": "court order 12/31"}
SECRET = "zanzibarian lighthouse"


def _told(place: str, clock: Clock | None = None) -> tuple[Capture, str, list[str]]:
    """Make a ledger of three reports of which one has the secret; return that one's capture and key."""
    linker = PairLinker()
    keys = []
    clock = clock or Clock(START)
    with Ledger.open(place, create=True, clock=clock) as ledger:
        for number, (name, what) in enumerate([("one", SECRET), ("two", "boats"), ("three", "boats")]):
            clock.set(number)
            capture, report = make_report(name, [("Ida", what, True), ("Tom", what, False)])
            assert ledger.add(capture, report, linker)
            keys.append(report.document.key)
            if name == "one":
                secret, ids = capture, [statement.id for statement in report.statements]
    return secret, keys[0], ids


def _problem(ledger: Ledger, report: Report, capture: Capture) -> Problem | None:
    with ledger.reading() as connection:
        return erased_problem(connection, report.document, capture)


def _holding(place: str, word: str) -> list[str]:
    """Return the files of an SQLite ledger in which a word stands."""
    beside = [Path(f"{place}{ending}") for ending in ("", "-wal", "-shm")]
    return [file.name for file in beside if file.exists() and word.encode() in file.read_bytes()]


def test_the_words_are_in_no_file_and_in_no_reading(place: str, store: str) -> None:
    capture, key, ids = _told(place)
    with Ledger.open(place) as ledger:
        if store == "sqlite":
            assert _holding(place, "zanzibarian")
        plan, erasure = erase(ledger, "one", **WHY)
        assert [each.kind for each in plan.erased].count("statement") == 2
        assert {each.kind for each in plan.erased} == {
            "capture", "document", "annotations", "statement", "judgement"
        }  # fmt: skip
        if store == "sqlite":
            assert _holding(place, "zanzibarian") == []
            assert _holding(place, "lighthouse") == []
            assert _holding(place, ids[0]), "the key stays in the log"
        assert ledger.verify() == []
        assert ledger.search("zanzibarian") == []
        assert [document.id for document in ledger.documents()] == ["three", "two"]
        assert b"zanzibar" not in b"".join(map(dump, ledger.snapshot().statements))
        assert ledger.board().actors
        with ledger.streams() as streams:
            assert [report.document.id for report in streams.reports()] != []
            assert capture.sha256 not in {each.noun.sha256 for each in streams.nouns(Capture)}
        for ask in (
            lambda: ledger.document("one"),
            lambda: ledger.document(key),
            lambda: ledger.report(key),
            lambda: ledger.statement(ids[0]),
            lambda: ledger.capture(capture.sha256),
        ):
            with pytest.raises(
                ErasedError, match=r"was erased on 2031-04-02.* by R\. Ito: court order 12/31"
            ):
                ask()
        with ledger.reading() as connection:
            assert [each for each, _when in erasures(connection)] == [erasure]
    for table in ("statements", "documents", "captures", "annotations", "judgements"):
        assert "zanzibar" not in str(rows(place, f"SELECT * FROM {table}"))
    assert rows(place, "SELECT count(*) FROM entries WHERE kind = 'document'") == [[(3,)]]


def test_it_is_gone_at_every_moment(place: str) -> None:
    clock = Clock(START)
    _told(place, clock)
    with Ledger.open(place, clock=clock) as ledger:
        clock.set(100)
        before = START + timedelta(seconds=50)
        assert len(ledger.snapshot(before).documents) == 3
        erase(ledger, "one", **WHY)
        assert len(ledger.snapshot(before).documents) == 2
        assert ledger.search(SECRET, as_of=before) == []


def test_it_is_not_taken_in_again(place: str) -> None:
    _told(place)
    capture, report = make_report("one", [("Ida", SECRET, True), ("Tom", SECRET, False)])
    with Ledger.open(place) as ledger:
        assert _problem(ledger, report, capture) is None
        erase(ledger, report.document.key, **WHY)
        with pytest.raises(ErasedError, match="not taken in again"):
            ledger.add(capture, report, PairLinker())
        problem = _problem(ledger, report, capture)
        assert problem is not None
        assert problem.code == "erased"
        with pytest.raises(ErasedError, match="cannot be brought back"):
            erase(ledger, "one", **WHY)
        other = make_report("four", [("Ida", "boats", True)])
        assert ledger.add(*other, PairLinker())
        assert ledger.verify() == []


def test_a_statement_goes_and_its_report_stays(place: str) -> None:
    _capture, key, ids = _told(place)
    with Ledger.open(place) as ledger:
        note = Judgement.of(
            JudgementKind.CONFIRMED, ids[0], "", basis="analyst", author="Ada", reason="heard it"
        )
        ledger.judge(note)
        plan = plan_erasure(ledger, ids[0])
        assert plan.pointing == (note.id,)
        assert plan.texts == (key,)
        erase(ledger, ids[0], **WHY)
        assert [each.id for each in ledger.report(key).statements] == ids[1:]
        assert note.id in {each.id for each in ledger.judgements()}
        assert ledger.board().claims
        assert ledger.add(*make_report("five", [("Ida", SECRET, True)]), PairLinker())
        assert ledger.verify() == []


def test_a_judgement_goes_with_the_file_that_only_it_needs(place: str) -> None:
    _told(place)
    letter = Capture.of("letter.txt", b"a most private letter", "text/plain")
    with Ledger.open(place) as ledger:
        about = next(ledger.statements()).id
        note = Judgement.of(
            JudgementKind.VERIFIED,
            about,
            "",
            basis="analyst",
            author="Ada Lorn",
            reason="seen",
            evidence=(Evidence(capture=letter.sha256),),
        )
        ledger.judge(note, [letter])
        erase(ledger, note.id, **WHY)
        assert "Ada Lorn" not in str(rows(place, "SELECT * FROM judgements"))
        with pytest.raises(ErasedError):
            ledger.judgement(note.id)
        with pytest.raises(ErasedError):
            ledger.capture(letter.sha256)
        with pytest.raises(ErasedError):
            ledger.judge(note, [letter])
        assert ledger.verify() == []


def test_a_file_of_evidence_goes_alone_and_a_source_does_not(place: str) -> None:
    capture, key, _ids = _told(place)
    letter = Capture.of("letter.txt", b"a most private letter", "text/plain")
    with Ledger.open(place) as ledger:
        about = next(ledger.statements()).id
        note = Judgement.of(
            JudgementKind.VERIFIED, about, "", basis="analyst", author="Ada", evidence=(
                Evidence(capture=letter.sha256),
            )
        )  # fmt: skip
        ledger.judge(note, [letter])
        erase(ledger, letter.sha256[:12], **WHY)
        assert ledger.judgement(note.id) == note
        with pytest.raises(LedgerError, match=f"the document {key} was made from"):
            erase(ledger, capture.sha256, **WHY)
        assert ledger.verify() == []


def test_who_and_why_must_be_said(place: str) -> None:
    filled(place, "one")
    with Ledger.open(place) as ledger:
        for author, reason in (("", "why"), ("program:x/1", "why"), ("Ada", " ")):
            with pytest.raises(LedgerError, match="needs the"):
                erase(ledger, "one", author=author, reason=reason)
        with pytest.raises(LedgerError, match="nothing in the ledger"):
            erase(ledger, "nobody", **WHY)
        assert ledger.verify() == []


FORGERIES = {
    "blanked": "UPDATE statements SET payload = '{}' WHERE id = '{statement}'",
    "deleted": "DELETE FROM statements WHERE id = '{statement}'",
    "stone": "DELETE FROM tombstones WHERE kind = 'document'",
    "erasure": "DELETE FROM erasures",
    "other": "UPDATE tombstones SET kind = 'judgement' WHERE kind = 'document'",
    "words": "UPDATE erasures SET payload = replace(payload, 'court', 'count')",
}


@pytest.mark.parametrize("forgery", sorted(FORGERIES))
def test_a_forged_erasure_is_found(place: str, store: str, forgery: str) -> None:
    _told(place)
    with Ledger.open(place) as ledger:
        erase(ledger, "one", **WHY)
        statement = next(ledger.statements()).id
    command = FORGERIES[forgery].replace("{statement}", statement)
    engine = raw_engine(place)
    tables = ("statements", "tombstones", "erasures")
    with engine.begin() as connection:
        for table in tables:
            if store == "sqlite":
                for action in ("delete", "update"):
                    connection.execute(text(f"DROP TRIGGER {table}_no_{action}"))
            else:
                connection.execute(text(f"ALTER TABLE {table} DISABLE TRIGGER ALL"))
        connection.exec_driver_sql(command)
    engine.dispose()
    with Ledger.open(place) as ledger:
        found = [problem for problem in ledger.verify() if problem.code != "file"]
        assert found


def test_a_forged_tombstone_alone_hides_nothing(place: str) -> None:
    _told(place)
    with Ledger.open(place) as ledger:
        erase(ledger, "one", **WHY)
    engine = raw_engine(place)
    with engine.begin() as connection:
        row = connection.execute(text("SELECT sequence, id FROM judgements")).first()
        if row is None:
            row = connection.execute(text("SELECT sequence, id FROM statements")).first()
        assert row is not None
        connection.execute(
            text(
                "INSERT INTO tombstones (entry, kind, key, erasure) "
                "SELECT :entry, 'statement', :key, id FROM erasures"
            ),
            {"entry": row.sequence, "key": row.id},
        )
    engine.dispose()
    with Ledger.open(place) as ledger:
        assert [problem.code for problem in ledger.verify()] == ["tombstone"]


def test_backup_restore_and_downgrade_go_on(places: Callable[[str], str], tmp_path: Path) -> None:
    place = places("l")
    _told(place)
    with Ledger.open(place) as ledger:
        erase(ledger, "one", **WHY)
        chain = ledger.counts()
    saved = str(tmp_path / "saved.db")
    assert back_up(place, saved) == []
    again = places("again")
    assert restore(saved, again) == []
    with Ledger.open(again) as ledger:
        assert ledger.counts() == chain
        with pytest.raises(ErasedError):
            ledger.document("one")
    with pytest.raises(LedgerError, match="erasures"):
        downgrade(place, "0006")
    lost = downgrade(place, "0006", lose=True)
    assert lost["erasures"] == 1
    with Ledger.open(place) as ledger:
        assert len(list(ledger.documents())) == 2
        assert {problem.code for problem in ledger.verify()} == {"missing"}


def test_a_board_that_was_read_before_is_neither_shown_nor_stored(place: str) -> None:
    _told(place)
    with Ledger.open(place) as ledger:
        store_board(ledger, 5, START, "v", b"{}", [], START)
        with ledger.reading() as connection:
            assert stored_board(connection, "v") is not None
        erase(ledger, "one", **WHY)
        with ledger.reading() as connection:
            assert stored_board(connection, "v") is None
        with pytest.raises(LedgerError, match="refresh"):
            store_board(ledger, 5, START, "v", b"{}", [], START)
        assert ledger.verify() == []


def test_a_run_that_was_broken_off_is_completed_by_the_next(tmp_path: Path) -> None:
    place = str(tmp_path / "l.db")
    _told(place)
    with Ledger.open(place) as ledger:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(Ledger, "clear_space", lambda _ledger: None)
            erase(ledger, "one", **WHY)
        assert _holding(place, "zanzibarian"), "the log beside the file has it still"
        with pytest.raises(ErasedError):
            erase(ledger, "one", **WHY)
        assert _holding(place, "zanzibarian") == []
        assert ledger.verify() == []


def test_a_reader_of_an_earlier_state_is_waited_for_and_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = str(tmp_path / "l.db")
    _told(place)
    monkeypatch.setattr("counterclaim.ledger.dialect_sqlite.BUSY_SECONDS", 0.2)
    with Ledger.open(place) as ledger, Ledger.open(place) as other:
        with other.reading() as connection:
            assert connection.execute(text("SELECT count(*) FROM documents")).scalar() == 3
            with pytest.raises(LedgerError, match="another program still reads"):
                erase(ledger, "one", **WHY)
        assert [document.id for document in other.documents()] == ["three", "two"]
        with pytest.raises(ErasedError):
            erase(ledger, "one", **WHY)
        assert _holding(place, "zanzibarian") == []


def test_erasing_a_protection_lifts_it(place: str) -> None:
    _told(place)
    with Ledger.open(place) as ledger:
        (made,) = Analyst(ledger.decided()[0], author="Ada").protect("ida", ["Zanzibarian"])
        assert ledger.judge(made)
        (undone,) = Analyst(ledger.decided()[0], author="Bo").undo(ledger.judgement(made.id))
        assert ledger.judge(undone)
        (again,) = Analyst(ledger.decided()[0], author="Ada").undo(undone)
        assert ledger.judge(again)
        assert "zanzibarian" not in str(ledger.snapshot())
        erase(ledger, made.id, **WHY)
        assert "zanzibarian" in str(ledger.snapshot())
        assert ledger.verify() == []


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_any_order_of_erasing_keeps_the_ledger_whole(
    data: st.DataObject, tmp_path_factory: pytest.TempPathFactory
) -> None:
    place = str(tmp_path_factory.mktemp("erasing") / "l.db")
    names = data.draw(st.lists(st.sampled_from("abcdef"), min_size=2, max_size=5, unique=True))
    linker = PairLinker()
    with Ledger.open(place, create=True) as ledger:
        for name in names:
            assert ledger.add(*make_report(name, [(f"Ida{name}", f"quoth{name}", True)]), linker)
        gone = data.draw(st.lists(st.sampled_from(names), unique=True))
        for name in gone:
            key = next(d.key for d in ledger.documents() if d.id == name)
            statement = next(ledger.statements(key)).id
            target = data.draw(st.sampled_from([name, key, key[:10], statement]))
            erase(ledger, target, **WHY)
            if target == statement:
                erase(ledger, name, **WHY)
            assert _holding(place, f"quoth{name}") == []
            assert ledger.verify() == []
        assert sorted(d.id for d in ledger.documents()) == sorted(set(names) - set(gone))


def test_a_merge_takes_in_neither_what_is_erased_here_nor_masked_words(places: Callable[[str], str]) -> None:
    here, there = places("here"), places("there")
    _told(here)
    _told(there)
    with Ledger.open(there) as ledger:
        note = Judgement.of(
            JudgementKind.CONFIRMED, next(ledger.statements()).id, "", basis="analyst", author="Ada"
        )
        ledger.judge(note)
        assert ledger.add(*make_report("more", [("Ida", "zeppelins", True)]), PairLinker())
        (made,) = Analyst(ledger.decided()[0], author="Ada").protect("ida", ["Zeppelins"])
        assert ledger.judge(made)
    with Ledger.open(here, reveal=True) as ledger, Ledger.open(there, reveal=True) as other:
        ledger.judge(note)
        erase(ledger, "one", **WHY)
        erase(ledger, note.id, **WHY)
        problems: list[Problem] = []
        merge(ledger, other, PairLinker(), problem=problems.append)
        assert len([each for each in problems if "was erased on" in each.message]) == 2
        assert len(list(ledger.documents())) == 3
        assert "zeppelins" in str(ledger.snapshot())
        assert ledger.verify() == []
    with Ledger.open(here) as ledger:
        assert "zeppelins" not in str(ledger.snapshot())
