"""What people have decided about actors: read off the judgements, the last one first.

A judgement names actors by an id that reports give (every report in which it stands, also those that
come later) or by ``KEY/ID``, the actor of one document. Judgements of people go before all that a program
finds, and a later one before an earlier one that it contradicts.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from counterclaim.actors.joining import Groups, Link, Rule
from counterclaim.model import Judgement, JudgementKind, Snapshot

IDENTITY = frozenset({JudgementKind.SAME_ACTOR, JudgementKind.DIFFERENT_ACTORS})
MEMBERSHIP = frozenset({JudgementKind.MEMBER_OF, JudgementKind.NOT_MEMBER_OF})

Nodes = Callable[[str], Sequence[str]]
"""The nodes that a judgement's words for an actor stand for."""


def decided(snapshot: Snapshot, kinds: frozenset[JudgementKind]) -> list[Judgement]:
    """Return the judgements of people of some kinds, the last recorded first.

    Of those about the same two actors only the last stands.
    """
    judgements = {judgement.id: judgement for judgement in snapshot.judgements}
    found: dict[tuple[str, str], Judgement] = {}
    for each in reversed(snapshot.decisions):
        judgement = judgements.get(each)
        if judgement is not None and judgement.kind in kinds:
            found.setdefault((judgement.left, judgement.right), judgement)
    return list(found.values())


def apply_identity(snapshot: Snapshot, groups: Groups, nodes: Nodes) -> None:
    """Join and part actors as people have decided, before any program's link is looked at.

    Where decisions contradict one another only together (A is B, B is C, A is not C) the later ones stand.
    """
    for judgement in decided(snapshot, IDENTITY):
        left, right = nodes(judgement.left), nodes(judgement.right)
        if not left or not right:
            continue
        if judgement.kind is JudgementKind.SAME_ACTOR:
            reason = f"{judgement.author}: {judgement.reason}" if judgement.reason else judgement.author
            for other in (*left[1:], *right):
                groups.join(Link(Rule.ANALYST, left[0], other, reason))
        else:
            for one in left:
                for other in right:
                    groups.part(one, other)


def last_decision(
    snapshot: Snapshot, kinds: frozenset[JudgementKind], left: str, right: str
) -> Judgement | None:
    """Return the last judgement of people about two actors, in this order for a relation with a direction."""
    pairs = {(left, right), (right, left)} if kinds == IDENTITY else {(left, right)}
    return next((j for j in decided(snapshot, kinds) if (j.left, j.right) in pairs), None)
