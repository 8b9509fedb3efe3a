"""How many were killed, wounded, displaced: numbers with what they count and how they are bounded."""

from __future__ import annotations

import re
from functools import cache

import msgspec

from counterclaim.lexicons import read_lexicon
from counterclaim.model import Figure, FigureBound, Span

_MONTH = re.compile(r"\b(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)[a-z]*\.?\s$")


class Counted(msgspec.Struct, frozen=True, order=True):
    """One number of a text: ``start`` and ``end`` hold bound and number, ``value`` is the number as stated.

    ``low`` and ``high`` are those of :class:`counterclaim.model.Figure`.
    """

    start: int
    end: int
    measure: str
    value: float
    low: float | None
    high: float | None
    bound: FigureBound


def count(text: str, start: int = 0, end: int | None = None) -> list[Counted]:
    """Return the numbers of people in ``text[start:end]`` that it says were killed, wounded and so on.

    In order of the text; of two readings of one number the one whose word stands nearer is taken.
    """
    stop = len(text) if end is None else end
    taken: dict[int, tuple[int, Counted]] = {}
    for measure, patterns in _patterns().items():
        if not _worth()[measure].search(text, start, stop):
            continue
        for pattern in patterns:
            for match in pattern.finditer(text, start, stop):
                found = _counted(match, measure)
                distance = len(match.group())
                if _MONTH.search(text, max(0, found.start - 10), found.start):
                    continue  # a day of the month
                if found.start not in taken or distance < taken[found.start][0]:
                    taken[found.start] = (distance, found)
    kept: list[Counted] = []
    for _, found in sorted(taken.values(), key=lambda pair: pair[1]):
        if not kept or found.start >= kept[-1].end:
            kept.append(found)
    return kept


def figures(text: str, start: int, end: int) -> tuple[Figure, ...]:
    """Return the figures in ``text[start:end]``, with their spans in ``text``."""
    return tuple(
        Figure(measure=f.measure, low=f.low, high=f.high, bound=f.bound, span=Span.of(text, f.start, f.end))
        for f in count(text, start, end)
    )


def _counted(match: re.Match[str], measure: str) -> Counted:
    number, upper, bound = match["number"], match["upper"], match["bound"]
    start = match.start("bound") if bound else match.start("number")
    low, high, kind = _value(number)
    stop = match.end("number")
    if upper and kind is FigureBound.EXACT:
        top = _value(upper)[1]
        if top > low:
            stop, high, kind = match.end("upper"), top, FigureBound.RANGE
    value = low
    word = _bound_kinds().get(re.sub(r"\s+", " ", bound).lower()) if bound else None
    if word is FigureBound.AT_LEAST:
        return Counted(start, stop, measure, value, low, None, word)
    if word is FigureBound.AT_MOST:
        return Counted(start, stop, measure, value, None, high, word)
    if word is FigureBound.ABOUT and kind is FigureBound.EXACT:
        kind = word
    return Counted(start, stop, measure, value, low, high, kind)


def _value(number: str) -> tuple[float, float, FigureBound]:
    """Return the least and the most that number words mean, and whether that is exact."""
    lexicon = read_lexicon("quantities")
    lower = re.sub(r"\s+", " ", number.lower()).removesuffix(" of")
    if lower in lexicon["vague"]:
        low, high = lexicon["vague"][lower]
        return float(low), float(high), FigureBound.RANGE
    if lower in lexicon["counted"]:
        value = float(lexicon["counted"][lower])
        about = FigureBound.ABOUT if "dozen" in lower else FigureBound.EXACT
        return value, value, about
    total, current = 0.0, 0.0
    for part in re.split(r"[\s-]+", lower):
        if part[0].isdigit():
            current += float(part.replace(",", "").rstrip("."))
        elif part in lexicon["powers"]:
            current = (current or 1) * lexicon["powers"][part]
            if lexicon["powers"][part] > 100:
                total, current = total + current, 0.0
        elif part != "and":
            current += 1 if part in {"a", "an", "the", "his", "her"} else _words()[part]
    return total + current, total + current, FigureBound.EXACT


@cache
def _words() -> dict[str, int]:
    lexicon = read_lexicon("quantities")
    units = {word: value for value, word in enumerate(lexicon["units"])}
    return units | {word: 10 * (index + 2) for index, word in enumerate(lexicon["tens"])}


@cache
def _bound_kinds() -> dict[str, FigureBound]:
    return {
        word: FigureBound(kind)
        for kind, words in read_lexicon("quantities")["bounds"].items()
        for word in words
    }


def _any(words: list[str]) -> str:
    return "|".join(word.replace(" ", r"\s+") for word in sorted(words, key=len, reverse=True))


@cache
def _worth() -> dict[str, re.Pattern[str]]:
    """Return for each measure what a text must hold to be read for it at all: one of its words."""
    found = {}
    for measure, row in read_lexicon("quantities")["measures"].items():
        words = {max(word.split(), key=len) for word in row["after"] + row["before"]}
        extra = r"|\btoll\b|\bnumber of\b" if row["whole"] else ""
        found[measure] = re.compile(rf"\b(?:{_any(sorted(words))})\b{extra}", re.IGNORECASE)
    return found


@cache
def _patterns() -> dict[str, tuple[re.Pattern[str], ...]]:
    lexicon = read_lexicon("quantities")
    tens, units, powers = _any(lexicon["tens"]), _any(lexicon["units"]), _any(list(lexicon["powers"]))
    small = rf"(?:(?:{tens})(?:[-\s](?:{units}))?|(?:{units}))"
    large = rf"(?:(?:{small}|an?)\s(?:{powers})(?:\s(?:and\s)?{small})?)"
    plain = rf"\d[\d,]*(?:\.\d+)?(?:\s(?:{powers}))?|{large}|{small}"
    said = rf"{_any([*lexicon['vague'], *lexicon['counted']])}"
    bounds = _any([word for words in lexicon["bounds"].values() for word in words])
    single = _any(lexicon["people"]["single"])
    number = (
        rf"(?:\b(?P<bound>{bounds})\s+)?(?:\bbetween\s+)?\b(?<![\d.,:$€£-])(?!(?:19|20)\d\d\b(?!,))"
        rf"(?P<number>{said}|{plain})"
        rf"(?:\s*(?:to|and|or|[-–])\s*(?P<upper>{plain})(?=\s))?(?![\d,]*\d|%|\s?percent|\s?[ap]\.?m\b)"
    )
    one = (
        rf"(?P<bound>(?!))?\b(?P<number>an?|the|his|her)(?P<upper>(?!))?\s+(?:[\w-]+\s+){{0,2}}?"
        rf"(?:{single})\b"
    )
    every = _any([word for row in lexicon["measures"].values() for word in row["after"] if " " not in word])
    stop = rf"(?:{every}|{tens}|{units}|{_any(lexicon['stops']['words'])})"
    filler = rf"(?:(?!{stop}\b)[^\W\d][\w’'-]*,?\s+)"
    inner = rf"(?:(?!\b(?:{every})\b)[^.;:()]){{3,60}}?"
    aside = rf"(?:,?\s*\(?(?:{_any(lexicon['stops']['asides'])})\s{inner}\)?,?\s+)?"
    place = r"(?:(?:in|at|on|from|near|inside)\s(?:[\w’'-]+\s){1,6}?(?=(?:were|was|have been|had been)\s))?"
    auxiliary = rf"(?:(?:{_any(lexicon['stops']['auxiliaries'])})\s+){{0,4}}"
    passive = rf"(?!\s+[\"“‘]?(?:(?:{bounds})\s+)?(?:\d|{small}|{said})\b)"
    compiled = {}
    for measure, row in lexicon["measures"].items():
        after, before = _any(row["after"]), _any(row["before"])
        found = [rf"{number}\s+{filler}{{0,6}}?{aside}{place}{auxiliary}(?:{after})\b{passive}"]
        found += [rf"\b(?:{after})\s*[:=]\s*{number}"]
        if before:
            found.append(
                rf"\b(?:{before})\s+[\"“‘]?(?:the\s+)?{number}(?!\s+(?:{every}|and\s+(?:{every}))\b)"
            )
            found.append(rf"\b(?:{before})\s+{one}")
        found += [pattern.replace("{number}", number) for pattern in row["whole"]]
        if measure in {"killed", "wounded"}:
            found.append(rf"{one}\s+{aside}(?:{auxiliary})(?:{after})\b")
        if measure == "killed":
            second = rf"and\s+(?:\d+|{small})\s+{filler}{{1,4}}?(?:were|have been|had been)\s+killed\b"
            found.append(rf"{number}\s+{filler}{{1,4}}?{second}")
        compiled[measure] = tuple(re.compile(pattern, re.IGNORECASE) for pattern in found)
    return compiled
