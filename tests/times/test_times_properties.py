"""What holds for every text."""

from __future__ import annotations

import re
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from times_help import read

WORDS = """
the a of in on at by since until to and , . ; - / ( ) last next this that same following early late mid end
Monday Tuesday Sunday January May March second fall spring summer winter morning night noon midnight today
yesterday 3 12 31 45 1999 2021 499 BC AD 1990s '60s 21st two twenty five several few half an hour day days
week month years decade century weekend quarter ago later earlier before after every daily 10:30 a.m. pm GMT
will was said troops people Easter Christmas Q3 24:00 2020-02-30 9/11/2001 first ordinal ¦ é 𝄞
"""
TEXTS = st.lists(st.sampled_from([*WORDS.split(), "\n"]), max_size=40).map(" ".join)
DAYS = st.sampled_from([None, "2021-09-06", "2020-02-29", "0001-01-01", "9999-12-31"])
VALUE = re.compile(
    r"(BC)?[\dX]{4}(-[\dX]{2}(-[\dX]{2})?)?(T(\d\d(:\d\d){0,2}(Z|[+-]\d\d(:\d\d)?)?|MO|MI|AF|EV|NI|DT))?"
    r"|[\dX]{4}-W[\dX]{2}(-WE|-\d)?|(BC)?[\dX]{4}-(SP|SU|FA|WI|Q[1-4]|H[12])|PT?(X|[\d.]+)[A-Z]{1,2}"
    r"|(PAST|PRESENT|FUTURE)_REF"
)


@settings(max_examples=400, deadline=None)
@given(TEXTS, DAYS)
def test_spans_quote_the_text_in_order_without_overlap_and_values_are_timex3(
    text: str, day: str | None
) -> None:
    end = 0
    for found in read(text, day):
        assert found.span.fits(text)
        assert found.span.start >= end
        end = found.span.end
        assert VALUE.fullmatch(found.value), found.value
        if found.interval and found.interval.start and found.interval.end:
            one, other = found.interval.start, found.interval.end
            if not one.startswith("-") and not other.startswith("-"):
                assert one <= other


@settings(max_examples=150, deadline=None)
@given(TEXTS, DAYS)
def test_a_paragraph_before_moves_the_spans_and_nothing_else(text: str, day: str | None) -> None:
    prefix = "Nothing of the kind stands here, and so the rest is read alike.\n"
    plain, moved = read(text, day), read(prefix + text, day)
    shift = len(prefix)
    assert [(t.span.start + shift, t.value, t.kind) for t in plain] == [
        (t.span.start, t.value, t.kind) for t in moved
    ]


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=200), DAYS)
def test_any_text_is_read(text: str, day: str | None) -> None:
    for found in read(text, day):
        assert found.span.fits(text)


@pytest.mark.parametrize(
    "unit",
    ["1", "May ", "one ", "the early ", "twenty-", "'", " ", "\n ", "1,", "1-", "2001-", "Monday ", "ago "],
)
def test_long_repetitions_take_linear_time(unit: str) -> None:
    def seconds(size: int) -> float:
        text = unit * (size // len(unit))
        started = time.process_time()
        read(text)
        return time.process_time() - started

    small = max(seconds(25_000), seconds(25_000), 0.02)
    assert seconds(200_000) < 8 * small * 4
