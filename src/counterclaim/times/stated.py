"""When a statement was said, and when what it claims is said to have happened.

No parser is assumed: a time belongs to the cue where it stands close to it, in its sentence, outside
the content and the source; a time within the content belongs to what is claimed. The two are kept
apart: in "said on Monday that the town fell on Saturday" Monday is when it was said.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from msgspec.structs import replace

from counterclaim.lexicons import read_lexicon
from counterclaim.model import (
    Document,
    Granularity,
    Interval,
    Span,
    StatedTime,
    Statement,
    TimeBasis,
    TimeExpression,
    TimeKind,
)

_SENTENCE_END = re.compile(
    r"(?<![A-Z])(?<!\b[A-Z][a-z])(?<!\b[A-Z][a-z][a-z])[.!?][\"”’')\]]{0,4}\s{1,9}(?=\W{0,4}[A-Z])|\n"
)
_SUBORDINATE = re.compile(
    r"\b(?:who|whom|whose|which|when|where|after|before|because|although|while|if)\b", re.IGNORECASE
)
_REACH = 60
"""Characters between a cue and a time that still belongs to it."""
_LONGEST = 1500
_ADJECTIVES = frozenset(read_lexicon("times")["vague_adjectives"]["words"])


def time_statements(
    document: Document, statements: Sequence[Statement], times: Sequence[TimeExpression]
) -> tuple[Statement, ...]:
    """Return the statements with ``said`` and ``happened``, in the same order.

    ``said`` falls back on the day of publication (basis ``published``, no span), or is None where that
    is unknown; ``happened`` is None where the report states no time.
    """
    line = document.dateline
    dated = [time for time in times if _dates(time) and not (line is not None and time.span.overlaps(line))]
    ends = [match.end() for match in _SENTENCE_END.finditer(document.text)]
    published = _published(document)
    said = {each.id: _said(document.text, each, dated, ends) for each in statements}
    spoken = {time.span.start for time in said.values() if time is not None}
    claimed = {
        time.span.start
        for each in statements
        for span in each.content
        for time in _between(dated, span.start, span.end)
    }
    return tuple(
        replace(
            each,
            said=_stated(said[each.id]) or published,
            happened=_stated(_happened(document.text, each, dated, ends, spoken, claimed)),
        )
        for each in statements
    )


def _dates(time: TimeExpression) -> bool:
    """Tell whether an expression can date anything: not a length, a set, or an adjective ("recent")."""
    fixed = time.interval is not None and time.kind in (TimeKind.DATE, TimeKind.TIME)
    return fixed and time.span.quote.lower() not in _ADJECTIVES


def _published(document: Document) -> StatedTime | None:
    """Return the day of publication, as the time at which a report's undated statements are known."""
    if document.published is None:
        return None
    day = document.published[:10]
    interval = Interval(start=day, end=day, granularity=Granularity.DAY, approximate=True)
    return StatedTime(interval=interval, basis=TimeBasis.PUBLISHED)


def _stated(time: TimeExpression | None) -> StatedTime | None:
    if time is None or time.interval is None:
        return None
    return StatedTime(interval=time.interval, basis=time.basis, span=time.span)


def _within(time: TimeExpression, spans: Sequence[Span]) -> bool:
    return any(time.span.overlaps(span) for span in spans)


def _sentence(ends: Sequence[int], place: int, text: str) -> tuple[int, int]:
    """Return the bounds of the sentence that holds the character, at most ``_LONGEST`` to each side."""
    index = bisect_right(ends, place)
    start = ends[index - 1] if index else 0
    end = ends[index] if index < len(ends) else len(text)
    return max(start, place - _LONGEST), min(end, place + _LONGEST)


def _between(dated: Sequence[TimeExpression], start: int, end: int) -> Sequence[TimeExpression]:
    """Return the times that start within the characters."""
    low = bisect_left(dated, start, key=lambda time: time.span.start)
    return dated[low : bisect_left(dated, end, key=lambda time: time.span.start)]


def _said(
    text: str, statement: Statement, dated: Sequence[TimeExpression], ends: Sequence[int]
) -> TimeExpression | None:
    """Return the time that stands with the cue: the nearest, those after the cue before those ahead of it."""
    if not statement.cue:
        return None
    first, last = statement.cue[0].start, statement.cue[-1].end
    start, end = _sentence(ends, first, text)
    outside = [
        time
        for time in _between(dated, start, end)
        if not _within(time, statement.content) and not _within(time, statement.source)
    ]
    for time in outside:
        if time.span.start >= last and _joined(
            text[last : time.span.start], statement, last, time.span.start
        ):
            return time
    for time in reversed(outside):
        if time.span.end <= first:
            between = text[time.span.end : first]
            opening = text[start : time.span.start]
            if _SUBORDINATE.search(opening) or _SUBORDINATE.search(between):
                continue
            held = any(span.start >= time.span.end and span.end <= first for span in statement.content)
            if not held and len(between) - _source_length(statement, time.span.end, first) <= _REACH:
                return time
        elif time.span.start >= first and time.span.end <= last:
            return time  # within a cue of several words: "told reporters on Monday"
    return None


def _joined(between: str, statement: Statement, start: int, end: int) -> bool:
    """Tell whether a time after the cue belongs to it: close, with neither content nor clause between."""
    if _SUBORDINATE.search(between) or any(
        span.start < end and span.end > start for span in statement.content
    ):
        return False
    return len(between) - _source_length(statement, start, end) <= _REACH


def _source_length(statement: Statement, start: int, end: int) -> int:
    """Return how many of the characters belong to the source, which may be long."""
    return sum(max(0, min(span.end, end) - max(span.start, start)) for span in statement.source)


def _happened(
    text: str,
    statement: Statement,
    dated: Sequence[TimeExpression],
    ends: Sequence[int],
    spoken: set[int],
    claimed: set[int],
) -> TimeExpression | None:
    """Return the time of what is claimed: one within the content, else one in the sentence around it.

    ``spoken`` are the places of times at which something was said, ``claimed`` of those within the
    content of any statement: neither dates the content of another one.
    """
    inside = [
        time
        for span in statement.content
        for time in _between(dated, span.start, span.end)
        if time.span.start not in spoken
    ]
    if inside:
        return _foremost(text, statement.content[0].start, inside)
    if not statement.content or not statement.cue:
        return None
    start, end = _sentence(ends, statement.content[0].start, text)
    around = [
        time
        for time in _between(dated, start, end)
        if time.span.start not in spoken | claimed and not _within(time, statement.source)
    ]
    return _foremost(text, start, around) if around else None


def _foremost(text: str, start: int, times: Sequence[TimeExpression]) -> TimeExpression:
    """Return the first time of a main clause that has a place on the calendar; failing these, the first."""
    fixed = [time for time in times if time.interval and time.interval.granularity is not Granularity.VAGUE]
    for time in fixed:
        clause = max(start, text.rfind(",", 0, time.span.start), text.rfind(".", 0, time.span.start))
        if not _SUBORDINATE.search(text, clause, time.span.start):
            return time
    return (fixed or list(times))[0]
