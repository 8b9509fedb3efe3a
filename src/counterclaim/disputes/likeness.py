"""Whether two reports tell of one matter: how much of the lighter one's telling words the other has too.

Two reports meet by names and weeks (``blocking``), and in the coverage of a war or an election nearly all
share two names. Their statements are compared only where the reports also share words: the terms of the
sentences with statements, each weighed by its rarity, every name alike. The measure is the overlap
coefficient (Szymkiewicz 1934; Simpson 1960), so that a brief is as near to a long report as it can be.
It depends on the two reports alone.
"""

from __future__ import annotations

import math
import sys
from collections.abc import Iterable

import msgspec

from counterclaim.claims.sketch import NAME, Sketch, rarity

ALIKE = 0.15
"""Likeness from which statements of two reports are compared. Over the six dev stories, cross-validated,
F1 of same and opposed pairs is no lower than with all pairs, at a sixth of the pairs of an archive."""
CLOSELY = 0.25
"""Likeness from which weak signs that two statements are one claim are told as well."""


class Words(msgspec.Struct, frozen=True, array_like=True):
    """The terms of a report's sentences with statements, those of them that are names, and their weight."""

    terms: frozenset[str]
    names: frozenset[str]
    weight: float

    def interned(self) -> Words:
        """Return the same words; thousands of reports that are remembered share each one's memory."""
        terms, names = (frozenset(map(sys.intern, each)) for each in (self.terms, self.names))
        return Words(terms, names, self.weight)


def words_of(sketches: Iterable[Sketch]) -> Words:
    """Return the words by which a report with these sketches is held against others."""
    drawn = list(sketches)
    terms = frozenset().union(*(sketch.around for sketch in drawn))
    names = frozenset().union(*(sketch.named for sketch in drawn)) & terms
    return Words(terms, names, rarity().weight(terms, names))


def likeness(one: Words, other: Words) -> float:
    """Return the weight of what two reports share, as a share of the lighter one's: about 0 to 1."""
    shared = one.terms & other.terms
    if not shared:
        return 0.0
    names = shared & (one.names | other.names)
    known = rarity()
    # exact, so that the order of a set changes nothing
    plain = math.fsum(known.terms.get(term, known.other) for term in shared - names)
    return (plain + NAME * len(names)) / (min(one.weight, other.weight) or 1)
