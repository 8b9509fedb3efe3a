"""What a whole report tells about a name: how often it follows "in", how often it is somebody's surname."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from counterclaim.places.candidates import Candidate
from counterclaim.places.tokens import Case, Tokens
from counterclaim.places.words import FIRST_NAMES, TITLES

_STRONG = frozenset(["in", "near", "outside", "throughout", "inside"])


class Evidence(NamedTuple):
    """Counts over one report, by the name in lower case."""

    mentions: Counter[str]
    located: Counter[str]
    """Mentions that follow "in", "near" and the like."""
    persons: Counter[str]
    """Mentions of the word within the name of a person."""
    small: frozenset[str]
    """The words that the report also writes in lower case."""


def weigh(tokens: Tokens, candidates: Sequence[Candidate]) -> Evidence:
    """Count over a report what speaks for and against each name being a place."""
    mentions: Counter[str] = Counter()
    located: Counter[str] = Counter()
    for candidate in candidates:
        name = candidate.name.lower()
        mentions[name] += 1
        if candidate.first and tokens.lowers[candidate.first - 1] in _STRONG:
            located[name] += 1
    return Evidence(mentions, located, _persons(tokens), _small(tokens))


def _persons(tokens: Tokens) -> Counter[str]:
    """Count the words that follow a given name or a title, or a middle initial."""
    persons: Counter[str] = Counter()
    lowers, cases = tokens.lowers, tokens.cases
    for place in range(1, len(tokens)):
        if cases[place] < Case.TITLE or tokens.opens[place]:
            continue
        before = lowers[place - 1]
        titled = before in TITLES and cases[place - 1] >= Case.TITLE
        named = before in FIRST_NAMES and cases[place - 1] >= Case.TITLE
        initial = (
            before == "." and place > 1 and len(lowers[place - 2]) == 1 and cases[place - 2] >= Case.TITLE
        )
        if titled or named or initial:
            persons[lowers[place]] += 1
            after = place + 1
            if (
                after < len(tokens)
                and cases[after] >= Case.TITLE
                and tokens.starts[after] - tokens.ends[place] == 1
            ):
                persons[lowers[after]] += 1
    return persons


def _small(tokens: Tokens) -> frozenset[str]:
    return frozenset(
        lower for lower, case in zip(tokens.lowers, tokens.cases, strict=True) if case is Case.LOWER
    )
