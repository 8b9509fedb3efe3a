"""Build the atlas: ``python training/atlas/build.py REPOSITORY [--out FILE]``.

REPOSITORY is a clone (a bare one will do) of https://github.com/martynafford/natural-earth-geojson, which
holds the files of Natural Earth (public domain) as GeoJSON; at the commit below, whatever is newer there.
Needs git and the standard library alone. The same commit gives the same bytes.
"""

from __future__ import annotations

import argparse
import gzip
import json
import math
import subprocess
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

COMMIT = "0b9a6ceb0a7032713abd9460ac1e995a9c60cd1e"
OUT = Path(__file__).parent.parent.parent / "src" / "counterclaim" / "weights" / "atlas.json.gz"
UNIT = 1000
"""Coordinates are whole thousandths of a degree: about 110 m, finer than the lines themselves."""

Point = tuple[float, float]

SCALES: dict[str, dict[str, Any]] = {
    "110m": {"tolerance": 0.05, "lake": 3.0, "island": 0.0},
    "50m": {"tolerance": 0.006, "lake": 0.15, "island": 0.003},
}
"""For each scale how far a line may be moved (degrees), and the least lake and island (square degrees)."""

CLASSES = {
    "International boundary (verify)": "boundary",
    "Disputed (please verify)": "disputed",
    "Indefinite (please verify)": "disputed",
    "Line of control (please verify)": "disputed",
    "Claim": "disputed",
    "Breakaway": "disputed",
}
"""Natural Earth's classes (``featurecla``) of boundary lines, and how we draw them.

Whatever is not agreed on by those on both sides is one class: we rank no claim above another.
"""


def features(repository: Path, path: str) -> list[dict[str, Any]]:
    """Return the features of one file at the commit."""
    shown = subprocess.run(
        ["git", "-C", str(repository), "show", f"{COMMIT}:{path}"], capture_output=True, check=True
    )
    return list(json.loads(shown.stdout)["features"])


def parts(feature: dict[str, Any]) -> Iterator[list[list[Point]]]:
    """Give each polygon of a feature as its rings, each line as one ring."""
    geometry = feature["geometry"]
    inside = geometry["coordinates"]
    if geometry["type"] == "LineString":
        yield [inside]
    elif geometry["type"] == "MultiLineString":
        yield from ([line] for line in inside)
    elif geometry["type"] == "Polygon":
        yield inside
    elif geometry["type"] == "MultiPolygon":
        yield from inside
    else:
        raise SystemExit(f"a geometry that is not drawn: {geometry['type']}")


def simplified(line: list[Point], tolerance: float) -> list[Point]:
    """Thin a line (Douglas and Peucker 1973): no point that is left out lies farther from it than this."""
    if len(line) < 3:
        return line
    keep = {0, len(line) - 1}
    stack = [(0, len(line) - 1)]
    while stack:
        first, last = stack.pop()
        (ax, ay), (bx, by) = line[first][:2], line[last][:2]
        length = math.hypot(bx - ax, by - ay)
        worst, where = tolerance, None
        for at in range(first + 1, last):
            x, y = line[at][:2]
            off = (
                abs((bx - ax) * (ay - y) - (ax - x) * (by - ay)) / length
                if length
                else math.hypot(x - ax, y - ay)
            )
            if off > worst:
                worst, where = off, at
        if where is not None:
            keep.add(where)
            stack += [(first, where), (where, last)]
    return [line[at] for at in sorted(keep)]


def area(ring: list[Point]) -> float:
    """Return the area of a ring in square degrees."""
    pairs = zip(ring, ring[1:] + ring[:1], strict=True)
    return abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in pairs)) / 2


def packed(line: list[Point]) -> list[int]:
    """Return a line as its first point and the steps to each next, in thousandths of a degree."""
    whole = [(round(x * UNIT), round(y * UNIT)) for x, y, *_ in line]
    steps = [whole[0], *((b[0] - a[0], b[1] - a[1]) for a, b in pairwise(whole))]
    return [each for at, step in enumerate(steps) if at == 0 or step != (0, 0) for each in step]


def layers(repository: Path, scale: str) -> dict[str, list[Any]]:
    """Return the layers of one scale."""
    rule = SCALES[scale]
    found: dict[str, list[Any]] = {"land": [], "lakes": [], "boundary": [], "disputed": []}
    for name, least in (("land", rule["island"]), ("lakes", rule["lake"])):
        for feature in features(repository, f"{scale}/physical/ne_{scale}_{name}.json"):
            for rings in parts(feature):
                if area(rings[0]) >= least:
                    thin = [simplified(ring, rule["tolerance"]) for ring in rings]
                    found[name].append([packed(ring) for ring in thin if len(ring) > 3])
    names = ["boundary_lines_land"] + (["boundary_lines_disputed_areas"] if scale == "50m" else [])
    for name in names:
        for feature in features(repository, f"{scale}/cultural/ne_{scale}_admin_0_{name}.json"):
            kind = CLASSES[feature["properties"]["featurecla"]]
            for rings in parts(feature):
                found[kind].extend(packed(simplified(line, rule["tolerance"])) for line in rings)
    if scale == "110m":  # there is no file of disputed areas at this scale: the ones of 1:50m, thinned
        for feature in features(repository, "50m/cultural/ne_50m_admin_0_boundary_lines_disputed_areas.json"):
            for rings in parts(feature):
                found["disputed"].extend(packed(simplified(line, rule["tolerance"])) for line in rings)
    found["land"] = [rings for rings in found["land"] if rings]
    found["lakes"] = [rings for rings in found["lakes"] if rings]
    return found


def main() -> None:
    """Build and print a report."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("repository", type=Path)
    parser.add_argument("--out", type=Path, default=OUT)
    given = parser.parse_args()
    atlas = {
        "source": "Natural Earth (public domain), github.com/martynafford/natural-earth-geojson",
        "commit": COMMIT,
        "unit": UNIT,
        "scales": {scale: layers(given.repository, scale) for scale in SCALES},
    }
    body = json.dumps(atlas, separators=(",", ":")).encode()
    given.out.write_bytes(gzip.compress(body, 9, mtime=0))
    for scale, kinds in atlas["scales"].items():
        for kind, lines in kinds.items():
            points = sum(
                len(each) // 2 if isinstance(each[0], int) else sum(len(ring) // 2 for ring in each)
                for each in lines
            )
            print(f"{scale:5} {kind:9} {len(lines):6,} parts {points:8,} points")
    print(f"{len(body):,} bytes, {given.out.stat().st_size:,} compressed")


if __name__ == "__main__":
    main()
