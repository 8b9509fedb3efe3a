"""Publication dates: ISO 8601, a day or a moment with zone."""

from __future__ import annotations

import re
from datetime import datetime

_FORM = re.compile(
    r"(?P<day>\d{4}-\d\d-\d\d)"
    r"(?:[T ](?P<time>\d\d:\d\d(?::\d\d(?:[.,]\d{1,9})?)?) ?(?P<zone>Z|z|[+-]\d\d:?\d\d)?)?"
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
