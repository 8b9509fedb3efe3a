r"""Whole words within a text, without making a pattern for each word that is looked for.

What they return is what ``re`` finds with ``\b`` around the word; a pattern made for one text alone
costs more to make than to use.
"""

from __future__ import annotations

import re
from functools import lru_cache

_RUN = re.compile(r"\w+")


def is_word_character(character: str) -> bool:
    r"""Tell whether a character is one that ``\w`` matches."""
    return character.isalnum() or character == "_"


def has_word(text: str, word: str) -> bool:
    r"""Tell whether ``\bword\b`` stands in a text; ``word`` may hold spaces. An empty one is in any word."""
    if not word:
        return any(map(is_word_character, text))
    place = text.find(word)
    while place >= 0:
        end = place + len(word)
        before = place > 0 and is_word_character(text[place - 1])
        after = end < len(text) and is_word_character(text[end])
        if before != is_word_character(word[0]) and after != is_word_character(word[-1]):
            return True
        place = text.find(word, place + 1)
    return False


@lru_cache(maxsize=2)
def whole_words(text: str) -> frozenset[str]:
    """Return the different runs of word characters in a text."""
    return frozenset(_RUN.findall(text))
