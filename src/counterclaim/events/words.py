"""Words and sentences of a statement's content, without a tagger."""

from __future__ import annotations

import re
from typing import NamedTuple

_TOKEN = re.compile(r"\d[\d,.]*\d|\d|(?:[A-Z]\.){2,}|[^\W\d_]+(?:[-’'][^\W_]+)*|[^\w\s]")
_ENDS = frozenset(".!?…")
_QUOTES = frozenset("\"“”'’‘)")


class Token(NamedTuple):
    """One word or mark: ``start`` and ``end`` (exclusive) in the document's text, in small letters too."""

    start: int
    end: int
    word: str
    lower: str

    @property
    def capital(self) -> bool:
        """Whether the word begins with a capital letter."""
        return self.word[0].isupper()

    @property
    def is_word(self) -> bool:
        """Whether it is a word or a number, and no mark."""
        return self.word[0].isalnum()


def sentences(text: str, start: int, end: int) -> list[list[Token]]:
    """Return the tokens of ``text[start:end]`` by sentence; ``lower`` has no possessive ending."""
    found: list[list[Token]] = [[]]
    ended = False
    for match in _TOKEN.finditer(text, start, end):
        word = match.group()
        if ended and (word[0].isupper() or word[0].isdigit()):
            found.append([])
        ended = (word in _ENDS) or (ended and word in _QUOTES)
        lower = "isis" if word == "IS" else word.lower().replace("’", "'")
        found[-1].append(Token(match.start(), match.end(), word, lower.removesuffix("'s")))
    return [sentence for sentence in found if sentence]
