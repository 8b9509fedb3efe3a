"""One claim: who makes it, how well it is borne out, and the disputes it is part of."""

from __future__ import annotations

import msgspec

from counterclaim.model import Claim, StatusNote
from counterclaim.views.board import Evidence, Holder, evidence_of, holder_of
from counterclaim.views.catalogue import Catalogue
from counterclaim.views.decisions import Decision, decisions_on
from counterclaim.views.names import Named
from counterclaim.views.quotes import Check, Quote, check_of, quotes_of


class ClaimView(msgspec.Struct, frozen=True, kw_only=True):
    """A proposition and the statements that make it."""

    id: str
    text: str
    holders: tuple[Holder, ...]
    evidence: Evidence
    checks: tuple[Check, ...]
    disputes: tuple[Named, ...]
    quotes: tuple[Quote, ...]
    statuses: tuple[StatusNote, ...] = ()
    decisions: tuple[Decision, ...] = ()


def claim_view(catalogue: Catalogue, claim: Claim) -> ClaimView:
    """Return one claim."""
    statements = [catalogue.statements[each] for each in claim.statements]
    disputes = {
        side.dispute.id: side.dispute.question for each in claim.statements for side in catalogue.sides(each)
    }
    return ClaimView(
        id=claim.id,
        text=claim.text,
        holders=tuple(holder_of(catalogue, each) for each in claim.actors),
        evidence=evidence_of(catalogue, claim.attestation),
        checks=tuple(check for statement in statements if (check := check_of(statement))),
        disputes=tuple(Named(id=each, name=question) for each, question in sorted(disputes.items())),
        quotes=quotes_of(catalogue, claim.statements),
        statuses=catalogue.statuses.get(claim.id, ()),
        decisions=decisions_on(catalogue, claim.statements),
    )
