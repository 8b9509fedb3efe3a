"""Versions of one report: which documents are, which is the later of two, and the chains they make.

A document that is recorded is linked with the version before it and the version after it, of those that
are held, by a ``revises`` judgement each. The chains are read off these judgements: any order of recording
gives the same ones, and a report of a thousand versions has no more than two thousand judgements.
"""

from __future__ import annotations

import heapq
import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime

from counterclaim.disputes.copies import outlet
from counterclaim.disputes.shingles import common, shingles
from counterclaim.model import Document, Judgement, JudgementKind
from counterclaim.model.digest import identifier
from counterclaim.model.judgement import by_program

AUTHOR = "program:versions/1"
UNDATED = "9"
"""Sorts after every moment: a version whose outlet gives no time is taken for the latest."""

SHARED = 0.1
"""The share of the shorter text's shingles that two texts at one address have in common, where their titles
differ, if they are versions of one report: a page that lists what is new has other reports each day."""

_ADDRESS = re.compile(r"https?://(?:www\.)?([^/?#]+)([^?#]*)(\?[^#]*)?(?:#.*)?", re.IGNORECASE | re.DOTALL)


def address(document: Document) -> str | None:
    """Return the address of a report as it is compared; None where it has none, or that of a whole site.

    Scheme, ``www.``, fragment, a slash at the end and the case of the host make no difference.
    """
    match = _ADDRESS.fullmatch((document.url or "").strip())
    if match is None:
        return None
    host, path, query = match.group(1).casefold(), match.group(2).rstrip("/"), match.group(3) or ""
    return f"{host}{path}{query}" if path or query else None


def version_keys(document: Document) -> tuple[str, ...]:
    """Return the keys by which other versions of this report are found."""
    found = address(document)
    keys = [identifier("v", "id", document.id)]
    return (*keys, identifier("v", "address", found)) if found else tuple(keys)


def basis_of(one: Document, other: Document) -> str | None:
    """Return by what two documents are versions of one report; None where they are not.

    ``same-id``, unless two different outlets are named; or ``same-address``, where the title is the same or
    the texts have something in common.
    """
    if one.key == other.key:
        return None
    houses = {outlet(one), outlet(other)} - {None}
    if one.id == other.id and len(houses) < 2:
        return "same-id"
    here = address(one)
    return "same-address" if here is not None and here == address(other) and same_report(one, other) else None


def same_report(one: Document, other: Document) -> bool:
    """Tell whether two texts at one place are versions of one report: the same title, or words in common."""
    if one.title and other.title and one.title.casefold() == other.title.casefold():
        return True
    texts = shingles(one.text), shingles(other.text)
    least = min(map(len, texts))
    return bool(least) and len(common(*texts)) >= SHARED * least


def moment(document: Document) -> str:
    """Return when the outlet says that it last changed the report: it sorts by the moment, in UTC.

    A day without a time counts from its beginning.
    """
    given = document.modified or document.published
    if given is None:
        return UNDATED
    found = datetime.fromisoformat(given)
    return (found if found.tzinfo else found.replace(tzinfo=UTC)).astimezone(UTC).isoformat()


def revision(newcomer: Document, held: Document) -> Judgement | None:
    """Return that one of two documents is a later version of the other; None where they are two reports.

    The later is the one that the outlet dates later; where its dates do not tell, the newcomer, which is
    recorded after the other.
    """
    basis = basis_of(newcomer, held)
    if basis is None:
        return None
    later, earlier = (held, newcomer) if moment(held) > moment(newcomer) else (newcomer, held)
    why = "dated later by the outlet" if moment(later) != moment(earlier) else "recorded later"
    return Judgement.of(JudgementKind.REVISES, later.key, earlier.key, basis=basis, author=AUTHOR, reason=why)


def revisions(newcomer: Document, held: Sequence[Document]) -> list[Judgement]:
    """Return how a document stands to the versions next to it, of those held; sorted by id.

    ``held`` are other documents in the order in which they were recorded. Next to it are the last one before
    it and the first one after it; of those with another basis or another outlet, which need not be linked
    with these, likewise.
    """
    sides: dict[tuple[str, str | None, bool], Judgement] = {}
    ordered = sorted(held, key=moment)  # a stable sort: of equal moments the later recorded is the later
    later = [each for each in ordered if moment(each) > moment(newcomer)]
    for other in [*reversed(ordered[: len(ordered) - len(later)]), *later]:
        found = revision(newcomer, other)
        if found is not None:
            sides.setdefault((found.basis, outlet(other), found.left == newcomer.key), found)
    return sorted(sides.values(), key=lambda each: each.id)


class Versions:
    """The chains of versions in one snapshot, each from the oldest to the latest."""

    def __init__(self, chains: Sequence[tuple[str, ...]]) -> None:
        self.chains = tuple(sorted(chains))
        self._chain = {key: chain for chain in self.chains for key in chain}

    def chain(self, key: str) -> tuple[str, ...]:
        """Return the keys of all versions of the report of which this is one, oldest first."""
        return self._chain.get(key, (key,))

    def latest(self, key: str) -> str:
        """Return the key of the latest version."""
        return self.chain(key)[-1]

    def number(self, key: str) -> int:
        """Return the number of a version: 1 is the oldest."""
        return self.chain(key).index(key) + 1

    def before(self, key: str) -> str | None:
        """Return the version before this one; None for the oldest."""
        number = self.number(key)
        return self.chain(key)[number - 2] if number > 1 else None


def read_versions(documents: Iterable[Document], judgements: Iterable[Judgement]) -> Versions:
    """Read the chains off what is known; any order of both gives the same.

    Of two judgements on one pair that of a person goes before that of a program.
    """
    held = {document.key: document for document in documents}
    edges: dict[tuple[str, str], Judgement] = {}
    revising = (j for j in judgements if j.kind is JudgementKind.REVISES and {j.left, j.right} <= held.keys())
    for judgement in sorted(revising, key=lambda j: (by_program(j), j.id)):
        pair = (min(judgement.left, judgement.right), max(judgement.left, judgement.right))
        edges.setdefault(pair, judgement)
    earlier: dict[str, set[str]] = defaultdict(set)
    joined: dict[str, set[str]] = defaultdict(set)
    for judgement in edges.values():
        earlier[judgement.left].add(judgement.right)
        joined[judgement.left].add(judgement.right)
        joined[judgement.right].add(judgement.left)
    chains, seen = [], set[str]()
    for key in sorted(joined):
        if key not in seen:
            group = _reached(key, joined)
            seen |= group
            chains.append(_ordered(group, earlier, held))
    return Versions(chains)


def _reached(start: str, joined: dict[str, set[str]]) -> set[str]:
    found, waiting = {start}, [start]
    while waiting:
        fresh = joined[waiting.pop()] - found
        found |= fresh
        waiting += fresh
    return found


def _ordered(group: set[str], earlier: dict[str, set[str]], held: dict[str, Document]) -> tuple[str, ...]:
    """Put every version after those that it revises; by time, then by key where nothing tells.

    Where people's judgements go round in a circle, the oldest version of those left breaks it.
    """
    later: dict[str, list[str]] = defaultdict(list)
    for key in group:
        for before in earlier[key]:
            later[before].append(key)
    waiting = {key: len(earlier[key]) for key in group}
    age = {key: (moment(held[key]), key) for key in group}
    free = [age[key] for key in group if not waiting[key]]
    heapq.heapify(free)
    chain: list[str] = []
    while waiting:
        key = heapq.heappop(free)[1] if free else min(waiting, key=age.__getitem__)
        if key not in waiting:
            continue
        del waiting[key]
        chain.append(key)
        for following in later[key]:
            if following in waiting:
                waiting[following] -= 1
                if not waiting[following]:
                    heapq.heappush(free, age[following])
    return tuple(chain)
