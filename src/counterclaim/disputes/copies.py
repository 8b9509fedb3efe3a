"""Reports that are not independent: wire copies and texts derived from one another."""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import lru_cache

from counterclaim.model import Document, Judgement, JudgementKind

AUTHOR = "program:counterclaim.disputes.copies/1"
SHINGLE = 5
"""Words in a shingle."""
SAMPLE = 4
"""One shingle in so many, chosen by its hash, is a key by which copies are found (Broder 1997)."""
CONTAINED = 0.3
"""Share of the shorter text's shingles that stand in the longer one, from which it is not independent."""
COPIED = 0.7
"""Share from which both ways it is a copy rather than derived."""
FEWEST = 12
"""Shared shingles below which two texts share a quotation at most."""

_WORD = re.compile(r"\w+")


@lru_cache(maxsize=4096)
def shingles(text: str) -> frozenset[int]:
    """Return the hashes (64 bits) of all runs of five words, case and marks left out of account."""
    words = _WORD.findall(text.casefold())
    return frozenset(
        int.from_bytes(
            hashlib.blake2b(" ".join(words[i : i + SHINGLE]).encode(), digest_size=8).digest(), "big"
        )
        for i in range(len(words) - SHINGLE + 1)
    )


def copy_keys(document: Document) -> list[str]:
    """Return the keys by which a copy of this document is found: a sample of its shingles."""
    return [f"c{value:x}" for value in sorted(shingles(document.text)) if value % SAMPLE == 0]


def judge_copy(one: Document, other: Document) -> Judgement | None:
    """Decide whether two documents are not independent; None where they are."""
    first, second = shingles(one.text), shingles(other.text)
    if not first or not second or one.key == other.key:
        return None
    common = len(first & second)
    contained = common / min(len(first), len(second))
    if common < FEWEST or contained < CONTAINED:
        return None
    both = common / max(len(first), len(second))
    return Judgement.of(
        JudgementKind.COPY if both >= COPIED else JudgementKind.DERIVED,
        one.key,
        other.key,
        basis="shingles",
        author=AUTHOR,
        confidence=round(min(1.0, 0.5 + contained / 2), 2),
        reason=f"{common} runs of {SHINGLE} words in common, {contained:.0%} of the shorter text",
    )


def copy_pairs(documents: Sequence[Document]) -> list[Judgement]:
    """Return the judgements for all pairs among ``documents`` that are not independent, sorted by id.

    Only pairs that share a sampled shingle are compared, never all.
    """
    holders: dict[str, list[int]] = defaultdict(list)
    for index, document in enumerate(documents):
        for key in copy_keys(document):
            holders[key].append(index)
    pairs = {
        (one, other)
        for members in holders.values()
        for position, one in enumerate(members)
        for other in members[position + 1 :]
    }
    found = (judge_copy(documents[one], documents[other]) for one, other in pairs)
    return sorted((judgement for judgement in found if judgement is not None), key=lambda j: j.id)


def copy_groups(documents: Iterable[Document], judgements: Iterable[Judgement]) -> dict[str, str]:
    """Return for each document's key the key that names its group of copies (the smallest of them)."""
    parent = {document.key: document.key for document in documents}

    def find(key: str) -> str:
        while parent[key] != key:
            parent[key] = parent[parent[key]]
            key = parent[key]
        return key

    for judgement in judgements:
        if judgement.kind in {JudgementKind.COPY, JudgementKind.DERIVED}:
            if judgement.left not in parent or judgement.right not in parent:
                continue
            one, other = sorted((find(judgement.left), find(judgement.right)))
            parent[other] = one
    return {key: find(key) for key in parent}
