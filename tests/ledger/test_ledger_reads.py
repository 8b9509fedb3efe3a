"""Reads as of a moment, names that are nearly right, and where found words stand."""

from __future__ import annotations

import itertools
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from ledger_help import START, Clock, PairLinker, make_report

from counterclaim.ledger import Ledger
from counterclaim.ledger.snippets import MOST, places
from counterclaim.ledger.words import folded_words
from counterclaim.model import LedgerError

NAMES = ("harbour", "quayside", "Émile")
SAYINGS = [
    ("Ida", "the night boat sailed past the Boat House", True),
    ("Tom", "the QUAY at Übersee was closed", True),
]


@pytest.fixture
def ledger(place):
    clock = Clock()
    with Ledger.open(place, create=True, clock=clock) as opened:
        for number, name in enumerate(NAMES):
            clock.set(number)
            opened.add(*make_report(name, SAYINGS, "The night was dark."), PairLinker())
        yield opened


def test_every_read_is_as_of_a_moment(ledger):
    reports = {name: make_report(name, SAYINGS, "The night was dark.") for name in NAMES}
    for number in range(-1, len(NAMES)):
        moment = START + timedelta(seconds=number)
        snapshot = ledger.snapshot(moment)
        assert tuple(ledger.documents(moment)) == snapshot.documents
        assert tuple(ledger.statements(as_of=moment)) == snapshot.statements
        assert tuple(ledger.judgements(moment)) == snapshot.judgements
        assert [notes.document for notes in snapshot.annotations] == [each.key for each in snapshot.documents]
        assert ledger.counts(moment) == {
            "captures": number + 1,
            "documents": number + 1,
            "annotations": number + 1,
            "statements": 2 * (number + 1),
            "judgements": len(snapshot.judgements),
        }
        for later, (capture, report) in enumerate(reports.values()):
            key = report.document.key
            if later <= number:
                assert ledger.report(key, moment) == report
                assert ledger.annotations(key, moment) == report.annotations
                assert ledger.capture(capture.sha256, moment) == capture
                held = sorted(report.statements, key=lambda statement: statement.id)
                assert list(ledger.statements(key, moment)) == held
            else:
                assert list(ledger.statements(key, moment)) == []
                assert ledger.annotations(key, moment) is None
                with pytest.raises(LedgerError, match="nothing in the ledger"):
                    ledger.report(key, moment)
                with pytest.raises(LedgerError, match="nothing in the ledger"):
                    ledger.capture(capture.sha256, moment)
    assert ledger.counts() == ledger.counts(ledger.last_recorded())


@pytest.mark.parametrize("read", ["documents", "statements", "judgements", "counts", "report", "capture"])
def test_a_moment_without_a_zone_is_refused_at_once(ledger, read):
    naive = datetime(2031, 4, 2)  # noqa: DTZ001
    arguments = ["x"] if read in {"report", "capture"} else []
    with pytest.raises(LedgerError, match="zone"):
        getattr(ledger, read)(*arguments, as_of=naive)


@pytest.mark.parametrize(
    ("written", "meant"), [("habour", "harbour"), ("quay-side", "quayside"), ("Emile", "Émile")]
)
def test_an_unknown_name_is_answered_with_those_like_it(ledger, written, meant):
    with pytest.raises(LedgerError, match=rf"Did you mean {meant}\? Look for"):
        ledger.document(written)


def test_names_that_came_later_are_not_given_away(ledger):
    with pytest.raises(LedgerError) as refused:
        ledger.document("quay-side", as_of=START)
    assert "Did you mean" not in str(refused.value)


def test_an_unknown_statement_is_answered_with_those_like_it(ledger):
    known = next(ledger.statements()).id
    wrong = known[:-1] + ("0" if known[-1] != "0" else "1")
    with pytest.raises(LedgerError, match=f"Did you mean {known}"):
        ledger.statement(wrong)


def quotes(ledger: Ledger, query: str) -> set[tuple[str, ...]]:
    hits = ledger.search(query)
    for hit in hits:
        assert all(span.fits(hit.document.text) for span in hit.spans)
    return {tuple(span.quote for span in hit.spans) for hit in hits}


@pytest.mark.parametrize(
    ("query", "quoted"),
    [
        ("boat", ("boat", "Boat")),
        ('"boat sailed"', ("boat sailed",)),
        ('boat "boat house"', ("boat", "Boat House")),
        ("quay ubersee", ("QUAY", "Übersee")),
        ("dark", ("dark",)),
        ("Paper", ()),
        ("ida said", ("Ida", "said")),
    ],
)
def test_a_match_says_where_the_words_stand(ledger, query, quoted):
    assert quotes(ledger, query) == {quoted}


def test_words_outside_a_statement_are_not_shown_for_it(ledger):
    for hit in ledger.search("night"):
        assert hit.statement is not None
        (span,) = hit.spans
        assert hit.statement.content[0].start <= span.start < span.end <= hit.statement.content[0].end


def test_only_the_first_places_of_a_long_text_are_shown():
    assert len(places("boat " * 1000, [["boat"]], [(0, 5000)])) == MOST
    assert places("boat " * 10, [["boat", "boat", "boat"]], [(0, 50)])[1].start == 15


@given(text=st.text(max_size=60), terms=st.lists(st.text(max_size=8), max_size=4))
def test_places_quote_the_text_in_order(text, terms):
    found = places(text, [folded_words(term) for term in terms], [(0, len(text))])
    assert all(span.fits(text) for span in found)
    assert all(one.end <= other.start for one, other in itertools.pairwise(found))


@given(words=st.lists(st.sampled_from(["quay", "Über", "bo-at", "x_y", "3,5"]), min_size=1, max_size=12))
def test_a_word_of_the_text_is_found_in_it(words):
    text = " ".join(words)
    assert places(text, [folded_words(words[0])], [(0, len(text))])[0].start == 0
