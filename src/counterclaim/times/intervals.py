"""The stretch of the calendar that a TIMEX3 value stands for."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date

from counterclaim.model import Granularity, Interval

_DAY = re.compile(r"(?P<y>(?:BC)?\d{4})(?:-(?P<m>\d\d)(?:-(?P<d>\d\d))?)?(?:T(?P<t>.*))?")
_WEEK = re.compile(r"(\d{4})-W(\d\d)(-WE)?")
_PART = re.compile(r"((?:BC)?\d{4})-(SP|SU|FA|WI|Q[1-4]|H[12])")
_DECADE = re.compile(r"(BC)?(?:(\d{3})X|(\d{2})XX)")
_MONTHS = {
    "SP": (3, 5),
    "SU": (6, 8),
    "FA": (9, 11),
    "Q1": (1, 3),
    "Q2": (4, 6),
    "Q3": (7, 9),
    "Q4": (10, 12),
}
_MONTHS |= {"H1": (1, 6), "H2": (7, 12)}
_CLOCK = re.compile(r"(\d\d)(?::(\d\d)(?::(\d\d))?)?(Z|[+-]\d\d(?::\d\d)?)?")


def interval_of(value: str, modifier: str | None, published: str | None) -> Interval | None:
    """Return the stretch of time of a value, None where nothing fixes it.

    ``published`` bounds ``PAST_REF`` and ``FUTURE_REF``. A modifier makes the stretch approximate:
    the whole unit is given, of which the words mean a part.
    """
    if value in ("PAST_REF", "FUTURE_REF", "PRESENT_REF"):
        return _vague(value, published)
    bounds = _bounds(value)
    if bounds is None:
        return None
    start, end, granularity = bounds
    vague = modifier is not None or value.endswith("WI")
    return Interval(start=start, end=end, granularity=granularity, approximate=vague)


def _vague(value: str, published: str | None) -> Interval | None:
    if published is None:
        return None
    start = published if value != "PAST_REF" else None
    end = published if value != "FUTURE_REF" else None
    return Interval(start=start, end=end, granularity=Granularity.VAGUE, approximate=True)


def _bounds(value: str) -> tuple[str, str, Granularity] | None:
    if match := _DAY.fullmatch(value):
        return _days(match)
    if match := _WEEK.fullmatch(value):
        return _week(int(match[1]), int(match[2]), weekend=bool(match[3]))
    if match := _PART.fullmatch(value):
        return _part(match[1], match[2])
    if match := _DECADE.fullmatch(value):
        width = 10 if match[2] else 100
        first = int(match[2] or match[3]) * width
        granularity = Granularity.DECADE if width == 10 else Granularity.CENTURY
        if match[1]:
            return f"{_iso_year(-(first + width - 1))}-01-01", f"{_iso_year(-first or -1)}-12-31", granularity
        return f"{first:04d}-01-01", f"{first + width - 1:04d}-12-31", granularity
    return None


def _iso_year(year: int) -> str:
    """Return a year by ISO 8601, where 1 BC is 0000 and 499 BC is -0498."""
    return f"{year:04d}" if year > 0 else "0000" if year == -1 else f"-{-year - 1:04d}"


def _year(text: str) -> str:
    return _iso_year(-int(text[2:])) if text.startswith("BC") else text


def _days(match: re.Match[str]) -> tuple[str, str, Granularity] | None:
    year, month, day, clock = _year(match["y"]), match["m"], match["d"], match["t"]
    if month is None:
        return (f"{year}-01-01", f"{year}-12-31", Granularity.YEAR) if clock is None else None
    if day is None:
        last = monthrange(int(year), int(month))[1] if int(year) > 0 else monthrange(4, int(month))[1]
        return f"{year}-{month}-01", f"{year}-{month}-{last:02d}", Granularity.MONTH
    whole = f"{year}-{month}-{day}"
    if clock is None:
        return whole, whole, Granularity.DAY
    told = _CLOCK.fullmatch(clock)
    if told is None:
        return whole, whole, Granularity.PART_OF_DAY
    if told[1] == "24":
        return whole, whole, Granularity.DAY
    moment = f"{whole}T{told[1]}:{told[2] or '00'}:{told[3] or '00'}{told[4] or ''}"
    fine = Granularity.SECOND if told[3] else Granularity.MINUTE if told[2] else Granularity.HOUR
    return moment, moment, fine


def _week(year: int, week: int, *, weekend: bool) -> tuple[str, str, Granularity] | None:
    try:
        first = date.fromisocalendar(year, week, 6 if weekend else 1)
        last = date.fromisocalendar(year, week, 7)
    except ValueError:
        return None
    return first.isoformat(), last.isoformat(), Granularity.WEEKEND if weekend else Granularity.WEEK


def _part(year: str, part: str) -> tuple[str, str, Granularity]:
    iso = _year(year)
    granularity = {"Q": Granularity.QUARTER, "H": Granularity.HALF}.get(part[0], Granularity.SEASON)
    if part == "WI":
        number = int(iso)
        if number == 9999:
            return f"{iso}-12-01", f"{iso}-12-31", granularity
        following = f"{number + 1:04d}" if number + 1 >= 0 else f"-{-number - 1:04d}"
        return f"{iso}-12-01", f"{following}-02-28", granularity
    first, last = _MONTHS[part]
    return f"{iso}-{first:02d}-01", f"{iso}-{last:02d}-{monthrange(1, last)[1]:02d}", granularity
