"""The rules: a pattern over token letters each, and the function that reads what it matched."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator
from functools import partial
from typing import NamedTuple

from counterclaim.lexicons import read_lexicon
from counterclaim.model import TimeKind
from counterclaim.times import absolute, clock, lengths, relative, seasons, yearly
from counterclaim.times.context import Context, Draft, Policy
from counterclaim.times.numbers import NUMBER
from counterclaim.times.parts import BEFORE, PART, YEAR
from counterclaim.times.tokens import Tokens

Reader = Callable[[re.Match[str], Context], Iterator[Draft]]


class Rule(NamedTuple):
    """A pattern over the letters of tokens, and what reads a match."""

    pattern: re.Pattern[str]
    read: Reader


_DAY_YEAR = rf"(?:,?f?{YEAR})?"
_LENGTH = rf"w{{0,4}}(?:m|t)?w{{0,4}}(?P<n>{NUMBER})-?[wL]?(?P<u>U)(?:-?L(?!-)|(?P<half>&ah))?"
_PATTERNS: tuple[tuple[str, Reader], ...] = (
    (r"I", absolute.read_digits),
    (r"t?(?P<week>U)f(?P<m>M)(?P<d>[DO])(?:,?(?P<y>Y))?", absolute.read_day),
    (r"t?(?P<week>U)f(?P<d>[DO])f?(?P<m>M)(?:,?(?P<y>Y))?", absolute.read_day),
    (rf"{PART}{BEFORE}(?:W,?)?(?P<m>M)-?(?P<d>[DO]){_DAY_YEAR}(?P<after>P)?(?![DO]?f?M)", absolute.read_day),
    (rf"{PART}{BEFORE}(?:W,?)?t?(?<!M)(?P<d>[DO])-?f?(?P<m>M){_DAY_YEAR}", absolute.read_day),
    (rf"{BEFORE}(?P<m>M)(?P<d>[DO])[-&>/](?P<d2>[DO]){_DAY_YEAR}(?![U%DO])(?!f?M)", absolute.read_days),
    (rf"{PART}{BEFORE}(?P<d>[DO])[-&>/]t?(?P<d2>[DO])f?(?P<m>M){_DAY_YEAR}", absolute.read_days),
    (rf"{BEFORE}(?P<m>M),?f?{YEAR}", absolute.read_month),
    (rf"{BEFORE}(?P<m>M)(?P<d>[DO])?,?f?t?(?P<rel>[ilxdmc])m?(?P<u>U)", relative.read_month_beside),
    (rf"{BEFORE}(?P<d>[DO])f?(?P<m>M),?f?t?(?P<rel>[ilxdmc])m?(?P<u>U)", relative.read_month_beside),
    (rf"(?:[ilxdm]|t[lxm]|dm)?{BEFORE}(?P<m>M)", absolute.read_month),
    (rf"{BEFORE}(?:U(?=Y))?{YEAR}", yearly.read_year),
    (r"(?P<one>[YDHN])[-/](?P<two>[YDHN])(?P<era>G)?", yearly.read_years),
    (r"(?P<one>[YDHN])[&>](?P<two>[YDHN])(?P<era>G)", yearly.read_years),
    (rf"{BEFORE}(?P<e>[Ee])(?P<era>G)?", yearly.read_decade),
    (rf"{BEFORE}(?P<o>O)-?(?P<u>U)(?P<era>G)?", yearly.read_century),
    (r"(?:b|[jk]p?)?(?P<r>R)(?P<after>P)?", relative.read_today),
    (
        rf"(?:t?b?(?P<part>P)[fp])?(?:[jk]p?)?{BEFORE}(?P<rel>[ilxd])?(?P<w>W)(?P<after>P)?",
        relative.read_weekday,
    ),
    (rf"(?:[jk]p?)?{BEFORE}(?P<rel>[ilxdmc])m?x?(?P<u>U)", relative.read_unit),
    (r"(?:[jk]p?)?(?P<pre>(?:t?B|b)[fp]?t)(?P<u>U)", relative.read_unit),
    (r"(?P<pre>t)(?P<u>U)", relative.read_unit),
    (rf"w{{0,4}}(?P<n>{NUMBER})-?(?P<u>U)k?(?P<way>[gjk])(?:i?(?P<part>P))?", relative.read_ago),
    (r"t?w{0,4}(?P<u>U)(?P<way>[gjk])", relative.read_ago),
    (rf"[tid]?(?P<rel>[lx])(?:w{{0,4}}(?P<n>{NUMBER}))?(?P<u>U)", relative.read_several),
    (r"t?(?P<n>[nqD])(?P<rel>[lx])(?P<u>U)", relative.read_several),
    (
        rf"(?:[jk]p?)?{BEFORE}(?P<rel>[ilxd])?m?(?P<s>S)(?:,?[fp]?{YEAR}|f?t?(?P<of>[lxid])U)?",
        seasons.read_season,
    ),
    (rf"{BEFORE}(?P<o>O)[Uh](?:f?p?t?(?:{YEAR}|(?P<rel>[lxid])U|U))?", seasons.read_quarter),
    (rf"(?P<q>Q)(?:,?f?{YEAR})?", seasons.read_quarter_number),
    (r"[t]?(?P<u>U)'?-?B", seasons.read_year_end),
    (
        r"w{0,4}(?P<t>T)-?(?P<a>A)?(?P<z>z)?(?:pt(?P<x>x)U|t(?P<x2>x)U|(?P<day>R|W(?!,?[MDO])))?",
        clock.read_clock,
    ),
    (r"w{0,4}(?P<n>[Dn])K?(?P<a>A)(?P<z>z)?", clock.read_clock),
    (r"w{0,4}(?P<n>[Dn])K(?P<a>A)?(?P<z>z)?", clock.read_clock),
    (r"w{0,4}(?P<n>[NYHD])(?P<u>U)(?P<z>z)?", clock.read_military),
    (rf"(?:[jk]p?)?{BEFORE}(?P<rel>[ilxdm])m?(?P<part>P)", clock.read_part),
    (r"(?<=[p>])(?:t?b?)(?P<part>P)(?![PX])", clock.read_part),
    (
        rf"w{{0,4}}(?:m|t)?w{{0,4}}(?P<n>{NUMBER})-?[wL]?(?P<u>U)(?:-?L(?!-)|(?P<half>&ah))?",
        lengths.read_length,
    ),
    (r"(?<=[pw])w{0,4}(?P<u>U)(?!'|[gjk])", lengths.read_units),
    (r"(?P<u>U)(?=f)", lengths.read_units),
    (rf"vx?(?P<n>{NUMBER})?(?P<u>U)", lengths.read_each),
    (r"r(?P<u>U)", lengths.read_per),
    (r"v(?:(?P<w>W)|(?P<part>P))", lengths.read_each),
    (r"(?P<w>V)", lengths.read_each),
    (r"s", lengths.read_set),
)
RULES = tuple(Rule(re.compile(pattern), read) for pattern, read in _PATTERNS)


class Found(NamedTuple):
    """A match of a rule: tokens ``start`` to ``end`` (exclusive), and what reads it."""

    start: int
    end: int
    order: int
    read: Callable[[Context], Iterator[Draft]]


_LEXICON = read_lexicon("times")


def _phrases(words: list[str]) -> re.Pattern[str]:
    alternatives = sorted(words, key=len, reverse=True)
    joined = "|".join(r"\s+".join(map(re.escape, each.split(" "))) for each in alternatives)
    return re.compile(rf"\b(?:{joined})\b(?!-)", re.IGNORECASE)


_VALUES = {word: value for value, words in _LEXICON["vague"].items() for word in words}
_NEWS_VALUES = {word: value for value, words in _LEXICON["vague_news"].items() for word in words}
_TOLD_VALUES = {word: value for value, words in _LEXICON["vague_narrative"].items() for word in words}
_VAGUE = {
    Policy.NEWS: (_phrases([*_VALUES, *_NEWS_VALUES]), _VALUES | _NEWS_VALUES),
    Policy.NARRATIVE: (_phrases([*_VALUES, *_TOLD_VALUES]), _VALUES | _TOLD_VALUES),
}
_HOLIDAYS: dict[str, str] = {name.replace(" '", "'"): rule for name, rule in _LEXICON["holidays"].items()}
_HOLIDAY = re.compile(
    "|".join(re.escape(name).replace("'", "['’]") for name in sorted(_HOLIDAYS, key=len, reverse=True)),
    re.IGNORECASE,
)


def find_matches(tokens: Tokens, policy: Policy) -> list[Found]:
    """Find what the rules match: of matches that share a token the longest, in order of the text."""
    found = [
        Found(match.start(), match.end(), order, partial(rule.read, match))
        for order, rule in enumerate(RULES)
        for match in rule.pattern.finditer(tokens.letters)
        if match.end() > match.start()
    ]
    found += _vague(tokens, policy)
    found += _holidays(tokens)
    found.sort(key=lambda each: (each.start - each.end, each.start, each.order))
    return found


def _places(tokens: Tokens, start: int, end: int) -> tuple[int, int]:
    """Return the tokens of a stretch of text."""
    return bisect_right(tokens.starts, start) - 1, bisect_left(tokens.starts, end)


def _vague(tokens: Tokens, policy: Policy) -> Iterator[Found]:
    pattern, values = _VAGUE[policy]
    for match in pattern.finditer(tokens.text):
        start, end = _places(tokens, *match.span())
        if tokens.letter(end) in "UDnqNYP" and tokens.word(end - 1).lower() in (
            "past",
            "future",
            "present",
            "current",
        ):
            continue
        value = values[" ".join(match.group().lower().split())]
        draft = Draft(start, end, TimeKind.DATE, value)
        yield Found(start, end, -1, partial(_given, draft))


def _given(draft: Draft, _context: Context) -> Iterator[Draft]:
    yield draft


def _holidays(tokens: Tokens) -> Iterator[Found]:
    for match in _HOLIDAY.finditer(tokens.text):
        start, end = _places(tokens, *match.span())
        if not match.group()[0].isupper() or tokens.ends[end - 1] != match.end():
            continue
        rule = _HOLIDAYS[match.group().lower().replace("’", "'")]
        tail = re.compile(rf".{{{end - start}}}(?:,?f?{YEAR})?").match(tokens.letters, start)
        if tail:
            yield Found(start, tail.end(), -1, partial(_read_holiday, tail, rule))


def _read_holiday(match: re.Match[str], rule: str, context: Context) -> Iterator[Draft]:
    return seasons.read_holiday(match, context, rule)
