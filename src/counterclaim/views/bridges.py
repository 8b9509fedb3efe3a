"""Bridges: the edges of a graph without which it falls apart."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import TypeAlias

Pair: TypeAlias = tuple[str, str]


def bridges(pairs: Iterable[Pair]) -> dict[Pair, frozenset[str]]:
    """Return each bridge of an undirected graph, with the nodes on its far side.

    The method is Tarjan's (1974, "A note on finding the bridges of a graph"): a depth-first search in
    which an edge is a bridge if no edge from below it leads to above it. Linear in the edges, but for
    the sets that are returned. The same pairs give the same answer, in whatever order and direction.
    """
    unique = sorted({(min(pair), max(pair)) for pair in pairs if pair[0] != pair[1]})
    neighbours: defaultdict[str, list[str]] = defaultdict(list)
    for one, other in unique:
        neighbours[one].append(other)
        neighbours[other].append(one)
    number: dict[str, int] = {}
    found: dict[Pair, frozenset[str]] = {}
    for root in sorted(neighbours):
        if root not in number:
            found.update(_from(root, neighbours, number))
    return found


def _from(
    root: str, neighbours: Mapping[str, list[str]], number: dict[str, int]
) -> Iterator[tuple[Pair, frozenset[str]]]:
    low: dict[str, int] = {}
    visited: list[str] = []
    base = len(number)
    path: list[tuple[str, str, Iterator[str]]] = []

    def enter(node: str, parent: str) -> None:
        number[node] = low[node] = base + len(visited)
        visited.append(node)
        path.append((node, parent, iter(neighbours[node])))

    enter(root, "")
    while path:
        node, parent, rest = path[-1]
        following = next(rest, None)
        if following is None:
            path.pop()
            if parent:
                low[parent] = min(low[parent], low[node])
                if low[node] == number[node]:
                    # What was visited from the node on and not left is all below it.
                    below = frozenset(visited[number[node] - base :])
                    yield (min(node, parent), max(node, parent)), below
        elif following not in number:
            enter(following, node)
        elif following != parent:
            low[node] = min(low[node], number[following])
