"""Which groups of one board are which of another: ids change when a statement joins, statements do not."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping

import msgspec

Groups = Mapping[str, frozenset[str]]
"""The statements of each claim, position or dispute, by its id."""


class Matching(msgspec.Struct, frozen=True):
    """How the groups of two boards answer to each other.

    ``same`` gives for a later group the earlier one that it is; ``joined`` for a later group those earlier
    ones that are no longer by themselves and of which it holds half of the statements at least; ``split``
    for a later group that is none of the earlier ones those that hold half of its known statements;
    ``gone`` the earlier groups of which nothing is left.
    """

    same: Mapping[str, str]
    joined: Mapping[str, tuple[str, ...]]
    split: Mapping[str, tuple[str, ...]]
    gone: tuple[str, ...]


def match(before: Groups, after: Groups) -> Matching:
    """Match groups by the statements that they have in common, most first, ties by id."""
    homes: dict[str, list[str]] = defaultdict(list)
    for name, members in before.items():
        for member in members:
            homes[member].append(name)
    common = Counter(
        (old, new) for new, members in after.items() for member in members for old in homes.get(member, ())
    )
    same: dict[str, str] = {}
    taken: set[str] = set()
    for old, new in sorted(common, key=lambda pair: (-common[pair], pair[0] != pair[1], pair)):
        if new not in same and old not in taken:
            same[new] = old
            taken.add(old)
    known = frozenset(homes)
    joined: dict[str, list[str]] = defaultdict(list)
    split: dict[str, list[str]] = defaultdict(list)
    for (old, new), shared in common.items():
        if old not in taken and 2 * shared >= len(before[old]):
            joined[new].append(old)
        if new not in same and 2 * shared >= len(after[new] & known):
            split[new].append(old)
    held = {old for several in joined.values() for old in several}
    return Matching(same, _sorted(joined), _sorted(split), tuple(sorted(before.keys() - taken - held)))


def _sorted(groups: Mapping[str, Iterable[str]]) -> dict[str, tuple[str, ...]]:
    return {name: tuple(sorted(several)) for name, several in sorted(groups.items())}
