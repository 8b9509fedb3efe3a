"""Seasons, quarters, halves and ends of a year, and holidays."""

from __future__ import annotations

import re
from collections.abc import Iterator

from counterclaim.model import TimeBasis
from counterclaim.times.calendar import Point, holiday, year_value
from counterclaim.times.context import Based, Context, Draft, Policy
from counterclaim.times.parts import group, modifier, year_of
from counterclaim.times.relative import draft, unknown
from counterclaim.times.shifting import SEASONS, season_at, unit_near


def read_season(match: re.Match[str], context: Context) -> Iterator[Draft]:
    """Read a season, with its year or by today or the last date told."""
    tokens = context.tokens
    place = match.start("s")
    season = tokens.values[place]
    change = modifier(tokens, match.start(), place)
    year = year_of(tokens, match)
    if year is not None:
        point = Point(year, None)
        explicit = Based(point, TimeBasis.EXPLICIT)
        yield draft(match, explicit, f"{year_value(year)}-{season}", point, change)
        return
    word = tokens.word(match.start("rel")).lower() if group(match, "rel") >= 0 else ""
    if word in ("past", "preceding"):
        word = "last"
    told = word in ("that", "those", "same", "following", "subsequent", "previous", "ensuing")
    based = (context.last() if told else None) or context.now()
    if based is None:
        yield unknown(match, f"XXXX-{season}")
        return
    point, order = based.point, SEASONS.index(season)
    here = season_at(point.month) if point.month else None
    year = point.year
    if point.month and point.month < 3:
        here = -1
    if group(match, "of") >= 0:
        year += {"l": -1, "x": 1}.get(tokens.letter(match.start("of")), 0)
    elif word in ("last", "previous"):
        year -= here is None or order >= here
    elif word in ("next", "following", "subsequent", "ensuing", "coming"):
        year += here is None or order <= here
    elif not word and not told and context.policy is Policy.NEWS and here is not None:
        when = context.tense(match.start(), match.end())
        year -= when < 0 and order > here
        year += when > 0 and order < here
    year = year or 1
    yield draft(match, based, f"{year_value(year)}-{season}", Point(year), change)


def read_quarter(match: re.Match[str], context: Context) -> Iterator[Draft]:
    """Read a quarter or a half of a year: "the third quarter of 2012", "the first half of last year"."""
    tokens = context.tokens
    number = int(tokens.values[match.start("o")])
    half = tokens.letter(match.start("o") + 1) == "h"
    if not 1 <= number <= (2 if half else 4):
        return
    if not half and tokens.values[match.start("o") + 1] != "Q":
        return
    year = year_of(tokens, match)
    based = Based(Point(year), TimeBasis.EXPLICIT) if year is not None else context.now()
    if based is None:
        return
    chosen = based.point.year
    if group(match, "rel") >= 0:
        chosen += {"l": -1, "x": 1}.get(tokens.letter(match.start("rel")), 0)
    elif year is None and half:
        return
    text = f"{year_value(chosen or 1)}-{'H' if half else 'Q'}{number}"
    yield draft(match, based, text, Point(chosen or 1), modifier(tokens, match.start(), match.start("o")))


def read_quarter_number(match: re.Match[str], context: Context) -> Iterator[Draft]:
    """Read a quarter by its number: "Q3 2013"."""
    year = year_of(context.tokens, match)
    based = Based(Point(year), TimeBasis.EXPLICIT) if year is not None else context.now()
    if based is not None:
        chosen = Point(based.point.year)
        yield draft(match, based, f"{chosen.value}-{context.tokens.word(match.start('q'))}", chosen)


def read_year_end(match: re.Match[str], context: Context) -> Iterator[Draft]:
    """Read "year end" and "month's end"."""
    tokens = context.tokens
    based = context.now()
    found = based and unit_near(based.point, tokens.values[match.start("u")], 0)
    if based and found and tokens.word(match.end() - 1).lower() in ("end", "start"):
        yield draft(match, based, *found, modifier(tokens, match.start(), match.end()))


def read_holiday(match: re.Match[str], context: Context, rule: str) -> Iterator[Draft]:
    """Read a holiday of a fixed rule, with its year or by today or the last date told."""
    year = year_of(context.tokens, match)
    based: Based | None = Based(Point(year), TimeBasis.EXPLICIT) if year else context.now()
    if based is None:
        return
    point = holiday(rule, based.point.year)
    beside = context.tokens.letter(match.start() - 1)
    if point is None:
        return
    today = based.point.whole_day
    if year is None and today and context.policy is Policy.NEWS and point.whole_day:
        when = {"l": -1, "x": 1}.get(beside) or context.tense(match.start(), match.end())
        gap = (point.whole_day - today).days
        if (when < 0 and gap > 0) or (when == 0 and gap > 200):
            point = holiday(rule, point.year - 1)
        elif when > 0 and gap < (0 if beside == "x" else -30):
            point = holiday(rule, point.year + 1)
    if point:
        yield draft(match, based, point.value, point)
