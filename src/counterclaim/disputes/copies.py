"""Reports that are not independent: wire copies and texts derived from one another.

Two decisions are kept apart. Whether two texts share enough is decided about the two alone, when
the later one comes in, and is stored. Whether what they share is background that agencies and
outlets repeat for months can only be seen over all reports; it is left out when the board is read.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from itertools import combinations, pairwise

import numpy as np

from counterclaim.disputes.alignment import quoted_words, unquoted
from counterclaim.disputes.boilerplate import boilerplate
from counterclaim.disputes.shingles import (
    LENGTH,
    Shingles,
    background,
    common,
    contains,
    make_shingles,
    shingles,
)
from counterclaim.model import Document, Judgement, JudgementKind, Origin, OriginBasis

AUTHOR = "program:counterclaim.disputes.copies/3"
SAMPLE = 4
"""One shingle in so many, chosen by its number, is a key by which copies are found (Broder 1997)."""
CONTAINED = 0.105
"""Share of the shorter text's shingles that stand in the longer one, from which it is not independent."""
COPIED = 0.7
"""Share from which both ways it is a copy rather than derived."""
FEWEST = 8
"""Shared shingles below which two texts share a phrase at most."""
OWN = 5
"""Shared shingles outside quotation marks below which two texts share quotations alone."""
APART = 7
"""Days between two stretches of publication."""
TIMES = 3
"""Stretches from which a shingle is background."""
CROWD = 64
"""Reports with one key from which only neighbours in time are compared."""

NONE: Shingles = np.empty(0, dtype=np.uint64)
"""No shingles."""


def copy_keys(document: Document) -> list[str]:
    """Return the keys by which a copy of this document is found: a sample of its shingles."""
    return [f"c{int(value):x}" for value in _sampled(shingles(document.text))]


def judge_copy(one: Document, other: Document, repeated: Shingles = NONE) -> Judgement | None:
    """Decide whether two documents are not independent; None where they are.

    ``repeated`` (sorted) are shingles that do not count, being background.
    """
    return _judge(one, other, shingles(one.text), shingles(other.text), repeated)


def _judge(
    one: Document, other: Document, first: Shingles, second: Shingles, repeated: Shingles
) -> Judgement | None:
    if not len(first) or not len(second) or one.key == other.key:
        return None
    shared = common(first, second)
    told = len(shared) - int(contains(repeated, shared).sum())
    contained = told / min(len(first), len(second))
    if told < FEWEST or contained < CONTAINED:
        return None
    if _only_quoted(one.text, other.text, shared):
        return None
    both = told / max(len(first), len(second))
    return Judgement.of(
        JudgementKind.COPY if both >= COPIED else JudgementKind.DERIVED,
        one.key,
        other.key,
        basis="shingles",
        author=AUTHOR,
        confidence=round(min(1.0, 0.5 + contained / 2), 2),
        reason=f"{told} runs of {LENGTH} words in common, {contained:.0%} of the shorter text",
    )


def _only_quoted(one: str, other: str, shared: Shingles) -> bool:
    """Tell whether all that two texts share is what they quote: reports of one speech are no copies."""
    if min(len(shared) - quoted_words(one), len(shared) - quoted_words(other)) >= OWN:
        return False
    return len(common(common(shared, unquoted(one)), unquoted(other))) < OWN


def copy_pairs(documents: Sequence[Document]) -> list[Judgement]:
    """Return the judgements for all pairs among ``documents`` that are not independent, sorted by id.

    Only pairs that share a sampled shingle which is no background are compared, never all.
    """
    texts = [make_shingles(document.text) for document in documents]
    repeated = _background(texts, documents)
    found = (
        _judge(documents[one], documents[other], texts[one], texts[other], repeated)
        for one, other in _candidates(documents, texts, repeated)
    )
    return sorted((judgement for judgement in found if judgement is not None), key=lambda j: j.id)


def background_of(documents: Iterable[Document]) -> Shingles:
    """Return the shingles that the documents repeat over months, sorted."""
    several = list(documents)
    return _background([shingles(document.text) for document in several], several)


def _background(texts: Sequence[Shingles], documents: Sequence[Document]) -> Shingles:
    told = background(texts, [day(document) for document in documents], apart=APART, times=TIMES)
    printed = boilerplate(texts, [outlet(document) for document in documents])
    both: Shingles = np.union1d(told, printed)
    return both


def _candidates(
    documents: Sequence[Document], texts: Sequence[Shingles], repeated: Shingles
) -> list[tuple[int, int]]:
    """Return the pairs of documents that share a key, by their places in ``documents``, sorted.

    Of a crowd that shares one key only those next to one another in time are compared: the rest
    follows, since copies of copies are of one group.
    """
    keys = [_sampled(text) for text in texts]
    keys = [each[~contains(repeated, each)] for each in keys]
    if not keys or not sum(map(len, keys)):
        return []
    order = sorted(
        range(len(documents)), key=lambda index: (day(documents[index]) or 0, documents[index].key)
    )
    values = np.concatenate([keys[index] for index in order])
    holders = np.repeat(np.array(order), [len(keys[index]) for index in order])
    by_value = np.argsort(values, kind="stable")
    values, holders = values[by_value], holders[by_value]
    bounds = np.flatnonzero(np.concatenate(([True], values[1:] != values[:-1], [True])))
    pairs: Counter[tuple[int, int]] = Counter()
    for start, end in pairwise(bounds):
        if end - start > 1:
            members = holders[start:end].tolist()
            linked = combinations(members, 2) if len(members) <= CROWD else pairwise(members)
            pairs.update((one, other) if one < other else (other, one) for one, other in linked)
    return sorted(pair for pair, count in pairs.items() if count > 1)


def _sampled(values: Shingles) -> Shingles:
    chosen: Shingles = values[values % np.uint64(SAMPLE) == 0]
    return chosen


def day(document: Document) -> int | None:
    """Return the day of publication as a proleptic Gregorian ordinal, None where it is unknown."""
    return date.fromisoformat(document.published[:10]).toordinal() if document.published else None


def outlet(document: Document) -> str | None:
    """Return the key of the publisher, None where it is unknown."""
    if not document.publisher:
        return None
    return Origin(name=document.publisher, basis=OriginBasis.PUBLISHER).key
