"""Which pairs of statements of two reports are worth a decision, without looking at all of them.

Every rule that compares statements of two reports needs something that both have: two terms, a term, a
number, a side that is blamed, a place that is held, or a reference from one to the other. The pairs that have
it are found by what they have; for all others the rules would say nothing (a test holds this against all
pairs).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Protocol

from counterclaim.claims.gist import Gist

TERMS = 2
"""Terms that two gists share where their words are compared."""

Index = dict[str, list[int]]
"""For each term the places, in a sequence of gists or sketches, of those that have it."""


class Worded(Protocol):
    """A gist or a sketch: something with terms."""

    @property
    def terms(self) -> frozenset[str]:
        """The terms that are compared."""
        ...


def index_of(several: Sequence[Worded]) -> Index:
    """Return where each term stands."""
    index: defaultdict[str, list[int]] = defaultdict(list)
    for place, each in enumerate(several):
        for term in each.terms:
            index[term].append(place)
    return dict(index)


def sharing(one: Worded, index: Index, least: int) -> list[int]:
    """Return the places in an index that share at least so many terms with this, sorted."""
    shared: Counter[int] = Counter()
    for term in one.terms & index.keys():
        shared.update(index[term])
    return sorted(place for place, count in shared.items() if count >= least)


def gist_pairs(
    own: Sequence[Gist], others: Sequence[Gist], index: Index
) -> Iterator[tuple[Gist, list[Gist]]]:
    """Give each gist with those of another report that it may have to do with; ``index`` is of ``others``."""
    ids = {other.statement.id: place for place, other in enumerate(others)}
    referring = _referring(others)
    numbered = [place for place, other in enumerate(others) if other.quantities]
    blaming = [place for place, other in enumerate(others) if other.blame]
    holding = [place for place, other in enumerate(others) if other.control]
    for gist in own:
        places = set(sharing(gist, index, TERMS))
        if gist.quantities:
            places.update(numbered)
        if gist.blame:
            places.update(blaming)
        if gist.control:
            places.update(holding)
        places.update(ids[each] for each in gist.statement.refers_to if each in ids)
        places.update(referring.get(gist.statement.id, ()))
        if places:
            yield gist, [others[place] for place in sorted(places)]


def _referring(gists: Iterable[Gist]) -> dict[str, list[int]]:
    found: defaultdict[str, list[int]] = defaultdict(list)
    for place, gist in enumerate(gists):
        for each in gist.statement.refers_to:
            found[each].append(place)
    return found
