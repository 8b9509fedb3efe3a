"""The lines of the base map, from Natural Earth (see ``weights/atlas.md``)."""

from __future__ import annotations

import gzip
from functools import lru_cache
from importlib.resources import files
from typing import NamedTuple

import msgspec
import numpy as np
from numpy.typing import NDArray

Line = NDArray[np.float64]
"""Longitude and latitude in degrees (WGS 84), a point a row."""


class Piece(NamedTuple):
    """A line, or a polygon as its rings (the first around the others, which are holes), and its bounds.

    ``west``, ``south``, ``east`` and ``north`` are degrees.
    """

    lines: tuple[Line, ...]
    west: float
    south: float
    east: float
    north: float


class Layers(NamedTuple):
    """The base map at one scale. ``disputed`` is every line that those on both sides do not agree on."""

    land: tuple[Piece, ...]
    lakes: tuple[Piece, ...]
    boundary: tuple[Piece, ...]
    disputed: tuple[Piece, ...]


class _Scale(msgspec.Struct):
    land: list[list[list[int]]]
    lakes: list[list[list[int]]]
    boundary: list[list[int]]
    disputed: list[list[int]]


class _Atlas(msgspec.Struct):
    unit: int
    scales: dict[str, _Scale]


@lru_cache(maxsize=1)
def atlas() -> dict[str, Layers]:
    """Return the base map at the scales ``110m`` (the world) and ``50m`` (nearer), read once."""
    packed = files("counterclaim.weights").joinpath("atlas.json.gz").read_bytes()
    read = msgspec.json.decode(gzip.decompress(packed), type=_Atlas)
    return {name: _layers(scale, read.unit) for name, scale in read.scales.items()}


def _layers(scale: _Scale, unit: int) -> Layers:
    return Layers(
        land=tuple(_piece(rings, unit) for rings in scale.land),
        lakes=tuple(_piece(rings, unit) for rings in scale.lakes),
        boundary=tuple(_piece([line], unit) for line in scale.boundary),
        disputed=tuple(_piece([line], unit) for line in scale.disputed),
    )


def _piece(rings: list[list[int]], unit: int) -> Piece:
    lines = tuple(np.cumsum(np.array(ring).reshape(-1, 2), axis=0) / unit for ring in rings)
    west, south = lines[0].min(axis=0)
    east, north = lines[0].max(axis=0)
    return Piece(lines, float(west), float(south), float(east), float(north))
