"""Stretches of a text that may name a place: names of the gazetteer, and capitalised words it lacks."""

from __future__ import annotations

from enum import IntEnum
from functools import lru_cache
from typing import NamedTuple

from counterclaim.model import PlaceKind
from counterclaim.places.gazetteer import Entry, NameKind, built_in
from counterclaim.places.tokens import Case, Tokens
from counterclaim.places.words import (
    ADMINISTRATIVE,
    COMPASS,
    GENERIC_AFTER,
    GENERIC_BEFORE,
    NEVER,
    PARTICLES,
    TIED_ARTICLES,
)

LONGEST_CHUNK = 40
"""Capitalised words are looked at as one name up to this many; a text in capitals has no end of them."""
_MOST_ENTRIES = 40
_LOOK_AHEAD = 10
_SHORT = 4
_NO_NAMES = frozenset({NameKind.DEMONYM, NameKind.ABBREVIATION})


class Facts(NamedTuple):
    """What the gazetteer knows of one name: its places (the most important first) and its adjectives."""

    places: tuple[Entry, ...]
    demonyms: tuple[Entry, ...]

    @property
    def importance(self) -> float:
        """The prior of the likeliest place, 0 for none."""
        return self.places[0].importance if self.places else 0.0


class Candidate(NamedTuple):
    """Tokens ``first`` to ``last`` (exclusive), within the chunk ``chunk_first`` to ``chunk_last``.

    A chunk is a run of capitalised words, with the particles between them ("University of Leeds").
    """

    first: int
    last: int
    chunk_first: int
    chunk_last: int
    name: str
    facts: Facts


class Style(IntEnum):
    """How a name is written, which tells abbreviations from words: "Ind.", "US" and "us"."""

    PLAIN = 0
    DOTTED = 1
    CAPITALS = 2
    """Few letters, all capitals, in a line that is not all capitals."""


@lru_cache(maxsize=32768)
def facts_of(name: str, style: Style = Style.PLAIN) -> Facts:
    """Return what the gazetteer knows of a name so written.

    An abbreviation counts only where it is written as one, and then nothing but abbreviations does:
    "US" is never the village of Us, "Ind" without its full stop never Indiana.
    """
    entries = built_in().lookup(name, limit=_MOST_ENTRIES)
    short = tuple(entry for entry in entries if entry.name_kind is NameKind.ABBREVIATION)
    if short and style is not Style.PLAIN:
        return Facts(short, ())
    return Facts(
        tuple(entry for entry in entries if entry.name_kind not in _NO_NAMES),
        tuple(entry for entry in entries if entry.name_kind is NameKind.DEMONYM),
    )


def style_of(tokens: Tokens, first: int, last: int) -> Style:
    """Return how the name of tokens ``first`` to ``last`` (exclusive) is written."""
    if last - first > 1:
        return Style.PLAIN
    text = tokens.texts[first]
    if "." in text or (
        last < len(tokens) and tokens.texts[last] == "." and tokens.starts[last] == tokens.ends[first]
    ):
        return Style.DOTTED
    return Style.CAPITALS if tokens.cases[first] is Case.UPPER and len(text) <= _SHORT else Style.PLAIN


def find_candidates(tokens: Tokens) -> list[Candidate]:
    """List the stretches that may name a place, in order, none overlapping another."""
    found: list[Candidate] = []
    place = 0
    while place < len(tokens):
        if not _begins(tokens, place):
            place += 1
            continue
        end = _chunk_end(tokens, place)
        found += _in_chunk(tokens, place, end)
        place = end
    return found


def _begins(tokens: Tokens, place: int) -> bool:
    """Tell whether a name may begin here: at a capital, or at an article tied to one ("el-Fasher")."""
    if tokens.cases[place] >= Case.TITLE:
        return True
    return (
        tokens.lowers[place] in TIED_ARTICLES
        and place + 2 < len(tokens)
        and tokens.texts[place + 1] == "-"
        and tokens.cases[place + 2] >= Case.TITLE
        and tokens.ends[place] == tokens.starts[place + 1]
        and tokens.ends[place + 1] == tokens.starts[place + 2]
    )


def _chunk_end(tokens: Tokens, first: int) -> int:
    """Return the end of the run of capitalised words that begins at ``first``."""
    texts, lowers, starts, ends, cases = tokens.texts, tokens.lowers, tokens.starts, tokens.ends, tokens.cases
    end = first + 1
    while end < len(tokens) and end - first < LONGEST_CHUNK:
        if starts[end] - ends[end - 1] > 1:
            break
        if cases[end] >= Case.TITLE:
            if tokens.opens[end]:
                break
            end += 1
            continue
        ahead = end
        while ahead < len(tokens) and ahead - end < 3 and lowers[ahead] in PARTICLES:
            ahead += 1
        if texts[ahead - 1] == "-" and starts[ahead - 1] != ends[ahead - 2]:
            break
        if ahead == end or ahead >= len(tokens) or cases[ahead] < Case.TITLE or tokens.opens[ahead]:
            break
        if starts[ahead] - ends[ahead - 1] > 1:
            break
        end = ahead + 1
    return end


def _in_chunk(tokens: Tokens, first: int, end: int) -> list[Candidate]:
    """List the names of the gazetteer in a chunk, the longest from each word on, and what lies between."""
    found: list[Candidate] = []
    unknown: int | None = None
    """Where a run of capitalised words began that no gazetteer has."""
    place = first
    while place < end:
        size = _longest(tokens, place, end)
        if not size:
            if _may_begin(tokens, place, end):
                unknown = place if unknown is None else unknown
            elif unknown is not None and not (
                tokens.lowers[place] == "of" and tokens.lowers[place - 1] in GENERIC_BEFORE
            ):
                found.append(_make(tokens, unknown, place, first, end))
                unknown = None
            place += 1
            continue
        begin = place
        if unknown is not None:
            if tokens.lowers[unknown] in GENERIC_BEFORE and tokens.lowers[place - 1] in GENERIC_BEFORE | {
                "of"
            }:
                begin = unknown
            elif tokens.lowers[place - 1] != "of":
                found.append(_make(tokens, unknown, place, first, end))
            unknown = None
        place += size
        if place < end and tokens.lowers[place] in GENERIC_AFTER and tokens.cases[place] >= Case.TITLE:
            place += 1
        found.append(_make(tokens, begin, place, first, end))
    if unknown is not None:
        found.append(_make(tokens, unknown, end, first, end))
    return found


def _may_begin(tokens: Tokens, place: int, end: int) -> bool:
    """Tell whether a word may belong to a name that no gazetteer has: "Lake" only where a name follows."""
    word = tokens.lowers[place]
    if tokens.cases[place] < Case.TITLE or len(word) < 3:
        return False
    return word not in NEVER or (word in GENERIC_BEFORE and place + 1 < end)


def _longest(tokens: Tokens, place: int, end: int) -> int:
    """Return how many tokens from ``place`` on make the longest name of the gazetteer, 0 for none."""
    if not _begins(tokens, place):
        return 0
    size = built_in().longest(tokens.texts[place : min(end, place + _LOOK_AHEAD)])
    while size > 1 and tokens.cases[place + size - 1] < Case.TITLE:
        size -= 1
    if all(
        tokens.lowers[each] in COMPASS or tokens.texts[each] == "-" for each in range(place, place + size)
    ):
        return 0
    if size == 0 or (size == 1 and len(tokens.texts[place]) < 2):
        return 0
    facts = facts_of(_name(tokens, place, place + size), style_of(tokens, place, place + size))
    if size == 1 and tokens.lowers[place] in NEVER and not _is_country_for_short(facts):
        return 0
    return size if facts.places or facts.demonyms else 0


def _is_country_for_short(facts: Facts) -> bool:
    """Tell "US" from "us": a country's abbreviation, written as one."""
    return any(e.kind is PlaceKind.COUNTRY and e.name_kind is NameKind.ABBREVIATION for e in facts.places)


def _name(tokens: Tokens, first: int, last: int) -> str:
    return " ".join(tokens.texts[first:last])


def _make(tokens: Tokens, first: int, last: int, chunk_first: int, chunk_last: int) -> Candidate:
    """Make a candidate; "Faryab Province", where no gazetteer has it so, is looked up as "Faryab"."""
    facts = facts_of(_name(tokens, first, last), style_of(tokens, first, last))
    if not facts.places and last - first > 1 and tokens.lowers[last - 1] in ADMINISTRATIVE:
        facts = facts_of(_name(tokens, first, last - 1))
    return Candidate(first, last, chunk_first, chunk_last, _name(tokens, first, last), facts)
