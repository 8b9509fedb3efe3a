"""The timeline: every time has its place on the axis, what has none is said, and nothing runs."""

from __future__ import annotations

from xml.etree import ElementTree

from hypothesis import given, settings
from hypothesis import strategies as st
from map_help import macro
from msgspec.structs import replace

from counterclaim.model import Granularity, Interval, StatedTime, TimeBasis
from counterclaim.views.catalogue import Catalogue
from counterclaim.views.timeline import Lanes, TimelineView, timeline_view
from counterclaim.web.axis import Axis, axis_of, day_of, ticks_of
from counterclaim.web.extent import WIDTH
from counterclaim.web.timeline_svg import timeline_shapes


def told(start: str | None, end: str | None, **marks: bool) -> StatedTime:
    interval = Interval(start=start, end=end, granularity=Granularity.DAY, **marks)
    return StatedTime(interval=interval, basis=TimeBasis.PUBLISHED)


def view_of(example, *, said: StatedTime | None = None, happened: StatedTime | None = None) -> TimelineView:
    snapshot = example.catalogue.snapshot
    statements = tuple(replace(each, said=said, happened=happened) for each in snapshot.statements)
    return timeline_view(
        Catalogue(replace(snapshot, statements=statements), example.catalogue.board), dispute="q-1"
    )


def test_days_are_counted_in_utc_and_ends_are_whole_days():
    assert day_of("0001-01-01") == 0
    assert day_of("0001-01-01", end=True) == 1
    assert day_of("2031-04-02T00:30:00+02:00") == day_of("2031-04-01T22:30:00Z")
    assert day_of("2031-04-02T12:00:00", end=True) == day_of("2031-04-02") + 0.5
    assert day_of("-0044-03-15") is None
    assert day_of("0001-01-01T00:30:00+02:00") is None
    assert day_of(None) is None


@given(st.floats(0, 3_000_000), st.floats(1, 600_000))
@settings(max_examples=300, deadline=None)
def test_an_axis_has_a_few_ticks_in_order_within_it(start, length):
    ticks = ticks_of(Axis(start, start + length))
    assert len(ticks) <= 8
    days = [tick.day for tick in ticks]
    assert days == sorted(set(days))
    assert all(start <= day <= start + length for day in days)
    assert len({tick.words for tick in ticks}) == len(ticks)


@given(
    st.lists(st.floats(700_000, 760_000), max_size=20),
    st.lists(st.floats(0, 3_000_000), max_size=20),
)
def test_the_axis_holds_what_was_said_and_is_not_stretched_by_far_events(days, events):
    axis = axis_of(days, events)
    if not days and not events:
        assert axis is None
        return
    for day in days or events:
        assert 0 <= axis.share(day) <= 1
    if days:
        reach = max(60, 3 * (max(days) - min(days)))
        assert axis.end - axis.start <= ((max(days) - min(days)) + 2 * reach) * 1.09 + 2


def test_an_event_far_before_is_at_the_edge(example):
    shapes = timeline_shapes(view_of(example, happened=told("1996-01-01", "1996-12-31")))
    rows = [row for lane in shapes.lanes for row in lane.rows]
    dated = [row for row in rows if row.item.published]
    assert dated
    assert all(row.event is None and row.edge == -1 for row in dated)
    table = macro("timeline.svg.j2", "timeline_table", shapes, "Times")
    assert "1996-01-01/1996-12-31" in table


def test_open_and_vague_times_are_drawn_as_such(example):
    shapes = timeline_shapes(view_of(example, happened=told("2031-03-30", None, approximate=True)))
    bars = [row.event for lane in shapes.lanes for row in lane.rows if row.event]
    assert bars
    assert all(bar.vague and bar.open_end and not bar.open_start for bar in bars)
    assert all(bar.x + bar.width <= WIDTH for bar in bars)


def test_said_time_that_no_words_give_is_hollow(example):
    taken = told("2031-04-02", "2031-04-02")
    shapes = timeline_shapes(view_of(example, said=taken))
    assert all(row.said.taken for lane in shapes.lanes for row in lane.rows)
    span = example.first.span(0, 5)
    shapes = timeline_shapes(view_of(example, said=replace(taken, span=span)))
    svg = macro("timeline.svg.j2", "timeline_svg", shapes, "Times")
    assert "said taken" not in svg
    assert 'class="said"' in svg


def test_what_has_no_time_is_counted_and_listed(example):
    shapes = timeline_shapes(view_of(example))
    yes = shapes.lanes[0]
    assert [item.quote.content for _number, item, _href in yes.undated] == ["the night ferry never left"]
    table = macro("timeline.svg.j2", "timeline_table", shapes, "Times")
    assert "1 without any time, last" in table
    assert "the night ferry never left" in table
    svg = macro("timeline.svg.j2", "timeline_svg", shapes, "Times")
    assert "the night ferry never left" not in svg


def test_numbers_of_the_picture_are_those_of_the_table(example):
    shapes = timeline_shapes(
        view_of(example, happened=told("2031-04-01", "2031-04-01")),
        lambda item: f"/statements/{item.quote.statement}",
    )
    svg = ElementTree.fromstring(macro("timeline.svg.j2", "timeline_svg", shapes, "Times", prefix="x"))
    body = f"<div>{macro('timeline.svg.j2', 'timeline_table', shapes, 'Times', prefix='x')}</div>"
    table = ElementTree.fromstring(body)
    numbers = [each.text for each in svg.iter("text") if each.get("class") == "item-number"]
    ids = [each.get("id") for each in table.iter("tr") if each.get("id")]
    assert ids == [f"x-{number}" for number in numbers]
    assert svg.get("role") == "group"
    assert [each.get("href") for each in svg.iter("a")] == [each.get("href") for each in table.iter("a")]
    assert {each.get("scope") for each in table.iter("th")} == {"col", "row", "rowgroup"}


def test_a_timeline_of_nothing_says_so():
    view = TimelineView(
        lanes_of=Lanes.ACTOR, lanes=(), left_out_lanes=0, left_out=0, no_event_time=0, no_report_time=0
    )
    shapes = timeline_shapes(view)
    assert shapes.ticks == ()
    assert "without any dated statement" in shapes.desc
    assert "nothing to put in time" in macro("timeline.svg.j2", "timeline_table", shapes, "Times")


def test_hostile_words_are_text(example):
    view = view_of(example, happened=told("2031-04-01", "2031-04-01"))
    words = '"></title><script>alert(1)</script>\x00'
    lanes = []
    for lane in view.lanes:
        items = tuple(
            replace(each, quote=replace(each.quote, speaker=words, content=words)) for each in lane.items
        )
        lanes.append(replace(lane, label=words, items=items))
    shapes = timeline_shapes(replace(view, lanes=tuple(lanes)))
    for name in ("timeline_svg", "timeline_table"):
        root = ElementTree.fromstring(f"<div>{macro('timeline.svg.j2', name, shapes, words)}</div>")
        assert "script" not in {each.tag for each in root.iter()}
        assert not any(key.startswith("on") or key == "style" for each in root.iter() for key in each.attrib)
