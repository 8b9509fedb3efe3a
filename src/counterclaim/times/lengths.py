"""Lengths of time and sets of times: "three years", "ten-day", "every Monday", "daily"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from counterclaim.lexicons import read_lexicon
from counterclaim.model import TimeKind
from counterclaim.times.context import Context, Draft
from counterclaim.times.numbers import count, number_value
from counterclaim.times.parts import group, modifier
from counterclaim.times.shifting import length_value

_SETS: dict[str, str] = read_lexicon("times")["sets"]


def read_length(match: re.Match[str], context: Context) -> Iterator[Draft]:
    """Read a counted length of time; an age ("19-year-old") is none."""
    tokens = context.tokens
    unit_at = match.start("u")
    unit = tokens.values[unit_at]
    letters, end = tokens.letters, match.end()
    following = letters[end : end + 2]
    words = [tokens.word(end).lower(), tokens.word(end + 1).lower(), tokens.word(end + 2).lower()]
    if words[0] == "old" or (following.startswith("-") and words[1] in ("old", "olds")):
        return
    if words[0] == "of" and words[1] == "age":
        return
    if unit in ("Q", "WE") and letters[match.start("n") : unit_at] in ("a", ""):
        return
    if (
        tokens.word(unit_at).lower() in ("second", "quarter", "quarters")
        and "a" in letters[match.start("n") : unit_at]
    ):
        return
    if letters[match.start("n") : unit_at] == "Y" and not tokens.word(unit_at).lower().endswith("s"):
        return
    told = count(tokens, match.start("n"), unit_at)
    if told is not None and group(match, "half") >= 0:
        told += 0.5
    number = number_value(told)
    if number.endswith(("e+08", "e+09")):
        return
    change = modifier(tokens, match.start(), match.start("n"))
    yield Draft(match.start(), end, TimeKind.DURATION, length_value(number, unit), change)


def read_units(match: re.Match[str], context: Context) -> Iterator[Draft]:
    """Read uncounted units: "for weeks", "decades of war"."""
    tokens = context.tokens
    unit_at = match.start("u")
    word = tokens.word(unit_at).lower()
    if tokens.word(unit_at + 1) == "of" and tokens.word(unit_at + 2) == "age":
        return
    if word == "weekends":
        yield Draft(match.start(), match.end(), TimeKind.SET, "XXXX-WXX-WE")
        return
    if not word.endswith(("s", "a")) or tokens.values[unit_at] in ("Q", "WE", "TS", "ML"):
        return
    yield Draft(match.start(), match.end(), TimeKind.DURATION, length_value("X", tokens.values[unit_at]))


def read_each(match: re.Match[str], context: Context) -> Iterator[Draft]:
    """Read a set: "every three weeks", "each Monday", "on Mondays"."""
    tokens = context.tokens
    place = group(match, "u", "w", "part")
    value = tokens.values[place]
    if group(match, "u") >= 0:
        number = count(tokens, match.start("n"), place) if group(match, "n") >= 0 else 1.0
        text = length_value(number_value(number), value)
    elif group(match, "w") >= 0:
        text = f"XXXX-WXX-{value}"
    else:
        text = f"XXXX-XX-XXT{value}"
    yield Draft(match.start(), match.end(), TimeKind.SET, text)


def read_per(match: re.Match[str], context: Context) -> Iterator[Draft]:
    """Read a rate: "per day"."""
    tokens = context.tokens
    if tokens.word(match.start()).lower() == "per":
        yield Draft(
            match.start(), match.end(), TimeKind.SET, length_value("1", tokens.values[match.start("u")])
        )


def read_set(match: re.Match[str], context: Context) -> Iterator[Draft]:
    """Read a word for a set: "daily", "annual"."""
    word = context.tokens.word(match.start()).lower()
    if context.tokens.word(match.start())[0].isupper() and context.tokens.letter(match.start() - 1) in "Xt":
        return  # a name: "the Daily Star"
    yield Draft(match.start(), match.end(), TimeKind.SET, _SETS[word])
