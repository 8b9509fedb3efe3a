"""What an export holds comes back without loss: same lines, same chain, same boards; damage is named."""

from __future__ import annotations

import json
import tracemalloc
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import msgspec
import pytest
from exchange_help import exported, filled_with, imported
from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test
from ledger_help import START, Clock, PairLinker, content, make_report, rows, whole
from test_ledger_as_of import LedgerMachine, Shown

from counterclaim.disputes import DefaultLinker
from counterclaim.disputes.judging import Analyst
from counterclaim.ledger import Ledger
from counterclaim.ledger.importing import import_lines
from counterclaim.ledger.staged_lines import lines_of, stage
from counterclaim.ledger.staging import Staging
from counterclaim.ledger.verifying import verify
from counterclaim.model import (
    Capture,
    Document,
    Evidence,
    Judgement,
    JudgementKind,
    Linker,
    Severity,
    Statement,
    dump,
    dump_line,
    load_line,
)
from counterclaim.model.problems import InputError, LedgerError

SAYINGS = (("Ida", "the boat sailed", True), ("Tom", "the boat sailed", False), ("Bo", "it rained", True))
LETTER = Capture.of("letter.txt", b"Dear harbour", "text/plain")


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


@pytest.fixture
def source(tmp_path) -> Ledger:
    """A ledger with three reports, a decision with a file, and one that answers it, each at its time."""
    clock = Clock()
    ledger = filled_with(str(tmp_path / "source.db"), [], clock=clock)
    for number, name in enumerate("abc"):
        clock.set(number * 10)
        assert ledger.add(*make_report(name, SAYINGS), PairLinker())
    clock.set(100)
    evidence = (Evidence(capture=LETTER.sha256, note="their letter"),)
    first = min(statement.id for statement in ledger.statements())
    (verified,) = Analyst(ledger.decided()[0], author="Ann").verified(first, evidence)
    assert ledger.judge(verified, [LETTER])
    clock.set(110)
    (undone,) = Analyst(ledger.decided()[0], author="Ann").undo(verified)
    assert ledger.judge(undone)
    with ledger:
        yield ledger


@pytest.fixture
def target(place) -> Ledger:
    with Ledger.open(place, create=True, clock=Clock(START + timedelta(days=1))) as ledger:
        yield ledger


def at(given: list[bytes], kind: str, number: int = 0) -> int:
    """Return where the line of a noun stands."""
    found = [n for n, line in enumerate(given) if f'"noun":{{"type":"{kind}"'.encode() in line]
    return found[number]


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


# Damage.


def changed(line: bytes, **fields: object) -> bytes:
    """Return a line whose noun has other values."""
    read = json.loads(line)
    read["noun"].update(fields)
    return json.dumps(read).encode()


@pytest.mark.parametrize(
    ("kind", "fields", "left_out", "told"),
    [
        ("capture", {"content": "AAAA"}, 1, ["line-unusable", "report-refused"]),
        ("document", {"key": "d-0000000000000000"}, 1, ["line-unusable", "document-missing"]),
        ("document", {"text": "other words"}, 1, ["report-refused"]),
        ("annotations", {"document": "d-0000000000000000"}, 1, ["document-missing", "report-incomplete"]),
        ("statement", {"id": "s-0000000000000000"}, 1, ["line-unusable", "report-incomplete"]),
        ("statement", {"type": "remark"}, 1, ["line-unusable", "report-incomplete"]),
        ("statement", {"mood": "grave"}, 1, ["line-unusable", "report-incomplete"]),
        ("judgement", {"reason": "another"}, 0, ["line-unusable"]),
        ("judgement", {"left": "zz", "right": "a"}, 0, ["line-unusable"]),
    ],
)
@pytest.mark.parametrize("number", [0, 1, -1])
def test_a_wrong_line_is_named_and_only_its_report_left_out(
    source, target, kind, fields, left_out, told, number
):
    given = exported(source)
    captures = [
        line for line in given if LETTER.sha256.encode() not in line or b'"type":"capture"' not in line
    ]
    place = given.index([line for line in captures if f'"type":"{kind}"'.encode() in line][number])
    wrong = list(given)
    wrong[place] = changed(given[place], **fields)
    done, problems = imported(target, wrong)
    wrongs = [each for each in problems if each.severity is Severity.ERROR]  # an unused capture is a notice
    assert (done.added, done.errors) == (3 - left_out, len(wrongs))
    assert sorted(each.code for each in wrongs) == sorted(told)
    if "line-unusable" in told:
        assert f"f#{place + 1}" in {each.name for each in problems}
    assert target.verify() == []
    done, problems = imported(target, given)
    assert (done.added, problems) == (left_out, [])
    assert sorted(content_of(target)) == sorted(content_of(source)), "the sound file adds what was left out"


def content_of(ledger: Ledger) -> list[bytes]:
    return exported(ledger, recorded=False)


@pytest.mark.parametrize("recorded", [True, False])
def test_a_file_cut_anywhere_gives_whole_reports(source, places, recorded):
    given = exported(source, recorded=recorded)
    everything = b"".join(given)
    full = {each.document: each for each in map(source.report, keys_of(source))}
    with Ledger.open(places("cut"), create=True) as target:
        for cut in range(50, len(everything), len(everything) // 40):
            done, problems = imported(target, everything[:cut].splitlines(keepends=True))
            assert problems or everything[:cut].endswith(b"\n") or done.added == 0
            for key in keys_of(target):
                assert same(target.report(key), full[source.report(key).document]), f"cut at {cut}"
        assert target.verify() == []
        _done, problems = imported(target, given)
        assert problems == []
        assert sorted(content_of(target)) == sorted(content_of(source))


def keys_of(ledger: Ledger) -> list[str]:
    return [document.key for document in ledger.documents()]


def same(one: object, other: object) -> bool:
    return msgspec.json.encode(one) == msgspec.json.encode(other)


def test_a_flipped_byte_never_gives_half_a_report(source, places):
    """One byte of a line is damaged so that it is no JSON, in each line in turn."""
    given = exported(source)
    full = {key: source.report(key) for key in keys_of(source)}
    with Ledger.open(places("flip"), create=True) as target:
        for number, line in enumerate(given):
            damaged = [*given]
            damaged[number] = line.replace(b'":', b'"!', 1) if number % 2 else line[:-20] + b"\n"
            _done, problems = imported(target, damaged)
            assert any(each.name == f"f#{number + 1}" for each in problems)
            for key in keys_of(target):
                assert same(target.report(key), full[key])
        assert target.verify() == []


def test_a_report_that_lacks_a_line_silently_is_left_out(source, target):
    given = exported(source)
    place = at(given, "statement", 4)
    done, problems = imported(target, [line for n, line in enumerate(given) if n != place])
    lacking = load_line(given[place]).noun.document
    if done.added == 2:
        assert [each.code for each in problems] == ["report-incomplete"]
    assert lacking not in keys_of(target) or same(target.report(lacking), source.report(lacking)) is False


def test_a_later_schema_is_refused_as_a_whole(source, target):
    given = [line.replace(b'"schema":1', b'"schema":2', 1) for line in exported(source)]
    done, problems = imported(target, given)
    assert [each.code for each in problems] == ["file-schema"]
    assert "schema 2" in problems[0].message
    assert done.errors == 1
    assert sum(target.counts().values()) == 0


def test_a_capture_that_is_missing_leaves_its_documents_out(source, target):
    given = exported(source)
    document = load_line(given[at(given, "document")]).noun
    lacking = [line for line in given if f'"sha256":"{document.capture}"'.encode() not in line]
    done, problems = imported(target, lacking)
    assert done.added == 2
    assert any(document.id in each.message and document.capture in each.message for each in problems)
    assert document.key not in keys_of(target)


def test_a_decision_whose_evidence_is_missing_is_left_out_and_named(source, target):
    given = exported(source)
    lacking = [line for line in given if f'"sha256":"{LETTER.sha256}"'.encode() not in line]
    done, problems = imported(target, lacking)
    assert done.added == 3
    assert [each.code for each in problems] == ["evidence-missing"]
    assert LETTER.sha256 in problems[0].message
    done, problems = imported(target, given)
    assert (done.judgements, problems) == (1, [])
    assert target.capture(LETTER.sha256).content == LETTER.content


def test_verify_names_evidence_that_is_not_held(source, tmp_path):
    import sqlite3

    connection = sqlite3.connect(tmp_path / "source.db")
    connection.executescript(
        "PRAGMA foreign_keys=OFF; DROP TRIGGER captures_no_delete; "
        f"DELETE FROM captures WHERE sha256 = '{LETTER.sha256}'"
    )
    connection.close()
    with source.reading() as connection:
        found = verify(connection)
    assert any(each.code == "evidence" and LETTER.sha256 in each.message for each in found)


def test_two_lines_of_one_name_that_differ_are_an_error_and_equal_ones_are_not(source, target):
    given = exported(source)
    place = at(given, "judgement")
    done, problems = imported(target, [*given, given[place], changed(given[place], confidence=0.25)])
    assert [each.name for each in problems] == [f"f#{len(given) + 2}"]
    assert done.added == 3
    held = {each.id: each for each in target.judgements()}
    first = load_line(given[place]).noun
    assert held[first.id] == first


def test_two_files_in_one_come_in_but_keep_no_times(source, places):
    with (
        filled_with(places("x"), [make_report("x")]) as other,
        Ledger.open(places("t"), create=True) as target,
    ):
        both = exported(source) + exported(other)
        with pytest.raises(LedgerError, match="not those of one log"):
            imported(target, both, keep_times=True)
        done, problems = imported(target, both)
        assert (done.added, problems) == (4, [])
        assert target.verify() == []


def test_a_report_that_was_read_otherwise_is_named(source, target):
    capture, report = make_report("a", SAYINGS)
    fewer = msgspec.structs.replace(report, statements=report.statements[:1])
    assert target.add(capture, fewer, PairLinker())
    done, problems = imported(target, exported(source))
    assert [each.code for each in problems] == ["report-differs"]
    assert done.added == 2
    assert len(target.report(report.document.key).statements) == 1


def test_captures_that_nothing_names_are_a_notice(target):
    line = dump_line(load_line(dump(LETTER)))
    done, problems = imported(target, [line])
    assert [(each.code, each.severity) for each in problems] == [("captures-unused", Severity.NOTICE)]
    assert done.errors == 0
    assert target.counts()["captures"] == 0


@pytest.mark.parametrize(
    "line",
    [
        b"hello",
        b"{}",
        b'{"schema":1,"noun":{"type":"problem","name":"a","code":"b","message":"c","advice":"d"}}',
        b"[" * 100_000,
        b'{"schema":1,"noun":{"type":"capture","name":"\xff"}}',
        b"\x00\x01",
        "\ud800",
    ],
)
def test_nonsense_is_named_and_the_rest_goes_on(source, target, line):
    given = exported(source)
    done, problems = imported(target, [given[0], line, b"\n", *given[1:]])
    assert [each.name for each in problems] == ["f#2"]
    assert done.added == 3


@pytest.mark.parametrize("time", ['"recorded":"yesterday"', '"recorded":"2031-04-02T08:00:00"'])
def test_a_time_that_is_none_is_named(source, target, time):
    given = exported(source)
    read = load_line(given[-1])
    given[-1] = given[-1].replace(f'"recorded":"{read.recorded}"'.encode(), time.encode())
    _done, problems = imported(target, given)
    assert [each.name for each in problems] == [f"f#{len(given)}"]


def test_what_programs_judged_of_a_report_that_is_left_out_is_left_out(source, target):
    given = exported(source)
    place = at(given, "document", 1)
    gone = load_line(given[place]).noun
    given[place] = changed(given[place], text="other words")
    imported(target, given)
    lost = {statement.id for statement in source.statements(gone.key)}
    judged = {side for each in target.judgements() for side in (each.left, each.right)}
    assert not judged & (lost - {decided_on(source)})
    assert target.board() is not None


def decided_on(ledger: Ledger) -> str:
    return next(each.left for each in ledger.judgements() if each.kind is JudgementKind.VERIFIED)


def test_people_who_answer_one_another_come_in_order_without_times(target, places):
    with filled_with(places("s"), [make_report("a", SAYINGS)]) as source:
        one = min(statement.id for statement in source.statements())
        for number in range(12):
            analyst = Analyst(source.decided()[0], author="Ann" if number % 3 else "Bo", reason=str(number))
            kind = JudgementKind.CONFIRMED if number % 2 else JudgementKind.REJECTED
            source.judge_all(analyst.answer(kind, one))
        imported(target, exported(source, recorded=False))
        assert target.snapshot().decisions == source.snapshot().decisions
        assert target.board() == source.board()


# Memory, files.


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
