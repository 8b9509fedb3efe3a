"""Claims, disputes and actors, read off what a ledger knew at a moment: a pure function."""

from __future__ import annotations

from collections.abc import Sequence

from counterclaim.claims.actors import collect_actors
from counterclaim.claims.gist import PROPOSITIONAL
from counterclaim.disputes.clusters import effective_edges, partition
from counterclaim.disputes.copies import copy_groups
from counterclaim.disputes.counts import Independence
from counterclaim.disputes.questions import best_statement, label_of, question_of
from counterclaim.model import (
    Board,
    Claim,
    Dispute,
    DisputeStatus,
    Document,
    Judgement,
    JudgementKind,
    Position,
    Snapshot,
    Statement,
    VerificationStatus,
)
from counterclaim.model.digest import identifier


def read_board(snapshot: Snapshot) -> Board:
    """Read actors, claims and disputes off a snapshot.

    The same snapshot gives the same board, in whatever order its parts were recorded.
    """
    statements = {s.id: s for s in snapshot.statements}
    documents = {document.key: document for document in snapshot.documents}
    independence = Independence(snapshot.documents, copy_groups(snapshot.documents, snapshot.judgements))
    proposing = [s.id for s in snapshot.statements if s.act in PROPOSITIONAL and s.reported_by is None]
    groups, used = partition(proposing, effective_edges(snapshot.judgements))
    opposed = {s: j for j in used if j.kind is JudgementKind.OPPOSED for s in (j.left, j.right)}
    claims, disputes = [], []
    for group in groups:
        sides = [[statements[member] for member in side] for side in group]
        for side in sides:
            claims.append(
                _claim(side, [s for other in sides if other is not side for s in other], independence)
            )
        edges = [
            j
            for j in used
            if j.kind is JudgementKind.OPPOSED and j.left in {s.id for side in sides for s in side}
        ]
        if len(sides) > 1 and edges and any(s.id in opposed for side in sides for s in side):
            disputes.append(_dispute(sides, edges, independence, documents))
    return Board(
        actors=collect_actors(snapshot.statements),
        claims=tuple(sorted(claims, key=lambda claim: claim.id)),
        disputes=tuple(sorted(disputes, key=lambda dispute: dispute.id)),
    )


def _claim(side: Sequence[Statement], opponents: Sequence[Statement], independence: Independence) -> Claim:
    return Claim(
        id=_claim_id(side),
        text=label_of(side),
        statements=tuple(sorted(s.id for s in side)),
        actors=_actors(side),
        attestation=independence.attestation(side, opponents),
        unverified=_unverified(side),
    )


def _claim_id(side: Sequence[Statement]) -> str:
    return identifier("c", min(s.id for s in side))


def _dispute(
    sides: list[list[Statement]],
    edges: Sequence[Judgement],
    independence: Independence,
    documents: dict[str, Document],
) -> Dispute:
    ordered = sorted(sides, key=lambda side: (not best_statement(side).polarity, -len(side), side[0].id))
    positions = []
    for side in ordered:
        opponents = [s for other in sides if other is not side for s in other]
        positions.append(
            Position(
                id=identifier("p", min(s.id for s in side)),
                label=label_of(side),
                claims=(_claim_id(side),),
                statements=tuple(sorted(s.id for s in side)),
                actors=_actors(side),
                attestation=independence.attestation(side, opponents),
                unverified=_unverified(side),
            )
        )
    held = sorted({s.document for side in sides for s in side})
    dates = sorted(published for key in held if (published := documents[key].published))
    conceded = any(position.attestation.conceded_by for position in positions)
    return Dispute(
        id=identifier("q", min(s.id for side in sides for s in side)),
        question=question_of(ordered, rival_values=any(j.basis == "rival-value" for j in edges)),
        positions=tuple(positions),
        judgements=tuple(sorted(j.id for j in edges)),
        documents=tuple(held),
        first_published=dates[0] if dates else None,
        last_published=dates[-1] if dates else None,
        status=DisputeStatus.CONCEDED if conceded else DisputeStatus.CONTESTED,
    )


def _actors(side: Sequence[Statement]) -> tuple[str, ...]:
    return tuple(sorted({s.speaker.actor for s in side if s.speaker is not None}))


def _unverified(side: Sequence[Statement]) -> tuple[str, ...]:
    return tuple(
        sorted(
            s.id
            for s in side
            if s.verification is not None and s.verification.status is VerificationStatus.UNVERIFIED
        )
    )
