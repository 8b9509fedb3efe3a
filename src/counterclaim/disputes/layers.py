"""One question found twice, by its words and by who is blamed: the two groups made one."""

from __future__ import annotations

from collections.abc import Sequence

from counterclaim.disputes.clusters import Group

SHARE = 1 / 2
"""Share of the smaller dispute's statements that must stand in the other one for the two to be one."""
PURE = 0.95
"""By how much of the shared statements the two must agree on who stands against whom."""


def absorb(
    blame: Sequence[Group], groups: Sequence[Group], held: Sequence[tuple[str, str]] = ()
) -> tuple[list[Group], list[Group]]:
    """Join each two-sided group into the blaming group that shares enough statements with it.

    Returns the blaming groups, some larger, and the groups that are left. The statements of a side go
    to the side that holds more of them, the other side's to the other. A group that stands on one of the
    pairs ``held``, which people judged to be opposed, is left as it is.
    """
    decided = {end for pair in held for end in pair}
    taken: list[list[set[str]]] = [[set(side) for side in group.sides] for group in blame]
    edges = [list(group.opposed) for group in blame]
    home = {
        member: (number, place)
        for number, group in enumerate(blame)
        if len(group.sides) == 2
        for place, side in enumerate(group.sides)
        for member in side
    }
    left = []
    for group in groups:
        votes: dict[int, int] = {}
        shared: dict[int, int] = {}
        for turn, side in zip((1, -1), group.sides if len(group.sides) == 2 else (), strict=False):
            for member in side:
                if member in home:
                    number, place = home[member]
                    shared[number] = shared.get(number, 0) + 1
                    votes[number] = votes.get(number, 0) + (turn if place == 0 else -turn)
        best = max(shared, key=lambda number: (shared[number], -number), default=None)
        size = min(_size(group), _size(blame[best])) if best is not None else 0
        if any(member in decided for side in group.sides for member in side):
            best = None
        if best is None or shared[best] < SHARE * size or abs(votes[best]) < PURE * shared[best]:
            left.append(group)
            continue
        order = group.sides if votes[best] > 0 else group.sides[::-1]
        for place, side in enumerate(order):
            taken[best][place] |= {member for member in side if member not in home}
        edges[best] += group.opposed
    whole = [
        Group(
            tuple(sorted(tuple(sorted(side)) for side in sides)), tuple(sorted(edges[i], key=lambda j: j.id))
        )
        for i, sides in enumerate(taken)
    ]
    return sorted(whole, key=lambda group: group.sides), left


def _size(group: Group) -> int:
    return sum(map(len, group.sides))
