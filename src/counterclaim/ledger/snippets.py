"""Where the words that were searched for stand in a text."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence

from counterclaim.model import Span

MOST = 8
"""How many places are shown of one match."""

_WORD = re.compile(r"[^\W_](?:[^\W_]|[\u0300-\u036f])*")


def places(text: str, terms: Sequence[str], ranges: Sequence[tuple[int, int]]) -> tuple[Span, ...]:
    """Return the spans within ``ranges`` of ``text`` in which a term stands, in order, at most MOST.

    A term is a word, or several for a phrase. Case and accents are left out of account, as the
    full-text index does; spans do not overlap.
    """
    wanted = [words for term in terms if (words := [_fold(found.group()) for found in _WORD.finditer(term)])]
    found: list[Span] = []
    for start, end in sorted(ranges):
        for first, last in _runs(text, wanted, start, end):
            if len(found) == MOST:
                return tuple(found)
            if not found or found[-1].end <= first:
                found.append(Span.of(text, first, last))
    return tuple(found)


def _runs(text: str, wanted: Sequence[list[str]], start: int, end: int) -> Iterator[tuple[int, int]]:
    """Give start and end of each run of words that is one of ``wanted``, the longest at each word."""
    longest = max((len(words) for words in wanted), default=0)
    window: list[tuple[str, int, int]] = []
    for match in _WORD.finditer(text, start, end):
        window.append((_fold(match.group()), match.start(), match.end()))
        if len(window) == longest:
            yield from _at_front(window, wanted)
            window.pop(0)
    while window:
        yield from _at_front(window, wanted)
        window.pop(0)


def _at_front(
    window: Sequence[tuple[str, int, int]], wanted: Sequence[list[str]]
) -> Iterator[tuple[int, int]]:
    words = [word for word, _, _ in window]
    lengths = [len(each) for each in wanted if words[: len(each)] == each]
    if lengths:
        yield window[0][1], window[max(lengths) - 1][2]


def _fold(word: str) -> str:
    if word.isascii():
        return word.lower()
    apart = unicodedata.normalize("NFD", word.lower())
    return "".join(character for character in apart if not unicodedata.combining(character))
