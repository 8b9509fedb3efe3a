"""Where the words that were searched for stand in a text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from counterclaim.ledger.words import Word, words_in
from counterclaim.model import Span

MOST = 8
"""How many places are shown of one match."""


def places(text: str, terms: Sequence[Sequence[str]], ranges: Sequence[tuple[int, int]]) -> tuple[Span, ...]:
    """Return the spans within ``ranges`` of ``text`` in which a term stands, in order, at most MOST.

    A term is a folded word, or several for a phrase. Spans do not overlap.
    """
    wanted = [list(term) for term in terms]
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
    window: list[Word] = []
    for word in words_in(text, start, end):
        window.append(word)
        if len(window) == longest:
            yield from _at_front(window, wanted)
            window.pop(0)
    while window:
        yield from _at_front(window, wanted)
        window.pop(0)


def _at_front(window: Sequence[Word], wanted: Sequence[list[str]]) -> Iterator[tuple[int, int]]:
    words = [word.folded for word in window]
    lengths = [len(each) for each in wanted if words[: len(each)] == each]
    if lengths:
        yield window[0].start, window[max(lengths) - 1].end
