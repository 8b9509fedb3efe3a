"""When: temporal expressions in a text, and the stretches of time that they stand for."""

from __future__ import annotations

from enum import StrEnum

import msgspec

from counterclaim.model.span import Span


class TimeKind(StrEnum):
    """The types of TIMEX3 (TimeML 1.2.1, ISO 24617-1)."""

    DATE = "DATE"
    TIME = "TIME"
    DURATION = "DURATION"
    SET = "SET"


class Granularity(StrEnum):
    """How fine a time is given; from fine to coarse."""

    SECOND = "second"
    MINUTE = "minute"
    HOUR = "hour"
    PART_OF_DAY = "part-of-day"
    DAY = "day"
    WEEKEND = "weekend"
    WEEK = "week"
    MONTH = "month"
    SEASON = "season"
    QUARTER = "quarter"
    HALF = "half"
    YEAR = "year"
    DECADE = "decade"
    CENTURY = "century"
    VAGUE = "vague"


class TimeBasis(StrEnum):
    """What an expression was counted from."""

    EXPLICIT = "explicit"
    """Nothing: the words say the whole date."""
    PUBLISHED = "published"
    """The time the report was published."""
    DATELINE = "dateline"
    """The date or the zone in the report's dateline."""
    NARRATIVE = "narrative"
    """The last date told in the text."""
    UNKNOWN = "unknown"
    """There was nothing to count from."""


class Interval(msgspec.Struct, frozen=True, kw_only=True, order=True):
    """A stretch of time between two ISO 8601 dates or moments, both inclusive.

    Both ends have the precision of ``granularity`` at most: a month is ``2021-09-01`` to
    ``2021-09-30``. None for an end that is open ("since Monday" has a start alone). ``approximate``
    for "about" and "early in", ``uncertain`` where the reading itself is a guess.
    """

    start: str | None
    end: str | None
    granularity: Granularity
    approximate: bool = False
    uncertain: bool = False

    @property
    def edtf(self) -> str:
        """The interval in the Extended Date/Time Format (ISO 8601-2:2019; Library of Congress, level 1)."""
        mark = "%" if self.approximate and self.uncertain else "~" if self.approximate else ""
        mark = mark or ("?" if self.uncertain else "")
        if self.start == self.end and self.start is not None:
            return f"{self.start}{mark}"
        start = f"{self.start}{mark}" if self.start else ".."
        end = f"{self.end}{mark}" if self.end else ".."
        return f"{start}/{end}"


class TimeExpression(msgspec.Struct, frozen=True, kw_only=True):
    """One temporal expression of a text, and what it means.

    ``value`` and ``modifier`` are those of TIMEX3 (``2021-09-06TMO``, ``P3D``, ``PRESENT_REF``;
    ``APPROX``, ``START``). ``interval`` is the stretch of time on the calendar, None where there
    is none (a bare duration, a set, a date that nothing fixes). ``basis`` says what it was counted
    from, ``reference`` the ISO 8601 date or moment that was, and ``anchor`` the expression in the
    text that gave it, where one did.
    """

    span: Span
    kind: TimeKind
    value: str
    modifier: str | None = None
    interval: Interval | None = None
    basis: TimeBasis = TimeBasis.UNKNOWN
    reference: str | None = None
    anchor: Span | None = None


class StatedTime(msgspec.Struct, frozen=True, kw_only=True):
    """When something was said or is said to have happened, and the words that say so.

    ``span`` is None where no words do, and ``basis`` tells what was taken instead (the time of
    publication for a statement that gives no time of its own).
    """

    interval: Interval
    basis: TimeBasis
    span: Span | None = None
