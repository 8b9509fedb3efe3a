"""When and where what a statement tells of is said to have happened, and whether two tell of one event.

Times are those that the words give; where they give none, an event is taken to be fresh when the report
comes out. Places are those of the statement, else of its sentence. Two statements can tell of one event
where neither the times nor the places keep them apart.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from datetime import date

import msgspec

from counterclaim.model import (
    Annotations,
    Document,
    PlaceKind,
    PlaceMention,
    PlaceReading,
    Statement,
    TimeBasis,
)

SURE = 0.5
"""Score from which the likeliest place of a name counts."""
NEAR_KM = 40.0
"""Places nearer to each other than this can be one scene: a suburb, and its city."""
SLACK_DAYS = 2
"""Reports differ by a day or two on when it was."""
LOOSE_DAYS = 10
"""The same where a time is counted from the day of publication: archives often have that wrong."""
SOON_DAYS = 4
"""Events of a kind that comes every day are told within so many days."""
FRESH_DAYS = 21
"""An event told without a date is taken to have happened so long before the report at most."""
_WIDE = frozenset(
    {PlaceKind.CONTINENT, PlaceKind.COUNTRY, PlaceKind.DIVISION, PlaceKind.REGION, PlaceKind.DESERT}
)
_EARTH_KM = 6371.0
_STOP = re.compile(r"[.!?][”\"’')]*\s|\n")
_FAR = 300
"""Characters within which a sentence begins or ends."""


class Setting(msgspec.Struct, frozen=True):
    """Where and when something is said to have happened.

    ``points`` are latitudes and longitudes in degrees (WGS 84) of the places named,
    ``start`` and ``end`` are ISO 8601 dates, ``stated`` whether words of the report give them whole.
    """

    points: tuple[tuple[float, float], ...] = ()
    start: str | None = None
    end: str | None = None
    stated: bool = False

    def may_be_one_with(self, other: Setting) -> bool:
        """Tell whether neither the times nor the places keep two events apart."""
        return self.in_time_with(other) and self.in_place_with(other)

    def in_time_with(self, other: Setting) -> bool:
        """Tell whether the two stretches of time meet, give or take some days."""
        if None in {self.start, self.end, other.start, other.end}:
            return True
        latest = max(_day(self.start), _day(other.start))
        slack = SLACK_DAYS if self.stated and other.stated else LOOSE_DAYS
        return latest - min(_day(self.end), _day(other.end)) <= slack

    def is_soon_after(self, other: Setting) -> bool:
        """Tell whether what the two tell of can be one day's event: days of their ends apart, or unknown."""
        if self.end is None or other.end is None:
            return True
        return abs(_day(self.end) - _day(other.end)) <= SOON_DAYS

    def is_near(self, other: Setting) -> bool:
        """Tell whether both name a place, and one of the one is near one of the other."""
        return bool(self.points and other.points) and self.in_place_with(other)

    def in_place_with(self, other: Setting) -> bool:
        """Tell whether a place of the one is near a place of the other, or one names none."""
        if not self.points or not other.points:
            return True
        return any(kilometres(one, two) <= NEAR_KM for one in self.points for two in other.points)


def setting_of(statement: Statement, document: Document, annotations: Annotations | None) -> Setting:
    """Return when and where the event of a statement is said to have happened."""
    places = annotations.places if annotations else ()
    points = _points(statement, document, places)
    told = statement.happened
    if told is not None and told.basis is not TimeBasis.UNKNOWN and told.interval.start:
        start, end = told.interval.start[:10], (told.interval.end or told.interval.start)[:10]
        return Setting(points, start, end, stated=told.basis is TimeBasis.EXPLICIT)
    if document.published is None:
        return Setting(points)
    published = document.published[:10]
    return Setting(points, _before(published, FRESH_DAYS), published)


def kilometres(one: tuple[float, float], other: tuple[float, float]) -> float:
    """Return the great-circle distance of two points (degrees) in kilometres (haversine)."""
    (lat1, lon1), (lat2, lon2) = (tuple(map(math.radians, point)) for point in (one, other))
    half = (
        math.sin((lat2 - lat1) / 2) ** 2 + math.cos(lat1) * math.cos(lat2) * math.sin((lon2 - lon1) / 2) ** 2
    )
    return 2 * _EARTH_KM * math.asin(math.sqrt(min(1.0, half)))


def _points(
    statement: Statement, document: Document, places: Sequence[PlaceMention]
) -> tuple[tuple[float, float], ...]:
    """Return the points of the places that a statement names, else of those in its sentences."""
    exact = [
        (mention.span.start, mention.place)
        for mention in places
        if mention.place is not None
        and mention.reading is PlaceReading.LOCATION
        and mention.place.kind not in _WIDE
        and mention.place.score >= SURE
    ]
    within = [(span.start, span.end) for span in statement.content]
    around = [_sentence(document.text, start, end) for start, end in within]
    for ranges in (within, around):
        found = {
            (place.latitude, place.longitude)
            for at, place in exact
            if any(start <= at < end for start, end in ranges)
        }
        if found:
            return tuple(sorted(found))
    return ()


def _sentence(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the stretch from the full stop before the words to the one after them."""
    before = [match.end() for match in _STOP.finditer(text, max(0, start - _FAR), start)]
    after = _STOP.search(text, end, end + _FAR)
    return (before[-1] if before else max(0, start - _FAR)), (after.start() if after else end)


def _day(value: str | None) -> int:
    return date.fromisoformat(value[:10]).toordinal() if value else 0


def _before(day: str, days: int) -> str:
    return date.fromordinal(max(1, _day(day) - days)).isoformat()
