"""What the rules find before it becomes a statement: ranges of one paragraph, not yet resolved."""

from __future__ import annotations

import msgspec

from counterclaim.model import Act

Range = tuple[int, int]
"""Start and end (exclusive) in characters of the document's text."""


class Candidate(msgspec.Struct, kw_only=True):
    """One cue with its source and content as ranges of the document's text.

    ``form`` is how the content was found (clause, object, infinitive, object_of, prepositional,
    quotation, phrase, noun, adverb, headline). ``lemma`` is the cue's head word. ``negated``
    tells that the cue itself is negated ("did not say"). ``paragraph`` is the index of the paragraph,
    ``confidence`` the model's (0 where a rule found it).
    """

    paragraph: int
    lemma: str
    form: str
    act: Act
    source: list[Range]
    cue: list[Range]
    content: list[Range]
    negated: bool = False
    confidence: float = 0.0

    @property
    def start(self) -> int:
        """The first character of the content."""
        return self.content[0][0]

    @property
    def extent(self) -> Range:
        """The range from the first to the last character of the content."""
        return self.content[0][0], self.content[-1][1]


def covers(outer: Range, inner: Range) -> bool:
    """Tell whether ``inner`` lies within ``outer``."""
    return outer[0] <= inner[0] and inner[1] <= outer[1]


def shared(one: Range, other: Range) -> int:
    """Return how many characters the two ranges share."""
    return max(0, min(one[1], other[1]) - max(one[0], other[0]))


def total(ranges: list[Range]) -> int:
    """Return how many characters the ranges hold together."""
    return sum(end - start for start, end in ranges)


def subtract(whole: Range, hole: Range) -> list[Range]:
    """Return what is left of ``whole`` without ``hole``, as none, one or two ranges."""
    left = (whole[0], min(whole[1], hole[0]))
    right = (max(whole[0], hole[1]), whole[1])
    return [part for part in (left, right) if part[0] < part[1]]


def trim(text: str, part: Range, marks: str = " \t\n\r,;:—–-") -> Range | None:
    """Take white space and the given marks off both ends; None where nothing is left."""
    start, end = part
    while start < end and (text[start].isspace() or text[start] in marks):
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] in marks):
        end -= 1
    return (start, end) if start < end else None
