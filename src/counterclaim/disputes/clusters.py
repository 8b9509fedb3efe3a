"""From signed edges to claims, positions and disputes.

The result depends on the set of statements and judgements alone, not on their order: edges are
taken from the surest to the least sure, ties broken by their ids.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

import msgspec
from msgspec.structs import replace

from counterclaim.disputes.linkage import join_signed
from counterclaim.disputes.opposition import BLAME, CONTROL, FIGURE_BASES, PARAPHRASE
from counterclaim.model import Judgement, JudgementKind
from counterclaim.model.judgement import by_program
from counterclaim.model.standing import BASIS

_SIGNS = {JudgementKind.SAME_CLAIM: 1, JudgementKind.OPPOSED: -1}
_APART = FIGURE_BASES | {BLAME, PARAPHRASE}
"""Bases that make groups of their own: how many, who did it, and what only the model holds for one."""
_WEIGHED = frozenset({BLAME, CONTROL, PARAPHRASE})
LINKED = 0.05
"""Share of the pairs of two groups that must speak for their being about one question (``linkage``)."""
_VETOES = {
    JudgementKind.NOT_SAME_CLAIM: JudgementKind.SAME_CLAIM,
    JudgementKind.NOT_OPPOSED: JudgementKind.OPPOSED,
}


def effective_edges(judgements: Iterable[Judgement], decisions: Sequence[str] = ()) -> list[Judgement]:
    """Return the same-claim and opposed judgements that stand, from the surest to the least sure.

    A judgement by a person goes before any by a program, and one that says "not" takes away the
    programs' judgement of that pair. ``decisions`` are the ids of people's judgements as they were
    recorded: the last goes first, where they contradict one another only by way of third statements.
    Who blames whom and who holds a place is weighed over all pairs; what a person decided is not.
    """
    known = [
        replace(j, basis=BASIS) if j.basis in _WEIGHED and j.kind in _SIGNS and not by_program(j) else j
        for j in judgements
    ]
    place = {each: number for number, each in enumerate(decisions)}
    vetoed = {(_VETOES[j.kind], j.left, j.right) for j in known if j.kind in _VETOES}
    edges = [j for j in known if j.kind in _SIGNS and (j.kind, j.left, j.right) not in vetoed]
    decided = {(j.left, j.right) for j in edges if not by_program(j)}
    edges = [j for j in edges if not by_program(j) or (j.left, j.right) not in decided]
    return sorted(edges, key=lambda j: (by_program(j), -place.get(j.id, 0), -j.confidence, j.id))


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


class Group(msgspec.Struct, frozen=True):
    """Statements about one question: the ids on each side, and the opposed edges between the sides.

    Without an opposed edge there is one side: a claim that nobody contradicts. Sides and edges are
    sorted.
    """

    sides: tuple[tuple[str, ...], ...]
    opposed: tuple[Judgement, ...] = ()


def group_claims(statements: Iterable[str], edges: Sequence[Judgement]) -> list[Group]:
    """Group statements by all edges that are not about figures: at most two sides each, sorted."""
    known = set(statements)
    held = [j for j in edges if j.basis == CONTROL and {j.left, j.right} <= known]
    groups = join_signed(((j.left, j.right, _SIGNS[j.kind]) for j in held), LINKED)
    place = {member: number for number, signs in enumerate(groups) for member in signs}
    kept = [
        j
        for j in edges
        if j.basis not in _APART
        and (j.basis != CONTROL or (j.left in place and place[j.left] == place.get(j.right)))
    ]
    return _signed(known, kept)


def group_blame(statements: Iterable[str], edges: Sequence[Judgement]) -> list[Group]:
    """Group the statements that say who did it: at most two sides each, sorted."""
    known = set(statements)
    about = [j for j in edges if j.basis == BLAME and {j.left, j.right} <= known]
    groups = join_signed(((j.left, j.right, _SIGNS[j.kind]) for j in about), LINKED)
    place = {member: number for number, signs in enumerate(groups) for member in signs}
    apart: dict[int, list[Judgement]] = defaultdict(list)
    for j in about:
        number = place[j.left]
        within = number == place[j.right] and j.kind is JudgementKind.OPPOSED
        if within and groups[number][j.left] != groups[number][j.right]:
            apart[number].append(j)
    found = []
    for number, signs in enumerate(groups):
        sides = (tuple(member for member, sign in signs.items() if sign == side) for side in (1, -1))
        edges_ = tuple(sorted(apart[number], key=lambda j: j.id))
        found.append(Group(tuple(sorted(filter(None, sides))), edges_))
    return sorted(found, key=lambda group: group.sides)


def _signed(members: set[str], edges: Sequence[Judgement]) -> list[Group]:
    clusters = SignedClusters(sorted(members))
    opposed: dict[str, list[Judgement]] = defaultdict(list)
    used = []
    for judgement in edges:
        if not {judgement.left, judgement.right} <= members:
            continue
        if clusters.join(judgement.left, judgement.right, _SIGNS[judgement.kind]):
            used.append(judgement)
    for judgement in used:
        if judgement.kind is JudgementKind.OPPOSED:
            opposed[clusters.find(judgement.left)[0]].append(judgement)
    sides: dict[tuple[str, int], list[str]] = defaultdict(list)
    for statement in sorted(members):
        sides[clusters.find(statement)].append(statement)
    groups: dict[str, list[tuple[str, ...]]] = defaultdict(list)
    for (root, _), side in sides.items():
        groups[root].append(tuple(side))
    return sorted(
        (
            Group(tuple(sorted(g)), tuple(sorted(opposed[root], key=lambda j: j.id)))
            for root, g in groups.items()
        ),
        key=lambda group: group.sides,
    )


def group_figures(statements: Iterable[str], edges: Sequence[Judgement]) -> list[Group]:
    """Group statements that give rival figures: one side for each figure, sorted.

    Only groups with rivals are returned; a figure that nobody contradicts is part of its claim.
    """
    members = set(statements)
    about = [j for j in edges if j.basis in FIGURE_BASES and {j.left, j.right} <= members]
    asked = join_signed(((j.left, j.right, 1) for j in about), LINKED)
    question = {member: number for number, group in enumerate(asked) for member in group}
    for judgement in about:
        if not by_program(judgement) and question[judgement.left] != question[judgement.right]:
            low, high = sorted((question[judgement.left], question[judgement.right]))
            question = {member: low if number == high else number for member, number in question.items()}
    about = [j for j in about if question[j.left] == question[j.right]]
    involved = sorted(question)
    values = SignedClusters(involved)
    for judgement in about:
        if judgement.kind is JudgementKind.SAME_CLAIM:
            values.join(judgement.left, judgement.right, 1)
    rivals: dict[int, list[Judgement]] = defaultdict(list)
    for judgement in about:
        if judgement.kind is JudgementKind.OPPOSED and values.find(judgement.left) != values.find(
            judgement.right
        ):
            rivals[question[judgement.left]].append(judgement)
    sides: dict[int, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    contested = {
        values.find(member)[0] for found in rivals.values() for j in found for member in (j.left, j.right)
    }
    for member in involved:
        number, value = question[member], values.find(member)[0]
        if number in rivals and value in contested:
            sides[number][value].append(member)
    return sorted(
        (
            Group(tuple(sorted(map(tuple, sides[q].values()))), tuple(sorted(found, key=lambda j: j.id)))
            for q, found in rivals.items()
        ),
        key=lambda group: group.sides,
    )
