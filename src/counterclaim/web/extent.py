"""Which part of the Earth a map shows, and where on the drawing a point of it lies.

The projection is equirectangular, with longitude scaled by the cosine of the middle latitude (Marinus of
Tyre; Snyder 1987, Map Projections, U.S. Geological Survey Professional Paper 1395, section 12). Distances
are right along the middle latitude and along meridians, both poles have a place, and nothing is infinite.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

WIDTH = 640.0
"""Width of the drawing, in user units."""
SHAPE = 1.6
"""Width to height of a map of a part of the world."""
LEAST = 6.0
"""Degrees of latitude that a map shows at least: about 670 km."""
MARGIN = 1.3
"""How much wider than the places the map is."""
KILOMETRES = 111.2
"""Kilometres of one degree along a meridian."""
_WORLD = 160.0
"""Degrees of longitude from which on the whole world is shown."""
_FLATTEST = math.cos(math.radians(80))


class Spot(NamedTuple):
    """A point in degrees, and the kilometres around it that should be seen."""

    longitude: float
    latitude: float
    kilometres: float = 0.0


class Extent(NamedTuple):
    """A part of the Earth in degrees; ``east`` is over 180 where it holds the antimeridian.

    ``stretch`` is the cosine by which longitudes are scaled.
    """

    west: float
    south: float
    east: float
    north: float
    stretch: float

    @property
    def unit(self) -> float:
        """User units of one degree of latitude."""
        return WIDTH / ((self.east - self.west) * self.stretch)

    @property
    def height(self) -> float:
        """Height of the drawing, in user units."""
        return (self.north - self.south) * self.unit

    @property
    def whole(self) -> bool:
        """Whether the whole world is shown."""
        return self.east - self.west >= 360

    @property
    def unit_of_kilometre(self) -> float:
        """User units of one kilometre along a meridian."""
        return self.unit / KILOMETRES

    def at(self, longitude: float, latitude: float) -> tuple[float, float]:
        """Return where on the drawing a point lies (user units, y downwards)."""
        east = (longitude - self.west) % 360.0
        return east * self.stretch * self.unit, (self.north - latitude) * self.unit


def extent_of(spots: Sequence[Spot]) -> Extent:
    """Return the part of the Earth that holds all these, with a margin; the world if they are far apart."""
    if not spots:
        return _world(0.0, -58.0, 84.0)
    pads = [spot.kilometres / KILOMETRES for spot in spots]
    south = min(spot.latitude - pad for spot, pad in zip(spots, pads, strict=True))
    north = max(spot.latitude + pad for spot, pad in zip(spots, pads, strict=True))
    west, across = _narrowest([spot.longitude for spot in spots])
    middle = max(-90.0, min(90.0, (south + north) / 2))
    stretch = max(_FLATTEST, math.cos(math.radians(middle)))
    across += 2 * max(pads) / stretch
    tall = max((north - south) * MARGIN, LEAST)
    wide = max(across * MARGIN * stretch, tall * SHAPE)
    tall = max(tall, wide / SHAPE)
    centre = west + (across - 2 * max(pads) / stretch) / 2
    if across > _WORLD or wide / stretch >= 360 or tall >= 150:
        return _world(centre if across < 360 else 0.0, south, north)
    bottom, top = middle - tall / 2, middle + tall / 2
    shift = max(0.0, -90.0 - bottom) - max(0.0, top - 90.0)
    half = wide / stretch / 2
    begin = (centre - half + 180.0) % 360.0 - 180.0
    return Extent(begin, bottom + shift, begin + 2 * half, top + shift, stretch)


def _world(centre: float, south: float, north: float) -> Extent:
    """Return the whole world, in its usual frame where that will do, without the ice that nobody names."""
    begin = -180.0 if abs((centre + 180) % 360 - 180) < 90 else 0.0
    return Extent(begin, max(-90.0, min(-58.0, south - 5)), begin + 360, min(90.0, max(84.0, north + 5)), 1.0)


def _narrowest(longitudes: Sequence[float]) -> tuple[float, float]:
    """Return the western end and the width of the narrowest stretch that holds all longitudes."""
    around = sorted({(each + 180) % 360 - 180 for each in longitudes})
    gaps = [(after - before, after) for before, after in pairwise(around)]
    gaps.append((around[0] + 360 - around[-1], around[0]))
    gap, west = max(gaps)
    return west, 360 - gap
