"""What an export holds comes back without loss: same lines, same chain, same boards."""

from __future__ import annotations

import json
import tracemalloc
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import msgspec
import pytest
from exchange_help import LETTER, SAYINGS, exported, filled_with, imported
from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test
from ledger_help import START, Clock, PairLinker, content, make_report, rows, whole
from test_ledger_as_of import LedgerMachine, Shown

from counterclaim.disputes import DefaultLinker
from counterclaim.ledger import Ledger
from counterclaim.ledger.importing import import_lines
from counterclaim.ledger.staged_lines import lines_of, stage
from counterclaim.ledger.staging import Staging
from counterclaim.model import (
    Document,
    Judgement,
    JudgementKind,
    Linker,
    Statement,
    dump,
)
from counterclaim.model.problems import InputError, LedgerError


class RoundTripMachine(LedgerMachine):
    """The same doings as in the test of as-of; at the end the ledger is exported and read back."""

    def replay(self) -> None:
        given = exported(self.ledger)
        number = next(_NUMBERS)
        place = self.places(f"k{number}")
        with Ledger.open(place, create=True) as kept:
            for again in (False, True):
                done, problems = imported(kept, given, linker=self.linker, keep_times=True)
                assert problems == []
                assert done.added == (0 if again else len(self.ledger.snapshot().documents))
                assert exported(kept) == given
            for moment, shown in self.shown:
                assert Shown(kept, moment) == shown
            assert kept.verify() == []
        assert whole(place) == whole(self.place), "chain, times, keys, forms and full text, too"
        place = self.places(f"n{number}")
        for recorded in (True, False):
            with Ledger.open(place, create=True) as now:
                _done, problems = imported(now, exported(self.ledger, recorded=recorded), linker=self.linker)
                assert problems == []
                assert Shown(now) == self.shown[-1][1]
                assert now.verify() == []
            assert content(place) == content(self.place)


_NUMBERS = iter(range(1, 1_000_000))


@pytest.mark.slow
@pytest.mark.parametrize(
    ("linker", "examples"), [(PairLinker(), 15), (DefaultLinker(), 4)], ids=["rule", "default"]
)
def test_whatever_happened_comes_back(places: Callable[[str], str], linker: Linker, examples: int) -> None:
    run_state_machine_as_test(
        lambda: RoundTripMachine(places, linker),
        settings=settings(
            max_examples=examples,
            stateful_step_count=20,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )


def test_from_a_file_into_either_store_and_on(source, target, tmp_path):
    given = exported(source)
    done, problems = imported(target, given, keep_times=True)
    assert (done.added, done.statements, problems) == (3, 9, [])
    assert done.judgements == source.counts()["judgements"]
    assert exported(target) == given
    with Ledger.open(str(tmp_path / "back.db"), create=True) as back:
        imported(back, exported(target), keep_times=True)
        assert exported(back) == given
    query = "SELECT sequence, recorded, kind, key, digest, chain FROM entries"
    assert rows(tmp_path / "back.db", query) == rows(tmp_path / "source.db", query)


def test_without_keeping_times_it_is_recorded_now_in_the_order_of_the_log(source, target):
    imported(target, exported(source))
    assert target.last_recorded() > START + timedelta(days=1)
    assert target.snapshot() == source.snapshot()
    assert target.snapshot(START + timedelta(days=1) - timedelta(seconds=1)).documents == ()
    query = "SELECT sequence, kind, key, digest FROM entries"
    assert [line.split(b'"recorded"')[0] for line in exported(target)] == [
        line.split(b'"recorded"')[0] for line in exported(source)
    ], query


def test_lines_may_be_text_or_plain_values_and_come_in_any_order(source, target):
    given = exported(source)
    mixed = [json.loads(line) if n % 2 else line.decode() for n, line in enumerate(reversed(given))]
    done, problems = imported(target, mixed, keep_times=True)
    assert (done.added, problems) == (3, [])
    assert exported(target) == given


def test_what_is_held_is_left_alone(source, target, place):
    given = exported(source)
    imported(target, given)
    before = whole(place)
    for keep_times in (False, True):
        done, problems = imported(target, given, keep_times=keep_times)
        assert (done.added, done.known, done.judgements, problems) == (0, 3, 0, [])
    assert whole(place) == before


def test_times_are_kept_after_the_last_entry_and_not_before_it(source, target):
    given = exported(source)
    assert target.add(*make_report("later"), PairLinker())
    counts = target.counts()
    with pytest.raises(LedgerError, match="the times cannot be kept"):
        imported(target, given, keep_times=True)
    assert target.counts() == counts
    with pytest.raises(LedgerError, match="--without recorded"):
        imported(target, exported(source, recorded=False), keep_times=True)
    assert target.counts() == counts


def test_times_are_kept_after_an_earlier_ledger(source, place):
    with Ledger.open(place, create=True, clock=Clock(START - timedelta(days=1))) as target:
        assert target.add(*make_report("earlier", [("Kim", "the sun shone", True)]), PairLinker())
        imported(target, exported(source), keep_times=True)
        moment = START + timedelta(seconds=10)
        assert len(target.snapshot(moment).documents) == 3
        assert target.last_recorded() == source.last_recorded()
        assert target.verify() == []


def test_an_import_that_was_stopped_goes_on(source, target, place, monkeypatch):
    given = exported(source)

    class StoppedError(Exception):
        pass

    written = []

    def stop_at_third(self: object, *arguments: object) -> None:
        written.append(arguments)
        if len(written) == 3:
            raise StoppedError
        append(self, *arguments)

    from counterclaim.ledger.entries import Appender

    append = Appender.document
    monkeypatch.setattr(Appender, "document", stop_at_third)
    with pytest.raises(StoppedError):
        imported(target, given, keep_times=True)
    monkeypatch.undo()
    assert len(target.snapshot().documents) == 2
    assert target.verify() == []
    done, problems = imported(target, given, keep_times=True)
    assert (done.added, done.known, problems) == (1, 2, [])
    assert exported(target) == given


def test_reports_are_found_and_compared_afterwards(source, target):
    imported(target, exported(source))
    assert {hit.document.id for hit in target.search("boat")} == {"a", "b", "c"}
    assert target.add(*make_report("d", SAYINGS), PairLinker())
    assert source.add(*make_report("d", SAYINGS), PairLinker())
    assert target.snapshot() == source.snapshot()


def test_lines_that_are_too_long_are_cut_short_and_refused(tmp_path: Path, monkeypatch):
    monkeypatch.setattr("counterclaim.ledger.staged_lines.MOST", 1_000)
    place = tmp_path / "long.jsonl"
    place.write_bytes(b"x" * 5_000 + b"\n" + dump(LETTER) + b"\n" + b"y" * 1_001)
    found = list(lines_of(place))
    assert [len(line) for line in found] == [1_001, len(dump(LETTER)) + 1, 1_001]
    problems = []
    with Staging() as staging:
        read = stage(found, "f", staging, problems.append)
    assert read.errors == 2
    assert ["1,000 bytes" in each.message for each in problems] == [True, True]
    with pytest.raises(InputError, match="no such file"):
        list(lines_of(tmp_path / "none.jsonl"))
    with pytest.raises(InputError):
        list(lines_of(tmp_path))


def peak_of_import(folder: Path, reports: int) -> int:
    """Return the most bytes in Python's memory while so many reports of 200,000 characters are imported."""
    place = folder / f"{reports}.jsonl"
    with (
        filled_with(
            str(folder / f"{reports}.db"),
            (make_report(f"r{n}", [("Ida", f"it rained {n}", True)], "x" * 200_000) for n in range(reports)),
        ) as source,
        place.open("wb") as file,
    ):
        file.writelines(exported(source))
    with Ledger.open(str(folder / f"{reports}-t.db"), create=True) as target:
        tracemalloc.start()
        try:
            done = import_lines(target, lines_of(place), PairLinker())
            peak = tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()
    assert done.added == reports
    return peak


@pytest.mark.slow
def test_memory_does_not_grow_with_the_file(tmp_path):
    peak_of_import(tmp_path, 2)  # what is loaded once
    few, many = peak_of_import(tmp_path, 10), peak_of_import(tmp_path, 60)
    assert many < few + 1_000_000, "50 more reports have 20 MB of lines and more"


def test_a_linker_need_not_remember():
    linker = DefaultLinker(remembered=1)
    for name in "abc":
        _capture, report = make_report(name, SAYINGS)
        assert linker.form(report) == DefaultLinker().form(report)
        assert linker.keys(report) == DefaultLinker().keys(report)


def test_nothing_is_left_of_the_scratch_file(source, target, tmp_path, monkeypatch):
    import tempfile

    folder = tmp_path / "scratch"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    seen = []

    def watched():
        for line in exported(source):
            seen.append(list(folder.iterdir()))
            yield line

    imported(target, watched())
    assert all(len(each) == 1 for each in seen)
    assert list(folder.iterdir()) == []


def test_ids_are_those_of_the_content():
    _capture, report = make_report("a", SAYINGS)
    assert all(isinstance(each, Statement) for each in report.statements)
    assert isinstance(report.document, Document)
    judgement = Judgement.of(JudgementKind.VERIFIED, "s-1", "", basis="analyst", author="Ann")
    forged = msgspec.structs.replace(judgement, author="Bo")
    from counterclaim.ledger.admission import check_judgement

    check_judgement(judgement)
    with pytest.raises(LedgerError, match="made of its content"):
        check_judgement(forged)
