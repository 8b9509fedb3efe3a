"""Spans and offset maps: places in a text that are found again."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from counterclaim.model import OffsetMap, Run, SelectorError, Span
from counterclaim.model.span import CONTEXT

WORDS = st.lists(
    st.sampled_from(["harbour", "bridge", "said", "the", "mayor", "“closed”", "9", "naïve", "🛶", "\n\n"]),
    min_size=1,
    max_size=40,
).map(" ".join)


@st.composite
def text_and_place(draw: st.DrawFn) -> tuple[str, int, int]:
    text = draw(st.one_of(st.text(min_size=1, max_size=120), WORDS))
    start = draw(st.integers(0, len(text) - 1))
    return text, start, draw(st.integers(start + 1, len(text)))


@given(text_and_place())
def test_a_span_quotes_its_text(place: tuple[str, int, int]) -> None:
    text, start, end = place
    span = Span.of(text, start, end)
    assert span.fits(text)
    assert span.quote == text[start:end]
    assert len(span) == end - start
    assert text[: span.start].endswith(span.prefix)
    assert text[span.end :].startswith(span.suffix)
    assert len(span.prefix) <= CONTEXT
    assert len(span.suffix) <= CONTEXT
    assert span.find_in(text) == span


@given(text_and_place(), st.text(max_size=60), st.text(max_size=60))
def test_a_span_is_found_again_after_text_is_put_before_and_behind(
    place: tuple[str, int, int], before: str, behind: str
) -> None:
    text, start, end = place
    span = Span.of(text, start, end)
    assume((before + text + behind).count(span.quote) == 1)
    found = span.find_in(before + text + behind)
    assert found is not None
    assert (found.start, found.end) == (start + len(before), end + len(before))
    assert found.fits(before + text + behind)


@given(WORDS, st.data())
def test_a_span_is_found_where_white_space_changed(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    span = Span.of(text, start, data.draw(st.integers(start + 1, len(text))))
    assume(span.quote.strip())
    other = "\n".join(text.split(" ")).replace("\n\n\n", "\n \n")
    found = span.find_in(other)
    assert found is not None
    assert found.fits(other)
    assert "".join(found.quote.split()) == "".join(span.quote.split())


@given(text_and_place(), st.text(max_size=80))
def test_finding_never_invents_words(place: tuple[str, int, int], other: str) -> None:
    text, start, end = place
    found = Span.of(text, start, end).find_in(other)
    if found is not None:
        assert found.fits(other)
        assert "".join(found.quote.split()) == "".join(text[start:end].split())


def test_of_several_places_the_one_with_the_same_surroundings_is_taken() -> None:
    text = "At noon the mayor said no. At night the council said no. In the morning the baker said no."
    second = text.index("said no", text.index("council"))
    span = Span.of(text, second, second + len("said no"))
    moved = "Update: " + text.replace("At noon", "At twelve o'clock")
    found = span.find_in(moved)
    assert found is not None
    assert moved[: found.start].endswith("council ")


def test_words_that_are_gone_are_not_found() -> None:
    span = Span.of("The ferry sank.", 4, 9)
    assert span.find_in("The tram stopped.") is None
    assert span.find_in("") is None
    assert Span.of("a b", 1, 2).find_in("ab") is None


@pytest.mark.parametrize(("start", "end"), [(0, 0), (3, 2), (-1, 2), (0, 6), (5, 6)])
def test_a_span_outside_the_text_is_refused(start: int, end: int) -> None:
    with pytest.raises(SelectorError):
        Span.of("ferry", start, end)


def test_spans_overlap_where_they_share_a_character() -> None:
    text = "the night ferry"
    night, ferry = Span.of(text, 4, 9), Span.of(text, 10, 15)
    assert night.overlaps(Span.of(text, 8, 12))
    assert not night.overlaps(ferry)
    assert not Span.of(text, 4, 10).overlaps(ferry)


@st.composite
def offset_maps(draw: st.DrawFn) -> tuple[OffsetMap, str, str]:
    """Build a map with its text and its source: equal stretches, folded ones, inserted and dropped ones."""
    text = source = ""
    runs = []
    for kind in draw(st.lists(st.sampled_from(["same", "made", "inserted", "dropped"]), max_size=12)):
        start = len(text)
        place = len(source)
        if kind == "dropped":
            source += "<b>"
            continue
        if kind == "same":
            piece = draw(st.sampled_from(["ferry ", "x", "noon"]))
            text, source = text + piece, source + piece
        elif kind == "made":
            text, source = text + "&", source + "&amp;"
        else:
            text += "\n\n"
        runs.append(Run(start, len(text) - start, place, len(source) - place))
    return OffsetMap(tuple(runs)), text, source


@given(offset_maps(), st.data())
def test_offsets_map_to_the_same_words_in_order(
    built: tuple[OffsetMap, str, str], data: st.DataObject
) -> None:
    offsets, text, source = built
    assume(text)
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    first, last = offsets.to_source(start, end)
    assert 0 <= first <= last <= len(source)
    wanted = text[start:end].replace("\n", "")
    assert wanted in source[first:last].replace("<b>", "").replace("&amp;", "&")
    wider = offsets.to_source(0, end)
    assert wider[0] <= first
    assert wider[1] >= last


def test_an_empty_map_is_the_identity() -> None:
    assert OffsetMap().to_source(3, 9) == (3, 9)


@pytest.mark.parametrize(("start", "end"), [(2, 2), (5, 1), (-1, 3), (0, 6), (7, 9)])
def test_a_range_outside_the_map_is_refused(start: int, end: int) -> None:
    with pytest.raises(SelectorError):
        OffsetMap((Run(0, 5, 10, 5),)).to_source(start, end)


def test_a_range_before_the_first_run_is_refused() -> None:
    with pytest.raises(SelectorError):
        OffsetMap((Run(3, 5, 10, 5),)).to_source(0, 4)
