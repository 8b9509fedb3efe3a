"""What would break a ledger is refused before it is in, and by whichever way it comes."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from ledger_help import NOUNS, PairLinker, filled, make_report, whole
from msgspec.structs import replace

from counterclaim.ledger import Ledger
from counterclaim.model import (
    ActorKind,
    Affiliation,
    Annotations,
    Channel,
    Document,
    DocumentActor,
    Judgement,
    JudgementKind,
    LedgerError,
    Origin,
    OriginBasis,
    PlaceMention,
    PlaceReading,
    Report,
    Span,
    TimeExpression,
    TimeKind,
    Verification,
    VerificationStatus,
)

QUAY = [("Tom", "the quay was closed", True)]


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


def broken_reports():
    capture, report = make_report("two", QUAY)
    document, (statement,) = report.document, report.statements
    other = make_report("one")[1].document
    yield "misnamed bytes", replace(capture, content=b"other"), report, "SHA-256"
    yield "another capture", make_report("one")[0], report, "was not made from the capture"
    misnamed = replace(document, key="d-0")
    yield "misnamed document", capture, Report(document=misnamed), "'d-0' is not that of this id"
    stray = Report(document=document, statements=(replace(statement, document=other.key),))
    yield "another document's statement", capture, stray, "belongs to another document"
    alien = Report(document=document, annotations=make_report("one")[1].annotations)
    yield "another document's annotations", capture, alien, "its annotations belong to the document"
    twice = Report(document=document, statements=(statement, statement))
    yield "a statement twice", capture, twice, "stands in the report twice"


@pytest.mark.parametrize(
    ("capture", "report", "match"),
    [case[1:] for case in broken_reports()],
    ids=[case[0] for case in broken_reports()],
)
def test_a_report_that_does_not_hang_together_is_refused(place, capture, report, match):
    filled(place, "one")
    before = whole(place)
    with Ledger.open(place) as ledger:
        with pytest.raises(LedgerError, match=match):
            ledger.add(capture, report, PairLinker())
        assert ledger.verify() == []
    assert whole(place) == before


WRONG = Span(start=0, end=3, quote="XYZ")


@pytest.mark.parametrize(
    "changes",
    [
        {"headline": WRONG},
        {"standfirst": WRONG},
        {"dateline": WRONG},
        {"origin": Origin(name="XYZ", basis=OriginBasis.CREDIT, span=WRONG)},
    ],
    ids=lambda changes: next(iter(changes)),
)
def test_every_span_of_a_document_is_verified(place, changes):
    capture, report = make_report("one")
    document: Document = replace(report.document, **changes)
    with Ledger.open(place, create=True) as ledger:
        ledger.add(capture, Report(document=document), PairLinker())
        assert [(p.name, p.code) for p in ledger.verify()] == [(f"document {document.key}", "span")]


@pytest.mark.parametrize("part", ["actors", "times", "places", "affiliations"])
def test_every_span_of_the_annotations_is_verified(place, part):
    capture, report = make_report("one")
    actor = DocumentActor(id="ida", kind=ActorKind.PERSON, mentions=(WRONG,))
    role = DocumentActor(
        id="ida", kind=ActorKind.PERSON, affiliations=(Affiliation(role="guide", span=WRONG),)
    )
    time = TimeExpression(span=WRONG, kind=TimeKind.DATE, value="2031-04-02")
    mention = PlaceMention(span=WRONG, reading=PlaceReading.LOCATION)
    changes = {
        "actors": {"actors": (actor,)},
        "times": {"times": (time,)},
        "places": {"places": (mention,)},
        "affiliations": {"actors": (role,)},
    }
    notes = Annotations(document=report.document.key, **changes[part])
    with Ledger.open(place, create=True) as ledger:
        ledger.add(capture, replace(report, annotations=notes), PairLinker())
        assert [(p.name, p.code) for p in ledger.verify()] == [(f"annotations {notes.document}", "span")]


@pytest.mark.parametrize("part", ["hedges", "channel", "verification", "affiliation", "mention"])
def test_every_span_of_a_statement_is_verified(place, part):
    capture, report = make_report("one")
    (statement,) = report.statements
    speaker = statement.speaker
    changes = {
        "hedges": {"hedges": (WRONG,)},
        "channel": {"channel": Channel(kind="letter", span=WRONG)},
        "verification": {"verification": Verification(status=VerificationStatus.UNVERIFIED, span=WRONG)},
        "affiliation": {"speaker": replace(speaker, affiliation=Affiliation(role="XYZ", span=WRONG))},
        "mention": {"speaker": replace(speaker, mention=WRONG)},
    }
    wrong = replace(statement, **changes[part])
    with Ledger.open(place, create=True) as ledger:
        ledger.add(capture, Report(document=report.document, statements=(wrong,)), PairLinker())
        assert [(p.name, p.code) for p in ledger.verify()] == [(f"statement {statement.id}", "span")]


def test_a_ledger_locked_for_too_long_says_what_to_do(place, monkeypatch):
    for module in ("dialect_sqlite", "dialect_postgresql"):
        monkeypatch.setattr(f"counterclaim.ledger.{module}.BUSY_SECONDS", 0.1)
    filled(place, "one")
    with Ledger.open(place) as ledger:
        with Ledger.open(place) as other, other.writing():
            with pytest.raises(LedgerError, match=r"locked for 0\.1 seconds\. Wait for it to end"):
                ledger.add(*make_report("two"), PairLinker())
            assert ledger.counts()["documents"] == 1
        assert ledger.add(*make_report("two"), PairLinker())


@pytest.mark.parametrize("half", ["\udce9"])
def test_half_a_character_is_refused(place, half):
    filled(place, "one")
    before = whole(place)
    capture, report = make_report("two")
    document = replace(report.document, title=f"Boats {half}")
    with Ledger.open(place) as ledger:
        with pytest.raises(LedgerError, match="half of a character"):
            ledger.add(capture, Report(document=document), PairLinker())
        with pytest.raises(LedgerError, match="half of a character"):
            ledger.add(replace(capture, name=f"two{half}.txt"), report, PairLinker())
        with pytest.raises(LedgerError, match="half of a character"):
            ledger.judge(Judgement.of(JudgementKind.RETRACTED, "d-0", "", basis="analyst", author=half))
        assert ledger.verify() == []
    assert whole(place) == before


def test_a_million_characters_with_marks_of_every_kind(place):
    capture, report = make_report("one", more='"quay\x00side" 🙂 ' * 80_000)
    assert len(report.document.text) > 1_000_000
    with Ledger.open(place, create=True) as ledger:
        assert ledger.add(capture, report, PairLinker())
        assert ledger.report(report.document.key) == report
        assert ledger.capture(capture.sha256) == capture
        assert ledger.search("quay side 🙂")[0].document == report.document
        assert ledger.verify() == []


ADD = """
import sys
from ledger_help import PairLinker, make_report
from counterclaim.ledger import Ledger
with Ledger.open(sys.argv[1]) as ledger:
    for number in range(100_000):
        capture, report = make_report(f"r{number}", [("Ida", f"boat {number} sailed", True)])
        ledger.add(capture, report, PairLinker())
        print(report.document.key, flush=True)
"""


def test_what_was_acknowledged_survives_a_kill(place):
    Ledger.open(place, create=True).close()
    for rounds in range(1, 4):
        command = [sys.executable, "-c", ADD, place]
        with subprocess.Popen(
            command, stdout=subprocess.PIPE, cwd=Path(__file__).parent, text=True
        ) as process:
            assert process.stdout is not None
            acknowledged = [process.stdout.readline().strip() for _ in range(20 * rounds)]
            process.kill()
            acknowledged += process.stdout.read().split("\n")[:-1]
        with Ledger.open(place) as ledger:
            held = {document.key for document in ledger.documents()}
            assert set(acknowledged) <= held
            assert len(held) <= len(acknowledged) + 1
            assert ledger.verify() == []
