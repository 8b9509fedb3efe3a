"""The map: everything on it lies inside, disputed boundaries are drawn as such, and nothing runs."""

from __future__ import annotations

import math
import re
from xml.etree import ElementTree

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from map_help import macro, place, side, view

from counterclaim.model import Precision
from counterclaim.web.atlas import atlas
from counterclaim.web.extent import WIDTH, Spot, extent_of
from counterclaim.web.lines import Frame, base_map, clip_line, clip_ring, path_of, thinned
from counterclaim.web.map_svg import map_shapes

LONGITUDES = st.floats(-180, 180)
LATITUDES = st.floats(-90, 90)
SPOTS = st.lists(st.builds(Spot, LONGITUDES, LATITUDES, st.floats(0, 500)), min_size=1, max_size=12)
FRAME = Frame(0.0, 0.0, 100.0, 60.0)
POINTS = st.lists(st.tuples(st.floats(-300, 300), st.floats(-300, 300)), min_size=3, max_size=20)
WIDEST = 120_000


def inside(points: np.ndarray, frame: Frame = FRAME) -> bool:
    left, top, right, bottom = frame
    return bool(
        np.all((points[:, 0] >= left) & (points[:, 0] <= right))
        and np.all((points[:, 1] >= top) & (points[:, 1] <= bottom))
    )


def steps(path: str) -> list[list[tuple[int, int]]]:
    """Read path data back into points, in tenths of units."""
    found = []
    for part in re.findall(r"M([^M]*)", path):
        numbers = [int(each) for each in re.findall(r"-?\d+", part)]
        points = np.cumsum(np.array(numbers).reshape(-1, 2), axis=0)
        found.append([tuple(point) for point in points.tolist()])
    return found


@given(SPOTS)
@settings(max_examples=300, deadline=None)
def test_every_place_is_inside_the_extent(spots):
    extent = extent_of(spots)
    assert -90 <= extent.south < extent.north <= 90.0001
    assert 0 < extent.east - extent.west <= 360
    assert 100 < extent.height < 700
    for spot in spots:
        x, y = extent.at(spot.longitude, spot.latitude)
        assert -0.01 <= x <= WIDTH + 0.01
        assert -0.01 <= y <= extent.height + 0.01


@given(POINTS)
@settings(max_examples=300, deadline=None)
def test_clipping_gives_no_point_outside(points):
    line = np.array(points)
    ring = clip_ring(line, FRAME)
    assert len(ring) == 0 or inside(ring)
    for part in clip_line(line, FRAME):
        assert len(part) >= 2
        assert inside(part)


@given(POINTS)
@settings(max_examples=200, deadline=None)
def test_what_lies_inside_stays_as_it_is(points):
    line = np.array(points)
    wide = Frame(-301.0, -301.0, 301.0, 301.0)
    assert np.array_equal(clip_ring(line, wide), line)
    moving = line[np.concatenate(([True], np.any(np.diff(line, axis=0) != 0, axis=1)))]
    if len(moving) > 1 and len(moving) == len(line):
        parts = clip_line(line, wide)
        assert np.allclose(np.concatenate(parts)[[0, -1]], line[[0, -1]])


def test_a_line_that_leaves_and_comes_back_is_two():
    line = np.array([(10.0, 10.0), (10.0, -10.0), (50.0, -10.0), (50.0, 10.0), (70.0, 10.0)])
    first, second = clip_line(line, FRAME)
    assert first.tolist() == [[10.0, 10.0], [10.0, 0.0]]
    assert second.tolist() == [[50.0, 0.0], [50.0, 10.0], [70.0, 10.0]]


def test_a_ring_around_the_frame_becomes_the_frame():
    ring = np.array([(-50.0, -50.0), (200.0, -50.0), (200.0, 200.0), (-50.0, 200.0)])
    clipped = clip_ring(ring, FRAME)
    assert {tuple(point) for point in clipped.tolist()} == {(0, 0), (100, 0), (100, 60), (0, 60)}


@given(POINTS)
def test_thinning_keeps_both_ends_and_moves_nothing(points):
    line = np.array(points)
    thin = thinned(line, 0.6)
    assert thin[0].tolist() == line[0].tolist()
    assert thin[-1].tolist() == line[-1].tolist()
    assert {tuple(each) for each in thin.tolist()} <= {tuple(each) for each in line.tolist()}


def test_path_data_reads_back():
    line = np.array([(1.04, 2.0), (1.0, -2.5), (3.0, 4.0)])
    assert path_of(line, closed=True) == "M10 20l0-45 20 65z"
    assert steps(path_of(line, closed=True)) == [[(10, 20), (10, -25), (30, 40)]]
    assert path_of(np.array([(1.0, 1.0), (1.01, 1.01)]), closed=False) == ""


@given(SPOTS)
@settings(max_examples=60, deadline=None)
def test_a_base_map_stays_small_and_inside(spots):
    extent = extent_of(spots)
    base = base_map(extent)
    assert sum(map(len, base)) < 90_000
    edge = 41
    for path in base:
        for part in steps(path):
            for x, y in part:
                assert -edge <= x <= WIDTH * 10 + edge
                assert -edge <= y <= extent.height * 10 + edge


DISPUTED = {
    "the line of control in Kashmir": (74.8, 34.6),
    "Western Sahara": (-12.0, 27.66),
    "the neck of Crimea": (33.9, 46.15),
    "the Golan Heights": (35.6, 33.0),
    "Abkhazia": (41.9, 42.9),
}


@pytest.mark.parametrize(("longitude", "latitude"), DISPUTED.values(), ids=DISPUTED)
@pytest.mark.parametrize("scale", ["50m", "110m"])
def test_disputed_boundaries_are_disputed_at_both_scales(longitude, latitude, scale):
    least = min(
        math.hypot(x - longitude, y - latitude)
        for piece in atlas()[scale].disputed
        for line in piece.lines
        for x, y in between(line)
    )
    assert least < 0.6


def between(line: np.ndarray) -> np.ndarray:
    """Return points along a line, for a distance to it and not to its corners."""
    shares = np.linspace(0, 1, 20)[:, None, None]
    return (line[:-1] + shares * (line[1:] - line[:-1])).reshape(-1, 2)


@pytest.mark.parametrize(("longitude", "latitude"), DISPUTED.values(), ids=DISPUTED)
def test_disputed_boundaries_are_dashed_on_a_map_of_the_place(longitude, latitude):
    shapes = map_shapes(view(place("Here", latitude, longitude)))
    picture = ElementTree.fromstring(macro("map.svg.j2", "map_svg", shapes, "Places"))
    dashed = [each for each in picture.iter("path") if each.get("class") == "disputed"]
    assert len(dashed) == 1
    assert dashed[0].get("stroke-dasharray")
    assert all(
        each.get("stroke-dasharray") is None
        for each in picture.iter("path")
        if each.get("class") == "boundary"
    )


def test_a_border_that_nobody_disputes_is_not_dashed():
    shapes = map_shapes(view(place("Here", 42.7, 0.6)))
    assert shapes.base.boundary
    assert shapes.base.disputed == ""


def test_places_on_both_sides_of_the_antimeridian_lie_side_by_side():
    shapes = map_shapes(view(place("Suva", -18.1, 178.4), place("Apia", -13.8, -171.8)))
    suva, apia = shapes.marks
    assert 0 < suva.x < apia.x < WIDTH
    assert shapes.base.land


def test_the_world_is_shown_for_places_far_apart_and_for_none():
    far = map_shapes(view(place("A", 40, -100), place("B", -30, 20), place("C", 35, 139)))
    for shapes in (far, map_shapes(view())):
        assert shapes.scale is None
        assert "the world" in shapes.desc
    assert len(macro("map.svg.j2", "map_svg", far, "Places")) < WIDEST


def test_precision_is_shown_to_scale_where_it_is_known_and_hatched_where_it_is_not():
    shapes = map_shapes(
        view(
            place("Exact", 10, 10),
            place("Near", 12, 10, Precision.NEAR, 80.0),
            place("Region", 10, 14, Precision.REGION, None),
            place("Country", 14, 14, Precision.COUNTRY, None),
        )
    )
    kinds = {halo.kind: halo for halo in shapes.halos}
    assert set(kinds) == {"near", "region", "country"}
    exact, near = shapes.marks[0], shapes.marks[1]
    two_degrees = abs(exact.y - near.y)
    assert kinds["near"].radius == pytest.approx(two_degrees * 80 / 222.4, abs=0.3)
    svg = macro("map.svg.j2", "map_svg", shapes, "Places")
    assert svg.count('fill="url(#map-region)"') == 1
    assert svg.count('fill="url(#map-country)"') == 1
    table = macro("map.svg.j2", "map_table", shapes, "Places")
    assert "up to about 80 km off" in table
    assert "somewhere in this country" in table


@given(
    st.lists(st.tuples(st.floats(30, 38), st.floats(66, 80)), min_size=1, max_size=60),
)
@settings(max_examples=40, deadline=None)
def test_marks_stand_apart_and_all_numbers_are_there(points):
    places = [place(f"P{number}", *point) for number, point in enumerate(points)]
    shapes = map_shapes(view(*places), lambda each: f"#{each.id}")
    numbers = []
    for mark in shapes.marks:
        first, _dash, last = mark.words.partition("–")
        numbers += list(range(int(first), int(last or first) + 1))
    assert numbers == [row.number for row in shapes.rows] == list(range(1, len(points) + 1))
    for at, one in enumerate(shapes.marks):
        for other in shapes.marks[at + 1 :]:
            assert math.hypot(one.x - other.x, one.y - other.y) >= 39.8
    labels = [mark.label for mark in shapes.marks if mark.label]
    assert len(labels) == len(set(labels))


HOSTILE = '</title><script>alert(1)</script>" onload="alert(1)'


def test_hostile_names_are_text():
    spot = place(HOSTILE, 10, 10, sides=(side(label=HOSTILE, dispute=HOSTILE),))
    shapes = map_shapes(view(spot), lambda each: f"/statements?of={each.id}")
    svg = macro("map.svg.j2", "map_svg", shapes, HOSTILE)
    table = macro("map.svg.j2", "map_table", shapes, HOSTILE)
    for text in (svg, table):
        root = ElementTree.fromstring(f"<div>{text}</div>")
        names = {each.tag for each in root.iter()}
        assert "script" not in names
        assert not any(key.startswith("on") or key == "style" for each in root.iter() for key in each.attrib)


def test_the_picture_asks_for_nothing_and_names_itself():
    shapes = map_shapes(view(place("Here", 10, 10)), lambda each: f"#map-{each.name}")
    svg = macro("map.svg.j2", "map_svg", shapes, "Places of the dispute", prefix="q1")
    root = ElementTree.fromstring(svg)
    assert root.get("role") == "group"
    named = {each.get("id"): each.text for each in root.iter() if each.get("id")}
    assert named[root.get("aria-labelledby")] == "Places of the dispute"
    assert named[root.get("aria-describedby")].startswith("A map of a part of the world with 1 place")
    assert [each.get("href") for each in root.iter("a")] == ["#map-Here"]
    assert "http" not in svg
    assert "<style" not in svg
    assert " style=" not in svg
    without = ElementTree.fromstring(macro("map.svg.j2", "map_svg", map_shapes(view(place("H", 1, 1))), "P"))
    assert without.get("role") == "img"


def test_the_table_has_what_the_map_has():
    spots = [place("Ondar", 10, 10, sides=(side(1, "It did not"),), statements=3), place("Sorvan", 11, 12)]
    table = ElementTree.fromstring(
        f"<div>{macro('map.svg.j2', 'map_table', map_shapes(view(*spots)), 'Places')}</div>"
    )
    assert table.find(".//caption").text == "Places"
    assert {each.get("scope") for each in table.iter("th")} == {"col", "row"}
    words = ["".join(row.itertext()).strip() for row in table.findall(".//tbody/tr")]
    assert len(words) == 2
    assert "Ondar" in words[0]
    assert "B: It did not" in words[0]
    assert "10.00° N, 10.00° E" in words[0]
