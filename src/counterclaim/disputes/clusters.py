"""From signed edges to claims, positions and disputes.

The result depends on the set of statements and judgements alone, not on their order: edges are
taken from the surest to the least sure, ties broken by their ids.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from counterclaim.model import Judgement, JudgementKind

_SIGNS = {JudgementKind.SAME_CLAIM: 1, JudgementKind.OPPOSED: -1}
_VETOES = {
    JudgementKind.NOT_SAME_CLAIM: JudgementKind.SAME_CLAIM,
    JudgementKind.NOT_OPPOSED: JudgementKind.OPPOSED,
}


def effective_edges(judgements: Iterable[Judgement]) -> list[Judgement]:
    """Return the same-claim and opposed judgements that stand, from the surest to the least sure.

    A judgement by a person goes before any by a program, and one that says "not" takes away the
    programs' judgement of that pair.
    """
    known = list(judgements)
    vetoed = {(_VETOES[j.kind], j.left, j.right) for j in known if j.kind in _VETOES}
    edges = [j for j in known if j.kind in _SIGNS and (j.kind, j.left, j.right) not in vetoed]
    decided = {(j.left, j.right) for j in edges if not by_program(j)}
    edges = [j for j in edges if not by_program(j) or (j.left, j.right) not in decided]
    return sorted(edges, key=lambda j: (by_program(j), -j.confidence, j.id))


def by_program(judgement: Judgement) -> bool:
    """Tell whether a program made the judgement."""
    return judgement.author.startswith("program:")


class SignedClusters:
    """Groups of statements joined by edges, each with the side on which every member stands.

    Every member carries a group and a sign; joining by a same-claim edge keeps signs, by an
    opposed edge reverses them (union-find with parity). An edge that contradicts surer ones is
    passed over, so that no statement is opposed to itself.
    """

    def __init__(self, members: Iterable[str]) -> None:
        self._parent = {member: member for member in members}
        self._sign = dict.fromkeys(self._parent, 1)

    def find(self, member: str) -> tuple[str, int]:
        """Return the root of the member's group and the member's sign relative to it."""
        path = []
        while self._parent[member] != member:
            path.append(member)
            member = self._parent[member]
        sign = 1
        for node in reversed(path):
            sign *= self._sign[node]
            self._parent[node], self._sign[node] = member, sign
        return member, (sign if path else 1)

    def join(self, one: str, other: str, sign: int) -> bool:
        """Join two members with the given sign; False where surer edges say otherwise."""
        (first, first_sign), (second, second_sign) = self.find(one), self.find(other)
        if first == second:
            return first_sign * second_sign == sign
        first, second = sorted((first, second))
        self._parent[second] = first
        self._sign[second] = first_sign * second_sign * sign
        return True


def partition(
    statements: Sequence[str], edges: Sequence[Judgement]
) -> tuple[list[list[list[str]]], list[Judgement]]:
    """Return groups of statements, each as its positions, and the edges that were used.

    A group without an opposed edge has one position: a claim that nobody contradicts. Rival
    values are positions of their own; otherwise a group has at most two. Everything is sorted.
    """
    members = set(statements)
    rivals = [j for j in edges if j.basis == "rival-value"]
    clusters = SignedClusters(sorted(members))
    used = []
    for judgement in edges:
        if judgement.basis == "rival-value" or not {judgement.left, judgement.right} <= members:
            continue
        if clusters.join(judgement.left, judgement.right, _SIGNS[judgement.kind]):
            used.append(judgement)
    sides: dict[tuple[str, int], list[str]] = defaultdict(list)
    for statement in sorted(members):
        sides[clusters.find(statement)].append(statement)
    groups: dict[str, list[list[str]]] = defaultdict(list)
    for (root, _), side in sorted(sides.items(), key=lambda item: item[1]):
        groups[root].append(side)
    return _with_rivals(sorted(groups.values()), [j for j in rivals if {j.left, j.right} <= members], used)


def _with_rivals(
    groups: list[list[list[str]]], rivals: list[Judgement], used: list[Judgement]
) -> tuple[list[list[list[str]]], list[Judgement]]:
    """Join groups that hold rival values into one, each value a position of its own."""
    place = {statement: index for index, group in enumerate(groups) for side in group for statement in side}
    parent = list(range(len(groups)))

    def find(index: int) -> int:
        while parent[index] != index:
            index = parent[index]
        return index

    for judgement in rivals:
        one, other = find(place[judgement.left]), find(place[judgement.right])
        if place[judgement.left] == place[judgement.right]:
            continue
        used.append(judgement)
        parent[max(one, other)] = min(one, other)
    joined: dict[int, list[list[str]]] = defaultdict(list)
    for index, group in enumerate(groups):
        joined[find(index)] += group
    return sorted(sorted(group) for group in joined.values()), used
