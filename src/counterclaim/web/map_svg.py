"""The map as shapes of an SVG: what the templates print, in user units, with no decision left to them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import hypot
from typing import NamedTuple

from counterclaim.exports.filters import TONES, shown
from counterclaim.model import Precision
from counterclaim.views.map import MapPlace, MapView
from counterclaim.web.extent import WIDTH, Extent, Spot, extent_of
from counterclaim.web.lines import BaseMap, base_map

RADIUS = 10.0
"""Half the height of a mark, in user units."""
LETTER = 7.0
"""Width of a letter of a label at most, in user units: enough to keep labels apart."""
LABELS = 24
_APART = 40.0
"""Marks whose middles are nearer than this are one."""
_AREA = {Precision.REGION: 26.0, Precision.COUNTRY: 40.0}
"""Radius of the hatched disc of somewhere in an area, whose size the ledger does not know; not to scale."""
_LONGEST = 22

PRECISION_WORDS = {
    Precision.EXACT: "the place itself",
    Precision.NEAR: "near this place",
    Precision.REGION: "somewhere in this region",
    Precision.COUNTRY: "somewhere in this country",
}


class MapRow(NamedTuple):
    """A place with its number on the map and its words for the table; ``tone`` 0 for several positions."""

    number: int
    place: MapPlace
    href: str | None
    tone: int
    precision: str
    coordinates: str


class Halo(NamedTuple):
    """How closely a place is known: a disc to scale (``near``), or a hatched one that is not to scale."""

    x: float
    y: float
    radius: float
    kind: str
    tone: int


class Label(NamedTuple):
    """A name beside a mark; ``anchor`` is SVG's ``text-anchor``."""

    x: float
    y: float
    anchor: str
    words: str


class Mark(NamedTuple):
    """One place, or several that lie too near each other to be told apart; a pill with their numbers."""

    x: float
    y: float
    half: float
    words: str
    title: str
    href: str | None
    tone: int
    label: Label | None


class ScaleBar(NamedTuple):
    """A distance along the middle latitude: user units, and words."""

    length: float
    words: str


class MapShapes(NamedTuple):
    """A whole map. Every path is in tenths of user units; ``desc`` says in words what is to be seen."""

    width: float
    height: float
    base: BaseMap
    halos: tuple[Halo, ...]
    marks: tuple[Mark, ...]
    rows: tuple[MapRow, ...]
    scale: ScaleBar | None
    desc: str
    view: MapView


Link = Callable[[MapPlace], str | None]


def map_shapes(view: MapView, link: Link | None = None, *, tones: bool = True) -> MapShapes:
    """Return the shapes of a map. ``link`` gives the address to which a place leads.

    A mark of several places leads where the first of them does. With ``tones`` a place of which one
    position alone speaks has the tint of that position (right for a map of one dispute).
    """
    extent = extent_of([_spot(place) for place in view.places])
    groups = _groups(view.places, extent)
    rows: list[MapRow] = []
    marks: list[Mark] = []
    for group in groups:
        first = len(rows) + 1
        for place in group:
            rows.append(_row(len(rows) + 1, place, link, tones))
        marks.append(_mark(rows[first - 1 :], extent))
    return MapShapes(
        width=WIDTH,
        height=round(extent.height, 1),
        base=base_map(extent),
        halos=tuple(halo for row in rows if (halo := _halo(row, extent))),
        marks=tuple(_labelled(marks, groups, extent)),
        rows=tuple(rows),
        scale=_scale(extent),
        desc=_desc(view, extent),
        view=view,
    )


def _spot(place: MapPlace) -> Spot:
    return Spot(place.longitude, place.latitude, min(place.kilometres or 0.0, 500.0))


def _row(number: int, place: MapPlace, link: Link | None, tones: bool) -> MapRow:
    words = PRECISION_WORDS[place.precision]
    if place.kilometres:
        words = f"{words}, up to about {place.kilometres:,.0f} km off"
    alone = len(place.sides) == 1 and not place.more_sides
    north, east = ("N" if place.latitude >= 0 else "S"), ("E" if place.longitude >= 0 else "W")
    digits = 2 if place.precision in {Precision.EXACT, Precision.NEAR} else 0
    return MapRow(
        number=number,
        place=place,
        href=link(place) if link else None,
        tone=place.sides[0].number % TONES + 1 if tones and alone else 0,
        precision=words,
        coordinates=f"{abs(place.latitude):.{digits}f}° {north}, {abs(place.longitude):.{digits}f}° {east}",
    )


def _groups(places: Sequence[MapPlace], extent: Extent) -> list[list[MapPlace]]:
    """Put each place to the first mark that it lies too near to be told apart from."""
    groups: list[tuple[tuple[float, float], list[MapPlace]]] = []
    for place in places:
        x, y = extent.at(place.longitude, place.latitude)
        for (other_x, other_y), group in groups:
            if hypot(x - other_x, y - other_y) < _APART:
                group.append(place)
                break
        else:
            groups.append(((x, y), [place]))
    return [group for _at, group in groups]


def _mark(rows: Sequence[MapRow], extent: Extent) -> Mark:
    x, y = extent.at(rows[0].place.longitude, rows[0].place.latitude)
    first, last = rows[0].number, rows[-1].number
    words = str(first) if first == last else f"{first}–{last}"
    tones = {row.tone for row in rows}
    return Mark(
        x=round(x, 1),
        y=round(y, 1),
        half=max(RADIUS, 4.0 * len(words) + 4),
        words=words,
        title="; ".join(_title(row) for row in rows[:6])
        + (f"; and {len(rows) - 6} more" if rows[6:] else ""),
        href=rows[0].href,
        tone=tones.pop() if len(tones) == 1 else 0,
        label=None,
    )


def _title(row: MapRow) -> str:
    place = row.place
    statements = "statement" if len(place.statements) == 1 else "statements"
    reports = "report" if place.reports == 1 else "reports"
    return (
        f"{row.number}. {shown(place.name)}: {row.precision};"
        f" {len(place.statements):,} {statements} in {place.reports:,} {reports}"
    )


def _halo(row: MapRow, extent: Extent) -> Halo | None:
    place = row.place
    x, y = (round(each, 1) for each in extent.at(place.longitude, place.latitude))
    if place.precision in _AREA:
        return Halo(x, y, _AREA[place.precision], str(place.precision), row.tone)
    if not place.kilometres:
        return None
    radius = max(RADIUS + 4, place.kilometres * extent.unit_of_kilometre)
    return Halo(x, y, round(radius, 1), "near", row.tone)


def _labelled(marks: Sequence[Mark], groups: Sequence[Sequence[MapPlace]], extent: Extent) -> list[Mark]:
    """Give marks their names where there is room for them beside all marks and names before."""
    taken = [_box(mark.x, mark.y, mark.half, RADIUS) for mark in marks]
    found = []
    for at, (mark, group) in enumerate(zip(marks, groups, strict=True)):
        name = shown(group[0].name)
        words = (name if len(name) <= _LONGEST else name[: _LONGEST - 1] + "…") if at < LABELS else ""
        more = f" +{len(group) - 1}" if len(group) > 1 else ""
        label = _place_label(mark, words + more, taken, extent) if words else None
        found.append(mark._replace(label=label))
    return found


_Box = tuple[float, float, float, float]


def _place_label(mark: Mark, words: str, taken: list[_Box], extent: Extent) -> Label | None:
    half = len(words) * LETTER / 2
    for x, y, anchor, middle in (
        (mark.x + mark.half + 4, mark.y + 4, "start", mark.x + mark.half + 4 + half),
        (mark.x - mark.half - 4, mark.y + 4, "end", mark.x - mark.half - 4 - half),
        (mark.x, mark.y - RADIUS - 5, "middle", mark.x),
        (mark.x, mark.y + RADIUS + 14, "middle", mark.x),
    ):
        box = _box(middle, y - 4, half, 8)
        inside = box[0] >= 2 and box[2] <= WIDTH - 2 and box[1] >= 2 and box[3] <= extent.height - 2
        if inside and not any(_meet(box, other) for other in taken):
            taken.append(box)
            return Label(round(x, 1), round(y, 1), anchor, words)
    return None


def _box(x: float, y: float, half_width: float, half_height: float) -> _Box:
    return x - half_width, y - half_height, x + half_width, y + half_height


def _meet(one: _Box, other: _Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _scale(extent: Extent) -> ScaleBar | None:
    """Return a round distance of at most a fifth of the width; None for the world, where none would hold."""
    if extent.whole:
        return None
    longest = WIDTH / 5 / extent.unit_of_kilometre
    lengths = (base * 10**power for power in range(5) for base in (1, 2, 5))
    kilometres = max(length for length in lengths if length <= longest)
    return ScaleBar(round(kilometres * extent.unit_of_kilometre, 1), f"{kilometres:,} km")


def _desc(view: MapView, extent: Extent) -> str:
    if not view.places:
        return "A map of the world without any place on it."
    where = "the world" if extent.whole else "a part of the world"
    number = f"{len(view.places)} {'place' if len(view.places) == 1 else 'places'}"
    names = ", ".join(shown(place.name) for place in view.places[:8])
    more = f" and {len(view.places) - 8} more" if len(view.places) > 8 else ""
    return (
        f"A map of {where} with {number} of claimed events: {names}{more}."
        " Disputed boundaries are dashed. The table after the map has the same content."
    )
