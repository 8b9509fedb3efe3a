"""What the full-text table says of a row that matches a search, and the query's words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, NamedTuple

from counterclaim.ledger.words import folded_words

COUNTED = 50
"""Terms of a search whose occurrences count for its order."""

_WORD = re.compile(r"\"([^\"]+)\"|(\S+)")


class Match(NamedTuple):
    """A row of the full-text table that holds all the words.

    ``sequence`` is its place in the log, ``words`` how many words it has, ``occurrences`` how often the
    terms stand in it.
    """

    sequence: int
    kind: str
    key: str
    document: str
    words: int
    occurrences: int


def query_terms(query: str) -> list[list[str]]:
    """Return the words and phrases (in double quotes) of what a user typed, each as its folded words.

    What is typed as one word and holds a mark, such as ``3,500``, is a phrase. Each is given once.
    """
    found = (tuple(folded_words(phrase or word)) for phrase, word in _WORD.findall(query))
    return [list(words) for words in dict.fromkeys(found) if words]


def body_of(words: Sequence[str]) -> str:
    """Return words as the full-text table holds them: with a space before, between and after."""
    return f" {' '.join(words)} "


def occurrences(terms: Sequence[Sequence[str]]) -> tuple[str, dict[str, Any]]:
    """Return SQL for how often the terms stand in the column ``body``, with its parameters.

    A word that stands twice in a row shares the space between and is counted once. Of many terms the
    first COUNTED are, as databases take sums of some length only.
    """
    parts, parameters = [], {}
    for number, term in enumerate(terms[:COUNTED]):
        sought = body_of(term)
        parts.append(f"(length(body) - length(replace(body, :sought{number}, ' '))) / {len(sought) - 1}")
        parameters[f"sought{number}"] = sought
    return " + ".join(parts), parameters
