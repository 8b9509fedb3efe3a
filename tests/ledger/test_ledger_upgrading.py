"""A ledger of an earlier version is brought up to date on opening, and loses nothing."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from alembic import command
from ledger_help import PairLinker, board_bytes, content, filled, make_report, raw_engine

from counterclaim.ledger import Ledger
from counterclaim.ledger.opening import migration_config
from counterclaim.model import Judgement, JudgementKind, Report


@pytest.fixture
def older(place):
    """Make a ledger as the first version made it: two reports, no annotations."""
    with Ledger.open(place, create=True) as ledger:
        for name in ("one", "two"):
            capture, report = make_report(name)
            bare = Report(document=report.document, statements=report.statements)
            assert ledger.add(capture, bare, PairLinker())
    config = migration_config()
    engine = raw_engine(place)
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.downgrade(config, "0001")
    engine.dispose()
    return place


def test_an_earlier_ledger_is_brought_up_to_date(older):
    with Ledger.open(older) as ledger:
        assert ledger.verify() == []
        assert ledger.counts()["annotations"] == 0
        assert sorted(document.id for document in ledger.documents()) == ["one", "two"]
        board = board_bytes(ledger.board())
        capture, report = make_report("three", [("Tom", "the quay was closed", True)])
        assert ledger.add(capture, report, PairLinker())
        assert ledger.annotations(report.document.key) == report.annotations
        assert ledger.verify() == []
        assert board_bytes(ledger.board()) != board
    with Ledger.open(older) as ledger:
        assert ledger.counts()["annotations"] == 1


def test_keys_and_forms_are_made_for_the_reports_of_an_earlier_ledger(older):
    said = make_report("one")[1].statements
    with Ledger.open(older) as ledger:
        before = len(list(ledger.judgements()))
        words = [(s.speaker.name, s.content_text, s.polarity) for s in said if s.speaker]
        assert ledger.add(*make_report("three", words), PairLinker())
        assert len(list(ledger.judgements())) > before


def test_going_up_changes_nothing_that_was_stored(older, places):
    with Ledger.open(older) as ledger:
        assert ledger.counts()["documents"] == 2
    fresh = places("fresh")
    filled(fresh, "one", "two")
    upgraded, new = content(older), content(fresh)
    for table in ("captures", "documents", "statements", "judgements", "full_text"):
        assert upgraded[table] == new[table]


def test_what_people_decided_is_told_in_the_order_of_the_log(place):
    first, second = ((f"a-{name}", f"b-{name}") for name in ("x", "y"))
    with Ledger.open(place, create=True) as ledger:
        made = [
            Judgement.of(JudgementKind.SAME_ACTOR, *pair, basis="analyst", author=author, reason="seen")
            for pair, author in ((second, "Program:Ida"), (first, "program:test/1"), (first, "Tom"))
        ]
        for judgement in made:
            assert ledger.judge(judgement)
        snapshot = ledger.snapshot()
        assert snapshot.decisions == (made[0].id, made[2].id)
        assert ledger.snapshot(datetime(1990, 1, 1, tzinfo=UTC)).decisions == ()
