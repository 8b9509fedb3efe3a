"""Pieces of one dispute that no pair of statements joins: joined by who takes part and by their words.

"It warned the company" and "no such letter reached us" share no term, but the same parties say so
in the same reports, each about the warning.
"""

from __future__ import annotations

from collections.abc import Sequence

from counterclaim.claims.gist import Gist
from counterclaim.disputes.clusters import Group
from counterclaim.disputes.counts import Independence

COVERED = 1 / 3
"""Share of the smaller piece's terms that must stand in the larger one."""
FEWEST = 2
"""Terms that must stand in both at least; one will do if it is a concept and half of the smaller piece."""


def join_fragments(
    groups: Sequence[Group], gists: dict[str, Gist], independence: Independence
) -> list[Group]:
    """Join the groups that are pieces of one dispute; groups without opposition are left as they are.

    Two pieces are joined where one party denies in both, and a third of the terms of the smaller one,
    names left out, stand in the other. Sides are joined by polarity. The
    result does not depend on the order of the groups.
    """
    joinable = [g for g in groups if len(g.sides) == 2 and all(s in gists for side in g.sides for s in side)]
    pieces = [_Piece(group, gists, independence) for group in joinable]
    parent = list(range(len(pieces)))

    def find(index: int) -> int:
        while parent[index] != index:
            index = parent[index]
        return index

    for one in range(len(pieces)):
        for other in range(one + 1, len(pieces)):
            if pieces[one].belongs_with(pieces[other]):
                first, second = sorted((find(one), find(other)))
                parent[second] = first
    joined: dict[int, list[_Piece]] = {}
    for index, piece in enumerate(pieces):
        joined.setdefault(find(index), []).append(piece)
    pieced = set(map(id, joinable))
    whole = [group for group in groups if id(group) not in pieced]
    return sorted(whole + [_merge(members) for members in joined.values()], key=lambda group: group.sides)


class _Piece:
    """One group with two sides, the asserting one first."""

    def __init__(self, group: Group, gists: dict[str, Gist], independence: Independence) -> None:
        self.group = group
        sides = sorted(group.sides, key=lambda side: (-_positive(side, gists), side))
        self.asserting, self.denying = sides
        self._parties = [
            {party for s in side if (party := independence.party(gists[s].statement))} for side in sides
        ]
        self._terms = set().union(*(gists[s].terms - gists[s].names for side in sides for s in side))

    def belongs_with(self, other: _Piece) -> bool:
        if not self._parties[1] & other._parties[1]:
            return False
        shared = self._terms & other._terms
        common, smaller = len(shared), min(len(self._terms), len(other._terms))
        if common < FEWEST:
            return 2 * common >= smaller and any(term.startswith("=") for term in shared)
        return common >= COVERED * min(len(self._terms), len(other._terms))


def _positive(side: Sequence[str], gists: dict[str, Gist]) -> float:
    return sum(gists[s].positive for s in side) / len(side)


def _merge(pieces: Sequence[_Piece]) -> Group:
    if len(pieces) == 1:
        return pieces[0].group
    sides = (
        tuple(sorted(s for piece in pieces for s in piece.asserting)),
        tuple(sorted(s for piece in pieces for s in piece.denying)),
    )
    edges = sorted((j for piece in pieces for j in piece.group.opposed), key=lambda j: j.id)
    return Group(tuple(sorted(sides)), tuple(edges))
