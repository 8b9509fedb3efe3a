"""Lines and polygons of the base map as path data: cut to the drawing, thinned to its grid.

Polygons are cut by Sutherland and Hodgman (1974), lines by Liang and Barsky (1984).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from counterclaim.web.atlas import Layers, Piece, atlas
from counterclaim.web.extent import WIDTH, Extent

Drawn = NDArray[np.float64]
"""Points of the drawing (user units), one a row."""

TENTHS = 10
"""Path data is written in whole tenths of a user unit."""
_EDGE = 4.0
"""User units that lines go beyond the drawing, so that no cut is seen."""
_NEAR = 100.0
"""Degrees of longitude below which the finer lines are drawn."""
_POINTS = 9_000
"""Points of all paths together at most; with more of them the lines are thinned further."""
_FINEST = 0.6


class Frame(NamedTuple):
    """A rectangle of the drawing, in user units."""

    left: float
    top: float
    right: float
    bottom: float


class BaseMap(NamedTuple):
    """Path data of each layer, in tenths of user units; empty where the layer has nothing here."""

    land: str
    lakes: str
    boundary: str
    disputed: str


def base_map(extent: Extent) -> BaseMap:
    """Return the base map of a part of the Earth."""
    layers = atlas()["50m" if extent.east - extent.west < _NEAR else "110m"]
    frame = Frame(-_EDGE, -_EDGE, WIDTH + _EDGE, extent.height + _EDGE)
    found = {name: _cut(name, layers, extent, frame) for name in Layers._fields}
    grid = _FINEST
    while True:
        thin = {
            name: [each for line in lines if len(each := thinned(line, grid)) > 1]
            for name, lines in found.items()
        }
        if sum(len(line) for lines in thin.values() for line in lines) <= _POINTS:
            break
        grid *= 1.4
    return BaseMap(
        **{
            name: "".join(path_of(line, closed=name in {"land", "lakes"}) for line in lines)
            for name, lines in thin.items()
        }
    )


def _cut(name: str, layers: Layers, extent: Extent, frame: Frame) -> list[Drawn]:
    closed = name in {"land", "lakes"}
    found: list[Drawn] = []
    for piece, turn in _within(getattr(layers, name), extent):
        for line in piece.lines:
            drawn = _placed(line, extent, turn)
            if closed:
                ring = clip_ring(drawn, frame)
                if len(ring) > 2 and max(np.ptp(ring, axis=0)) > 1.0:
                    found.append(ring)
            else:
                found.extend(clip_line(drawn, frame))
    return found


def _within(pieces: Iterable[Piece], extent: Extent) -> Iterator[tuple[Piece, float]]:
    """Give the pieces that meet the extent, each with the turn (degrees) that brings it there."""
    for piece in pieces:
        if piece.north < extent.south or piece.south > extent.north:
            continue
        for turn in (-360.0, 0.0, 360.0):
            if piece.east + turn >= extent.west and piece.west + turn <= extent.east:
                yield piece, turn


def _placed(line: NDArray[np.float64], extent: Extent, turn: float) -> Drawn:
    x = (line[:, 0] + turn - extent.west) * (extent.stretch * extent.unit)
    y = (extent.north - line[:, 1]) * extent.unit
    return np.column_stack((x, y))


def clip_ring(ring: Drawn, frame: Frame) -> Drawn:
    """Return the part of a closed ring within the frame, as one ring; empty where there is none."""
    for axis, bound, sign in (
        (0, frame.left, 1.0),
        (0, frame.right, -1.0),
        (1, frame.top, 1.0),
        (1, frame.bottom, -1.0),
    ):
        if len(ring) == 0:
            return ring
        inward = sign * (ring[:, axis] - bound)
        after, inward_after = np.roll(ring, -1, axis=0), np.roll(inward, -1)
        inside = inward >= 0
        crossing = inside != (inward_after >= 0)
        share = np.divide(inward, inward - inward_after, out=np.zeros_like(inward), where=crossing)
        crossed = ring + share[:, None] * (after - ring)
        crossed[:, axis] = bound
        both = np.stack((ring, crossed), axis=1).reshape(-1, 2)
        ring = both[np.stack((inside, crossing), axis=1).reshape(-1)]
    # What rounding left outside by a hair is put on the edge.
    return np.clip(ring, (frame.left, frame.top), (frame.right, frame.bottom))


def clip_line(line: Drawn, frame: Frame) -> list[Drawn]:
    """Return the parts of an open line within the frame, in its order."""
    if len(line) < 2:
        return []
    begin, step = line[:-1], np.diff(line, axis=0)
    enter, leave = np.zeros(len(begin)), np.ones(len(begin))
    for axis, low, high in ((0, frame.left, frame.right), (1, frame.top, frame.bottom)):
        along, at = step[:, axis], begin[:, axis]
        moves = np.abs(along) > 1e-9  # a shorter step crosses no edge that anybody sees
        one = np.divide(low - at, along, out=np.zeros_like(at), where=moves)
        other = np.divide(high - at, along, out=np.zeros_like(at), where=moves)
        enter = np.where(moves, np.maximum(enter, np.minimum(one, other)), enter)
        leave = np.where(moves, np.minimum(leave, np.maximum(one, other)), leave)
        leave = np.where(~moves & ((at < low) | (at > high)), -1.0, leave)
    parts: list[list[NDArray[np.float64]]] = []
    last = -2  # the segment that reached its own end
    for segment in np.flatnonzero(leave > enter).tolist():
        if not (enter[segment] == 0 and last == segment - 1):
            parts.append([begin[segment] + enter[segment] * step[segment]])
        parts[-1].append(begin[segment] + leave[segment] * step[segment])
        last = segment if leave[segment] == 1 else -2
    low_corner, high_corner = (frame.left, frame.top), (frame.right, frame.bottom)
    return [np.clip(np.array(part), low_corner, high_corner) for part in parts]


def thinned(line: Drawn, grid: float) -> Drawn:
    """Return a line without the points that fall into the cell of the point before, its ends kept."""
    if len(line) < 3:
        return line
    cells = np.floor(line / grid)
    new = np.any(np.diff(cells, axis=0) != 0, axis=1)
    keep = np.concatenate(([True], new))
    keep[-1] = True
    return line[keep]


def path_of(line: Drawn, *, closed: bool) -> str:
    """Return path data (SVG 2, section 9.3): an absolute point and steps to the next, in tenths."""
    whole = np.rint(line * TENTHS).astype(int)
    steps = np.diff(whole, axis=0)
    steps = steps[np.any(steps != 0, axis=1)]
    words = " ".join(f"{x} {y}" for x, y in steps.tolist()).replace(" -", "-")
    x, y = whole[0].tolist()
    return f"M{x} {y}l{words}{'z' if closed else ''}" if words else ""
