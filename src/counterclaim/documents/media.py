"""Agencies and outlets named in running text: from whom a report has a statement, and its words for it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache, lru_cache
from typing import NamedTuple

from counterclaim.documents.agencies import normal_name, pattern
from counterclaim.lexicons import read_lexicon

_BEFORE = 300
_AFTER = 200
_CUT = re.compile(r"[.!?][”\"’)]*\s+(?=[“\"(]?[A-Z])|\n")
_ABBREVIATED = re.compile(r"(?:\b[A-Z]|\b(?:Mr|Mrs|Ms|Dr|Gen|Col|Lt|Capt|Maj|Sgt|Gov|Sen|Rep|St|No))\.$")


class Told(NamedTuple):
    """A medium by which a statement came, and from where to where the text says so."""

    name: str
    start: int
    end: int


@cache
def medium() -> str:
    """Return a regular expression, without groups, that matches the name of an agency or outlet."""
    lexicon = read_lexicon("media")
    outlets = "|".join(
        re.escape(name) for name in sorted(lexicon["outlets"], key=lambda name: (-len(name), name))
    )
    endings = "|".join(
        re.escape(name) for name in sorted(lexicon["endings"], key=lambda name: (-len(name), name))
    )
    kinds = "|".join(re.escape(name) for name in lexicon["kinds"])
    named = rf"(?:[A-Z][\w'’-]+ ){{1,3}}(?:{endings})"
    told_by_kind = rf"(?:[A-Z][\w-]+(?:’s|'s)? )?(?i:{kinds})"
    return rf"(?:{pattern()}|\b(?:[Tt]he )?(?:{named}|{outlets}|{told_by_kind})\b)"


@cache
def _forms() -> tuple[re.Pattern[str], ...]:
    """Return the forms by which a sentence says from whom it has its words, the last hand first."""
    name = rf"(?P<name>{medium()})"
    someone = (
        r"(?:(?:a|an|its|the) (?:\w+ )?(?:reporter|correspondent|journalist)s? (?:of|for|from|with|at) )?"
    )
    article = (
        r"(?:(?:the|[A-Z]\w+(?:’s|'s)) )?(?:(?:official|state|state-run|local|private|news|daily|newspaper"
        r"|broadcaster|channel|network|agency|website) ){0,3}"
    )
    return (
        re.compile(rf"\b(?:citing|quoting|cited|quoted by|cited by) {article}{name}"),
        re.compile(
            rf"\b(?:(?:told|tells|telling|speaking to|spoke to|speaking with|spoke with|talking to|talked to|"
            rf"speaking on|in an interview (?:with|to|on)|interview (?:with|to|on)|[Aa]ccording to|"
            rf"reported by|(?:remarks|comments|statement|interview|speech|footage) (?:\w+ )?"
            rf"(?:carried|published|broadcast|aired|reported|released|shown) (?:by|on|in)|"
            rf"remarks to|comments to|a statement to) "
            rf"{someone}{article}{name})"
        ),
        re.compile(rf"{name}(?: \w+){{0,2}} (?:quoted|cited|quotes|cites)\b"),
    )


def told_through(text: str, start: int, end: int, inside: Iterable[tuple[int, int]] = ()) -> Told | None:
    """Return the medium that the sentence around characters ``start`` to ``end`` names as its source.

    "He told AFP", "according to SANA", "state television quoted him as saying"; where several are named,
    the one from which the others have it. What stands within the ranges ``inside``, the words told
    themselves, does not count.
    """
    ranges = list(inside)
    begin = max(0, start - _BEFORE)
    for match in _CUT.finditer(text, begin, min(len(text), start + 2)):
        if match.end() <= start and not _ABBREVIATED.search(text[begin : match.start() + 1]):
            begin = match.end()
    stop = min(len(text), end + _AFTER)
    for match in _CUT.finditer(text, end, min(len(text), stop + 2)):
        if not _ABBREVIATED.search(text[end : match.start() + 1]):
            stop = match.start()
            break
    for form in _forms():
        for found in form.finditer(text, begin, stop):
            if not any(
                first <= found.start() < last and _goes_on(text[found.end() : last]) for first, last in ranges
            ):
                return Told(normal_name(found.group("name")), found.start(), found.end())
    return None


def _goes_on(words: str) -> bool:
    """Tell whether the words told go on: "the dam held, according to SANA" names it for the whole."""
    return any(letter.isalnum() for letter in words)


@lru_cache(maxsize=1 << 16)
def medium_named(words: str) -> str | None:
    """Return the agency or outlet that ``words`` are a name of, None where they name anything else.

    ``The official SANA news agency`` is one, ``a reporter for the Larre Post`` is not.
    """
    found = _whole().fullmatch(" ".join(words.split()))
    return normal_name(found.group("name")) if found else None


@cache
def _whole() -> re.Pattern[str]:
    lead = r"(?:[Aa] report (?:by|in|from) |[Rr]eports (?:by|in|from) )?(?:[Tt]he )?"
    adjectives = (
        r"(?:(?:official|state|state-run|pro-government|local|private|semi-official|[A-Z]\w+(?:’s|'s)) ){0,2}"
    )
    kind = r"(?:(?:[Nn]ews )?agency |newspaper |broadcaster |channel |network |daily )?"
    tail = (
        r"(?:,? (?:news agency|newspaper|television|channel|TV|network|website|daily))?(?: \([A-Z]{2,6}\))?"
    )
    return re.compile(rf"{lead}{adjectives}{kind}(?P<name>{medium()}){tail},?")
