"""A damaged export: what is wrong is named, only its report is left out, and the sound file adds it."""

from __future__ import annotations

import json

import msgspec
import pytest
from exchange_help import LETTER, SAYINGS, at, exported, filled_with, imported
from ledger_help import PairLinker, make_report

from counterclaim.disputes.judging import Analyst
from counterclaim.ledger import Ledger
from counterclaim.ledger.verifying import verify
from counterclaim.model import (
    JudgementKind,
    Severity,
    dump,
    dump_line,
    load_line,
)
from counterclaim.model.problems import LedgerError


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


@pytest.mark.parametrize("encoding", ["utf-8", "latin-1", "no-such-encoding", "utf-16", "hex"])
def test_a_text_that_is_not_that_of_its_capture_is_left_out(source, target, encoding):
    given = exported(source)
    place = at(given, "document")
    text = json.loads(given[place])["noun"]["text"]
    last = f"{text[:-2]}!." if encoding in {"utf-8", "latin-1"} else text
    given[place] = changed(given[place], text=last, encoding=encoding)
    done, problems = imported(target, given)
    assert done.added == 2
    assert "report-refused" in {each.code for each in problems}
    assert target.verify() == []
    captured, problems = imported(target, given)
    assert (captured.added, captured.errors) == (0, done.errors), "the capture that is held is looked at too"
