"""Stretches of a text that may name a place: names of the gazetteer, and capitalised words it lacks."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from counterclaim.places.gazetteer import Entry, NameKind, built_in
from counterclaim.places.tokens import Case, Tokens
from counterclaim.places.words import GENERIC_AFTER, GENERIC_BEFORE, NEVER, PARTICLES

LONGEST_CHUNK = 40
"""Capitalised words are looked at as one name up to this many; a text in capitals has no end of them."""
_MOST_ENTRIES = 40
_LOOK_AHEAD = 10


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


@lru_cache(maxsize=32768)
def facts_of(name: str) -> Facts:
    """Return what the gazetteer knows of a name."""
    entries = built_in().lookup(name, limit=_MOST_ENTRIES)
    return Facts(
        tuple(entry for entry in entries if entry.name_kind is not NameKind.DEMONYM),
        tuple(entry for entry in entries if entry.name_kind is NameKind.DEMONYM),
    )


def find_candidates(tokens: Tokens) -> list[Candidate]:
    """List the stretches that may name a place, in order, none overlapping another."""
    found: list[Candidate] = []
    place = 0
    while place < len(tokens):
        if tokens.cases[place] < Case.TITLE:
            place += 1
            continue
        end = _chunk_end(tokens, place)
        found += _in_chunk(tokens, place, end)
        place = end
    return found


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
    gazetteer = built_in()
    found: list[Candidate] = []
    unknown: int | None = None
    place = first
    while place < end:
        word = tokens.texts[place]
        if tokens.cases[place] < Case.TITLE:
            if unknown is not None:
                found.append(_make(tokens, unknown, place, first, end))
                unknown = None
            place += 1
            continue
        size = gazetteer.longest(tokens.texts[place : min(end, place + _LOOK_AHEAD)])
        while size > 1 and tokens.cases[place + size - 1] < Case.TITLE:
            size -= 1
        if size == 1 and (tokens.lowers[place] in NEVER or len(word) < 2):
            size = 0
        if (
            size
            and not facts_of(_name(tokens, place, place + size)).places
            and not facts_of(_name(tokens, place, place + size)).demonyms
        ):
            size = 0
        if not size:
            if tokens.lowers[place] in NEVER or len(word) < 3:
                if unknown is not None:
                    found.append(_make(tokens, unknown, place, first, end))
                    unknown = None
            elif unknown is None:
                unknown = place
            place += 1
            continue
        if unknown is not None:
            if unknown == place - 1 and tokens.lowers[unknown] in GENERIC_BEFORE:
                found.append(_make(tokens, unknown, place + size, first, end))
                place += size
                unknown = None
                continue
            found.append(_make(tokens, unknown, place, first, end))
            unknown = None
        stop = place + size
        if stop < end and tokens.lowers[stop] in GENERIC_AFTER and tokens.cases[stop] >= Case.TITLE:
            stop += 1
        found.append(_make(tokens, place, stop, first, end))
        place = stop
    if unknown is not None:
        found.append(_make(tokens, unknown, end, first, end))
    return found


def _name(tokens: Tokens, first: int, last: int) -> str:
    return " ".join(tokens.texts[first:last])


def _make(tokens: Tokens, first: int, last: int, chunk_first: int, chunk_last: int) -> Candidate:
    """Make a candidate."""
    name = _name(tokens, first, last)
    return Candidate(first, last, chunk_first, chunk_last, name, facts_of(name))
