"""Thin merges: actors that one weak piece of evidence joins, as a surname that fits just one person."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import NamedTuple

from counterclaim.actors import ActorIndex
from counterclaim.actors.gathering import Unit
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
    they say that the two are not one. ``parts`` are what documents know of the actor on either side of the
    link, on the side of ``left`` first.
    """

    link: Link
    left: str
    right: str
    apart: str
    parts: tuple[tuple[Unit, ...], tuple[Unit, ...]]


class ThinMerges:
    """The thin merges of every actor of an index, found when they are asked for.

    ``groups`` names for a document's key its group of copies: what a report and its copy say of an actor
    of one name is one piece of evidence.
    """

    def __init__(self, index: ActorIndex, groups: Mapping[str, str]) -> None:
        self._index = index
        self._folded = {
            unit.ref: f"{groups.get(unit.document, unit.document)}/{unit.id}"
            for identity in index.identities.values()
            for unit in identity.units
        }
        self._links = _by_identity(index)
        self._found: dict[str, tuple[ThinMerge, ...]] = {}

    def of(self, actor: str) -> tuple[ThinMerge, ...]:
        """Return the thin merges of one actor, by its id across documents, in order of their ends."""
        if actor not in self._found:
            self._found[actor] = tuple(self._find(actor))
        return self._found[actor]

    def _find(self, actor: str) -> list[ThinMerge]:
        evidence: defaultdict[Pair, list[Link]] = defaultdict(list)
        for link in self._links.get(actor, ()):
            one, other = sorted(self._folded.get(node, node) for node in (link.left, link.right))
            if one != other:
                evidence[one, other].append(link)
        units = self._index.identities[actor].units
        found: list[ThinMerge] = []
        for pair, below in sorted(bridges(evidence).items()):
            link = min(evidence[pair])
            if link.rule not in UNCERTAINTY:
                continue
            first = self._folded.get(link.left, link.left) in below
            parts = (
                tuple(unit for unit in units if (self._folded[unit.ref] in below) is first),
                tuple(unit for unit in units if (self._folded[unit.ref] in below) is not first),
            )
            merge = self._merge(link, parts) if all(parts) else None
            if merge is not None and not any(set(merge[1:3]) == set(each[1:3]) for each in found):
                found.append(merge)
        return found

    def _merge(self, link: Link, parts: tuple[tuple[Unit, ...], tuple[Unit, ...]]) -> ThinMerge:
        """Name the ends; a surname in reports about one country, which no judgement can name, by a report."""
        if self._index.knows(link.right):
            return ThinMerge(link, link.left, link.right, link.right, parts)
        other = min(parts[1], key=lambda unit: unit.ref)
        return ThinMerge(link, link.left, other.ref, other.id, parts)


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
