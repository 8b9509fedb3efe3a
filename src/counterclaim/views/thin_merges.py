"""Thin merges: actors that one weak piece of evidence joins, as a surname that fits just one person."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import NamedTuple

from counterclaim.actors import ActorIndex
from counterclaim.actors.joining import Link, Rule
from counterclaim.views.bridges import Pair, bridges

UNCERTAINTY = {
    Rule.ACRONYM: 0.05,
    Rule.ALIAS: 0.1,
    Rule.SPELLING: 0.15,
    Rule.FULLER_NAME: 0.2,
    Rule.CONTEXT: 0.3,
}
"""The rules that are weak evidence, and how unsure each is taken to be: set by hand, not measured."""


class ThinMerge(NamedTuple):
    """That the two parts of one actor hang together by one link alone, and that by a weak rule.

    ``left`` and ``right`` are what judgements call its ends; ``apart`` is what they call the right one where
    they say that the two are not one. ``part`` names the actors of documents (``KEY/ID``) that make up the
    smaller part, ``leftmost`` whether that is the one of ``left``.
    """

    link: Link
    left: str
    right: str
    apart: str
    part: frozenset[str]
    leftmost: bool


class ThinMerges:
    """The thin merges of every actor of an index, found when they are asked for.

    ``groups`` names for a document's key its group of copies: what a report and its copy say of an actor
    of one name is one piece of evidence. Linear in the links of the actor, but for what the parts hold.
    """

    def __init__(self, index: ActorIndex, groups: Mapping[str, str]) -> None:
        self._index = index
        self._folded = {
            unit.ref: f"{groups.get(unit.document, unit.document)}/{unit.id}"
            for identity in index.identities.values()
            for unit in identity.units
        }
        self._links = _by_identity(index)
        self._found: dict[str, dict[str, list[ThinMerge]]] = {}

    def of(self, actor: str) -> list[ThinMerge]:
        """Return the thin merges of one actor, by its id across documents, in order of their ends."""
        return sorted({each for several in self._by_part(actor).values() for each in several}, key=_ends)

    def between(self, actor: str, refs: Collection[str]) -> list[ThinMerge]:
        """Return those that part some of the actors of documents (``KEY/ID``) from the others of them."""
        found = {each for ref in refs for each in self._by_part(actor).get(ref, ())}
        return sorted((each for each in found if not each.part.issuperset(refs)), key=_ends)

    def _by_part(self, actor: str) -> dict[str, list[ThinMerge]]:
        """Return the thin merges of an actor by each actor of a document in the smaller part."""
        if actor not in self._found:
            by_part: defaultdict[str, list[ThinMerge]] = defaultdict(list)
            for merge in self._find(actor):
                for ref in merge.part:
                    by_part[ref].append(merge)
            self._found[actor] = dict(by_part)
        return self._found[actor]

    def _find(self, actor: str) -> Iterator[ThinMerge]:
        evidence: defaultdict[Pair, list[Link]] = defaultdict(list)
        for link in self._links.get(actor, ()):
            one, other = sorted(self._folded.get(node, node) for node in (link.left, link.right))
            if one != other:
                evidence[one, other].append(link)
        refs = [unit.ref for unit in self._index.identities[actor].units]
        folded: defaultdict[str, list[str]] = defaultdict(list)
        for ref in refs:
            folded[self._folded[ref]].append(ref)
        seen: set[frozenset[str]] = set()
        for pair, below in sorted(bridges(evidence).items()):
            link = min(evidence[pair])
            if link.rule not in UNCERTAINTY:
                continue
            part = frozenset(ref for node in below for ref in folded.get(node, ()))
            leftmost = self._folded.get(link.left, link.left) in below
            if (2 * len(part), refs[0] not in part) > (len(refs), False):
                part, leftmost = frozenset(ref for ref in refs if ref not in part), not leftmost
            if part and part not in seen:
                seen.add(part)
                yield self._merge(link, part, leftmost, refs)

    def _merge(self, link: Link, part: frozenset[str], leftmost: bool, refs: Sequence[str]) -> ThinMerge:
        """Name the ends; a surname in reports about one country, which no judgement can name, by a report."""
        if self._index.knows(link.right):
            return ThinMerge(link, link.left, link.right, link.right, part, leftmost)
        other = min(part) if not leftmost else next(ref for ref in refs if ref not in part)
        return ThinMerge(link, link.left, other, other.partition("/")[2], part, leftmost)


def _ends(merge: ThinMerge) -> tuple[str, str]:
    return merge.left, merge.right


def _by_identity(index: ActorIndex) -> dict[str, list[Link]]:
    """Return all links by the actor within which they are, also those that join what was joined already."""
    links = (*index.links, *index.supporting)
    within = {
        node: index.named(end)
        for link in links
        for end, node in ((link.left, link.right), (link.right, link.left))
        if index.knows(end)
    }
    found: defaultdict[str, list[Link]] = defaultdict(list)
    for link in links:
        actor = within.get(link.left) or within.get(link.right)
        if actor is not None:
            found[actor].append(link)
    return found
