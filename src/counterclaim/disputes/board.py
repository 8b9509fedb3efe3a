"""Claims, disputes and actors, read off what a ledger knew at a moment: a pure function."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from counterclaim.actors import ActorIndex, collect_actors, resolve_actors, spoken_by
from counterclaim.claims.gist import PROPOSITIONAL, gist_of
from counterclaim.disputes.alike import join_alike
from counterclaim.disputes.changes import recalls, withdrawn
from counterclaim.disputes.clusters import (
    Group,
    effective_edges,
    group_blame,
    group_claims,
    group_figures,
)
from counterclaim.disputes.counts import Independence
from counterclaim.disputes.fragments import join_fragments
from counterclaim.disputes.keeping import Bars, keep_decisions
from counterclaim.disputes.layers import absorb
from counterclaim.disputes.lineage import read_lineage
from counterclaim.disputes.opposition import PARAPHRASE
from counterclaim.disputes.questions import best_statement, label_of, question_of
from counterclaim.disputes.reprints import Reprints
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
from counterclaim.model.judgement import by_program
from counterclaim.model.standing import Standing, rejected_statements


def read_board(snapshot: Snapshot, actors: ActorIndex | None = None) -> Board:
    """Read actors, claims and disputes off a snapshot.

    The same snapshot gives the same board, in whatever order its parts were recorded, but for the
    decisions of people, whose order counts (:mod:`counterclaim.model.standing`). ``actors`` tells
    who is who across documents; it is read off the snapshot where None.
    """
    index = resolve_actors(snapshot) if actors is None else actors
    standing = Standing.of(snapshot)
    snapshot = standing.applied(snapshot)
    if standing.rejected:
        gone = rejected_statements(standing, snapshot)
        snapshot = replace(snapshot, statements=tuple(s for s in snapshot.statements if s.id not in gone))
    statements = {s.id: s for s in snapshot.statements}
    documents = {document.key: document for document in snapshot.documents}
    lineage = read_lineage(snapshot.documents, snapshot.judgements, standing.independent)
    independence = Independence(snapshot, lineage, index, withdrawn(snapshot, lineage.versions))
    reprints = Reprints(snapshot, lineage, index)
    judgements = reprints.judgements(snapshot.judgements)
    told = [s for s in snapshot.statements if reprints.first(s.id) == s.id and not recalls(s)]
    edges = effective_edges(judgements, snapshot.decisions)
    decided = reprints.joined | {end for j in edges if not by_program(j) for end in (j.left, j.right)}
    proposing = [s.id for s in told if s.act in PROPOSITIONAL or s.id in decided]
    groups = group_claims(proposing, edges)
    # Only what stands in a dispute is read again for its terms, which is slow and a small part of a ledger.
    disputed = {member for group in groups if len(group.sides) > 1 for side in group.sides for member in side}
    gists = {
        s.id: gist
        for s in snapshot.statements
        if s.id in disputed
        and s.document in documents
        and (gist := gist_of(s, documents[s.document])) is not None
    }
    groups = join_fragments(groups, gists, independence)
    held = [(j.left, j.right) for j in edges if j.kind is JudgementKind.OPPOSED and not by_program(j)]
    blame, groups = absorb(group_blame(proposing, edges), groups, held)
    blaming = {member for group in blame for side in group.sides for member in side}
    others = [s.id for s in told if s.act not in PROPOSITIONAL and s.id not in decided]
    alone = [Group(((member,),)) for member in others]
    apart = [
        (j.left, j.right) for j in judgements if j.kind is JudgementKind.NOT_SAME_CLAIM and not by_program(j)
    ]
    groups = join_alike([*groups, *alone], [j for j in edges if j.basis == PARAPHRASE], apart)
    figures = group_figures(proposing, edges)
    bars = Bars(judgements)
    blame, groups, figures = (keep_decisions(each, edges, bars) for each in (blame, groups, figures))
    elsewhere = {*others, *blaming}
    groups = [g for g in groups if not _is_lone(g, elsewhere)]
    figures = [g for g in figures if len(g.sides) > 1]
    claims, disputes = [], []
    blame, groups, figures = (reprints.unfold(each) for each in (blame, groups, figures))
    for number, group in enumerate([*blame, *groups, *figures]):
        sides = [[statements[member] for member in side] for side in group.sides]
        rival = any(j.basis == "rival-value" for j in group.opposed)
        about = "figure" if rival else "blame" if number < len(blame) else ""
        for side in sides:
            opponents = [s for other in sides if other is not side for s in other]
            claims.append(_claim(side, opponents, independence, about=about))
        if len(sides) > 1:
            disputes.append(_dispute(sides, group.opposed, independence, documents, about=about))
    return Board(
        actors=collect_actors(index),
        claims=tuple(sorted(claims, key=lambda claim: claim.id)),
        disputes=tuple(sorted(disputes, key=lambda dispute: dispute.id)),
    )


def _is_lone(group: Group, members: set[str]) -> bool:
    """Tell whether the group is one statement that makes no claim of its own, or makes one elsewhere."""
    return len(group.sides) == 1 and len(group.sides[0]) == 1 and group.sides[0][0] in members


def _claim(
    side: Sequence[Statement], opponents: Sequence[Statement], independence: Independence, *, about: str
) -> Claim:
    return Claim(
        id=_claim_id(side, about),
        text=label_of(independence.standing(side)),
        statements=tuple(sorted(s.id for s in side)),
        actors=spoken_by(independence.actors, side),
        attestation=independence.attestation(side, opponents),
        unverified=_unverified(side),
    )


def _claim_id(side: Sequence[Statement], about: str) -> str:
    return identifier("c", min(s.id for s in side), about)


def _dispute(
    sides: list[list[Statement]],
    edges: Sequence[Judgement],
    independence: Independence,
    documents: dict[str, Document],
    *,
    about: str,
) -> Dispute:
    ordered = sorted(sides, key=lambda side: (not best_statement(side).polarity, -len(side), side[0].id))
    positions = []
    for side in ordered:
        opponents = [s for other in sides if other is not side for s in other]
        positions.append(
            Position(
                id=identifier("p", min(s.id for s in side), about),
                label=label_of(independence.standing(side)),
                claims=(_claim_id(side, about),),
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
        id=identifier("q", min(s.id for side in sides for s in side), about),
        question=question_of(
            [independence.standing(side) for side in ordered], rival_values=about == "figure"
        ),
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
