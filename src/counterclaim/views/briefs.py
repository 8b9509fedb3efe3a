"""From a ledger to the briefing on a dispute."""

from __future__ import annotations

from counterclaim.ledger import Ledger
from counterclaim.model.errors import Messages, UnknownNameError
from counterclaim.views.board import DisputeView
from counterclaim.views.briefing import Briefing, briefing
from counterclaim.views.document import DocumentView
from counterclaim.views.reading import Note, Question, read_answer
from counterclaim.views.statement import StatementView


def read_briefing(ledger: Ledger, question: Question, name: str) -> tuple[Briefing, Note]:
    """Return the briefing on the dispute that is called ``name``, or that a statement or report is in first.

    Raises UnknownNameError for what is in no dispute.
    """
    view, note = read_answer(ledger, question, name)
    if isinstance(view, StatementView):
        sides = list(view.sides)
        view, note = read_answer(ledger, question, sides[0].dispute) if sides else (view, note)
    elif isinstance(view, DocumentView):
        sides = [side for each in view.notes for side in each.sides]
        view, note = read_answer(ledger, question, sides[0].dispute) if sides else (view, note)
    if not isinstance(view, DisputeView):
        raise UnknownNameError(Messages.not_in_dispute(name))
    moment = note.behind.moment if note.behind else question.as_of or ledger.last_recorded()
    made = briefing(view, ledger, moment.isoformat() if moment else None)
    return made, note
