"""What is added stays: once, in any order, as of any moment, whatever it holds."""

from __future__ import annotations

import itertools
import random
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from ledger_help import (
    NOUNS,
    START,
    Clock,
    PairLinker,
    board_bytes,
    filled,
    make_report,
    raw_engine,
    whole,
)
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from counterclaim import pipeline
from counterclaim.disputes import DefaultLinker, read_board
from counterclaim.ledger import Ledger
from counterclaim.model import (
    Capture,
    Judgement,
    JudgementKind,
    LedgerError,
    Problem,
    Report,
)

NUMBERS = itertools.count()
SAYINGS = st.lists(
    st.tuples(
        st.sampled_from(["Ida", "Tom", "Larre Lines"]),
        st.sampled_from(["the boat sailed", "the quay was closed", "nobody paid the pilots"]),
        st.booleans(),
    ),
    max_size=3,
)
ACTIONS = st.lists(
    st.one_of(
        st.tuples(st.just("add"), st.integers(0, 5), SAYINGS),
        st.tuples(st.just("judge"), st.integers(0, 30), st.sampled_from(list(JudgementKind))),
    ),
    max_size=8,
)


@pytest.fixture(scope="module")
def sample_reports(samples) -> list[tuple[Capture, Report]]:
    read = [item for item in pipeline.read(samples) if not isinstance(item, Problem)]
    return [(capture, pipeline.analyse(document)) for capture, document in read]


def test_adding_twice_is_adding_once(place, sample_reports):
    linker = DefaultLinker()
    with Ledger.open(place, create=True) as ledger:
        assert all(ledger.add(capture, report, linker) for capture, report in sample_reports)
        before, last = whole(place), ledger.last_recorded()
        assert not any(ledger.add(capture, report, linker) for capture, report in sample_reports)
        assert not any(ledger.add(capture, report, DefaultLinker()) for capture, report in sample_reports)
        assert not any(ledger.judge(judgement) for judgement in ledger.judgements())
        assert ledger.last_recorded() == last
        assert ledger.verify() == []
    assert whole(place) == before


def test_a_known_report_is_not_compared_again(place):
    class Refusing(PairLinker):
        def keys(self, _report):
            raise AssertionError

    (report,) = filled(place, "one")
    with Ledger.open(place) as ledger:
        assert not ledger.add(make_report("one")[0], report, Refusing())


def test_nothing_is_left_of_a_report_whose_linker_fails(place):
    class Failing(PairLinker):
        def judge(self, _report, _neighbours):
            raise ZeroDivisionError

    filled(place, "one")
    before = whole(place)
    with Ledger.open(place) as ledger:
        with pytest.raises(ZeroDivisionError):
            ledger.add(*make_report("two"), Failing())
        assert ledger.add(*make_report("three"), PairLinker())
        assert ledger.verify() == []
    assert len(whole(place)["documents"]) == len(before["documents"]) + 1


def test_any_order_gives_the_same_board(store, places, sample_reports):
    boards = set()
    for seed in range(20 if store == "sqlite" else 4):
        linker = DefaultLinker()
        order = random.Random(seed).sample(sample_reports, len(sample_reports))
        with Ledger.open(places(f"n{seed}"), create=True) as ledger:
            for capture, report in order:
                ledger.add(capture, report, linker)
            board = ledger.board()
        assert board.disputes
        boards.add(board_bytes(board))
    assert len(boards) == 1


def test_the_board_as_of_a_moment_is_the_board_of_that_moment(place, sample_reports):
    linker = DefaultLinker()
    remembered = []
    with Ledger.open(place, create=True) as ledger:
        for capture, report in sample_reports:
            ledger.add(capture, report, linker)
            remembered.append((ledger.last_recorded(), board_bytes(ledger.board())))
        assert [board_bytes(ledger.board(moment)) for moment, _ in remembered] == [b for _, b in remembered]
        assert ledger.snapshot(remembered[0][0] - timedelta(microseconds=1)).documents == ()
        assert board_bytes(ledger.board(datetime.max.replace(tzinfo=UTC))) == remembered[-1][1]


@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
@given(actions=ACTIONS, times=st.lists(st.integers(-5, 5), min_size=8, max_size=8), again=st.integers(0, 7))
def test_as_of_repeats_what_was_shown(places, actions, times, again):
    clock, linker = Clock(), PairLinker()
    with Ledger.open(places(f"n{next(NUMBERS)}"), create=True, clock=clock) as ledger:
        shown = []
        for number, (action, seconds) in enumerate(zip(actions, times, strict=False)):
            clock.set(seconds)
            match action:
                case ("add", name, sayings):
                    distinct = list(
                        {f"{who} {what} {holds}": (who, what, holds) for who, what, holds in sayings}.values()
                    )
                    capture, report = make_report(f"r{name}", distinct)
                    known = report.document in ledger.snapshot().documents
                    assert ledger.add(capture, report, linker) is not known
                case ("judge", which, kind):
                    ids = [s.id for s in ledger.statements()] or ["s-0"]
                    one, other = ids[which % len(ids)], ids[which // 2 % len(ids)]
                    ledger.judge(Judgement.of(kind, one, other, basis="analyst", author="Ida"))
            if ledger.last_recorded() is not None and number != again:
                shown.append((ledger.last_recorded(), ledger.snapshot(), board_bytes(ledger.board())))
        assert [moment for moment, _, _ in shown] == sorted(moment for moment, _, _ in shown)
        for moment, snapshot, board in shown:
            assert ledger.snapshot(moment) == snapshot
            assert board_bytes(ledger.board(moment)) == board
        for (moment, earlier, _), (_, later, _) in itertools.pairwise(shown):
            assert set(earlier.statements) <= set(later.statements)
            assert moment.tzinfo is not None
        assert ledger.verify() == []


def test_moments_between_additions_repeat_too(place):
    clock = Clock()
    with Ledger.open(place, create=True, clock=clock) as ledger:
        shown = []
        for number in range(5):
            clock.set(10 * number)
            ledger.add(*make_report(f"r{number}"), PairLinker())
            shown.append((START + timedelta(seconds=10 * number + 5), board_bytes(ledger.board())))
        assert [board_bytes(ledger.board(moment)) for moment, _ in shown] == [board for _, board in shown]


def test_times_rise_where_the_clock_goes_back(place):
    clock = Clock()
    moments = []
    with Ledger.open(place, create=True, clock=clock) as ledger:
        for number, seconds in enumerate((100, 0, 50, 50, 200)):
            clock.set(seconds)
            ledger.add(*make_report(f"r{number}"), PairLinker())
            moments.append(ledger.last_recorded())
    assert moments == sorted(set(moments))
    assert moments[1] == moments[0] + timedelta(microseconds=1)
    assert moments[-1] == START + timedelta(seconds=200)


def test_a_clock_without_a_zone_is_refused(place):
    with Ledger.open(place, create=True, clock=lambda: datetime(2031, 1, 1)) as ledger:  # noqa: DTZ001
        with pytest.raises(LedgerError, match="zone"):
            ledger.add(*make_report("one"), PairLinker())
        assert ledger.counts() == dict.fromkeys(NOUNS, 0)


@pytest.mark.parametrize("table", ["entries", *NOUNS])
def test_the_database_refuses_change_and_deletion(place, table):
    filled(place, "one", "two")
    before = whole(place)
    column = "digest" if table == "entries" else "payload"
    engine = raw_engine(place)
    for order in (f"UPDATE {table} SET {column} = 'x'", f"DELETE FROM {table}"):
        with engine.connect() as connection, pytest.raises(DBAPIError, match="append-only"):
            connection.execute(text(order))
    engine.dispose()
    assert before[table]
    assert whole(place) == before


def test_the_same_bytes_under_two_ids_are_one_capture(place):
    capture, report = make_report("one")
    other = Capture.of("elsewhere.txt", capture.content, "text/plain")
    named = Report(document=make_report("one")[1].document)
    document = type(named.document)(
        id="two",
        key=named.document.key_of("two", other.sha256),
        capture=other.sha256,
        text=report.document.text,
    )
    with Ledger.open(place, create=True) as ledger:
        assert ledger.add(capture, report, PairLinker())
        assert ledger.add(other, Report(document=document), PairLinker())
        assert ledger.counts() == {
            "captures": 1,
            "documents": 2,
            "annotations": 1,
            "statements": 1,
            "judgements": 0,
        }
        assert ledger.capture(document.capture) == capture
        assert ledger.report(document.key) == Report(document=document)
        assert ledger.verify() == []


def test_a_document_of_another_capture_is_refused(place):
    with Ledger.open(place, create=True) as ledger:
        with pytest.raises(LedgerError, match="capture"):
            ledger.add(make_report("one")[0], make_report("two")[1], PairLinker())
        assert ledger.last_recorded() is None


def test_a_text_of_half_a_million_characters(tmp_path, place):
    written = tmp_path / "long.txt"
    rng = random.Random(3)
    words = [
        f"{a}{b}" for a in ("har", "quay", "larr", "ferr", "pil") for b in ("bour", "side", "en", "y", "ot")
    ]
    story = "The ferry to Larre was late, Ida Brenn said on Monday. "
    while len(story) < 499_900:
        story += " ".join(rng.choices(words, k=12)).capitalize() + ". "
    written.write_text(story.ljust(499_999, "."), encoding="utf-8")
    ((capture, document),) = [p for p in pipeline.read(written) if not isinstance(p, Problem)]
    with Ledger.open(place, create=True) as ledger:
        assert ledger.add(capture, Report(document=document), DefaultLinker())
        assert not ledger.add(capture, Report(document=document), DefaultLinker())
        assert ledger.document(document.id) == document
        assert ledger.search("quayside")[0].document.key == document.key
        assert ledger.verify() == []


def test_versions_of_one_report(place):
    first, second = make_report("one"), make_report("one", more="Corrected.")
    with Ledger.open(place, create=True) as ledger:
        ledger.add(*first, PairLinker())
        moment = ledger.last_recorded()
        ledger.add(*second, PairLinker())
        assert ledger.document("one") == second[1].document
        assert ledger.document("one", as_of=moment) == first[1].document
        assert ledger.document(first[1].document.key) == first[1].document
        assert ledger.report(first[1].document.key) == first[1]


def test_names_by_their_beginning(place):
    reports = filled(place, "harbour-1", "harbour-10", "quay_1", "quay%1", "Émile")
    with Ledger.open(place) as ledger:
        assert ledger.document("harbour-1").id == "harbour-1"
        assert ledger.document("harbour-10").id == "harbour-10"
        assert ledger.document("quay_").id == "quay_1"
        assert ledger.document("É").id == "Émile"
        statement = reports[0].statements[0]
        assert ledger.statement(statement.id[:14]) == statement
        assert list(ledger.statements(reports[0].document.key)) == [statement]
        with pytest.raises(LedgerError, match="harbour-1, harbour-10"):
            ledger.document("harbour")
        with pytest.raises(LedgerError, match="fits 5"):
            ledger.statement("s-")
        for unknown in ("", "%", "_", "nothing", "\ud800", "a\x00b", "harbour-1" * 1000):
            with pytest.raises(LedgerError, match="nothing in the ledger"):
                ledger.document(unknown)
            with pytest.raises(LedgerError, match="nothing in the ledger"):
                ledger.statement(unknown)
        for missing in (ledger.report, ledger.capture):
            with pytest.raises(LedgerError, match="nothing in the ledger"):
                missing("d-0")


def test_the_board_is_read_off_the_snapshot(place):
    filled(place, "one", "two")
    with Ledger.open(place) as ledger:
        assert ledger.board() == read_board(ledger.snapshot())
        assert [document.id for document in ledger.documents()] == [d.id for d in ledger.snapshot().documents]


@pytest.mark.parametrize("read", ["snapshot", "board", "document", "statement", "search"])
def test_a_moment_without_a_zone_is_refused(place, read):
    filled(place, "one")
    naive = datetime(2031, 4, 2)  # noqa: DTZ001
    with Ledger.open(place) as ledger, pytest.raises(LedgerError, match="zone"):
        getattr(ledger, read)(*(["one"] if read in {"document", "statement", "search"} else []), as_of=naive)
