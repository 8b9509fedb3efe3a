"""Units before and after a point: "last month", "two days later", "a decade earlier"."""

from __future__ import annotations

from counterclaim.times.calendar import Point, shift_day, shift_month, shift_year, week_value, year_value

SEASONS = ("SP", "SU", "FA", "WI")


def unit_near(point: Point, unit: str, by: int) -> tuple[str, Point] | None:
    """Return value and point of the unit so many units after (before, where negative) that of ``point``.

    None where the point is coarser than the unit ("two days later" than a year).
    """
    match unit:
        case "D" | "N":
            day = point.whole_day and shift_day(point.whole_day, by)
            return (day.isoformat(), Point.of(day)) if day else None
        case "W" | "F":
            day = point.whole_day and shift_day(point.whole_day, by * (7 if unit == "W" else 14))
            return (week_value(day), Point.of(day)) if day else None
        case "WE":
            day = point.whole_day and shift_day(point.whole_day, by * 7)
            return (f"{week_value(day)}-WE", Point.of(day)) if day else None
        case "M":
            if point.month is None:
                return None
            found = Point(*shift_month(point.year, point.month, by))
            return found.value, found
        case "Q":
            if point.month is None:
                return None
            year, month = shift_month(point.year, point.month, by * 3)
            return f"{year_value(year)}-Q{(month + 2) // 3}", Point(year, month)
        case "Y":
            found = Point(shift_year(point.year, by))
            return found.value, found
        case "DE" | "CE":
            return _wide(point, 10 if unit == "DE" else 100, by)
        case _:
            return None


def _wide(point: Point, width: int, by: int) -> tuple[str, Point] | None:
    """Return a decade or a century."""
    year = shift_year(point.year, by * width)
    number = abs(year) // width
    digits = f"{number:03d}X" if width == 10 else f"{number:02d}XX"
    return ("BC" if year < 0 else "") + digits, Point(year)


def season_at(month: int) -> int:
    """Return the index in ``SEASONS`` of the season that a month is in (northern, by whole months)."""
    return (month - 3) // 3 % 4


LENGTHS = {
    "TS": ("PT", "S"),
    "TM": ("PT", "M"),
    "TH": ("PT", "H"),
    "D": ("P", "D"),
    "N": ("P", "D"),
    "W": ("P", "W"),
    "F": ("P", "W"),
    "M": ("P", "M"),
    "Q": ("P", "Q"),
    "Y": ("P", "Y"),
    "DE": ("P", "DE"),
    "CE": ("P", "CE"),
    "ML": ("P", "ML"),
    "WE": ("P", "WE"),
}


def length_value(number: str, unit: str) -> str:
    """Return the TIMEX3 value of a length of time: ``P3D``, ``PT24H``, ``PXY``, ``P2DE``."""
    head, tail = LENGTHS[unit]
    if unit == "F" and number != "X":
        number = f"{float(number) * 2:g}"
    return f"{head}{number}{tail}"
