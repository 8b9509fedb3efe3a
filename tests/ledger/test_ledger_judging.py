"""Judgements with attached files: stored together, checked together, on both stores."""

from __future__ import annotations

import pytest
from ledger_help import PairLinker, filled, make_report, raw_engine
from sqlalchemy import select, text

from counterclaim.ledger import Ledger, schema
from counterclaim.model import Capture, Evidence, Judgement, JudgementKind, LedgerError

LETTER = Capture.of("letter.txt", b"Dear harbour", "text/plain")


def verified(statement: str, *captures: str, author: str = "Ann") -> Judgement:
    return Judgement.of(
        JudgementKind.VERIFIED,
        statement,
        "",
        basis="analyst",
        author=author,
        evidence=tuple(Evidence(capture=each) for each in captures),
    )


def test_a_file_is_stored_once_however_many_judgements_name_it(place: str):
    (report,) = filled(place, "r")
    statement = report.statements[0].id
    with Ledger.open(place) as ledger:
        assert ledger.judge(verified(statement, LETTER.sha256), [LETTER])
        assert ledger.judge(verified(statement, LETTER.sha256, author="Bo"), [LETTER])
        assert ledger.judge(verified(statement, LETTER.sha256, author="Cy")), "held already, so not attached"
        assert ledger.counts()["captures"] == 2
        assert ledger.verify() == []


def test_a_file_that_is_a_report_too_is_one_capture(place: str):
    capture, report = make_report("r")
    with Ledger.open(place, create=True) as ledger:
        ledger.judge(verified(report.statements[0].id, capture.sha256), [capture])
        assert ledger.add(capture, report, PairLinker())
        assert ledger.counts()["captures"] == 1
        assert ledger.verify() == []


@pytest.mark.parametrize(
    ("named", "attached", "words"),
    [
        ((LETTER.sha256,), (), "no file with this SHA-256"),
        ((), (LETTER,), "no evidence names this file"),
        (
            (LETTER.sha256,),
            (Capture(name="x", content=b"other", sha256=LETTER.sha256, media_type="text/plain"),),
            "do not have the SHA-256",
        ),
    ],
)
def test_files_and_evidence_must_belong_together(place: str, named, attached, words: str):
    (report,) = filled(place, "r")
    with Ledger.open(place) as ledger:
        before = ledger.counts()
        with pytest.raises(LedgerError, match=words):
            ledger.judge(verified(report.statements[0].id, *named), attached)
        assert ledger.counts() == before


def test_judgements_are_recorded_all_or_none_and_in_their_order(place: str):
    (report,) = filled(place, "r")
    statement = report.statements[0].id
    made = [verified(statement, author=f"P{number}") for number in range(5)]
    with Ledger.open(place) as ledger:
        with pytest.raises(LedgerError):
            ledger.judge_all([*made, verified(statement, LETTER.sha256)])
        assert ledger.snapshot().decisions == ()
        assert ledger.judge_all(made) == 5
        assert ledger.judge_all([*made, verified(statement, author="Q")]) == 1
        assert ledger.snapshot().decisions[:5] == tuple(each.id for each in made)


def test_what_people_decided_is_read_with_what_it_answers(place: str):
    filled(place, "r", "s")
    with Ledger.open(place) as ledger:
        (edge,) = [j for j in ledger.judgements() if j.kind is JudgementKind.SAME_CLAIM]
        no = Judgement.of(JudgementKind.REJECTED, edge.id, "", basis="analyst", author="Ann")
        back = Judgement.of(JudgementKind.UNDONE, no.id, "", basis="analyst", author="Ann")
        ledger.judge_all([no])
        first = ledger.last_recorded()
        ledger.judge_all([back])
        decided, times = ledger.decided()
        assert decided.decisions == (no.id, back.id)
        assert {j.id for j in decided.judgements} == {edge.id, no.id, back.id}
        assert times[no.id] == first < times[back.id]
        assert ledger.decided(first)[0].decisions == (no.id,)
        assert ledger.judgement(no.id[:9]) == no
        for wrong in ("", "j-", "j-nothing", "\x00"):
            with pytest.raises(LedgerError):
                ledger.judgement(wrong)


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE captures SET content = :damaged WHERE sha256 = :key",
        "DELETE FROM captures WHERE sha256 = :key",
    ],
    ids=["damaged", "missing"],
)
def test_a_damaged_or_missing_attachment_is_found(place: str, store: str, change: str):
    (report,) = filled(place, "r")
    with Ledger.open(place) as ledger:
        ledger.judge(verified(report.statements[0].id, LETTER.sha256), [LETTER])
        assert ledger.verify() == []
    engine = raw_engine(place)
    with engine.begin() as connection:
        if store == "sqlite":
            query = "SELECT name FROM sqlite_master WHERE type = 'trigger'"
            for name in connection.execute(text(query)).scalars().all():
                connection.execute(text(f"DROP TRIGGER {name}"))
        else:
            connection.execute(text("ALTER TABLE captures DISABLE TRIGGER ALL"))
        values = {"key": LETTER.sha256} | ({"damaged": b"Dear harbous"} if ":damaged" in change else {})
        assert connection.execute(text(change), values).rowcount == 1
    engine.dispose()
    with Ledger.open(place) as ledger:
        assert any(LETTER.sha256 in problem.name for problem in ledger.verify())


def test_peoples_judgements_are_found_by_an_index(place: str):
    with Ledger.open(place, create=True) as ledger, ledger.reading() as connection:
        table = schema.judgements
        query = select(table.c.payload).where(schema.BY_PEOPLE).order_by(table.c.sequence)
        if connection.dialect.name == "postgresql":
            connection.exec_driver_sql("SET LOCAL enable_seqscan = off")
        told = "EXPLAIN QUERY PLAN" if connection.dialect.name == "sqlite" else "EXPLAIN"
        plan = connection.exec_driver_sql(f"{told} {query.compile(connection)}").all()
        assert "judgements_by_people" in str(plan)
