"""From a document to its temporal expressions: tokens, rules, readings, spans."""

from __future__ import annotations

from datetime import date

from msgspec.structs import replace

from counterclaim.model import Document, Interval, TimeBasis, TimeExpression
from counterclaim.times.context import Context, Draft, choose_policy, own_date
from counterclaim.times.grammar import Found, find_matches
from counterclaim.times.intervals import interval_of
from counterclaim.times.tokens import Tokens, tokenize


def find_times(document: Document) -> tuple[TimeExpression, ...]:
    """Find the temporal expressions of a document, in order of the text; none shares a character.

    Values are those of TIMEX3 (TimeML 1.2.1), see ``docs/times.md``.
    """
    tokens = tokenize(document.text)
    context = start_context(document, tokens)
    return tuple(
        _express(document, context, draft) for draft in _read(find_matches(tokens, context.policy), context)
    )


def start_context(document: Document, tokens: Tokens) -> Context:
    """Return what is known before the text is read: the day of publication, and the policy."""
    published = _day(document.published)
    basis = TimeBasis.PUBLISHED
    if published is None:
        own = own_date(tokens)
        published = own.whole_day if own else None
        basis = TimeBasis.DATELINE
    return Context(tokens, choose_policy(tokens, published), published, basis)


def _day(published: str | None) -> date | None:
    if published is None:
        return None
    try:
        return date.fromisoformat(published[:10])
    except ValueError:
        return None


def _read(found: list[Found], context: Context) -> list[Draft]:
    """Read matches in order of the text; longer ones win, one that reads as nothing gives way."""
    taken = bytearray(len(context.tokens.letters) + 1)
    starting: dict[int, list[Found]] = {}
    chosen: list[Found] = []
    for each in found:
        starting.setdefault(each.start, []).append(each)
        if not any(taken[each.start : each.end]):
            _mark(taken, each, 1)
            chosen.append(each)
    drafts: list[Draft] = []
    for each in sorted(chosen, key=lambda one: one.start):
        drafts += _told(each, context) or _instead(each, starting, taken, context)
    return drafts


def _mark(taken: bytearray, each: Found, value: int) -> None:
    taken[each.start : each.end] = bytes([value]) * (each.end - each.start)


def _told(each: Found, context: Context) -> list[Draft]:
    drafts = []
    for draft in each.read(context):
        if draft.point is not None and not 1 <= abs(draft.point.year) <= 9999:
            continue  # TIMEX3 has no such year
        drafts.append(draft)
        context.tell(draft)
    return drafts


def _instead(
    each: Found, starting: dict[int, list[Found]], taken: bytearray, context: Context
) -> list[Draft]:
    """Read what else matches within a match that read as nothing."""
    _mark(taken, each, 0)
    drafts: list[Draft] = []
    for place in range(each.start, each.end):
        for other in starting.get(place, ()):
            if other is each or other.end > each.end or any(taken[other.start : other.end]):
                continue
            read = _told(other, context)
            if read:
                _mark(taken, other, 1)
                drafts += read
    return drafts


def _express(document: Document, context: Context, draft: Draft) -> TimeExpression:
    """Return the expression of a draft: its words, its value, its stretch of the calendar."""
    tokens = context.tokens
    anchor = draft.anchor
    published = context.published.isoformat() if context.published else None
    basis, reference = draft.basis, draft.reference
    if draft.value.endswith("_REF"):  # vague words speak of the time of writing
        basis, reference = (context.published_basis if published else TimeBasis.UNKNOWN), published
    return TimeExpression(
        span=document.span(tokens.starts[draft.start], tokens.ends[draft.end - 1]),
        kind=draft.kind,
        value=draft.value,
        modifier=draft.modifier,
        interval=_open(tokens, draft, interval_of(draft.value, draft.modifier, published)),
        basis=basis,
        reference=reference,
        anchor=document.span(tokens.starts[anchor[0]], tokens.ends[anchor[1] - 1]) if anchor else None,
    )


def _open(tokens: Tokens, draft: Draft, interval: Interval | None) -> Interval | None:
    """Open the end that "since" and "until" leave open."""
    if interval is None or interval.start is None or interval.end is None:
        return interval
    word = tokens.word(draft.start - 1).lower()
    if word == "since":
        return replace(interval, end=None)
    if word in ("until", "till"):
        return replace(interval, start=None)
    return interval
