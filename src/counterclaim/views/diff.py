"""What became known between two moments of recorded time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import StrEnum

import msgspec

from counterclaim.model import Claim, ClaimStatus, Dispute, JudgementKind, Position, StatusNote
from counterclaim.views.board import letter
from counterclaim.views.catalogue import Catalogue
from counterclaim.views.matching import Matching, match
from counterclaim.views.quotes import Quote, outlet_words, quotes_of

UNTOLD = frozenset({ClaimStatus.SINGLE_VOICE})
"""Statuses that are no news: every claim begins so."""


class DisputeFate(StrEnum):
    """What became of a dispute."""

    NEW = "new"
    CHANGED = "changed"
    JOINED = "joined"
    """Others joined it."""
    GONE = "gone"


class Counted(msgspec.Struct, frozen=True, kw_only=True):
    """A number before and after."""

    before: int
    after: int


class ReportNews(msgspec.Struct, frozen=True, kw_only=True, tag_field="type", tag="report"):
    """A report that was recorded; ``revises`` is the key of the version before it."""

    key: str
    document: str
    outlet: str
    title: str | None
    published: str | None
    revises: str | None
    statements: tuple[str, ...]


class PositionNews(msgspec.Struct, frozen=True, kw_only=True):
    """A position that is new, or has new statements or other counts."""

    id: str
    letter: str
    label: str
    new: bool
    attested: Counted
    corroborated: Counted
    quotes: tuple[Quote, ...]
    """The new statements; none of those known before."""


class DisputeNews(msgspec.Struct, frozen=True, kw_only=True, tag_field="type", tag="dispute"):
    """A dispute that is new, changed or gone; ``before`` are its earlier ids, several where some joined."""

    id: str
    fate: DisputeFate
    question: str
    before: tuple[str, ...]
    split_from: tuple[str, ...]
    positions: tuple[PositionNews, ...]


class ClaimNews(msgspec.Struct, frozen=True, kw_only=True, tag_field="type", tag="claim"):
    """A claim that stands otherwise. ``before`` is the id that it had, None for a new one."""

    id: str
    before: str | None
    text: str
    became: tuple[StatusNote, ...]
    no_longer: tuple[ClaimStatus, ...]
    attested: Counted
    corroborated: Counted


class DecisionNews(msgspec.Struct, frozen=True, kw_only=True, tag_field="type", tag="decision"):
    """What a person decided, or took back (``undoes`` is then the judgement that is taken back)."""

    id: str
    kind: JudgementKind
    left: str
    right: str
    undoes: str | None
    author: str
    reason: str


News = ReportNews | DisputeNews | ClaimNews | DecisionNews


class DiffView(msgspec.Struct, frozen=True, kw_only=True):
    """All that became known; every list is empty where nothing did."""

    reports: tuple[ReportNews, ...]
    disputes: tuple[DisputeNews, ...]
    claims: tuple[ClaimNews, ...]
    decisions: tuple[DecisionNews, ...]

    @property
    def news(self) -> Iterator[News]:
        """Everything in turn, for printing one a line."""
        yield from self.reports
        yield from self.disputes
        yield from self.claims
        yield from self.decisions


def diff_view(before: Catalogue, after: Catalogue) -> DiffView:
    """Return what one catalogue knows that an earlier one of the same ledger did not.

    Claims, positions and disputes are matched by the statements that they have in common, since their ids
    change when a statement joins them.
    """
    return DiffView(
        reports=tuple(_reports(before, after)),
        disputes=tuple(_disputes(before, after)),
        claims=tuple(_claims(before, after)),
        decisions=tuple(_decisions(before, after)),
    )


def _reports(before: Catalogue, after: Catalogue) -> Iterator[ReportNews]:
    for document in after.documents_by_id():
        if document.key not in before.documents:
            yield ReportNews(
                key=document.key,
                document=document.id,
                outlet=outlet_words(document),
                title=document.title,
                published=document.published,
                revises=after.versions.before(document.key),
                statements=tuple(s.id for s in after.statements_of(document.key) if s.part_of is None),
            )


def _disputes(before: Catalogue, after: Catalogue) -> Iterator[DisputeNews]:
    found = match(_members(before.disputes), _members(after.disputes))
    for name in sorted(after.disputes, key=lambda name: (after.disputes[name].question, name)):
        dispute = after.disputes[name]
        known = found.same.get(name)
        positions = tuple(_positions(before, after, before.disputes[known] if known else None, dispute))
        joined = found.joined.get(name, ())
        if known is None or positions or joined:
            changed = DisputeFate.JOINED if joined else DisputeFate.CHANGED
            yield DisputeNews(
                id=name,
                fate=DisputeFate.NEW if known is None else changed,
                question=dispute.question,
                before=(*([known] if known else []), *joined),
                split_from=found.split.get(name, ()),
                positions=positions,
            )
    for name in found.gone:
        yield DisputeNews(
            id=name,
            fate=DisputeFate.GONE,
            question=before.disputes[name].question,
            before=(name,),
            split_from=(),
            positions=(),
        )


def _positions(
    before: Catalogue, after: Catalogue, earlier: Dispute | None, later: Dispute
) -> Iterator[PositionNews]:
    known = {position.id: position for position in earlier.positions} if earlier else {}
    sides = {position.id: position for position in later.positions}
    same = match(_of(known), _of(sides)).same
    for place, position in enumerate(later.positions):
        was = known[same[position.id]] if position.id in same else None
        fresh = [each for each in position.statements if each not in before.statements]
        counts = _counts(was, position)
        if was is None or fresh or any(each.before != each.after for each in counts):
            yield PositionNews(
                id=position.id,
                letter=letter(place),
                label=position.label,
                new=was is None,
                attested=counts[0],
                corroborated=counts[1],
                quotes=quotes_of(after, fresh),
            )


def _claims(before: Catalogue, after: Catalogue) -> Iterator[ClaimNews]:
    found: Matching = match(_of(before.claims), _of(after.claims))
    for name in sorted(after.claims):
        claim, known = after.claims[name], found.same.get(name)
        was = before.claims[known] if known else None
        had = {note.status for note in before.statuses.get(known, ())} if known else set[ClaimStatus]()
        has = {note.status for note in after.statuses.get(name, ())}
        became = tuple(n for n in after.statuses.get(name, ()) if n.status not in had | UNTOLD)
        lost = tuple(status for status in ClaimStatus if status in had - has - UNTOLD)
        counts = _counts(was, claim)
        moved = was is not None and any(each.before != each.after for each in counts)
        if became or lost or moved:
            yield ClaimNews(
                id=name,
                before=known,
                text=claim.text,
                became=became,
                no_longer=lost,
                attested=counts[0],
                corroborated=counts[1],
            )


def _decisions(before: Catalogue, after: Catalogue) -> Iterator[DecisionNews]:
    known = set(before.snapshot.decisions)
    for name in after.snapshot.decisions:
        if name not in known:
            judgement = after.judgements[name]
            yield DecisionNews(
                id=name,
                kind=judgement.kind,
                left=judgement.left,
                right=judgement.right,
                undoes=judgement.left if judgement.kind is JudgementKind.UNDONE else None,
                author=judgement.author,
                reason=judgement.reason,
            )


def _counts(was: Claim | Position | None, now: Claim | Position) -> tuple[Counted, Counted]:
    earlier = was.attestation if was else None
    return (
        Counted(before=earlier.attested if earlier else 0, after=now.attestation.attested),
        Counted(before=earlier.corroborated if earlier else 0, after=now.attestation.corroborated),
    )


def _of(groups: Mapping[str, Claim] | Mapping[str, Position]) -> dict[str, frozenset[str]]:
    return {name: frozenset(group.statements) for name, group in groups.items()}


def _members(disputes: Mapping[str, Dispute]) -> dict[str, frozenset[str]]:
    return {
        name: frozenset(each for position in dispute.positions for each in position.statements)
        for name, dispute in disputes.items()
    }
