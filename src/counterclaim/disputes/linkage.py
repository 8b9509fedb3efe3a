"""Groups of statements from signed pairs: average linkage, so that a chain of pairs joins nothing by itself.

Who did it, and how many died, is compared pair by pair, and reports of one week resemble those of the week
before: joined by single pairs, years of a war become one question. Here two groups are joined only where
the sum over all their pairs, those that nobody compared counted as 0, reaches a share of the number of pairs
(UPGMA; Sokal and Michener 1958), for pairs with signs: +1 on one side, -1 on opposite sides, the second
group turned round where that fits better. Whole numbers and sorted ids make the result the same in any order.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterable


class _Node:
    def __init__(self, index: int, member: str) -> None:
        self.index = index
        self.signs = {member: 1}
        self.sums: dict[int, int] = {}
        self.alive = True

    def turn(self) -> None:
        self.signs = {member: -sign for member, sign in self.signs.items()}


def join_signed(edges: Iterable[tuple[str, str, int]], least: float) -> list[dict[str, int]]:
    """Group the ends of the edges (one, other, sign); each group gives its members their side, 1 or -1.

    ``least`` is the share of all pairs between two groups that must speak for joining them, those that
    speak against taken off. Groups are sorted by their first members, of which the first has the side 1.
    """
    known = sorted(edges)
    names = sorted({member for one, other, _ in known for member in (one, other)})
    nodes = [_Node(index, name) for index, name in enumerate(names)]
    place = {name: index for index, name in enumerate(names)}
    for one, other, sign in known:
        for a, b in ((place[one], place[other]), (place[other], place[one])):
            nodes[a].sums[b] = nodes[a].sums.get(b, 0) + sign
    heap: list[tuple[float, int, int]] = []

    def share(one: _Node, other: _Node) -> float:
        return abs(one.sums.get(other.index, 0)) / (len(one.signs) * len(other.signs))

    def offer(one: _Node, other: _Node) -> None:
        found = share(one, other)
        if found >= least and found > 0:
            low, high = sorted((one.index, other.index))
            heapq.heappush(heap, (-found, low, high))

    for node in nodes:
        for third in node.sums:
            if node.index < third:
                offer(node, nodes[third])
    while heap:
        found, low, high = heapq.heappop(heap)
        kept, gone = nodes[low], nodes[high]
        if kept.alive and gone.alive and -found == share(kept, gone):
            _merge(kept, gone, nodes)
            for third in kept.sums:
                offer(kept, nodes[third])
    groups = [_first_up(node.signs) for node in nodes if node.alive]
    return sorted(groups, key=min)


def _merge(kept: _Node, gone: _Node, nodes: list[_Node]) -> None:
    """Take one node into the other, turned round where the two stand against each other."""
    sign = 1 if kept.sums[gone.index] > 0 else -1
    if sign < 0:
        gone.turn()
    kept.signs |= gone.signs
    gone.alive = False
    del kept.sums[gone.index]
    for third, value in gone.sums.items():
        if third == kept.index:
            continue
        nodes[third].sums.pop(gone.index)
        total = kept.sums.get(third, 0) + sign * value
        kept.sums[third] = nodes[third].sums[kept.index] = total


def _first_up(signs: dict[str, int]) -> dict[str, int]:
    turn = signs[min(signs)]
    return {member: sign * turn for member, sign in sorted(signs.items())}
