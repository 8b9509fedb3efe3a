"""A page of the board: what is looked for, in order, and on from a cursor; from a stored board or anew."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from counterclaim import pipeline
from counterclaim.ledger import Ledger
from counterclaim.model import DisputeStatus, QuestionError
from counterclaim.views.board import board_view
from counterclaim.views.board_page import BoardPage, Order, Sought, read_board_page
from counterclaim.views.brief import dispute_brief
from counterclaim.views.happening import parse_happening
from counterclaim.views.reading import Note, Question, read_catalogue

SAMPLES = Path(__file__).parents[2] / "samples" / "reports"


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Ledger:
    ledger = Ledger.open(str(tmp_path_factory.mktemp("page") / "page.db"), create=True)
    pipeline.ingest(ledger, SAMPLES)
    return ledger


def pages(ledger: Ledger, question: Question, sought: Sought, order: Order, limit: int) -> list[BoardPage]:
    found = []
    cursor = None
    while True:
        page, _note = read_board_page(ledger, question, sought, order=order, limit=limit, cursor=cursor)
        found.append(page)
        cursor = page.following
        if cursor is None:
            return found


@pytest.mark.parametrize("order", Order)
@pytest.mark.parametrize("limit", [1, 2, 100])
def test_pages_together_are_the_board(ledger: Ledger, order: Order, limit: int) -> None:
    catalogue = read_catalogue(ledger)
    whole = {each.id: dispute_brief(each) for each in board_view(catalogue).disputes}
    found = pages(ledger, Question(), Sought(), order, limit)
    shown = [each for page in found for each in page.disputes]
    assert {each.id: each for each in shown} == whole
    assert len(shown) == len(whole) == found[0].matching == found[0].found
    if order is Order.WEIGHT:
        assert [each.id for each in shown] == list(whole)
    else:
        last = [each.last_published or "" for each in shown]
        assert [day[:10] for day in last] == sorted((day[:10] for day in last), reverse=True)


def test_a_stored_board_gives_the_same_pages(ledger: Ledger) -> None:
    sought = [Sought(), Sought(unverified=True), Sought(status=DisputeStatus.CONTESTED)]
    anew = [read_board_page(ledger, Question(), each, limit=2) for each in sought]
    assert pipeline.refresh(ledger) is not None
    assert [read_board_page(ledger, Question(), each, limit=2) for each in sought] == anew
    assert anew[0][1] == Note()


def test_a_moment_is_answered_by_the_stored_board_that_is_of_it(ledger: Ledger) -> None:
    assert pipeline.refresh(ledger) is not None
    last = ledger.last_recorded()
    assert last is not None

    def never(_ledger: Ledger, _moment: object) -> None:
        raise AssertionError("read anew")

    kept = Question(as_of=last + timedelta(days=1), kept=never)  # type: ignore[arg-type]
    page, note = read_board_page(ledger, kept, Sought())
    assert page.found
    assert note == Note()
    with pytest.raises(AssertionError, match="read anew"):
        read_board_page(ledger, kept._replace(as_of=last - timedelta(microseconds=1)), Sought())


def test_each_filter_takes_what_has_it_and_nothing_else(ledger: Ledger) -> None:
    whole = read_board_page(ledger, Question(), Sought(), limit=100)[0]
    for choice in whole.by_actor:
        page = read_board_page(ledger, Question(), Sought(actor=choice.id), limit=100)[0]
        assert page.matching == choice.disputes == len(page.disputes)
    for choice in whole.by_place:
        assert read_board_page(ledger, Question(), Sought(place=choice.id))[0].matching == choice.disputes
    some = whole.disputes[0]
    word = some.question.split()[-1].strip("?")
    found = read_board_page(ledger, Question(), Sought(words=word.upper()), limit=100)[0]
    assert some in found.disputes
    assert found.matching < whole.matching
    assert read_board_page(ledger, Question(), Sought(words="no such word"))[0].disputes == ()
    among = read_board_page(ledger, Question(), Sought(among=frozenset({some.id})))[0]
    assert among.disputes == (some,)
    assert read_board_page(ledger, Question(), Sought(happened=parse_happening("1850")))[0].matching == 0
    assert some.first_published is not None
    day = parse_happening(some.first_published[:10])
    assert some in read_board_page(ledger, Question(), Sought(reported=day), limit=100)[0].disputes


def test_reports_are_counted_over_time(ledger: Ledger) -> None:
    for each in read_board_page(ledger, Question(), Sought(), limit=100)[0].disputes:
        assert 0 < sum(each.over_time) <= each.reports
        assert each.over_time[0]
        assert each.over_time[-1]


@pytest.mark.parametrize("cursor", ["x", "W10", "\u00e9", "WzEsIiIsIiJd" * 3])
def test_a_cursor_of_ones_own_is_refused(ledger: Ledger, cursor: str) -> None:
    with pytest.raises(QuestionError, match="no cursor"):
        read_board_page(ledger, Question(), Sought(), cursor=cursor)
