"""Groups of statements kept to what people decided: who says "not the same" is not overruled by a chain.

Programs join statements pair by pair, and groups of them by averages. So two statements that a person
holds apart could still meet in one claim, by way of a third. Here a group in which that happens is
made again from its own edges, the surest first, where no step may bring together what people hold
apart; what no edge joins goes to the largest piece that takes its sides and that it may join. Groups
that keep to all decisions are left as they are.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from counterclaim.disputes.clusters import Group
from counterclaim.model import Judgement, JudgementKind
from counterclaim.model.judgement import by_program

_NOT_ONE_SIDE = frozenset({JudgementKind.NOT_SAME_CLAIM, JudgementKind.OPPOSED})
_NOT_TWO_SIDES = frozenset({JudgementKind.NOT_OPPOSED, JudgementKind.SAME_CLAIM})


class Bars:
    """What people's judgements forbid: two statements on one side, or on different sides of one question."""

    def __init__(self, judgements: Iterable[Judgement]) -> None:
        self._same: defaultdict[str, set[str]] = defaultdict(set)
        self._opposed: defaultdict[str, set[str]] = defaultdict(set)
        for judgement in judgements:
            for kinds, barred in ((_NOT_ONE_SIDE, self._same), (_NOT_TWO_SIDES, self._opposed)):
                if judgement.kind in kinds and not by_program(judgement):
                    barred[judgement.left].add(judgement.right)
                    barred[judgement.right].add(judgement.left)

    def __bool__(self) -> bool:
        return bool(self._same or self._opposed)

    def allow(self, one: dict[str, int], other: dict[str, int]) -> bool:
        """Tell whether two pieces may be parts of one group; each gives its members their side."""
        if len(one) > len(other):
            one, other = other, one
        for member, side in one.items():
            if any(other.get(each) == side for each in self._same.get(member, ())):
                return False
            if any(other.get(each, side) != side for each in self._opposed.get(member, ())):
                return False
        return True

    def allow_group(self, group: Group) -> bool:
        """Tell whether a group keeps to what people decided."""
        sides = {member: number for number, side in enumerate(group.sides) for member in side}
        return all(self.allow({member: side}, sides) for member, side in sides.items())


def keep_decisions(groups: Sequence[Group], edges: Sequence[Judgement], bars: Bars) -> list[Group]:
    """Return the groups, those that go against people's decisions taken apart, sorted.

    ``edges`` are those that stand, the surest first.
    """
    if not bars:
        return list(groups)
    kept = []
    for group in groups:
        kept += [group] if bars.allow_group(group) else _apart(group, edges, bars)
    return sorted(kept, key=lambda group: group.sides)


def _apart(group: Group, edges: Sequence[Judgement], bars: Bars) -> list[Group]:
    sides = {member: number for number, side in enumerate(group.sides) for member in side}
    piece_of = {member: {member: side} for member, side in sides.items()}

    def join(one: dict[str, int], other: dict[str, int]) -> None:
        if one is not other and bars.allow(one, other):
            one |= other
            piece_of.update(dict.fromkeys(other, one))

    for edge in edges:
        if edge.left in sides and edge.right in sides:
            alike = sides[edge.left] == sides[edge.right]
            if alike is (edge.kind is JudgementKind.SAME_CLAIM):
                join(piece_of[edge.left], piece_of[edge.right])
    pieces = {id(piece): piece for piece in piece_of.values()}.values()
    ordered = sorted(pieces, key=lambda piece: (-len(piece), min(piece)))
    for number, piece in enumerate(ordered):
        for larger in ordered[:number]:
            sided = set(piece.values()) <= set(larger.values())
            if sided and piece_of[min(larger)] is larger and bars.allow(larger, piece):
                join(larger, piece)
                break
    found = {id(piece): piece for piece in piece_of.values()}.values()
    return [_group(piece, group) for piece in found]


def _group(piece: dict[str, int], group: Group) -> Group:
    sides: defaultdict[int, list[str]] = defaultdict(list)
    for member, side in piece.items():
        sides[side].append(member)
    opposed = tuple(
        j for j in group.opposed if j.left in piece and j.right in piece and piece[j.left] != piece[j.right]
    )
    return Group(tuple(sorted(tuple(sorted(side)) for side in sides.values())), opposed)
