"""The map and the timeline as views: of everything, of a dispute, of an actor, also from a stored board."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from counterclaim import pipeline
from counterclaim.ledger import Ledger
from counterclaim.model import (
    Annotations,
    EventFrame,
    Granularity,
    Interval,
    LedgerError,
    PlaceCandidate,
    PlaceKind,
    PlaceMention,
    PlaceReading,
    PlaceRelation,
    Precision,
    Span,
    StatedTime,
    TimeBasis,
)
from counterclaim.views.catalogue import Catalogue
from counterclaim.views.happening import parse_happening
from counterclaim.views.map import NEAR, map_view
from counterclaim.views.part import read_map, read_timeline
from counterclaim.views.reading import Question
from counterclaim.views.timeline import Lanes, _shares, timeline_view

LARRE = PlaceCandidate(id="t:1", name="Larre", kind=PlaceKind.CITY, latitude=10.0, longitude=20.0)
NORVIA = PlaceCandidate(id="t:2", name="Norvia", kind=PlaceKind.COUNTRY, latitude=12.0, longitude=22.0)


def mention(text: str, words: str, place: PlaceCandidate, **more) -> PlaceMention:
    start = text.index(words)
    return PlaceMention(
        span=Span.of(text, start, start + len(words)),
        reading=more.pop("reading", PlaceReading.LOCATION),
        candidates=(place,),
        **more,
    )


@pytest.fixture(scope="module")
def placed(example) -> Catalogue:
    """The ferry's board with places and event times in it."""
    notes = []
    for document in example.catalogue.snapshot.documents:
        text = document.text
        if document.id == "ferry-3":
            near = PlaceRelation(kind="near", span=Span.of(text, 0, 1))
            found = (
                mention(text, "ferry", LARRE, precision=Precision.NEAR, relation=near),
                mention(text, "harbour", NORVIA, reading=PlaceReading.METONYM),
            )
        else:
            found = (mention(text, "night ferry", LARRE), mention(text, "boat had", NORVIA))
        notes.append(Annotations(document=document.key, places=found))
    month = StatedTime(
        interval=Interval(start="2031-03-01", end="2031-03-31", granularity=Granularity.MONTH),
        basis=TimeBasis.EXPLICIT,
    )
    statements = tuple(
        replace(each, happened=month if "cancelled" in each.content_text else None)
        for each in example.catalogue.snapshot.statements
    )
    snapshot = replace(example.catalogue.snapshot, annotations=tuple(notes), statements=statements)
    return Catalogue(snapshot, example.catalogue.board)


def test_the_map_gathers_a_place_at_each_precision(placed):
    view = map_view(placed, dispute="q-1")
    found = {(each.name, each.precision): each for each in view.places}
    assert set(found) == {
        ("Larre", Precision.EXACT),
        ("Larre", Precision.NEAR),
        ("Norvia", Precision.COUNTRY),
    }
    exact, near, country = (found[key] for key in sorted(found, key=lambda key: (key[0], key[1])))
    assert (exact.kilometres, near.kilometres, country.kilometres) == (0.0, NEAR, None)
    assert exact.reports == 2
    assert len(exact.statements) == 2
    assert [(side.position, side.number) for side in exact.sides] == [("p-1", 0)]
    assert [(side.position, side.number) for side in country.sides] == [("p-2", 1)]
    assert view.left_out == 0
    assert view.places[-1].name == "Larre"  # the one report that is near comes last
    assert view.places[-1] == near


def test_the_map_is_bounded_and_says_so(placed):
    whole, cut = map_view(placed), map_view(placed, limit=1)
    assert cut.places == whole.places[:1]
    assert cut.left_out == len(whole.places) - 1
    assert (cut.statements, cut.placed) == (whole.statements, whole.placed)


def test_the_place_of_the_event_goes_before_others_that_are_named(placed, example):
    text = example.first.text
    first = mention(text, "night ferry", LARRE)
    event = mention(text, "without", NORVIA)
    key = example.first.key
    notes = Annotations(document=key, places=(first, event))
    statement = next(
        each
        for each in placed.snapshot.statements
        if each.document == key and each.content_text.startswith("The night ferry")
    )
    frame = EventFrame(type=None, trigger=event.span, places=(event.span,))
    for told, names in ((statement, ["Larre", "Norvia"]), (replace(statement, event=frame), ["Norvia"])):
        snapshot = replace(placed.snapshot, annotations=(notes,), statements=(told,))
        view = map_view(Catalogue(snapshot, replace(placed.board, actors=(), claims=(), disputes=())))
        assert sorted(each.name for each in view.places) == names


def test_the_map_of_an_actor_has_what_it_said(placed):
    view = map_view(placed, actor="larre-lines")
    assert [each.name for each in view.places] == ["Norvia"]
    assert view.statements == 2


def test_the_timeline_of_a_dispute_has_a_lane_for_each_position(placed):
    view = timeline_view(placed, dispute="q-1")
    assert view.lanes_of is Lanes.POSITION
    assert [(lane.id, lane.number) for lane in view.lanes] == [("p-1", 0), ("p-2", 1)]
    yes, no = view.lanes
    assert [len(item.quote.reprints) for item in yes.items] == [1]
    assert yes.items[0].happened.edtf == "2031-03-01/2031-03-31"
    assert yes.items[0].happened.precision == "month"
    assert [item.quote.content for item in yes.undated] == ["the night ferry never left"]
    assert no.items[0].published == "2031-04-02T08:00:00+02:00"
    assert (view.no_event_time, view.no_report_time, view.left_out) == (1, 1, 0)


def test_the_timeline_of_everything_has_a_lane_for_each_actor(placed):
    view = timeline_view(placed)
    assert view.lanes_of is Lanes.ACTOR
    labels = [lane.label for lane in view.lanes]
    assert {"Ida Brenn", "Larre Lines", "Tom Haske", "A dock worker"} < set(labels)
    shown = [item.quote for lane in view.lanes for item in (*lane.items, *lane.undated)]
    told = sum(1 + len(quote.reprints) for quote in shown)
    assert told == len(placed.snapshot.statements)


def test_the_timeline_is_bounded_and_counts_the_rest(placed):
    view = timeline_view(placed, limit=1)
    shown = [item.quote for lane in view.lanes for item in (*lane.items, *lane.undated)]
    told = sum(1 + len(quote.reprints) for quote in shown)
    assert view.left_out == len(placed.snapshot.statements) - told
    assert view.left_out > 0


def test_event_time_takes_from_both(placed):
    march, may = parse_happening("2031-03"), parse_happening("2031-05")
    assert map_view(placed, happening=march).statements == 3 + 1
    assert map_view(placed, happening=may).places == ()
    assert timeline_view(placed, happening=may).lanes == ()


@pytest.fixture(scope="module")
def ledger_of_samples(tmp_path_factory: pytest.TempPathFactory, samples: Path) -> Path:
    place = tmp_path_factory.mktemp("pictures") / "samples.db"
    with Ledger.open(str(place), create=True) as ledger:
        pipeline.ingest(ledger, samples)
        pipeline.refresh(ledger)
    return place


def test_a_stored_board_gives_the_map_and_the_timeline_of_the_whole(ledger_of_samples):
    with Ledger.open(str(ledger_of_samples)) as ledger:
        board = ledger.board()
        assert board.disputes
        named = [each.id for each in board.disputes]
        # An id that is also another's name is refused by both; that is not what is tested here.
        labels = Counter(label.casefold() for each in board.actors for label in {each.id, each.name})
        named += [each.id for each in board.actors if labels[each.id] == 1 and len(each.statements) > 1]
        anew = Question(happening=parse_happening("0001..9999", unknown=True))
        for name in named:
            stored, whole = read_map(ledger, Question(stored=True), name), read_map(ledger, anew, name)
            assert stored.view == whole.view
            assert stored.beyond == 0
            times = read_timeline(ledger, Question(stored=True), name)
            assert times.view == read_timeline(ledger, anew, name).view
        everything = read_map(ledger, anew)
        assert everything.view.places
        part = read_map(ledger, Question(stored=True))
        assert part.beyond is None
        assert {each.key for each in part.view.places} <= {each.key for each in everything.view.places}


def test_what_is_neither_a_dispute_nor_an_actor_is_refused(ledger_of_samples):
    with Ledger.open(str(ledger_of_samples)) as ledger:
        report = next(iter(ledger.documents())).id
        for question in (Question(stored=True), Question(happening=parse_happening("2021"))):
            with pytest.raises(LedgerError, match="neither a dispute nor an actor"):
                read_map(ledger, question, report)


@given(st.lists(st.integers(1, 200), max_size=12), st.integers(1, 100))
def test_rows_are_shared_fairly_and_none_is_wasted(sizes, limit):
    shares = _shares(sizes, limit)
    assert all(1 <= share <= size for share, size in zip(shares, sizes, strict=True))
    assert sum(shares) <= max(limit, len(sizes))
    if limit >= len(sizes):
        assert sum(shares) == min(limit, sum(sizes))
    cut = [share for share, size in zip(shares, sizes, strict=True) if share < size]
    assert not cut or min(cut) >= max(shares) - 1
