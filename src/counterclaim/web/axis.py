"""The axis of a timeline: moments as days on one line, and its ticks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import NamedTuple

TICKS = 8
_DAY = timedelta(days=1)
_BEYOND = 3.0
"""Times of events farther from the rest than so many times its length are shown at the edge."""
_LEAST = 60.0
"""And not nearer than these days."""
_STEPS = (0.25, 1, 2, 7, 14)
_MONTHS = (1, 3, 6, 12, 24, 60, 120, 240, 600, 1200, 2400, 6000)


class Axis(NamedTuple):
    """From ``start`` to ``end``, in days since the first of January of the year 1."""

    start: float
    end: float

    def share(self, day: float) -> float:
        """Return where a day lies between both ends: 0 to 1 within."""
        return (day - self.start) / (self.end - self.start)


class Tick(NamedTuple):
    """A labelled day of the axis."""

    day: float
    words: str


def day_of(moment: str | None, *, end: bool = False) -> float | None:
    """Return an ISO 8601 date or moment as days; None for none, and for one beyond the calendar.

    A moment with a zone is taken to UTC. For an ``end`` a date stands for the end of that day.
    """
    if moment is None:
        return None
    try:
        read = datetime.fromisoformat(moment)
        if read.tzinfo is not None:
            read = read.astimezone(UTC).replace(tzinfo=None)
    except (ValueError, OverflowError):
        return None
    days = (read - datetime(1, 1, 1)) / _DAY  # noqa: DTZ001 (days of the calendar, no zone)
    return days + 1 if end and len(moment) <= len("2031-04-02") else days


def axis_of(told: Sequence[float], events: Sequence[float]) -> Axis | None:
    """Return an axis for when things were said and reported, with those events that do not lie far off.

    None where there is no time at all.
    """
    known = sorted(told or events)
    if not known:
        return None
    start, end = known[0], known[-1]
    reach = max(_LEAST, _BEYOND * (end - start))
    near = [each for each in events if start - reach <= each <= end + reach]
    start, end = min([start, *near]), max([end, *near])
    margin = max(0.5, (end - start) * 0.04)
    return Axis(start - margin, end + margin)


def ticks_of(axis: Axis) -> tuple[Tick, ...]:
    """Return at most eight ticks at round days, months or years."""
    length = axis.end - axis.start
    for step in _STEPS:
        if length / step < TICKS:
            return tuple(_every(axis, step))
    for months in _MONTHS:
        ticks = tuple(_months(axis, months))
        if len(ticks) <= TICKS:
            return ticks
    return ()


def _every(axis: Axis, step: float) -> Iterator[Tick]:
    day = -(-axis.start // step) * step
    while day <= axis.end:
        moment = datetime(1, 1, 1) + timedelta(days=day)  # noqa: DTZ001
        words = f"{moment:%m-%d %H:%M}" if step < 1 else f"{moment.date().isoformat()}"
        yield Tick(day, words)
        day += step


def _months(axis: Axis, step: int) -> Iterator[Tick]:
    month = int(axis.start / 365.2425) * 12
    month -= month % step
    while month < 9999 * 12:
        year, within = divmod(month, 12)
        day = float((date(year + 1, within + 1, 1) - date(1, 1, 1)).days)
        if day > axis.end:
            return
        if day >= axis.start:
            yield Tick(day, f"{year + 1:04}" if step >= 12 else f"{year + 1:04}-{within + 1:02}")
        month += step
