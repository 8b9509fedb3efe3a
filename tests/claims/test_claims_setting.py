"""When and where: what keeps two events apart."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from counterclaim.claims.setting import Setting, kilometres

PARIS, LYON, VERSAILLES = (48.8566, 2.3522), (45.764, 4.8357), (48.8049, 2.1204)


def on(day: str, *points: tuple[float, float], stated: bool = True) -> Setting:
    return Setting(points, day, day, stated)


def test_distance_on_the_sphere() -> None:
    assert 385 < kilometres(PARIS, LYON) < 400
    assert kilometres(PARIS, PARIS) == 0


def test_places_keep_events_apart_only_where_both_are_named_and_far() -> None:
    assert on("2021-05-01", PARIS).may_be_one_with(on("2021-05-01", VERSAILLES))
    assert on("2021-05-01", PARIS).may_be_one_with(on("2021-05-01"))
    assert not on("2021-05-01", PARIS).may_be_one_with(on("2021-05-01", LYON))
    assert not on("2021-05-01", PARIS).is_near(on("2021-05-01"))


def test_stated_times_are_held_to_more_strictly_than_those_counted_from_publication() -> None:
    assert not on("2021-05-01").may_be_one_with(on("2021-05-06"))
    assert on("2021-05-01", stated=False).may_be_one_with(on("2021-05-06"))
    assert not on("2021-05-01", stated=False).may_be_one_with(on("2021-07-06"))
    assert on("2021-05-01").is_soon_after(on("2021-05-04"))
    assert not on("2021-05-01").is_soon_after(on("2021-05-09"))
    assert Setting().may_be_one_with(on("2021-05-09"))


DAYS = st.dates().map(str)
POINTS = st.tuples(st.floats(-90, 90), st.floats(-180, 180))
SETTINGS = st.builds(
    lambda day, points, stated: Setting(tuple(points), day, day, stated),
    DAYS,
    st.lists(POINTS, max_size=3),
    st.booleans(),
)


@given(SETTINGS, SETTINGS)
def test_it_does_not_matter_which_comes_first(one: Setting, other: Setting) -> None:
    assert one.may_be_one_with(other) == other.may_be_one_with(one)
    assert one.is_near(other) == other.is_near(one)
    assert one.is_soon_after(other) == other.is_soon_after(one)
