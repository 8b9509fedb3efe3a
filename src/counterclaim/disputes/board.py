"""Claims, disputes and actors, read off what a ledger knew at a moment: a pure function."""

from __future__ import annotations

from collections.abc import Sequence

from counterclaim.actors import ActorIndex, collect_actors, resolve_actors, spoken_by
from counterclaim.claims.gist import PROPOSITIONAL, gist_of
from counterclaim.disputes.clusters import effective_edges, group_claims, group_figures
from counterclaim.disputes.copies import copy_groups
from counterclaim.disputes.counts import Independence
from counterclaim.disputes.fragments import join_fragments
from counterclaim.disputes.questions import best_statement, label_of, question_of
from counterclaim.model import (
    Board,
    Claim,
    Dispute,
    DisputeStatus,
    Document,
    Judgement,
    Position,
    Snapshot,
    Statement,
    VerificationStatus,
)
from counterclaim.model.digest import identifier


def read_board(snapshot: Snapshot, actors: ActorIndex | None = None) -> Board:
    """Read actors, claims and disputes off a snapshot.

    The same snapshot gives the same board, in whatever order its parts were recorded. ``actors`` tells
    who is who across documents; it is read off the snapshot where None.
    """
    index = resolve_actors(snapshot) if actors is None else actors
    statements = {s.id: s for s in snapshot.statements}
    documents = {document.key: document for document in snapshot.documents}
    independence = Independence(
        snapshot.documents, copy_groups(snapshot.documents, snapshot.judgements), index
    )
    proposing = [s.id for s in snapshot.statements if s.act in PROPOSITIONAL and s.reported_by is None]
    edges = effective_edges(snapshot.judgements)
    gists = {
        s.id: gist
        for s in snapshot.statements
        if s.document in documents and (gist := gist_of(s, documents[s.document])) is not None
    }
    groups = join_fragments(group_claims(proposing, edges), gists, independence)
    claims, disputes = [], []
    for group in [*groups, *group_figures(proposing, edges)]:
        sides = [[statements[member] for member in side] for side in group.sides]
        rival = any(j.basis == "rival-value" for j in group.opposed)
        for side in sides:
            opponents = [s for other in sides if other is not side for s in other]
            claims.append(_claim(side, opponents, independence, rival=rival))
        if len(sides) > 1:
            disputes.append(_dispute(sides, group.opposed, independence, documents, rival=rival))
    return Board(
        actors=collect_actors(index),
        claims=tuple(sorted(claims, key=lambda claim: claim.id)),
        disputes=tuple(sorted(disputes, key=lambda dispute: dispute.id)),
    )


def _claim(
    side: Sequence[Statement], opponents: Sequence[Statement], independence: Independence, *, rival: bool
) -> Claim:
    return Claim(
        id=_claim_id(side, rival=rival),
        text=label_of(side),
        statements=tuple(sorted(s.id for s in side)),
        actors=spoken_by(independence.actors, side),
        attestation=independence.attestation(side, opponents),
        unverified=_unverified(side),
    )


def _claim_id(side: Sequence[Statement], *, rival: bool) -> str:
    return identifier("c", min(s.id for s in side), "figure" if rival else "")


def _dispute(
    sides: list[list[Statement]],
    edges: Sequence[Judgement],
    independence: Independence,
    documents: dict[str, Document],
    *,
    rival: bool,
) -> Dispute:
    ordered = sorted(sides, key=lambda side: (not best_statement(side).polarity, -len(side), side[0].id))
    positions = []
    for side in ordered:
        opponents = [s for other in sides if other is not side for s in other]
        positions.append(
            Position(
                id=identifier("p", min(s.id for s in side), "figure" if rival else ""),
                label=label_of(side),
                claims=(_claim_id(side, rival=rival),),
                statements=tuple(sorted(s.id for s in side)),
                actors=spoken_by(independence.actors, side),
                attestation=independence.attestation(side, opponents),
                unverified=_unverified(side),
            )
        )
    held = sorted({s.document for side in sides for s in side})
    dates = sorted(published for key in held if (published := documents[key].published))
    conceded = any(position.attestation.conceded_by for position in positions)
    return Dispute(
        id=identifier("q", min(s.id for side in sides for s in side), "figure" if rival else ""),
        question=question_of(ordered, rival_values=rival),
        positions=tuple(positions),
        judgements=tuple(sorted(j.id for j in edges)),
        documents=tuple(held),
        first_published=dates[0] if dates else None,
        last_published=dates[-1] if dates else None,
        status=DisputeStatus.CONCEDED if conceded else DisputeStatus.CONTESTED,
    )


def _unverified(side: Sequence[Statement]) -> tuple[str, ...]:
    return tuple(
        sorted(
            s.id
            for s in side
            if s.verification is not None and s.verification.status is VerificationStatus.UNVERIFIED
        )
    )
