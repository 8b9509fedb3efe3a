"""Where a report is from, as its dateline and its publisher tell: a hint for the names in it."""

from __future__ import annotations

from collections.abc import Iterator

from counterclaim.model import Document
from counterclaim.places.candidates import facts_of, find_candidates
from counterclaim.places.gazetteer import Entry
from counterclaim.places.tokens import Tokens, tokenise
from counterclaim.places.words import COUNTRY_WORDS

_LEAST_LETTERS = 4
_TAKEN = 3


def home_of(document: Document) -> list[Entry]:
    """Return the places that the names in the dateline and in the publisher's name may mean.

    Of an ambiguous name the likeliest few are returned: what the report speaks of decides among them.
    """
    dateline = document.dateline.quote if document.dateline else ""
    return [*_named(dateline), *publisher_homes(document.publisher)]


def publisher_homes(publisher: str | None) -> tuple[Entry, ...]:
    """Return the places that the names in a publisher's name may mean."""
    return tuple(_named(publisher or ""))


def _named(text: str) -> Iterator[Entry]:
    for candidate in find_candidates(tokenise(text.title() if text.isupper() else text)):
        if len(candidate.name) >= _LEAST_LETTERS:
            facts = facts_of(candidate.name)
            yield from facts.places[:_TAKEN] or facts.demonyms[:1]


def countries_spoken_of(tokens: Tokens) -> list[str]:
    """Return the country of each different word that is at home in one ("garda", "felony", "crore")."""
    return [COUNTRY_WORDS[word] for word in sorted(set(tokens.lowers) & COUNTRY_WORDS.keys())]
