"""Where quotations open and close, and the bounds of paragraphs."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counterclaim.statements.paragraphs import LONGEST, UNBROKEN, paragraphs
from counterclaim.statements.quotations import quotations


def quoted(text: str) -> list[str]:
    return [text[slice(*q.inner)] for q in quotations(text, 0, len(text))]


@pytest.mark.parametrize(
    "text",
    [
        "“We sailed at nine,” he said.",
        '"We sailed at nine," he said.',
        "‘We sailed at nine,’ he said.",
        "'We sailed at nine,' he said.",
        "«We sailed at nine,» he said.",
        "„We sailed at nine,” he said.",
        "''We sailed at nine,'' he said.",
        "``We sailed at nine,'' he said.",
        '“We sailed at nine," he said.',
    ],
)
def test_every_kind_of_mark_is_read(text: str) -> None:
    assert quoted(text) == ["We sailed at nine,"]


@pytest.mark.parametrize(
    "text",
    [
        "The owner's boat and the crews' oars aren't here.",
        "The owners’ boat didn’t sail in the ’90s.",
        "It was 6' long, the men's boat.",
    ],
)
def test_an_apostrophe_is_no_quotation_mark(text: str) -> None:
    assert quotations(text, 0, len(text)) == []


def test_an_unbalanced_mark_ends_with_its_paragraph() -> None:
    text = "“We sailed, he said.\n\n“We came back,” she said."
    ranges = paragraphs(text)
    found = [quotations(text, *part) for part in ranges]
    assert [q.closed for q in found[0]] == [False]
    assert found[0][0].end == ranges[0][1]
    assert [text[slice(*q.inner)] for q in found[1]] == ["We came back,"]


@given(st.text(alphabet="ab “”\"'’‘«».\n", max_size=200))
def test_quotations_stand_in_order_within_their_paragraph(text: str) -> None:
    for start, end in paragraphs(text):
        last = start
        for quotation in quotations(text, start, end):
            assert last <= quotation.start < quotation.end <= end
            assert quotation.inner[0] <= quotation.inner[1]
            last = quotation.end


@given(
    st.lists(st.sampled_from(["a", "b. ", "c ", "\n", "\n\n", "x" * 700, "word " * 500, "“"]), max_size=12)
)
def test_paragraphs_are_bounded_and_leave_no_words_out(pieces: list[str]) -> None:
    text = "".join(pieces)
    ranges = paragraphs(text)
    kept = set()
    for (start, end), after in zip(ranges, [*ranges, (len(text), 0)][1:], strict=True):
        assert start < end <= after[0]
        assert end - start <= LONGEST
        assert not text[start].isspace()
        assert not text[end - 1].isspace()
        kept |= set(range(start, end))
    left = "".join(" " if index in kept else character for index, character in enumerate(text))
    assert all(len(run) >= UNBROKEN for run in left.split() if any(c.isalnum() for c in run))


def test_a_million_marks_and_a_giant_paragraph_are_split_in_no_time() -> None:
    begun = time.monotonic()
    assert paragraphs('"' * 1_000_000) == []
    assert paragraphs("' " * 500_000) == []
    assert len(paragraphs("The bridge was closed on Monday. " * 10_000)) >= 150
    assert len(quotations("“a” " * 250_000, 0, 1_000_000)) == 250_000
    assert time.monotonic() - begun < 20


def test_lines_wrapped_by_hand_are_one_paragraph() -> None:
    line = "The mayor said that the bridge over the river had been closed"
    text = "\n".join([line] * 6) + "\n\nThe end."
    assert len(paragraphs(text)) == 2
    assert len(paragraphs("One short line\nAnother\nA third")) == 3
