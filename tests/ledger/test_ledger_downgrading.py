"""A ledger can be taken back to any earlier schema; what would be lost is said before."""

from __future__ import annotations

import itertools

import pytest
from alembic.script import ScriptDirectory
from crashing import some_reports
from ledger_help import PairLinker, content, raw_engine, whole
from sqlalchemy import inspect

from counterclaim.ledger import Ledger
from counterclaim.ledger.downgrading import downgrade, revisions
from counterclaim.ledger.opening import migration_config
from counterclaim.model import LedgerError, Report

KEPT = ("captures", "documents", "statements", "judgements", "report_keys", "full_text")


def fill(place: str, *, annotated: bool) -> None:
    with Ledger.open(place, create=True) as ledger:
        for capture, report in some_reports(4):
            bare = Report(document=report.document, statements=report.statements)
            assert ledger.add(capture, report if annotated else bare, PairLinker())


def tables(place: str) -> set[str]:
    engine = raw_engine(place)
    found = set(inspect(engine).get_table_names())
    engine.dispose()
    return found


@pytest.mark.parametrize("revision", revisions())
def test_down_to_each_schema_and_up_again(place, revision):
    fill(place, annotated=False)
    before = content(place, *KEPT)
    downgrade(place, revision)
    with Ledger.open(place) as ledger:
        assert ledger.verify() == []
        assert ledger.counts()["documents"] == 4
        more = some_reports(5)[4]
        assert ledger.add(*more, PairLinker())
        assert ledger.verify() == []
    after = content(place, *KEPT)
    assert set(before["statements"]) < set(after["statements"])
    for table in KEPT:
        assert set(before[table]) <= set(after[table]), table


def test_what_would_be_lost_is_said_and_nothing_is_changed(place):
    fill(place, annotated=True)
    before = whole(place)
    with pytest.raises(LedgerError, match=r"4 annotations.*--lose"):
        downgrade(place, "0001")
    assert whole(place) == before
    boards = dict.fromkeys(("stored_boards", "stored_rows", "stored_links", "stored_labels"), 0)
    none = dict.fromkeys(("erasures", "tombstones", "protections"), 0)
    assert downgrade(place, "0002") == {"forms": 4, **boards, **none}
    assert downgrade(place, "0001", lose=True) == {"annotations": 4}
    with Ledger.open(place) as ledger:
        found = ledger.verify()
    assert [problem.code for problem in found] == ["missing"] * 4


@pytest.mark.parametrize("revision", ["0099", "", "base", "-1"])
def test_there_is_no_way_to_an_unknown_schema(place, revision):
    fill(place, annotated=False)
    before = whole(place)
    with pytest.raises(LedgerError, match="0001"):
        downgrade(place, revision)
    assert whole(place) == before


def test_there_is_no_way_up(place):
    fill(place, annotated=False)
    downgrade(place, "0002")
    with pytest.raises(LedgerError, match="0002"):
        downgrade(place, "0003")


def test_every_migration_says_what_going_back_drops(place):
    fill(place, annotated=False)
    scripts = ScriptDirectory.from_config(migration_config())
    known = revisions()
    for earlier, revision in reversed(list(itertools.pairwise(known))):
        module = scripts.get_revision(revision).module
        before = tables(place)
        downgrade(place, earlier, lose=True)
        gone = {name for name in before - tables(place) if not name.startswith("full_text")}
        assert gone == {*getattr(module, "LOSES", ()), *getattr(module, "DERIVED", ())}, revision
