"""Search takes any words, and moments are read as users write them."""

from __future__ import annotations

import contextlib
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st
from ledger_help import Clock, PairLinker, make_report

from counterclaim.ledger import Ledger, parse_moment
from counterclaim.ledger.moments import from_microseconds, to_microseconds
from counterclaim.model import LedgerError

REPORTS = {
    "boat": ([("Ida", "the night boat sailed", True)], "Harbour fees rose."),
    "quay": ([("Tom", "the quay was closed", True), ("Ida", "boat traffic resumed", True)], "Night fell."),
    "plane": ([("Émile Łatą", "the ✈ landed at Übersee", True)], "Naïve café."),
    "arabic": ([("Omar", "قال الناطق إن الميناء مغلق", True)], "שלום עולם."),
    "code": ([("Ida", "AND OR NOT NEAR(a b) col:x* 3,500 U.N.", True)], 'O\'Neill "quoted" it.'),
}


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def ledger(request, tmp_path_factory):
    clock = Clock()
    if request.param == "sqlite":
        place = str(tmp_path_factory.mktemp("search") / "l.db")
    else:
        place = f"{request.getfixturevalue('postgresql_server')}&schema=search"
    with Ledger.open(place, create=True, clock=clock) as opened:
        for number, (name, (sayings, more)) in enumerate(REPORTS.items()):
            clock.set(number)
            opened.add(*make_report(name, sayings, more), PairLinker())
        yield opened


def found(ledger: Ledger, query: str, **more: object) -> list[tuple[str, str | None]]:
    hits = ledger.search(query, **more)
    return sorted((hit.document.id, hit.statement.content_text if hit.statement else None) for hit in hits)


@pytest.mark.parametrize(
    ("query", "documents"),
    [
        ("boat", ["boat", "quay"]),
        ("BOAT night", ["boat", "quay"]),
        ('"night boat"', ["boat"]),
        ('"boat night"', []),
        ('"night boat', ["boat", "quay"]),
        ('night" boat', ["boat", "quay"]),
        ('""boat""', ["boat", "quay"]),
        ("boat\x00sailed", ["boat"]),
        ("boat \ud800", ["boat", "quay"]),
        ("✈ landed", ["plane"]),
        ("Emile Lata", []),
        ("emile ubersee", ["plane"]),
        ("naive CAFE", ["plane"]),
        ("الميناء", ["arabic"]),
        ("שלום", ["arabic"]),
        ("AND", ["code"]),
        ("NOT boat", []),
        ("NEAR(a", ["code"]),
        ("col:x*", ["code"]),
        ("3,500", ["code"]),
        ("U.N.", ["code"]),
        ("O'Neill", ["code"]),
        ("boa", []),
        ("boat quay closed", ["quay"]),
        ("word " * 500, []),
    ],
)
def test_words_and_phrases(ledger, query, documents):
    assert sorted({hit.document.id for hit in ledger.search(query)}) == documents


@pytest.mark.parametrize(
    "query", ["", " ", '"', '""', "...", "✈", "🙂🙃", "\x00", "-- ; ' *", "\ud800", "،؟"]
)
def test_without_a_word_nothing_is_found(ledger, query):
    assert ledger.search(query) == []


@given(query=st.text())
def test_nothing_typed_is_an_error(ledger, query):
    for hit in ledger.search(query):
        assert hit.document.id in REPORTS


def test_a_document_is_listed_where_none_of_its_statements_is(ledger):
    assert found(ledger, "boat") == [("boat", "the night boat sailed"), ("quay", "boat traffic resumed")]
    assert found(ledger, "harbour fees") == [("boat", None)]
    assert found(ledger, "night") == [("boat", "the night boat sailed"), ("quay", None)]


def test_the_limit_counts_what_is_shown(ledger):
    for limit in range(4):
        assert len(ledger.search("boat", limit=limit)) == min(limit, 2)
    assert [hit.statement is not None for hit in ledger.search("Ida", limit=2)] == [True, True]


def test_search_as_of_a_moment(ledger):
    first = Clock()()
    assert found(ledger, "boat", as_of=first) == [("boat", "the night boat sailed")]
    assert found(ledger, "boat", as_of=first - timedelta(microseconds=1)) == []
    assert len(ledger.search("boat", as_of=first + timedelta(seconds=1))) == 2


@pytest.mark.parametrize(
    ("written", "moment"),
    [
        ("2021-09-06", datetime(2021, 9, 6, 23, 59, 59, 999999, tzinfo=UTC)),
        (" 2021-09-06\n", datetime(2021, 9, 6, 23, 59, 59, 999999, tzinfo=UTC)),
        ("2021-09-06T14:30:00+02:00", datetime(2021, 9, 6, 12, 30, tzinfo=UTC)),
        ("2021-09-06T14:30Z", datetime(2021, 9, 6, 14, 30, tzinfo=UTC)),
        ("2021-09-06 14:30:00.25-00:30", datetime(2021, 9, 6, 15, 0, 0, 250000, tzinfo=UTC)),
    ],
)
def test_moments_are_read(written, moment):
    assert parse_moment(written) == moment
    assert parse_moment(written).tzinfo is UTC


@pytest.mark.parametrize(
    "written",
    ["", "yesterday", "2021-09-06T14:30:00", "2021-13-01", "2021-02-30", "06/09/2021", "20210906", "2021",
     "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00", "2021-09-06T25:00Z", "\x00", "x" * 10,
     "١٢٣٤-٠١-٠١"],
)  # fmt: skip
def test_other_moments_are_refused_with_what_to_write(written):
    with pytest.raises(LedgerError, match="Write a date such as 2021-09-06"):
        parse_moment(written)


@given(written=st.text() | st.from_regex(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d)?(Z|[+-]\d\d:\d\d)?"))
def test_whatever_is_typed_is_a_moment_or_a_ledger_error(written):
    with contextlib.suppress(LedgerError):
        assert parse_moment(written).utcoffset() == timedelta(0)


@given(
    moment=st.datetimes(
        timezones=st.builds(timezone, st.timedeltas(timedelta(hours=-23), timedelta(hours=23)))
    )
)
def test_moments_are_kept_to_the_microsecond(moment):
    try:
        assert from_microseconds(to_microseconds(moment)) == moment
    except OverflowError:
        assert moment.year in {1, 9999}
    assert to_microseconds(moment + timedelta(0)) == to_microseconds(moment)
