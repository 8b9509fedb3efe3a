"""The time for which a role is stated: "mayor of Orm since 2019", "who served as envoy from 2010 to 2014"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec.structs import replace

from counterclaim.model import (
    Affiliation,
    Document,
    DocumentActor,
    Interval,
    StatedTime,
    Statement,
    TimeExpression,
    TimeKind,
)

_LEADING = re.compile(r"\b(from|since|until|till|between|in|during)\s+(?:the\s+)?$", re.IGNORECASE)
_BESIDE = re.compile(r",?\s+(?:from|since|until|till|between|in|during)\s+(?:the\s+)?", re.IGNORECASE)
_BOUND = re.compile(r"\s+(?:to|until|till|and|through)\s+|\s?[–-]\s?")
_OPENS = frozenset({"from", "since", "between"})
_CLOSES = frozenset({"until", "till"})


def time_roles(
    document: Document, actors: Sequence[DocumentActor], times: Sequence[TimeExpression]
) -> tuple[DocumentActor, ...]:
    """Return the actors in the same order, with ``when`` in every affiliation whose words state a time."""
    return tuple(
        replace(actor, affiliations=tuple(_timed(document, each, times) for each in actor.affiliations))
        if actor.affiliations
        else actor
        for actor in actors
    )


def time_speakers(
    document: Document, statements: Sequence[Statement], times: Sequence[TimeExpression]
) -> tuple[Statement, ...]:
    """Return the statements with ``when`` set in the affiliations of their speakers, in the same order."""
    return tuple(
        replace(each, speaker=replace(each.speaker, affiliation=_timed(document, held, times)))
        if each.speaker and (held := each.speaker.affiliation)
        else each
        for each in statements
    )


def _timed(document: Document, affiliation: Affiliation, times: Sequence[TimeExpression]) -> Affiliation:
    """Return the affiliation with the time that its words, or the words right after them, state."""
    span = affiliation.span
    if span is None or affiliation.when is not None:
        return affiliation
    text = document.text
    dated = [time for time in times if time.kind is TimeKind.DATE and time.interval is not None]
    for index, time in enumerate(dated):
        start = time.span.start
        leading = _LEADING.search(text, max(0, start - 20), start)
        inside = span.start <= start < span.end
        beside = start > span.end and _BESIDE.fullmatch(text, span.end, start)
        if leading is None or not (inside or beside):
            continue
        following = dated[index + 1] if index + 1 < len(dated) else None
        if following is not None and _BOUND.fullmatch(text, time.span.end, following.span.start):
            return _held(document, affiliation, leading, time, following)
        return _held(document, affiliation, leading, time, time)
    return affiliation


def _held(
    document: Document,
    affiliation: Affiliation,
    leading: re.Match[str],
    first: TimeExpression,
    last: TimeExpression,
) -> Affiliation:
    """Return the affiliation with the stretch from one time to the other; a lone bound leaves it open."""
    if first.interval is None or last.interval is None:
        return affiliation
    word, start, end = leading[1].casefold(), first.interval.start, last.interval.end
    if first is last:
        end = None if word in _OPENS else end
        start = None if word in _CLOSES else start
    interval = Interval(
        start=start,
        end=end,
        granularity=last.interval.granularity,
        approximate=first.interval.approximate or last.interval.approximate,
        uncertain=first.interval.uncertain or last.interval.uncertain,
    )
    span = document.span(leading.start(), last.span.end)
    return replace(affiliation, when=StatedTime(interval=interval, basis=first.basis, span=span))
