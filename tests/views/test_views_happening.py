"""The second slider takes from the whole board and never counts on a part."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from counterclaim import exports, pipeline
from counterclaim.disputes import DefaultLinker, read_board
from counterclaim.ledger import SearchHit
from counterclaim.model import (
    Capture,
    Document,
    Granularity,
    Interval,
    Kind,
    LedgerError,
    Span,
    StatedTime,
    Statement,
    TimeBasis,
)
from counterclaim.views.actor import ActorView
from counterclaim.views.answer import answer
from counterclaim.views.board import board_view
from counterclaim.views.catalogue import Catalogue
from counterclaim.views.find import find
from counterclaim.views.happening import (
    Happening,
    extracted,
    limited,
    narrowed,
    parse_happening,
    search_happening,
)

TEXTS = (
    ("a", "Larre Post", "Ana Brel said that the night ferry to Ostholm sank on 2 April 2031."),
    ("b", "Echo", "Jan Kest denied that the night ferry to Ostholm sank on 2 April 2031."),
    ("c", "Tide", "Ana Brel said that the bridge at Orm was closed on 9 April 2031."),
    ("d", "Echo", "Tom Haske denied that the bridge at Orm was closed on 9 April 2031."),
    ("e", "Tide", "Ida Brenn said that the old tower of Kalm is unsafe."),
    ("f", "Echo", "Max Odd denied that the old tower of Kalm is unsafe."),
)
DAY = st.dates().map(lambda day: day.isoformat())


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    documents = []
    for name, publisher, text in TEXTS:
        capture = Capture.of(f"{name}.txt", text.encode(), "text/plain")
        documents.append(
            Document(
                id=name,
                key=Document.key_of(name, capture.sha256),
                capture=capture.sha256,
                text=text,
                publisher=publisher,
                published="2031-04-10",
            )
        )
    snapshot = pipeline.gather([pipeline.analyse(each) for each in documents], DefaultLinker())
    found = Catalogue(snapshot, read_board(snapshot))
    assert len(found.disputes) == 3
    return found


def captures(digest: str) -> Capture:
    (text,) = (
        text for name, _, text in TEXTS if Capture.of("x", text.encode(), "text/plain").sha256 == digest
    )
    return Capture.of("x", text.encode(), "text/plain")


@pytest.mark.parametrize(
    ("written", "start", "end"),
    [
        ("2021-09-06", "2021-09-06", "2021-09-06"),
        ("2021-09", "2021-09-01", "2021-09-30"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2021", "2021-01-01", "2021-12-31"),
        ("2021..2022-02", "2021-01-01", "2022-02-28"),
        ("2021-09-06..", "2021-09-06", None),
        ("..2021-09-06", None, "2021-09-06"),
        (" 2021-09-01 .. 2021-09-02 ", "2021-09-01", "2021-09-02"),
    ],
)
def test_a_stretch_is_read(written: str, start: str | None, end: str | None) -> None:
    found = parse_happening(written)
    assert (found.start, found.end) == (start, end)


@pytest.mark.parametrize(
    "written",
    ["", "..", "...", "soon", "2021-13", "2021-02-30", "0000", "2021-9-6", "2021..2022..2023", "20210906"],
)
def test_what_is_no_stretch_is_refused(written: str) -> None:
    with pytest.raises(LedgerError, match="not a span of event time"):
        parse_happening(written)


def test_a_stretch_goes_forward() -> None:
    with pytest.raises(LedgerError, match="ends before it begins"):
        parse_happening("2022..2021")


def statement(start: str | None, end: str | None) -> Statement:
    span = Span.of("It rained.", 0, 9)
    interval = Interval(start=start, end=end, granularity=Granularity.DAY)
    return Statement(
        id="s-1",
        document="d-1",
        source=(),
        cue=(),
        content=(span,),
        kind=Kind.INDIRECT,
        happened=StatedTime(interval=interval, basis=TimeBasis.EXPLICIT),
    )


@given(st.tuples(DAY, DAY).map(sorted), st.tuples(DAY, DAY).map(sorted))
def test_two_stretches_meet_where_they_share_a_day(one: list[str], other: list[str]) -> None:
    happening = Happening(start=one[0], end=one[1])
    shared = max(one[0], other[0]) <= min(one[1], other[1])
    assert happening.meets(statement(*other)) is shared
    assert happening.meets(statement(f"{other[0]}T08:00:00+02:00", f"{other[1]}T09:00")) is shared
    assert Happening().meets(statement(*other)) is True
    assert happening.meets(statement(None, other[1])) is (one[0] <= other[1])
    assert happening.meets(statement(other[0], None)) is (other[0] <= one[1])
    assert happening.meets(statement(None, None)) is None


def questions(catalogue: Catalogue) -> set[str]:
    return {
        name
        for each in catalogue.board.disputes
        for name in ("ferry", "bridge", "tower")
        if name in each.question
    }


def test_disputes_are_taken_from_the_whole_board(catalogue: Catalogue) -> None:
    narrow, left_out = narrowed(catalogue, parse_happening("2031-04-02"))
    assert questions(narrow) == {"ferry"}
    assert (left_out.elsewhen, left_out.unknown) == (1, 1)
    narrow, left_out = narrowed(catalogue, parse_happening("2031-04", unknown=True))
    assert questions(narrow) == {"ferry", "bridge", "tower"}
    assert (left_out.elsewhen, left_out.unknown) == (0, 0)
    narrow, left_out = narrowed(catalogue, parse_happening("1999", unknown=True))
    assert questions(narrow) == {"tower"}
    assert (left_out.elsewhen, left_out.unknown) == (2, 0)


@settings(max_examples=20)
@given(st.sampled_from(["2031", "2031-04-02", "2031-04-09..", "..2031-04-01", "1999"]), st.booleans())
def test_counts_and_statuses_are_those_of_the_whole(
    catalogue: Catalogue, written: str, unknown: bool
) -> None:
    happening = parse_happening(written, unknown=unknown)
    narrow, left_out = narrowed(catalogue, happening)
    part, _ = extracted(catalogue, happening)
    for found in (narrow, part):
        assert set(found.board.disputes) <= set(catalogue.board.disputes)
        assert set(found.board.claims) <= set(catalogue.board.claims)
        for each in found.board.claims:
            assert found.statuses[each.id] == catalogue.statuses[each.id]
    assert len(narrow.disputes) + left_out.elsewhen + left_out.unknown == len(catalogue.disputes)
    shown = {view.id: view for view in board_view(catalogue).disputes}
    assert all(shown[view.id] == view for view in board_view(narrow).disputes)


def test_an_export_holds_whole_reports_and_nothing_that_hangs_loose(catalogue: Catalogue) -> None:
    part, _ = extracted(catalogue, parse_happening("2031-04-09"))
    assert {each.id for each in part.snapshot.documents} == {"c", "d"}
    held = {each.id for each in part.snapshot.statements}
    assert held == {s.id for s in catalogue.snapshot.statements if s.document in part.documents}
    for judgement in part.snapshot.judgements:
        assert {judgement.left, judgement.right} - {""} <= held | part.documents.keys()
    for claim in part.board.claims:
        assert set(claim.statements) <= held
    for actor in part.board.actors:
        assert set(actor.statements) <= held
    assert "Orm" in "".join(exports.page(part))
    assert "Kalm" not in "".join(exports.page(part))
    assert "happened from 2031-04-09 to 2031-04-09" in "".join(
        exports.page(part, happened=parse_happening("2031-04-09").words)
    )


def test_quotes_of_an_actor_are_taken_by_event_time(catalogue: Catalogue) -> None:
    view = answer(catalogue, find(catalogue, "Ana Brel"), captures)
    taken, left_out = limited(catalogue, view, parse_happening("2031-04-02"))
    assert isinstance(taken, ActorView)
    assert [quote.place.document for quote in taken.quotes] == ["a"]
    assert (left_out.elsewhen, left_out.unknown) == (1, 0)
    for name in catalogue.disputes:
        taken, left_out = limited(catalogue, answer(catalogue, find(catalogue, name), captures), Happening())
        assert left_out.elsewhen == 0
    with pytest.raises(LedgerError, match="a report is shown whole"):
        limited(catalogue, answer(catalogue, find(catalogue, "a"), captures), Happening())


@given(st.integers(1, 12), st.booleans())
def test_a_search_goes_on_until_it_has_enough(catalogue: Catalogue, limit: int, unknown: bool) -> None:
    matches = [
        SearchHit(document=catalogue.document_of(s), statement=s) for s in catalogue.snapshot.statements
    ] * 90
    happening = parse_happening("2031-04-02", unknown=unknown)
    taken, left_out = search_happening(lambda number: matches[:number], limit, happening)
    assert len(taken) == limit
    assert all(hit.statement and happening.takes(hit.statement) for hit in taken)
    place = matches.index(taken[-1])
    assert left_out.elsewhen + left_out.unknown <= len(matches)
    assert place < len(matches)
    none, left_out = search_happening(lambda number: matches[:number], limit, parse_happening("1999"))
    assert none == []
    assert left_out.elsewhen + left_out.unknown == len(matches)
