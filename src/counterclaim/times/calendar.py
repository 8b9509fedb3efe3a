"""Arithmetic on the calendar, and TIMEX3 values of points on it.

Years before the common era are negative (-499 is 499 BC; there is no year 0). Days are counted in the
proleptic Gregorian calendar, for years 1 to 9999 only.
"""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from typing import NamedTuple


class Point(NamedTuple):
    """A year, a month or a day on the calendar: what is finer than it is told is None."""

    year: int
    month: int | None = None
    day: int | None = None

    @property
    def value(self) -> str:
        """The TIMEX3 value: ``2021-09-06``, ``2021-09``, ``2021``, ``BC0499``."""
        text = year_value(self.year)
        if self.month is not None:
            text += f"-{self.month:02d}"
            if self.day is not None:
                text += f"-{self.day:02d}"
        return text

    @property
    def whole_day(self) -> date | None:
        """The day, None where none is told or the calendar has no such day."""
        if self.month is None or self.day is None or not 1 <= self.year <= 9999:
            return None
        return date(self.year, self.month, self.day) if valid(*self) else None

    @classmethod
    def of(cls, day: date) -> Point:
        """Return the point of a day."""
        return cls(day.year, day.month, day.day)


def valid(year: int, month: int | None, day: int | None) -> bool:
    """Tell whether the calendar has this month and this day."""
    if month is not None and not 1 <= month <= 12:
        return False
    if day is None or month is None:
        return True
    return 1 <= day <= (monthrange(year, month)[1] if 1 <= year <= 9999 else 31)


def year_value(year: int) -> str:
    """Return a year as TIMEX3 has it."""
    return f"{year:04d}" if year > 0 else f"BC{-year:04d}"


def shift_year(year: int, by: int) -> int:
    """Return the year so many years later; the year before 1 is -1."""
    astronomical = year if year > 0 else year + 1
    astronomical += by
    return astronomical if astronomical > 0 else astronomical - 1


def shift_month(year: int, month: int, by: int) -> tuple[int, int]:
    """Return year and month so many months later."""
    index = month - 1 + by
    return shift_year(year, index // 12), index % 12 + 1


def shift_day(day: date, by: int) -> date | None:
    """Return the day so many days later, None where the calendar ends."""
    try:
        return day + timedelta(days=by)
    except OverflowError:
        return None


def week_value(day: date) -> str:
    """Return the ISO week of a day."""
    year, week, _ = day.isocalendar()
    return f"{year:04d}-W{week:02d}"


def weekday_near(day: date, weekday: int, direction: int) -> date | None:
    """Return the last such weekday (``direction`` -1; the day itself counts) or the next (1)."""
    if direction > 0:
        return shift_day(day, (weekday - day.isoweekday() - 1) % 7 + 1)
    return shift_day(day, -((day.isoweekday() - weekday) % 7))


def easter(year: int) -> date:
    """Return Easter Sunday (Gregorian; the anonymous algorithm, Meeus, Astronomical Algorithms, ch. 8)."""
    a, b, c = year % 19, year // 100, year % 100
    d, e = b // 4, b % 4
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = c // 4, c % 4
    j = (32 + 2 * e + 2 * i - h - k) % 7
    m = (a + 11 * h + 22 * j) // 451
    month, day = divmod(h + j - 7 * m + 114, 31)
    return date(year, month, day + 1)


def holiday(rule: str, year: int) -> Point | None:
    """Return the day of a holiday by its rule: ``12-25``, ``11-4-4`` (fourth Thursday), ``easter-2``."""
    if not 1583 <= year <= 9998:
        return None
    if rule.startswith("easter"):
        return Point.of(easter(year) + timedelta(days=int(rule[6:])))
    parts = rule.split("-", 2)
    month = int(parts[0])
    if len(parts) == 2:
        return Point(year, month, int(parts[1]))
    weekday, count = int(parts[1]), int(parts[2])
    if count < 0:
        last = date(year, month, monthrange(year, month)[1])
        return Point.of(last - timedelta(days=(last.isoweekday() - weekday) % 7))
    first = date(year, month, 1)
    return Point.of(first + timedelta(days=(weekday - first.isoweekday()) % 7 + 7 * (count - 1)))
