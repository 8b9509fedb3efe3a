"""Publication dates: ISO 8601, a day or a moment with zone; and the other forms that news comes with."""

from __future__ import annotations

import re
from datetime import datetime
from email.utils import parsedate_to_datetime

_FORM = re.compile(
    r"(?P<day>\d{4}-\d\d-\d\d)"
    r"(?:[T ](?P<time>\d\d:\d\d(?::\d\d(?:[.,]\d{1,9})?)?) ?(?P<zone>Z|z|[+-]\d\d:?\d\d)?)?"
)
_COMPACT = re.compile(
    r"(?P<day>\d{8})(?:T(?P<time>\d{4}(?:\d\d)?)(?P<zone>Z|[+-]\d\d:?\d\d)?)?", re.IGNORECASE
)


def iso_date(value: str) -> str | None:
    """Return ``value`` as an ISO 8601 day or moment with zone, None where it is neither.

    A moment with a zone is kept as it is written. A moment without one is cut to its day: nobody
    can say which moment it was.
    """
    match = _FORM.fullmatch(value.strip())
    if not match:
        return None
    day, time, zone = match.group("day"), match.group("time"), match.group("zone")
    try:
        datetime.fromisoformat(f"{day}T{time}{zone.upper()}" if time and zone else f"{day}T{time or '00:00'}")
    except ValueError:
        return None
    return f"{day}T{time}{zone.upper()}" if time and zone else day


def news_date(value: str) -> str | None:
    """Return a date of a news format as :func:`iso_date` does; None where it is none.

    Beside ISO 8601 as ``2031-04-02T08:00:00Z`` it may be written without marks (``20310402T080000Z``, as
    NITF has it) or as mail and RSS write it (``Wed, 02 Apr 2031 08:00:00 GMT``).
    """
    value = value.strip()
    if match := _COMPACT.fullmatch(value):
        day, time, zone = match.group("day"), match.group("time"), match.group("zone") or ""
        marked = f"{day[:4]}-{day[4:6]}-{day[6:]}"
        if zone[1:].isdigit():
            zone = f"{zone[:3]}:{zone[3:]}"
        if time:
            marked += f"T{time[:2]}:{time[2:4]}" + (f":{time[4:]}" if time[4:] else "") + zone
        return iso_date(marked)
    if found := iso_date(value):
        return found
    try:
        moment = parsedate_to_datetime(value)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return moment.isoformat() if moment.tzinfo else moment.date().isoformat()
