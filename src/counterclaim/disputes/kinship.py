"""How two reports that are not independent hang together: copy, excerpt, rewrite, alert, update, composite.

A judgement says that a pair is not independent. What kind of pair it is is read off both texts, their
dates and outlets when it is shown, and for composites off the other reports too.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from enum import StrEnum

import msgspec

from counterclaim.disputes.alignment import Stretch, stretches
from counterclaim.disputes.copies import day, outlet
from counterclaim.disputes.lineage import CREDITED, Lineage, age
from counterclaim.model import Document, Judgement, JudgementKind

SHORT = 0.5
"""Share of the longer text's words up to which a shorter text can be an early take of it."""
ALERT = 150
"""Words of an early take at most."""
TAKEN = 0.5
"""Share of the shorter text from which it is taken over as a whole rather than in part."""
ENTIRE = 0.8
"""Share of the shorter text from which it is a cut copy, unless its own outlet or agency wrote it before."""
HEAD = 0.6
"""Share of the longer text, from its beginning, in which what an alert told comes again."""
VERBATIM = 14
"""Words of the longest stretch up to which a text was put in other words throughout."""
LEAD = 60
"""Words in which a report gives the figure of the day."""

_FIGURE = re.compile(r"\d+(?:[,.]\d+)*")
_YEARS = frozenset(str(year) for year in range(1900, 2100))


class Kinship(StrEnum):
    """How the two reports of a pair hang together."""

    COPY = "copy"
    """One text, perhaps cut or lightly edited."""
    EXCERPT = "excerpt"
    """Passages are taken over word for word; the rest is its own."""
    REWRITE = "rewrite"
    """The same text in other words, of which only short stretches are left."""
    ALERT = "alert"
    """One is a short early take of the other."""
    UPDATE = "update"
    """One is a later version by the same outlet or agency, with other figures or more to tell."""
    COMPOSITE = "composite"
    """One splices stretches of several others."""


class Pair(msgspec.Struct, frozen=True, kw_only=True):
    """Two reports that are not independent, the earlier one first, and what they share.

    ``share`` is the share of the shorter text's words that stand in ``stretches``, whose places are
    characters of ``one`` and ``other``. For a pair that a person judged there may be none.
    """

    one: str
    other: str
    judgement: str
    kind: JudgementKind
    kinship: Kinship
    share: float
    stretches: tuple[Stretch, ...]


def pairs_of(documents: Iterable[Document], lineage: Lineage) -> list[Pair]:
    """Return the pairs among ``documents`` that are not independent, sorted by the two keys."""
    held = {document.key: document for document in documents}
    found = []
    for judgement in lineage.judgements:
        if judgement.left not in held or judgement.right not in held:
            continue
        one, other = sorted((held[judgement.left], held[judgement.right]), key=age)
        shared = stretches(one.text, other.text, lineage.repeated)
        share = _share(one.text, other.text, shared)
        spliced = one.key in lineage.sources(other.key) or other.key in lineage.sources(one.key)
        found.append(
            Pair(
                one=one.key,
                other=other.key,
                judgement=judgement.id,
                kind=judgement.kind,
                kinship=Kinship.COMPOSITE if spliced else _kinship(one, other, judgement, shared, share),
                share=round(share, 3),
                stretches=shared,
            )
        )
    return sorted(found, key=lambda pair: (pair.one, pair.other, pair.judgement))


def _kinship(
    one: Document, other: Document, judgement: Judgement, shared: Sequence[Stretch], share: float
) -> Kinship:
    """Tell how a report hangs together with an earlier one (``one``), from the two alone."""
    house = _one_house(one, other)
    before = _figures(one, [(each.start, each.end) for each in shared])
    after = _figures(other, [(each.other_start, each.other_end) for each in shared])
    # the same text with other figures is a later version, whoever prints it
    rewritten = any(
        len(
            _figures_in(one.text[each.start : each.end])
            ^ _figures_in(other.text[each.other_start : each.other_end])
        )
        > 1
        for each in shared
    )
    moved = rewritten or bool(before - after and after - before)
    if judgement.kind is JudgementKind.COPY or not shared:
        return Kinship.UPDATE if moved else Kinship.COPY
    if moved and share >= TAKEN:
        return Kinship.UPDATE
    later = day(one) != day(other)
    if _is_alert(one, other, shared) and (share < ENTIRE or (house and later)):
        return Kinship.ALERT
    if house and (later or moved):
        return Kinship.UPDATE
    if share >= TAKEN:
        return Kinship.COPY
    longest = max(len(one.text[each.start : each.end].split()) for each in shared)
    return Kinship.REWRITE if longest <= VERBATIM else Kinship.EXCERPT


def _is_alert(one: Document, other: Document, shared: Sequence[Stretch]) -> bool:
    """Tell whether the earlier report is short, and what it told comes again at the head of the later one."""
    words, longer = len(one.text.split()), len(other.text.split())
    if words > ALERT or words > SHORT * longer:
        return False
    middle = [(each.other_start + each.other_end) / 2 for each in shared]
    return max(middle) <= max(HEAD * len(other.text), 2 * len(one.text))


def _one_house(one: Document, other: Document) -> bool:
    """Tell whether two reports are of one outlet, or credit one agency."""
    if outlet(one) is not None and outlet(one) == outlet(other):
        return True
    first, second = one.origin, other.origin
    return (
        first is not None
        and second is not None
        and {first.basis, second.basis} <= CREDITED
        and first.key == second.key
    )


def _figures(document: Document, shared: Sequence[tuple[int, int]]) -> frozenset[str]:
    """Return the figures among the first words of a report that stand in no stretch; its date left out."""
    lead = re.match(rf"(?:\S+\s*){{0,{LEAD}}}", document.text.lstrip())
    end = lead.end() if lead else 0
    own, start = [], 0
    for begin, stop in sorted(shared):
        own.append(document.text[start : min(begin, end)])
        start = max(start, stop)
    own.append(document.text[start : max(start, end)])
    return _figures_in(" ".join(own)) - _figures_in((document.published or "")[:10])


def _figures_in(text: str) -> frozenset[str]:
    return frozenset(figure.lstrip("0") for figure in _FIGURE.findall(text)) - _YEARS


def _share(one: str, other: str, shared: Sequence[Stretch]) -> float:
    """Return the share of the shorter text's words that stand in the stretches."""
    mine = sum(len(one[each.start : each.end].split()) for each in shared)
    theirs = sum(len(other[each.other_start : each.other_end].split()) for each in shared)
    words, others = len(one.split()), len(other.split())
    part = mine / words if words <= others else theirs / others
    return min(1.0, part)
