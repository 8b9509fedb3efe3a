"""Two ledgers joined: whichever into whichever, both know the same, and once is as good as twice."""

from __future__ import annotations

import itertools

import pytest
from exchange_help import filled_with
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from ledger_help import PairLinker, board_bytes, content, make_report, raw_engine, whole
from msgspec.structs import replace
from sqlalchemy import text

from counterclaim import pipeline
from counterclaim.disputes import DefaultLinker
from counterclaim.disputes.judging import Analyst
from counterclaim.ledger import Ledger
from counterclaim.ledger.merging import merge
from counterclaim.model import Capture, Evidence, Judgement, JudgementKind, Problem, Severity

LETTER = Capture.of("letter.txt", b"Dear harbour", "text/plain")
SAYING = st.tuples(
    st.sampled_from(["Ida", "Tom"]), st.sampled_from(["the boat sailed", "it rained"]), st.booleans()
)
REPORTS = st.dictionaries(
    st.sampled_from("abcdef"), st.lists(SAYING, min_size=1, max_size=3, unique=True), min_size=1, max_size=4
)
NUMBERS = itertools.count()


def joined(ledger, other, linker=None):
    problems: list[Problem] = []
    done = merge(ledger, other, linker or PairLinker(), name="other", problem=problems.append)
    return done, problems


def known(ledger):
    """Return all that a ledger knows, without the links of versions, which tell the order of recording."""
    snapshot = ledger.snapshot()
    judgements = tuple(j for j in snapshot.judgements if j.kind is not JudgementKind.REVISES)
    return board_bytes(replace(snapshot, judgements=judgements, decisions=tuple(sorted(snapshot.decisions))))


def decide(ledger, number):
    """Let a person judge two statements of a ledger."""
    ids = sorted(statement.id for statement in ledger.statements())
    one, other = ids[number % len(ids)], ids[(number + 1) % len(ids)]
    if one != other:
        kind = [JudgementKind.SAME_CLAIM, JudgementKind.OPPOSED][number % 2]
        ledger.judge(Judgement.of(kind, one, other, basis="analyst", author="Ida", reason=str(number)))


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(first=REPORTS, second=REPORTS, decisions=st.lists(st.integers(0, 9), max_size=3))
def test_one_into_the_other_is_the_other_into_the_one(first, second, decisions, places):
    made = []
    for _turn in range(2):
        pair = []
        for reports in (first, second):
            ledger = filled_with(
                places(f"l{next(NUMBERS)}"), [make_report(*each) for each in sorted(reports.items())]
            )
            for number in decisions:
                decide(ledger, number)
            pair.append(ledger)
        made.append(pair)
    (one, other), (again, its_other) = made
    before = known(other)
    assert not any(problem.severity is Severity.ERROR for problem in joined(one, other)[1])
    joined(its_other, again)
    same = {name for name in first.keys() & second.keys() if first[name] != second[name]}
    if not same:  # reports of one id and text that were read otherwise stay as each ledger read them
        assert known(one) == known(its_other)
        assert board_bytes(one.board()) == board_bytes(its_other.board())
    assert known(other) == before
    counts = one.counts()
    assert joined(one, other)[0].added == 0
    assert one.counts() == counts
    assert one.verify() == []
    for ledger in itertools.chain(*made):
        ledger.close()


def test_judgements_come_with_their_files_and_what_is_missing_is_named(places):
    with (
        filled_with(places("a"), [make_report("a")]) as one,
        filled_with(places("b"), [make_report("b"), make_report("c")]) as other,
    ):
        statement = min(each.id for each in other.statements())
        evidence = (Evidence(capture=LETTER.sha256),)
        (verified,) = Analyst(other.decided()[0], author="Ann").verified(statement, evidence)
        assert other.judge(verified, [LETTER])
        done, problems = joined(one, other)
        assert (done.added, done.known, problems) == (2, 0, [])
        assert one.capture(LETTER.sha256) == LETTER
        assert one.judgement(verified.id) == verified
        assert {each.id for each in one.judgements()} >= {each.id for each in other.judgements()}
        assert one.verify() == []


def test_reports_of_both_are_compared_with_each_other(places):
    with (
        filled_with(places("a"), [make_report("a", [("Ida", "the boat sailed", True)])]) as one,
        filled_with(places("b"), [make_report("b", [("Tom", "the boat sailed", False)])]) as other,
    ):
        assert not list(one.board().disputes)
        joined(one, other)
        assert len(one.board().disputes) == 1


def test_a_report_that_was_read_otherwise_stays_as_it_is_and_is_named(places):
    capture, report = make_report("a", [("Ida", "the boat sailed", True), ("Tom", "it rained", True)])
    with (
        filled_with(places("a"), [(capture, report)]) as one,
        filled_with(places("b"), [(capture, replace(report, statements=report.statements[:1]))]) as other,
    ):
        before = content(places("a"))["statements"]
        _done, problems = joined(one, other)
        assert [problem.code for problem in problems] == ["report-differs"]
        assert content(places("a"))["statements"] == before


def test_a_damaged_report_of_the_other_is_named_and_the_rest_goes_on(tmp_path):
    place = str(tmp_path / "b.db")
    filled_with(place, [make_report("b"), make_report("c")]).close()
    engine = raw_engine(place)
    with engine.begin() as connection:
        connection.execute(text("DROP TRIGGER captures_no_update"))
        connection.execute(text("UPDATE captures SET content = 'x' WHERE sequence = 1"))
    engine.dispose()
    with Ledger.open(str(tmp_path / "a.db"), create=True) as one, Ledger.open(place) as other:
        done, problems = joined(one, other)
        assert (done.added, [problem.code for problem in problems]) == (1, ["report-refused"])
        assert one.verify() == []


def test_a_merge_that_was_stopped_goes_on(places, monkeypatch):
    with (
        filled_with(places("a"), [make_report("a")]) as one,
        filled_with(places("b"), [make_report(name) for name in "bcd"]) as other,
    ):
        adding = Ledger.add

        def stop_at_second(ledger, capture, report, linker):
            if report.document.id == "c":
                raise KeyboardInterrupt
            return adding(ledger, capture, report, linker)

        with monkeypatch.context() as patched:
            patched.setattr(Ledger, "add", stop_at_second)
            with pytest.raises(KeyboardInterrupt):
                joined(one, other)
        assert {document.id for document in one.documents()} == {"a", "b"}
        done, _ = joined(one, other)
        assert (done.added, done.known) == (2, 1)
        assert {document.id for document in one.documents()} == set("abcd")


def test_with_itself_nothing_changes(places):
    with filled_with(places("a"), [make_report("a"), make_report("b")]) as one:
        before = whole(places("a"))
        with Ledger.open(places("a")) as same:
            done, problems = joined(one, same)
        assert (done.added, done.known, problems) == (0, 2, [])
        assert whole(places("a")) == before


def test_the_programs_own_linker_gives_one_board_whichever_way(tmp_path, samples):
    half = sorted(samples.iterdir())
    parts = [half[::2], half[1::2]]
    boards = []
    for turn in range(2):
        ledgers = [Ledger.open(str(tmp_path / f"{turn}-{n}.db"), create=True) for n in range(2)]
        for ledger, part in zip(ledgers, parts, strict=True):
            pipeline.ingest(ledger, part)
        one, other = ledgers if turn else ledgers[::-1]
        joined(one, other, DefaultLinker())
        boards.append((known(one), board_bytes(one.board())))
        assert one.verify() == []
        for ledger in ledgers:
            ledger.close()
    assert boards[0] == boards[1]
    with Ledger.open(str(tmp_path / "at-once.db"), create=True) as ledger:
        pipeline.ingest(ledger, half)
        assert (known(ledger), board_bytes(ledger.board())) == boards[0]


def test_another_last_word_of_one_person_is_told(places):
    with (
        filled_with(places("a"), [make_report("a")]) as one,
        filled_with(places("b"), [make_report("a")]) as other,
    ):
        statement = min(each.id for each in one.statements())
        mine, theirs = (
            ledger.judge_all(Analyst(ledger.decided()[0], author=author).answer(kind, statement))
            for ledger, author, kind in (
                (one, "Ann", JudgementKind.CONFIRMED),
                (other, "Ann", JudgementKind.REJECTED),
            )
        )
        assert (mine, theirs) == (1, 1)
        held = one.snapshot().decisions
        _done, problems = joined(one, other)
        assert [(each.code, each.name, each.severity) for each in problems] == [
            ("decision-replaced", held[0], Severity.NOTICE)
        ]
        assert "Ann" in problems[0].message
        assert other.snapshot().decisions[0] in problems[0].message
        assert joined(one, other)[1] == [], "told once"
