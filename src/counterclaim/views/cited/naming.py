"""What kind of thing an answer is about, and which tool shows it."""

from __future__ import annotations

from counterclaim.views.actor import ActorView
from counterclaim.views.answer import Answer
from counterclaim.views.board import DisputeView
from counterclaim.views.claim import ClaimView
from counterclaim.views.statement import StatementView


def what_it_is(view: Answer) -> tuple[str, str]:
    """Return what a view is of, in a word, and the name of the tool that shows it."""
    if isinstance(view, ActorView):
        return "actor", "show_actor"
    if isinstance(view, ClaimView):
        return "claim", "show_claim"
    if isinstance(view, DisputeView):
        return "dispute", "show_dispute"
    if isinstance(view, StatementView):
        return "statement", "show_statement"
    return "report", "read_report"
