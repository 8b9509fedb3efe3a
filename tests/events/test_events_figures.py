"""How many: numbers of dead and wounded with their bounds."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counterclaim.events.figures import count, figures
from counterclaim.model import FigureBound


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("31 people were killed", [("killed", 31, 31, "exact")]),
        ("at least 31 people were killed", [("killed", 31, None, "at-least")]),
        ("up to 400 people were displaced", [("displaced", None, 400, "at-most")]),
        ("about twenty-five villagers were injured", [("wounded", 25, 25, "about")]),
        ("between 20 and 30 rebels died", [("killed", 20, 30, "range")]),
        ("dozens of villagers were wounded", [("wounded", 24, 99, "range")]),
        ("no one was hurt", [("wounded", 0, 0, "exact")]),
        ("a family of five was killed", [("killed", 5, 5, "exact")]),
        ("killing two hundred miners", [("killed", 200, 200, "exact")]),
        ("the blast killed a child", [("killed", 1, 1, "exact")]),
        ("11 miners including 3 women were killed", [("killed", 11, 11, "exact")]),
        ("two guards died and 40 were hurt", [("killed", 2, 2, "exact"), ("wounded", 40, 40, "exact")]),
        ("police arrested more than 60 marchers", [("detained", 60, None, "at-least")]),
        ("three nurses were kidnapped", [("abducted", 3, 3, "exact")]),
        ("in 2014 villagers were killed", []),
        ("31 boats sailed and the toll booth closed", []),
    ],
)
def test_figures(text: str, wanted: list[tuple[str, float, float, str]]) -> None:
    assert [(f.measure, f.low, f.high, f.bound.value) for f in count(text)] == wanted


_SOUP = (
    "at least about up to between 20 and 30 dozens hundreds of people were killed wounded no one 1,200 fled "
    "a family five two million , . arrested including the man"
)
_WORDS = st.sampled_from(_SOUP.split(" "))


@given(st.lists(_WORDS, max_size=25).map(" ".join))
def test_figures_quote_the_text_and_low_is_not_above_high(text: str) -> None:
    found = figures(text, 0, len(text))
    for figure in found:
        assert figure.span.fits(text)
        assert figure.low is None or figure.high is None or figure.low <= figure.high
        assert figure.low is not None or figure.high is not None
        if figure.bound is FigureBound.EXACT:
            assert figure.low == figure.high
    assert all(one.span.end <= other.span.start for one, other in pairwise(found))


@given(st.text(max_size=200))
def test_figures_of_any_text(text: str) -> None:
    assert all(0 <= found.start < found.end <= len(text) for found in count(text))
