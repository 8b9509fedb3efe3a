"""Versions of a report in a ledger: linked when they come in, in any order, in the same transaction."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest
from ledger_help import Clock, PairLinker, content, make_report
from msgspec.structs import replace

from counterclaim.disputes import read_versions
from counterclaim.ledger import Ledger
from counterclaim.model import Capture, Document, Judgement, JudgementKind, Report

DATES = ("2031-04-01", "2031-04-02T09:00:00Z", "2031-04-02T12:00:00+02:00")


def version(number: int, published: str | None, **fields: str) -> tuple[Capture, Report]:
    capture, report = make_report("quay", more=f"Version {number}.")
    document = replace(report.document, published=published, **fields)
    return capture, replace(report, document=document)


def linked(ledger: Ledger) -> set[tuple[str, str]]:
    return {(j.left, j.right) for j in ledger.judgements() if j.kind is JudgementKind.REVISES}


def test_any_order_gives_the_same_chain(tmp_path: Path) -> None:
    several = [version(number, date) for number, date in enumerate(DATES)]
    keys = [report.document.key for _, report in several]
    seen = []
    for turn, order in enumerate(itertools.permutations(several)):
        place = tmp_path / f"{turn}.db"
        with Ledger.open(str(place), create=True) as ledger:
            for capture, report in order:
                assert ledger.add(capture, report, PairLinker())
                assert not ledger.add(capture, report, PairLinker())
            snapshot = ledger.snapshot()
            versions = read_versions(snapshot.documents, snapshot.judgements)
            assert versions.chains == ((keys[0], keys[1], keys[2]),)
            assert ledger.document("quay").key == keys[2]
            assert ledger.verify() == []
            assert 2 <= len(linked(ledger)) <= 3  # the chain's links, and at most one that skips a version
        held = content(place)
        seen.append([held[table] for table in ("documents", "statements", "report_keys", "full_text")])
    assert all(each == seen[0] for each in seen)


def test_where_the_outlet_gives_no_dates_the_order_of_recording_tells(tmp_path: Path) -> None:
    one, two = version(1, None), version(2, None)
    for turn, (first, second) in enumerate(((one, two), (two, one))):
        with Ledger.open(str(tmp_path / f"{turn}.db"), create=True) as ledger:
            ledger.add(*first, PairLinker())
            ledger.add(*second, PairLinker())
            assert linked(ledger) == {(second[1].document.key, first[1].document.key)}
            (judgement,) = (j for j in ledger.judgements() if j.kind is JudgementKind.REVISES)
            assert (judgement.author, judgement.basis) == ("program:versions/1", "same-id")
            assert ledger.document("quay") == second[1].document


def test_the_link_is_recorded_with_the_newcomer(tmp_path: Path) -> None:
    clock = Clock()
    with Ledger.open(str(tmp_path / "l.db"), create=True, clock=clock) as ledger:
        ledger.add(*version(1, DATES[0]), PairLinker())
        before = ledger.last_recorded()
        clock.set(60)
        ledger.add(*version(2, DATES[1]), PairLinker())
        assert before is not None
        kinds = {j.kind for j in ledger.judgements(as_of=before)}
        assert JudgementKind.REVISES not in kinds
        assert len(ledger.snapshot(before).documents) == 1
        assert len(linked(ledger)) == 1
        assert len(ledger.snapshot(ledger.last_recorded()).documents) == 2


def test_one_address_links_reports_of_other_ids(tmp_path: Path) -> None:
    capture, report = make_report("pier")
    address = {"url": "https://larre.example/fire", "title": "Fire"}
    other = replace(
        report, document=replace(report.document, published="2031-04-05", publisher=None, **address)
    )
    with Ledger.open(str(tmp_path / "l.db"), create=True) as ledger:
        ledger.add(*version(1, DATES[0], **address), PairLinker())
        ledger.add(capture, other, PairLinker())
        assert {(left, right) for left, right in linked(ledger)} == {
            (other.document.key, version(1, DATES[0], **address)[1].document.key)
        }


def test_two_outlets_that_use_one_id_are_two_reports(tmp_path: Path) -> None:
    with Ledger.open(str(tmp_path / "l.db"), create=True) as ledger:
        ledger.add(*version(1, DATES[0], publisher="Larre Post"), PairLinker())
        ledger.add(*version(2, DATES[1], publisher="Echo"), PairLinker())
        assert linked(ledger) == set()


def test_keys_of_versions_are_made_again_with_those_of_the_linker(tmp_path: Path) -> None:
    class Newer(PairLinker):
        version = "test/2"

    with Ledger.open(str(tmp_path / "l.db"), create=True) as ledger:
        ledger.add(*version(1, DATES[0]), PairLinker())
        ledger.add(*version(2, DATES[1]), Newer())
        assert len(linked(ledger)) == 1


def test_a_person_can_say_that_two_reports_are_versions(tmp_path: Path) -> None:
    first, second = make_report("quay"), make_report("pier")
    with Ledger.open(str(tmp_path / "l.db"), create=True) as ledger:
        ledger.add(*first, PairLinker())
        ledger.add(*second, PairLinker())
        judgement = Judgement.of(
            JudgementKind.REVISES,
            first[1].document.key,
            second[1].document.key,
            basis="analyst",
            author="Ida",
        )
        assert ledger.judge(judgement)
        snapshot = ledger.snapshot()
        versions = read_versions(snapshot.documents, snapshot.judgements)
        assert versions.latest(second[1].document.key) == first[1].document.key


@pytest.mark.parametrize("modified", ["2031-04-09", "2031-04-02T09:00:01Z"])
def test_when_the_outlet_changed_it_goes_before_when_it_published(tmp_path: Path, modified: str) -> None:
    edited, other = version(1, DATES[0], modified=modified), version(2, DATES[1])
    with Ledger.open(str(tmp_path / "l.db"), create=True) as ledger:
        ledger.add(*edited, PairLinker())
        ledger.add(*other, PairLinker())
        assert linked(ledger) == {(edited[1].document.key, other[1].document.key)}
        assert isinstance(ledger.document("quay"), Document)
