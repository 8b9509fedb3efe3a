"""A place in a text: its position, its words, and what stands around it."""

from __future__ import annotations

import msgspec

from counterclaim.model.errors import SelectorError

CONTEXT = 32
"""How many characters before and after a quote are kept to find it again."""


class Span(msgspec.Struct, frozen=True, kw_only=True, order=True):
    """Characters ``start`` to ``end`` (exclusive) of a text, with the words that stand there.

    Position and quote together are the TextPositionSelector and the TextQuoteSelector of the
    W3C Web Annotation Data Model (https://www.w3.org/TR/annotation-model/#selectors): the
    position is exact for the text it was made on, the quote with ``prefix`` and ``suffix`` finds
    the same words in another extraction of the same source.
    """

    start: int
    end: int
    quote: str
    prefix: str = ""
    suffix: str = ""

    @classmethod
    def of(cls, text: str, start: int, end: int) -> Span:
        """Make the span of ``text[start:end]``.

        Raises SelectorError where the offsets are empty, reversed or outside the text.
        """
        if not 0 <= start < end <= len(text):
            raise SelectorError(f"no span {start}:{end} in a text of {len(text)} characters")
        return cls(
            start=start,
            end=end,
            quote=text[start:end],
            prefix=text[max(0, start - CONTEXT) : start],
            suffix=text[end : end + CONTEXT],
        )

    def __len__(self) -> int:
        return self.end - self.start

    def fits(self, text: str) -> bool:
        """Tell whether the words of this span stand at its position in ``text``."""
        return text[self.start : self.end] == self.quote

    def overlaps(self, other: Span) -> bool:
        """Tell whether the two spans of one text share a character."""
        return self.start < other.end and other.start < self.end

    def find_in(self, text: str) -> Span | None:
        """Find this span again in another extraction of the same source.

        Of all places where the exact quote stands, the one is taken whose surroundings share most
        characters with ``prefix`` and ``suffix``; between equals, the one nearest to the old
        position. Where the exact quote is not found, white space is allowed to differ. None where
        the words do not stand in the text at all.
        """
        if self.fits(text) and text[: self.start].endswith(self.prefix):
            return Span.of(text, self.start, self.end)
        places = _occurrences(text, self.quote)
        if not places:
            places = _occurrences_with_other_space(text, self.quote)
        if not places:
            return None
        best = max(places, key=lambda place: (self._likeness(text, *place), -abs(place[0] - self.start)))
        return Span.of(text, *best)

    def _likeness(self, text: str, start: int, end: int) -> int:
        before = _squeeze(text[max(0, start - 2 * CONTEXT) : start])[::-1]
        after = _squeeze(text[end : end + 2 * CONTEXT])
        return _common_prefix(before, _squeeze(self.prefix)[::-1]) + _common_prefix(
            after, _squeeze(self.suffix)
        )


def _occurrences(text: str, quote: str) -> list[tuple[int, int]]:
    """List every place where ``quote`` stands in ``text``, overlapping ones included."""
    places = []
    start = text.find(quote)
    while start >= 0:
        places.append((start, start + len(quote)))
        start = text.find(quote, start + 1)
    return places


def _occurrences_with_other_space(text: str, quote: str) -> list[tuple[int, int]]:
    """List the places where the characters of ``quote`` stand, white space left out of account."""
    kept = [index for index, character in enumerate(text) if not character.isspace()]
    solid = "".join(text[index] for index in kept)
    wanted = "".join(quote.split())
    if not wanted:
        return []
    return [(kept[start], kept[end - 1] + 1) for start, end in _occurrences(solid, wanted)]


def _squeeze(text: str) -> str:
    return "".join(text.split())


def _common_prefix(first: str, second: str) -> int:
    count = 0
    for one, other in zip(first, second, strict=False):
        if one != other:
            break
        count += 1
    return count
