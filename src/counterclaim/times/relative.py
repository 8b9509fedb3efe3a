"""Dates told by their distance from today or from the last date told."""

from __future__ import annotations

import re
from collections.abc import Iterator

from counterclaim.model import TimeBasis, TimeKind
from counterclaim.times.calendar import Point, shift_day, valid, weekday_near
from counterclaim.times.context import Based, Context, Draft, Policy
from counterclaim.times.numbers import count, number_value
from counterclaim.times.parts import group, modifier, with_part
from counterclaim.times.shifting import length_value, unit_near


def draft(
    match: re.Match[str], based: Based, value: str, point: Point | None, change: str | None = None
) -> Draft:
    """Return the draft of a date that was counted from something."""
    kind = TimeKind.TIME if "T" in value else TimeKind.DATE
    return Draft(
        match.start(),
        match.end(),
        kind,
        value,
        change,
        based.basis,
        based.reference,
        based.anchor,
        point,
    )


def unknown(match: re.Match[str], value: str, kind: TimeKind = TimeKind.DATE) -> Draft:
    """Return the draft of a date that there was nothing to count from."""
    return Draft(match.start(), match.end(), kind, value, basis=TimeBasis.UNKNOWN)


def read_today(match: re.Match[str], context: Context) -> Iterator[Draft]:
    """Read today, yesterday, tomorrow and tonight, with a part of the day where one follows."""
    tokens = context.tokens
    place = match.start("r")
    word = tokens.word(place).lower()
    part = "NI" if word == "tonight" else None
    if group(match, "after") >= 0:
        part = tokens.values[match.start("after")]
    if word == "today" and tokens.word(place)[0] == "T" and tokens.letter(place - 1) == "X":
        return  # a name: "Africa Today"
    if context.policy is Policy.NARRATIVE and word == "today":
        yield Draft(match.start(), match.end(), TimeKind.DATE, "PRESENT_REF")
        return
    now = context.now()
    day = now and now.point.whole_day and shift_day(now.point.whole_day, tokens.values[place])
    if now is None or day is None or (context.policy is Policy.NARRATIVE and word == "tonight"):
        yield unknown(match, with_part("XXXX-XX-XX", part) if part else "XXXX-XX-XX")
        return
    value = with_part(day.isoformat(), part) if part else day.isoformat()
    yield draft(match, now, value, Point.of(day), modifier(tokens, match.start(), place))


def read_weekday(match: re.Match[str], context: Context) -> Iterator[Draft]:
    """Read a weekday: the last or the next one, by its words and by the tense."""
    tokens = context.tokens
    place = match.start("w")
    weekday = tokens.values[place]
    part_at = group(match, "part", "after")
    part = tokens.values[part_at] if part_at >= 0 else None
    rel = tokens.letter(match.start("rel")) if group(match, "rel") >= 0 else ""
    based = context.last() if rel in ("l", "x") and tokens.letter(match.start("rel") - 1) == "t" else None
    if based is None or based.point.whole_day is None:
        based = context.now()
    today = based and based.point.whole_day
    if based is None or today is None:
        yield unknown(match, f"XXXX-WXX-{weekday}")
        return
    if rel == "x":
        day = weekday_near(today, weekday, 1)
    elif rel == "l":
        before = shift_day(today, -1)
        day = before and weekday_near(before, weekday, -1)
    elif context.policy is Policy.NARRATIVE:
        eve = shift_day(today, -1)
        day = eve and weekday_near(eve, weekday, 1)
    else:
        when = context.tense(match.start(), match.end())
        day = weekday_near(today, weekday, 1 if when > 0 else -1)
    if day is None:
        return
    value = with_part(day.isoformat(), part) if part else day.isoformat()
    yield draft(match, based, value, Point.of(day), modifier(tokens, match.start(), place))


def read_unit(match: re.Match[str], context: Context) -> Iterator[Draft]:
    """Read one unit beside that of today or of the last date: "this week", "the following year"."""
    tokens = context.tokens
    unit_at = match.start("u")
    unit = tokens.values[unit_at]
    rel = group(match, "rel")
    word = tokens.word(rel).lower() if rel >= 0 else "the"
    if unit in ("TS", "TM", "TH") or (unit == "Q" and word == "the"):
        return
    if tokens.word(unit_at).lower().endswith("s") and word not in ("the", "this"):
        if word in (
            "following",
            "subsequent",
            "ensuing",
            "succeeding",
            "last",
            "past",
            "previous",
            "preceding",
        ):
            yield Draft(match.start(), match.end(), TimeKind.DURATION, length_value("X", unit))
        elif rel >= 0 and tokens.letter(rel) == "x":
            yield Draft(match.start(), match.end(), TimeKind.DATE, "FUTURE_REF")
        return
    if word == "past" and tokens.letter(rel - 1) != "i":
        yield Draft(match.start(), match.end(), TimeKind.DURATION, length_value("1", unit))
        return
    alone = word == "the" and match.end() - match.start() == 2 and unit != "WE"
    if alone and (tokens.letter(match.end()).isalpha() or tokens.letter(match.end()) in "&-"):
        return  # "the year of the flood", "the week-long"
    told = word in ("that", "those", "same", "very", "previous", "preceding", "following", "subsequent")
    told = told or word in ("ensuing", "succeeding") or "m" in tokens.letters[match.start() : unit_at]
    told = told or (word == "next" and tokens.letter(rel - 1) == "t" and unit != "WE")
    if word == "the":
        told = context.policy is Policy.NARRATIVE
    if word in ("the", "that") and unit in ("CE", "DE") and match.start("u") - match.start() < 2:
        return
    based = (context.last() if told else None) or context.now()
    by = {"l": -1, "x": 1}.get(tokens.letter(rel), 0) if rel >= 0 else 0
    if unit == "WE" and not by and based:
        by = _weekend_shift(match, context, based)
    found = based and unit_near(based.point, unit, by)
    if based is None or found is None:
        if word != "the":
            yield unknown(match, _blank(unit))
        return
    value, point = found
    change = modifier(tokens, match.start(), unit_at)
    if word == "the" and unit == "D" and change is None:
        return
    yield draft(match, based, value, point, change)


def _blank(unit: str) -> str:
    return {"D": "XXXX-XX-XX", "N": "XXXX-XX-XX", "W": "XXXX-WXX", "WE": "XXXX-WXX-WE", "M": "XXXX-XX"}.get(
        unit, "XXXX"
    )


def _weekend_shift(match: re.Match[str], context: Context, based: Based) -> int:
    """Return which weekend is meant: in the past tense that before, unless it has begun."""
    day = based.point.whole_day
    if day is None or day.isoweekday() >= 6:
        return 0
    return -1 if context.tense(match.start(), match.end()) < 0 else 0


def read_ago(match: re.Match[str], context: Context) -> Iterator[Draft]:
    """Read a distance from today or from the last date told: "two weeks ago", "a year earlier"."""
    tokens = context.tokens
    unit_at = match.start("u")
    unit = tokens.values[unit_at]
    way = tokens.letter(match.start("way"))
    number = count(tokens, match.start("n"), unit_at) if group(match, "n") >= 0 else None
    past = way in "gk"
    if number is not None and way in "jk" and not _counts_from_text(context, match):
        length = length_value(number_value(number), unit)
        end = match.start("way")
        change = modifier(tokens, match.start(), unit_at)
        yield Draft(match.start(), end, TimeKind.DURATION, length, change)
        return
    based = context.now() if way == "g" else context.last_or_now()
    if number is None and group(match, "n") < 0 and not tokens.word(unit_at).lower().endswith(("s", "a")):
        if tokens.letter(match.start()) != "t":
            return
        number = 1.0
    if number is None:
        yield Draft(match.start(), match.end(), TimeKind.DATE, "PAST_REF" if past else "FUTURE_REF")
        return
    change = modifier(tokens, match.start(), unit_at)
    if unit == "TH" and number % 24 == 0:
        unit, number = "D", number / 24
    if number != int(number):
        unit, number = {"Y": ("M", number * 12), "DE": ("Y", number * 10), "CE": ("Y", number * 100)}.get(
            unit, (unit, number)
        )
    whole = int(number)
    found = based and whole < 100_000 and unit_near(based.point, unit, -whole if past else whole)
    if based is None or not found:
        if unit in ("TS", "TM", "TH") and way == "g" and based and based.point.whole_day:
            yield draft(match, based, based.point.value, based.point, change or "APPROX")
            return
        if unit in ("TS", "TM", "TH"):
            length = length_value(number_value(number), unit)
            yield Draft(match.start(), match.end() - 1, TimeKind.DURATION, length, change)
            return
        yield unknown(match, _blank(unit))
        return
    value, point = found
    if group(match, "part") >= 0 and point.day:
        value = with_part(value, tokens.values[match.start("part")])
    yield draft(match, based, value, point, change)


def _counts_from_text(context: Context, match: re.Match[str]) -> bool:
    """Tell whether "after" and "before" stand alone, and so count from the last date told.

    Where an event follows ("three weeks after the vote") the words tell a length only.
    """
    place = match.start("way")
    if context.tokens.word(place).lower() not in ("after", "before", "hence"):
        return True
    return context.tokens.letter(match.end()) in ",;¦»:&" or group(match, "part") >= 0


def read_several(match: re.Match[str], context: Context) -> Iterator[Draft]:
    """Read several units up to or from today: "the past 30 days" (a length), "the coming days" (vague)."""
    tokens = context.tokens
    unit_at = match.start("u")
    unit = tokens.values[unit_at]
    word = tokens.word(match.start("rel")).lower()
    number = None
    if (
        tokens.letter(match.start()) == "i"
        and group(match, "n") < 0
        and not tokens.word(unit_at).endswith("s")
    ):
        yield from read_unit(match, context)
        return
    if group(match, "n") >= 0:
        number = count(tokens, match.start("n"), unit_at)
    elif not tokens.word(unit_at).lower().endswith(("s", "a")):
        number = 1.0
    elif word in ("coming", "following", "upcoming", "next"):
        yield Draft(match.start(), match.end(), TimeKind.DATE, "FUTURE_REF")
        return
    yield Draft(match.start(), match.end(), TimeKind.DURATION, length_value(number_value(number), unit))


def read_month_beside(match: re.Match[str], context: Context) -> Iterator[Draft]:
    """Read a month or a day of another year: "September of last year", "July 25 of that year"."""
    tokens = context.tokens
    if tokens.values[match.start("u")] != "Y":
        return
    rel = match.start("rel")
    told = tokens.letter(rel) in "dm" or tokens.word(rel).lower() not in ("this", "last", "next", "current")
    based = (context.last() if told else None) or context.now()
    if based is None:
        return
    year = based.point.year + {"l": -1, "x": 1}.get(tokens.letter(rel), 0)
    day = int(tokens.values[match.start("d")]) if match["d"] else None
    point = Point(year or 1, tokens.values[match.start("m")], day)
    if not valid(*point):
        return
    whole = draft(match, based, point.value, point, modifier(tokens, match.start(), match.start("m")))
    if "f" in tokens.letters[match.start("m") : rel] or told:
        yield whole
        return
    yield whole._replace(end=rel)
    beside = draft(match, based, Point(point.year).value, Point(point.year))
    yield beside._replace(start=rel)
