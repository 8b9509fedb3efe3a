"""Dates that name a day, a month, a year, a decade or a century."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from counterclaim.model import TimeBasis, TimeKind
from counterclaim.times.calendar import Point, valid, week_value
from counterclaim.times.context import Based, Context, Draft, Policy
from counterclaim.times.parts import group, modifier, with_part, year_of
from counterclaim.times.tokens import Tokens

_YEAR_AHEAD = re.compile(r"(?:,?[,&>/-]|,?p)(?:M[DO]?|[DO]f?M),?f?(?P<y>Y)")


def dated(match: re.Match[str], context: Context, based: Based, value: str | None = None) -> Draft:
    """Return the draft of a date with what stands before it."""
    tokens = context.tokens
    change = modifier(tokens, match.start(), _head(match))
    text = value or based.point.value
    part = group(match, "part", "after")
    kind = TimeKind.DATE
    if part >= 0 and based.point.day:
        text, kind = with_part(text, tokens.values[part]), TimeKind.TIME
    return Draft(
        match.start(),
        match.end(),
        kind,
        text,
        change,
        based.basis,
        based.reference,
        based.anchor,
        based.point,
    )


def _head(match: re.Match[str]) -> int:
    return match.end("pre") if "pre" in match.re.groupindex else match.start()


def read_digits(match: re.Match[str], context: Context) -> Iterator[Draft]:
    """Read a date in digits: ISO 8601, or day and month in the one order that is possible."""
    raw = context.tokens.word(match.start())
    if re.match(r"\d{4}-", raw):
        year, month, day = (int(each) for each in raw[:10].split("-"))
    else:
        first, second, year = (int(each) for each in re.split(r"[/.]", raw))
        month, day = (second, first) if first > 12 or "." in raw else (first, second)
    if year and valid(year, month, day) and day:
        point = Point(year, month, day)
        value = raw if "T" in raw else point.value
        kind = TimeKind.TIME if "T" in raw else TimeKind.DATE
        yield Draft(match.start(), match.end(), kind, value, point=point)


def read_day(match: re.Match[str], context: Context) -> Iterator[Draft]:
    """Read a month with a day, with or without its year."""
    tokens = context.tokens
    month, day = tokens.values[match.start("m")], int(tokens.values[match.start("d")])
    if tokens.letter(match.end()) == "%" or tokens.word(match.end()) in ("million", "billion", "percent"):
        return
    based = _complete(match, context, month, day)
    if based is None:
        if valid(4, month, day):
            yield Draft(
                match.start(),
                match.end(),
                TimeKind.DATE,
                f"XXXX-{month:02d}-{day:02d}",
                basis=TimeBasis.UNKNOWN,
            )
    elif valid(*based.point):
        week = group(match, "week")
        if week < 0:
            yield dated(match, context, based)
        elif tokens.values[week] == "W" and based.point.whole_day:
            yield dated(match, context, based, week_value(based.point.whole_day))


def read_days(match: re.Match[str], context: Context) -> Iterator[Draft]:
    """Read two days of one month ("April 6-7", "between 5 and 7 May"): one expression each."""
    tokens = context.tokens
    month = tokens.values[match.start("m")]
    one, two = match.start("d"), match.start("d2")
    based = _complete(match, context, month, int(tokens.values[two]))
    if based is None:
        return
    first = based.point._replace(day=int(tokens.values[one]))
    if not valid(*first) or not valid(*based.point):
        return
    monthly, part = match.start("m") < one, group(match, "part")
    head = match.start() if monthly or part >= 0 else _head(match)
    for point, start, end in ((first, head, one + 1), (based.point, two, match.end())):
        of_day = part >= 0 and point is first  # "the night of 3-4 May" begins on the 3rd
        value = with_part(point.value, tokens.values[part]) if of_day else point.value
        kind = TimeKind.TIME if of_day else TimeKind.DATE
        yield Draft(start, end, kind, value, None, based.basis, based.reference, based.anchor, point)


def read_month(match: re.Match[str], context: Context) -> Iterator[Draft]:
    """Read a month, with or without its year."""
    tokens = context.tokens
    place = match.start("m")
    if group(match, "y", "n") < 0 and not _is_month(tokens, place):
        return
    month = tokens.values[place]
    based = _complete(match, context, month, None)
    if based is None:
        yield Draft(match.start(), match.end(), TimeKind.DATE, f"XXXX-{month:02d}", basis=TimeBasis.UNKNOWN)
    else:
        yield dated(match, context, based)


def _is_month(tokens: Tokens, place: int) -> bool:
    """Tell whether a bare month is none of a name ("April Jones")."""
    raw = tokens.word(place)
    if not raw[0].isupper():
        return False
    before, after = tokens.letter(place - 1), tokens.letter(place + 1)
    if before == "X" and not tokens.near(place):
        return False
    return after != "X" or before in "pfbtilxBj>k" or tokens.near(place + 1)


def _complete(match: re.Match[str], context: Context, month: int, day: int | None) -> Based | None:
    """Return the date with its year; None where there is nothing to tell it by."""
    tokens = context.tokens
    year = year_of(tokens, match)
    if year is not None:
        return Based(Point(year, month, day), TimeBasis.EXPLICIT)
    ahead = _YEAR_AHEAD.match(tokens.letters, match.end())
    if ahead:
        year = tokens.values[ahead.start("y")]
        later = next(tokens.values[p] for p in range(ahead.start(), ahead.end()) if tokens.letters[p] == "M")
        anchor = (ahead.start("y"), ahead.start("y") + 1)
        wanted = Point(year if month <= later else year - 1, month, day)
        return Based(wanted, TimeBasis.EXPLICIT, str(year), anchor)
    last = context.last()
    if context.policy is Policy.NARRATIVE or context.published is None:
        if last is None:
            return None
        return last._replace(point=_in_story(last.point, month, day))
    if last and _goes_on(context, match, last.point, month, day):
        return last._replace(point=Point(last.point.year, month, day))
    now = context.now()
    if now is None or context.published is None:
        return None
    chosen = nearest_year(context.published, month, day, context.tense(match.start(), match.end()))
    return now._replace(point=Point(chosen, month, day))


def _in_story(last: Point, month: int, day: int | None) -> Point:
    """Return the month or day that a narrative means: in the year told last.

    A 29 February is moved to the nearest leap year.
    """
    year = last.year
    if not valid(year, month, day):
        year = next((y for y in (year - 1, year + 1, year - 2) if valid(y, month, day)), year)
    return Point(year, month, day)


def _goes_on(context: Context, match: re.Match[str], last: Point, month: int, day: int | None) -> bool:
    """Tell whether a report that looks back goes on within the past year that it told last."""
    published = context.published
    if published is None or context.told_at is None or context.explicit_at != context.told_at[0]:
        return False
    close = match.start() - context.told_at[1] <= 60 and context.same_paragraph(match.start())
    if not close or last.month is None or last.year >= published.year:
        return False
    after = (month, day or 31) >= (last.month, last.day or 1)
    return after and context.tense(match.start(), match.end()) <= 0


def nearest_year(published: date, month: int, day: int | None, when: int) -> int:
    """Return the year of a month or day without one: the last before publication, or the next after it.

    ``when`` is the tense: -1 past, 1 to come, 0 unknown, where the nearer one is taken.
    """
    here = (published.month, published.day) if day else (published.month, 0)
    there = (month, day or 0)
    year = published.year
    distance = (month - published.month) * 30 + ((day or 15) - published.day)
    if when < 0:
        return year - 1 if there > here else year
    if when > 0:
        return year + 1 if there < here and distance < -30 else year
    if distance > 183:
        return year - 1
    return year + 1 if distance < -240 else year
