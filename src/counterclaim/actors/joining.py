"""Groups of actors, joined by links and held apart by judgements.

The result depends on the set of links alone, not on their order: they are taken from the surest to the
least sure, ties broken by what they join.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from enum import IntEnum

import msgspec


class Rule(IntEnum):
    """Why two actors are taken for one, from the surest to the least sure."""

    ANALYST = 0
    SAME_ID = 1
    KNOWN = 2
    SAME_NAME = 3
    STATE_BODY = 4
    ACRONYM = 5
    ALIAS = 6
    SPELLING = 7
    FULLER_NAME = 8
    CONTEXT = 9

    @property
    def label(self) -> str:
        """The rule as one word for a reader and for JSON."""
        return self.name.casefold().replace("_", "-")


class Link(msgspec.Struct, frozen=True, order=True):
    """That two nodes are one actor, by which rule, and the names or facts on which it rests.

    A node is an id that reports give, an actor of one document (``KEY/ID``), or a thing known beforehand.
    """

    rule: Rule
    left: str
    right: str
    reason: str = ""


class Groups:
    """Nodes joined into groups, with pairs that must not come together (union-find with exclusions).

    ``anchor`` gives for some nodes the thing that they are known to be; groups that hold different
    ones are joined by nobody but people.
    """

    def __init__(self, anchor: Callable[[str], str | None] = lambda _node: None) -> None:
        self._anchor = anchor
        self._anchors: dict[str, frozenset[str]] = {}
        self._parent: dict[str, str] = {}
        self._apart: defaultdict[str, set[str]] = defaultdict(set)
        self.taken: list[Link] = []
        self.supporting: list[Link] = []
        """Links between nodes that surer ones had joined already."""
        self.refused: list[Link] = []

    def add(self, node: str) -> None:
        """Make a node known: a group of its own at first."""
        if node not in self._parent:
            self._parent[node] = node
            anchor = self._anchor(node)
            self._anchors[node] = frozenset() if anchor is None else frozenset({anchor})

    def find(self, node: str) -> str:
        """Return the node that stands for a node's group."""
        self.add(node)
        root = node
        while self._parent[root] != root:
            root = self._parent[root]
        while self._parent[node] != root:
            self._parent[node], node = root, self._parent[node]
        return root

    def part(self, one: str, other: str) -> bool:
        """Hold two nodes apart from now on; False where they are joined already."""
        first, second = self.find(one), self.find(other)
        if first == second:
            return False
        self._apart[first].add(second)
        self._apart[second].add(first)
        return True

    def held_apart(self, node: str, others: Iterable[str]) -> int:
        """Count the groups of some nodes from which a node is held apart."""
        return len(self._apart.get(self.find(node), set()) & {self.find(other) for other in others})

    def join(self, link: Link) -> bool:
        """Join two nodes; False, and nothing done, where they are held apart."""
        first, second = sorted((self.find(link.left), self.find(link.right)))
        if first == second:
            self.supporting.append(link)
            return True
        known, also = self._anchors[first], self._anchors[second]
        different = bool(known) and bool(also) and known.isdisjoint(also) and link.rule is not Rule.ANALYST
        if different or second in self._apart[first]:
            self.refused.append(link)
            return False
        self._parent[second] = first
        self._anchors[first] = known | also
        for other in self._apart.pop(second, set()):
            self._apart[other].discard(second)
            self._apart[other].add(first)
            self._apart[first].add(other)
        self.taken.append(link)
        return True

    def join_all(self, links: Iterable[Link]) -> None:
        """Join by every link, the surest first."""
        for link in sorted(links):
            self.join(link)
