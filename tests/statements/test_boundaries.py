from __future__ import annotations

import re

from hypothesis import example, given
from hypothesis import strategies as st

from counterclaim.statements.boundaries import has_word, whole_words

LETTERS = st.text(alphabet="ab_1é’' -²", max_size=12)


@given(LETTERS, LETTERS)
@example("a-b", "-")
@example("aab ab", "ab")
def test_a_whole_word_is_what_a_pattern_finds(text: str, word: str) -> None:
    assert has_word(text, word) == bool(re.search(rf"\b{re.escape(word)}\b", text))


@given(LETTERS)
def test_the_whole_words_of_a_text(text: str) -> None:
    assert whole_words(text) == set(re.findall(r"\w+", text))
