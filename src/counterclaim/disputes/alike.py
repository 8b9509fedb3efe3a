"""Claims that the pair model holds for one: average linkage over what stands after the rules.

The rules join and oppose statements one pair at a time. The model's probabilities are weaker, and a chain
of weak pairs would join everything; so two claims are joined only where the *mean* over all their
pairs, those not compared counted as 0, reaches a threshold (UPGMA; Sokal and Michener 1958). Sides of a
dispute are left as the rules made them: to put a statement on a side, words in common are not enough.
Whole numbers and sorted ids make the result the same in any order.
"""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Iterable, Sequence

from counterclaim.disputes.clusters import Group
from counterclaim.model import Judgement

JOINED = 0.08
"""Mean probability from which two claims are one."""
_STEPS = 10_000
"""Probabilities are counted in steps of a ten-thousandth."""


class _Node:
    """One side of one group while it grows."""

    def __init__(self, index: int, group: int, members: Sequence[str], *, disputed: bool) -> None:
        self.index = index
        self.group = group
        self.members = list(members)
        self.disputed = disputed
        self.sums: dict[int, int] = {}
        self.alive = True


def join_alike(
    groups: Sequence[Group], alike: Iterable[Judgement], apart: Iterable[tuple[str, str]] = ()
) -> list[Group]:
    """Join the undisputed ``groups`` that make one claim; ``apart`` are pairs that people hold apart."""
    nodes: list[_Node] = []
    groups = sorted(groups, key=lambda group: group.sides)
    for number, group in enumerate(groups):
        for side in group.sides:
            nodes.append(_Node(len(nodes), number, side, disputed=len(group.sides) > 1))
    home = {member: node.index for node in nodes for member in node.members}
    for judgement in alike:
        one, other = home.get(judgement.left), home.get(judgement.right)
        if one is None or other is None or one == other:
            continue
        value = round(judgement.confidence * _STEPS)
        for a, b in ((one, other), (other, one)):
            nodes[a].sums[b] = nodes[a].sums.get(b, 0) + value
    barred: dict[int, set[int]] = defaultdict(set)
    for left, right in apart:
        if left in home and right in home:
            barred[home[left]].add(home[right])
            barred[home[right]].add(home[left])
    _grow(nodes, barred)
    sides: dict[int, list[tuple[str, ...]]] = defaultdict(list)
    for node in nodes:
        if node.alive:
            sides[node.group].append(tuple(sorted(node.members)))
    return sorted(
        (Group(tuple(sorted(found)), groups[number].opposed) for number, found in sides.items()),
        key=lambda group: group.sides,
    )


def _grow(nodes: list[_Node], barred: dict[int, set[int]]) -> None:
    heap: list[tuple[float, int, int]] = []

    def offer(one: _Node, other: _Node) -> None:
        if one.disputed or other.disputed:
            return
        mean = one.sums[other.index] / (_STEPS * len(one.members) * len(other.members))
        if mean >= JOINED:
            low, high = sorted((one.index, other.index))
            heapq.heappush(heap, (-mean, low, high))

    for node in nodes:
        for third in node.sums:
            if node.index < third:
                offer(node, nodes[third])
    while heap:
        mean, low, high = heapq.heappop(heap)
        kept, gone = nodes[low], nodes[high]
        if not (kept.alive and gone.alive) or high in barred[low]:
            continue
        if -mean != kept.sums[high] / (_STEPS * len(kept.members) * len(gone.members)):
            continue
        kept.members += gone.members
        gone.alive = False
        barred[kept.index] |= barred[gone.index]
        for third in barred[gone.index]:
            barred[third].add(kept.index)
        for third, value in gone.sums.items():
            nodes[third].sums.pop(gone.index, None)
            if third != kept.index:
                total = kept.sums.get(third, 0) + value
                kept.sums[third] = nodes[third].sums[kept.index] = total
        kept.sums.pop(gone.index, None)
        for third in kept.sums:
            if nodes[third].alive:
                offer(kept, nodes[third])
