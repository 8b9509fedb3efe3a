"""The view of whatever was asked for."""

from __future__ import annotations

from counterclaim.model import Actor, Claim, Dispute, Document
from counterclaim.views.actor import ActorView, actor_view
from counterclaim.views.board import DisputeView, dispute_view
from counterclaim.views.catalogue import Catalogue
from counterclaim.views.claim import ClaimView, claim_view
from counterclaim.views.document import DocumentView, document_view
from counterclaim.views.find import Found
from counterclaim.views.statement import CaptureOf, StatementView, statement_view

Answer = ActorView | ClaimView | DisputeView | DocumentView | StatementView


def answer(catalogue: Catalogue, found: Found, capture_of: CaptureOf) -> Answer:
    """Return the view of a noun; only a statement's needs its capture."""
    if isinstance(found, Document):
        return document_view(catalogue, found)
    if isinstance(found, Claim):
        return claim_view(catalogue, found)
    if isinstance(found, Dispute):
        return dispute_view(catalogue, found)
    if isinstance(found, Actor):
        return actor_view(catalogue, found)
    return statement_view(catalogue, found, capture_of)
