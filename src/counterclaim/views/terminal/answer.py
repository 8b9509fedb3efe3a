"""Whatever was asked for, for a terminal."""

from __future__ import annotations

from rich.console import RenderableType

from counterclaim.views.actor import ActorView
from counterclaim.views.answer import Answer
from counterclaim.views.board import DisputeView
from counterclaim.views.claim import ClaimView
from counterclaim.views.document import DocumentView
from counterclaim.views.terminal.actor import actor_table
from counterclaim.views.terminal.board import dispute_table
from counterclaim.views.terminal.claim import claim_table
from counterclaim.views.terminal.document import document_table
from counterclaim.views.terminal.statement import statement_table


def answer_table(view: Answer) -> RenderableType:
    """Return the view as something to print."""
    if isinstance(view, DocumentView):
        return document_table(view)
    if isinstance(view, ClaimView):
        return claim_table(view)
    if isinstance(view, DisputeView):
        return dispute_table(view)
    if isinstance(view, ActorView):
        return actor_table(view)
    return statement_table(view)
