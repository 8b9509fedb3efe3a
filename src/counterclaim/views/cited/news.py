"""What became known between two moments, with citations."""

from __future__ import annotations

from typing import Annotated

import msgspec
from msgspec import Meta

from counterclaim.model import ClaimStatus, JudgementKind
from counterclaim.views.catalogue import Catalogue
from counterclaim.views.cited.citation import Citation, Quotation, citation_of, quotation_of, quotations_of
from counterclaim.views.cited.known import Known
from counterclaim.views.cited.paging import Page, page_of
from counterclaim.views.cited.positions import POSITIONS
from counterclaim.views.diff import (
    ClaimNews,
    Counted,
    DecisionNews,
    DisputeFate,
    DisputeNews,
    PositionNews,
    ReportNews,
    diff_view,
)
from counterclaim.views.quotes import telling

QUOTED = 1
"""New quotations of each position that are given at most."""


class ReportCited(msgspec.Struct, frozen=True, kw_only=True):
    """A report that was recorded. ``revises`` is the key of the version before it."""

    citation: Citation
    revises: str | None
    statements: int


class PositionMoved(msgspec.Struct, frozen=True, kw_only=True):
    """A position that is new, or has new statements or other counts."""

    letter: str
    id: str
    label: str
    new: bool
    attested: Counted
    corroborated: Counted
    quotations: tuple[Quotation, ...]
    more_quotations: int


class DisputeMoved(msgspec.Struct, frozen=True, kw_only=True):
    """A dispute that is new, changed, joined by others or gone."""

    id: str
    fate: DisputeFate
    question: str
    positions: tuple[PositionMoved, ...]
    more_positions: int


class ClaimMoved(msgspec.Struct, frozen=True, kw_only=True):
    """A claim that stands otherwise, with one of the statements that make it."""

    id: str
    text: str
    became: tuple[ClaimStatus, ...]
    no_longer: tuple[ClaimStatus, ...]
    attested: Counted
    corroborated: Counted
    quotation: Quotation


class DecisionMade(msgspec.Struct, frozen=True, kw_only=True):
    """What an analyst decided, or took back (``undoes`` is then the judgement that is taken back)."""

    id: str
    kind: JudgementKind
    left: str
    right: str
    undoes: str | None
    author: str
    reason: str


class NewsAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """A page of what became known after ``from_moment`` and until ``as_of``.

    Reports come first, then disputes, claims and decisions; ``page`` counts them all.
    """

    from_moment: str
    as_of: Annotated[str, Meta(description="The later moment; ask again with it for the same.")]
    reports: tuple[ReportCited, ...]
    disputes: tuple[DisputeMoved, ...]
    claims: tuple[ClaimMoved, ...]
    decisions: tuple[DecisionMade, ...]
    page: Page


def what_changed(before: Catalogue, start: str, known: Known, offset: int, limit: int) -> NewsAnswer:
    """Return a page of what is known and was not in ``before``, the catalogue of the moment ``start``."""
    part = known.catalogue
    shown, page = page_of(list(diff_view(before, part).news), offset, limit, known.moment)
    return NewsAnswer(
        from_moment=start,
        as_of=known.as_of,
        reports=tuple(_report(part, each) for each in shown if isinstance(each, ReportNews)),
        disputes=tuple(_dispute(part, each) for each in shown if isinstance(each, DisputeNews)),
        claims=tuple(_claim(part, each) for each in shown if isinstance(each, ClaimNews)),
        decisions=tuple(_decision(each) for each in shown if isinstance(each, DecisionNews)),
        page=page,
    )


def _report(part: Catalogue, news: ReportNews) -> ReportCited:
    return ReportCited(
        citation=citation_of(part.documents[news.key]),
        revises=news.revises,
        statements=len(news.statements),
    )


def _dispute(part: Catalogue, news: DisputeNews) -> DisputeMoved:
    return DisputeMoved(
        id=news.id,
        fate=news.fate,
        question=news.question,
        positions=tuple(_position(part, each) for each in news.positions[:POSITIONS]),
        more_positions=max(0, len(news.positions) - POSITIONS),
    )


def _position(part: Catalogue, news: PositionNews) -> PositionMoved:
    shown = telling(news.quotes, QUOTED)
    return PositionMoved(
        letter=news.letter,
        id=news.id,
        label=news.label,
        new=news.new,
        attested=news.attested,
        corroborated=news.corroborated,
        quotations=quotations_of(part, shown),
        more_quotations=len(news.quotes) - len(shown),
    )


def _claim(part: Catalogue, news: ClaimNews) -> ClaimMoved:
    statement = part.statements[part.claims[news.id].statements[0]]
    return ClaimMoved(
        id=news.id,
        text=news.text,
        became=tuple(dict.fromkeys(note.status for note in news.became)),
        no_longer=news.no_longer,
        attested=news.attested,
        corroborated=news.corroborated,
        quotation=quotation_of(part, statement),
    )


def _decision(news: DecisionNews) -> DecisionMade:
    return DecisionMade(
        id=news.id,
        kind=news.kind,
        left=news.left,
        right=news.right,
        undoes=news.undoes,
        author=news.author,
        reason=news.reason,
    )
