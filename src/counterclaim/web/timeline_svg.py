"""The timeline as shapes of an SVG: a row for each statement, with its event, said and report times."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from counterclaim.exports.filters import TONES, shown
from counterclaim.views.timeline import Lane, Stretch, TimelineItem, TimelineView
from counterclaim.web.axis import Axis, axis_of, day_of, ticks_of
from counterclaim.web.extent import WIDTH

ROW = 20.0
"""Height of a row, in user units."""
_LEFT, _RIGHT = 40.0, WIDTH - 14.0
_TOP = 26.0
_LANE = 26.0
_SLIM = 5.0
_LONG = 48
_QUOTE = 160

Link = Callable[[TimelineItem], str | None]


class Bar(NamedTuple):
    """The time of an event: from ``x`` so wide. ``vague`` is drawn dashed, ``open`` names open ends."""

    x: float
    width: float
    vague: bool
    open_start: bool
    open_end: bool


class Dot(NamedTuple):
    """When it was said; ``taken`` where no words say so; from ``x1`` to ``x2`` where it is a stretch."""

    x: float
    x1: float
    x2: float
    taken: bool


class Row(NamedTuple):
    """A statement. ``edge`` is -1 or 1 where its event lies before or after the axis, else 0."""

    number: int
    y: float
    item: TimelineItem
    href: str | None
    title: str
    event: Bar | None
    said: Dot | None
    report: float | None
    edge: int
    join: tuple[float, float] | None


class LaneShape(NamedTuple):
    """A lane with its heading; ``undated`` have numbers but no row."""

    label: str
    letter: int | None
    tone: int
    y: float
    rows: tuple[Row, ...]
    undated: tuple[tuple[int, TimelineItem, str | None], ...]
    left_out: int


class TickShape(NamedTuple):
    """A tick of the axis."""

    x: float
    words: str


class TimelineShapes(NamedTuple):
    """A whole timeline, in user units."""

    width: float
    height: float
    left: float
    right: float
    top: float
    ticks: tuple[TickShape, ...]
    lanes: tuple[LaneShape, ...]
    desc: str
    view: TimelineView


def timeline_shapes(view: TimelineView, link: Link | None = None) -> TimelineShapes:
    """Return the shapes of a timeline. ``link`` gives the address to which an item leads."""
    items = [item for lane in view.lanes for item in lane.items]
    told = [day for item in items for day in (*_days(item.said), day_of(item.published)) if day is not None]
    axis = axis_of(told, [day for item in items for day in _days(item.happened)])
    lanes: list[LaneShape] = []
    y, number = _TOP, 0
    for lane in view.lanes:
        shape, y, number = _lane(lane, view, axis, y, number, link)
        lanes.append(shape)
    return TimelineShapes(
        width=WIDTH,
        height=y + 10,
        left=_LEFT,
        right=_RIGHT,
        top=_TOP,
        ticks=tuple(TickShape(_x(axis, tick.day), tick.words) for tick in ticks_of(axis)) if axis else (),
        lanes=tuple(lanes),
        desc=_desc(view, items),
        view=view,
    )


def _lane(
    lane: Lane, view: TimelineView, axis: Axis | None, y: float, number: int, link: Link | None
) -> tuple[LaneShape, float, int]:
    heading = y + 18
    y += _LANE
    rows = []
    for item in lane.items:
        number += 1
        rows.append(_row(number, y + ROW / 2, item, axis, link(item) if link else None))
        y += ROW
    undated = []
    for item in lane.undated:
        number += 1
        undated.append((number, item, link(item) if link else None))
    label = shown(lane.label)
    shape = LaneShape(
        label=label if len(label) <= _LONG else label[: _LONG - 1] + "…",
        letter=lane.number if view.lanes_of == "position" else None,
        tone=lane.number % TONES + 1,
        y=heading,
        rows=tuple(rows),
        undated=tuple(undated),
        left_out=lane.left_out,
    )
    return shape, y, number


def _row(number: int, y: float, item: TimelineItem, axis: Axis | None, href: str | None) -> Row:
    event, edge = _event(item.happened, axis)
    said = _said(item.said, axis)
    day = day_of(item.published)
    report = _x(axis, day) if axis and day is not None else None
    xs = [event.x] if event else []
    xs += [said.x] if said else []
    xs += [report] if report is not None else []
    return Row(
        number=number,
        y=y,
        item=item,
        href=href,
        title=_title(number, item),
        event=event,
        said=said,
        report=report,
        edge=edge,
        join=(min(xs), max(xs)) if len(xs) > 1 else None,
    )


def _event(stretch: Stretch | None, axis: Axis | None) -> tuple[Bar | None, int]:
    """Return the bar of an event, and on which side of the axis it lies where it is not on it."""
    if stretch is None or axis is None:
        return None, 0
    start, end = day_of(stretch.start), day_of(stretch.end, end=True)
    if start is None and end is None:
        return None, 0
    if end is not None and end < axis.start:
        return None, -1
    if start is not None and start > axis.end:
        return None, 1
    left = axis.start if start is None else max(start, axis.start)
    right = axis.end if end is None else min(end, axis.end)
    x = _x(axis, left)
    vague = stretch.approximate or stretch.uncertain or stretch.precision == "vague"
    return (
        Bar(
            x=x,
            width=round(max(_SLIM, _x(axis, right) - x), 1),
            vague=vague,
            open_start=start is None or start < axis.start,
            open_end=end is None or end > axis.end,
        ),
        0,
    )


def _said(stretch: Stretch | None, axis: Axis | None) -> Dot | None:
    if stretch is None or axis is None:
        return None
    start, end = day_of(stretch.start), day_of(stretch.end, end=True)
    known = [_x(axis, min(max(day, axis.start), axis.end)) for day in (start, end) if day is not None]
    if not known:
        return None
    return Dot(x=round(sum(known) / len(known), 1), x1=known[0], x2=known[-1], taken=stretch.words is None)


def _days(stretch: Stretch | None) -> list[float]:
    if stretch is None:
        return []
    days = (day_of(stretch.start), day_of(stretch.end, end=True))
    return [day for day in days if day is not None]


def _x(axis: Axis | None, day: float) -> float:
    return round(_LEFT + (_RIGHT - _LEFT) * axis.share(day), 1) if axis else _LEFT


def _title(number: int, item: TimelineItem) -> str:
    quote = item.quote
    words = shown(quote.content)
    cut = words if len(words) <= _QUOTE else words[: _QUOTE - 1] + "…"
    return f"{number}. {shown(quote.speaker or quote.place.outlet)}: {cut} ({times_words(item)})"


def times_words(item: TimelineItem) -> str:
    """Return the three times of an item in words."""
    happened = f"event {item.happened.edtf}" if item.happened else "event time not told"
    said = "when it was said is not told"
    if item.said is not None:
        said = f"said {item.said.edtf}" + ("" if item.said.words else f" (taken from: {item.said.basis})")
    reported = f"reported {item.published}" if item.published else "report without a date"
    return f"{happened}; {said}; {reported}"


def _desc(view: TimelineView, items: list[TimelineItem]) -> str:
    if not items:
        return "A timeline without any dated statement."
    kind = "position" if view.lanes_of == "position" else "actor"
    names = "; ".join(shown(lane.label) for lane in view.lanes[:6])
    more = f"; and {len(view.lanes) - 6} more" if len(view.lanes) > 6 else ""
    return (
        f"A timeline of {len(items)} {'statement' if len(items) == 1 else 'statements'}, a lane for each"
        f" {kind}: {names}{more}. Bars are event time, dots when it was said, triangles when it was"
        " reported. The table after the timeline has the same content."
    )
