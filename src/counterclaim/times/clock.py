"""Times of day, and parts of a day."""

from __future__ import annotations

import re
from collections.abc import Iterator

from counterclaim.model import TimeBasis, TimeKind
from counterclaim.times.calendar import Point, shift_day
from counterclaim.times.context import Based, Context, Draft, Policy
from counterclaim.times.parts import group, modifier, with_part
from counterclaim.times.tokens import Tokens


def read_clock(match: re.Match[str], context: Context) -> Iterator[Draft]:
    """Read a time of day; its day is the last one told in the paragraph, else that of publication."""
    tokens = context.tokens
    told = _time(tokens, match)
    if told is None:
        return
    zone = tokens.values[match.start("z")] if group(match, "z") >= 0 else ""
    yield from _on_day(match, context, f"{told}{zone}")


def read_military(match: re.Match[str], context: Context) -> Iterator[Draft]:
    """Read a time of day in four digits: "0600 hours"."""
    tokens = context.tokens
    raw = tokens.word(match.start("n"))
    if len(raw) != 4 or not raw.isdigit() or tokens.word(match.start("u")).lower() not in ("hours", "hrs"):
        return
    if raw[0] == "0" or tokens.word(match.start() - 1).lower() in ("at", "by", "from", "until"):
        yield from read_clock(match, context)


def _time(tokens: Tokens, match: re.Match[str]) -> str | None:
    """Return hour and minute as TIMEX3 has them, None where they are no time of day."""
    place = group(match, "t", "n")
    raw = tokens.word(place)
    half = group(match, "a")
    if group(match, "n") >= 0 and len(raw) == 4 and raw.isdigit():
        hour, minute, second = int(raw[:2]), raw[2:], ""
    elif group(match, "n") >= 0:
        if tokens.values[place] != int(tokens.values[place]):
            return None
        hour, minute, second = int(tokens.values[place]), "", ""
    else:
        parts = [*re.split(r"[:.]", raw), "", ""]
        hour, minute, second = int(parts[0]), parts[1], parts[2]
    if hour > 24 or (minute and int(minute) > 59):
        return None
    if half >= 0 and hour <= 12:
        afternoon = tokens.word(half).lower().startswith("p")
        hour = hour % 12 + (12 if afternoon else 0)
    return f"{hour:02d}" + (f":{minute}" if minute else ":00") + (f":{second}" if second else "")


def _on_day(match: re.Match[str], context: Context, time: str) -> Iterator[Draft]:
    based = _day_of(match, context)
    change = modifier(context.tokens, match.start(), match.end())
    if based is None:
        yield Draft(
            match.start(), match.end(), TimeKind.TIME, f"XXXX-XX-XXT{time}", change, TimeBasis.UNKNOWN
        )
        return
    day = based.point
    if group(match, "x", "x2") >= 0 and day.whole_day:
        moved = shift_day(day.whole_day, 1)
        day = Point.of(moved) if moved else day
    value = with_part(day.value, time)
    yield Draft(
        match.start(),
        match.end(),
        TimeKind.TIME,
        value,
        change,
        based.basis,
        based.reference,
        based.anchor,
        day,
    )


def _day_of(match: re.Match[str], context: Context) -> Based | None:
    """Return the day that a time of day belongs to."""
    beside = group(match, "day")
    if beside >= 0 and context.tokens.letters[beside] == "R":
        now = context.now()
        moved = now and now.point.whole_day and shift_day(now.point.whole_day, context.tokens.values[beside])
        return now._replace(point=Point.of(moved)) if now and moved else None
    ahead = context.day_ahead(beside if beside >= 0 else match.end())
    if ahead is not None:
        return ahead
    last = context.last()
    if (
        last
        and last.point.day
        and (context.policy is Policy.NARRATIVE or context.same_paragraph(match.start()))
    ):
        return last
    now = context.now()
    return now if now and now.point.day else None


def read_part(match: re.Match[str], context: Context) -> Iterator[Draft]:
    """Read a part of a day: "that afternoon", "last night", "the next morning", "at dawn"."""
    tokens = context.tokens
    place = match.start("part")
    part = tokens.values[place]
    word = tokens.word(match.start("rel")).lower() if group(match, "rel") >= 0 else ""
    if part.endswith(":00") and not word:
        yield from _on_day(match, context, part)
        return
    if word in ("this", "last") and context.policy is Policy.NEWS:
        based = context.now()
    else:
        based = context.last_or_now() if word else _day_of(match, context)
    by = {"l": -1, "x": 1}.get(tokens.letter(match.start("rel")), 0) if word else 0
    day = based and based.point.whole_day and shift_day(based.point.whole_day, by)
    change = modifier(tokens, match.start(), place)
    if based is None or day is None:
        value = with_part("XXXX-XX-XX", part)
        yield Draft(match.start(), match.end(), TimeKind.TIME, value, change, TimeBasis.UNKNOWN)
        return
    value = with_part(day.isoformat(), part)
    yield Draft(
        match.start(),
        match.end(),
        TimeKind.TIME,
        value,
        change,
        based.basis,
        based.reference,
        based.anchor,
        Point.of(day),
    )
