"""Answers with citations: the same from the stored board as read anew, and of bounded size."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from counterclaim import pipeline
from counterclaim.ledger import Ledger
from counterclaim.model import LedgerError
from counterclaim.statements import Extraction
from counterclaim.views.cited.actors import show_actor
from counterclaim.views.cited.bounds import bounded
from counterclaim.views.cited.claims import show_claim
from counterclaim.views.cited.disputes import list_disputes, show_dispute
from counterclaim.views.cited.known import Known, Reader
from counterclaim.views.cited.paging import Place, place_of
from counterclaim.views.cited.reports import read_report, search, show_statement

START = Place()


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def ledger(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, samples: Path
) -> Iterator[Ledger]:
    place = str(tmp_path_factory.mktemp("cited") / "samples.db")
    if request.param == "postgresql":
        place = f"{request.getfixturevalue('postgresql_server')}&schema=cited_samples"
    with Ledger.open(place, create=True) as ledger:
        pipeline.ingest(ledger, samples)
        yield ledger


def everything(known: Known) -> Iterator[object]:
    """Give every answer about everything that the board has."""
    board = known.board()
    yield list_disputes(known, None, START, 20)
    yield list_disputes(known, "market", START, 20)
    yield search(known, "market", START, 5)
    for dispute in board.disputes:
        yield show_dispute(known, dispute.id, START, 30)
    with Reader(known.ledger).known() as anew:
        names = anew.catalogue
        for actor in list(names.actors)[:20]:
            try:
                yield show_actor(known, actor, None, START, 5)
            except LedgerError as error:  # an id that is another actor's alias too
                yield str(error)
        for claim in list(names.claims)[:20]:
            yield show_claim(known, claim, START, 5)
        for statement in list(names.statements)[:20]:
            yield show_statement(known, statement)
        for document in names.documents:
            yield read_report(known, document, None, 0, 900)


def test_the_stored_board_gives_the_same_answers(ledger: Ledger) -> None:
    with Reader(ledger).known() as known:
        assert known._stored is None
        anew = [msgspec.to_builtins(each) for each in everything(known)]
        moment = known.moment
    pipeline.refresh(ledger)
    for as_of in (None, moment):
        with Reader(ledger).known(as_of) as known:
            assert known._stored is not None
            stored = [msgspec.to_builtins(each) for each in everything(known)]
        assert stored == anew


def test_a_filter_takes_the_disputes_that_have_all_the_words(ledger: Ledger) -> None:
    with Reader(ledger).known() as known:
        every = list_disputes(known, None, START, 20)
        some = list_disputes(known, "MARKET army", START, 20)
        assert 0 < some.found < every.found
        for each in some.disputes:
            told = json.dumps(msgspec.to_builtins(each)).casefold()
            assert "army" in told
            assert "market" in told
        assert list_disputes(known, "zzz", START, 20).found == 0


def test_a_cursor_that_no_answer_gave_is_refused() -> None:
    for cursor in (
        "",
        "x",
        "1@",
        "1@yesterday",
        "-1@2031-01-01",
        "1@2031-01-01T10:00",
        "9" * 20 + "@2031-01-01",
    ):
        with pytest.raises(LedgerError):
            place_of(cursor)


def test_an_answer_stays_small_whatever_a_report_holds(tmp_path: Path) -> None:
    report = {
        "id": "huge",
        "title": "T" * 300_000,
        "publisher": "P" * 300_000,
        "url": "https://example.org/" + "u" * 300_000,
        "published": "2031-04-02",
        "text": "Ida Brenn, the mayor of Larre, said that the quay was closed. "
        + "".join(f'"Quay {n} was open{" and open" * 300}," Tom Haske said. ' for n in range(12)),
    }
    (tmp_path / "huge.jsonl").write_text(json.dumps(report), encoding="utf-8")
    with Ledger.open(str(tmp_path / "huge.db"), create=True) as ledger:
        assert (
            pipeline.ingest(ledger, tmp_path / "huge.jsonl", extraction=Extraction(extractor="rules")).added
            == 1
        )
        with Reader(ledger).known() as known:
            answers = [
                search(known, "quay", START, 30),
                read_report(known, "huge", None, 0, 12_000),
                *(show_actor(known, each, None, START, 30) for each in known.catalogue.actors),
            ]
    assert len(answers) > 2
    for answer in answers:
        assert len(json.dumps(msgspec.to_builtins(bounded(answer)))) < 200_000
