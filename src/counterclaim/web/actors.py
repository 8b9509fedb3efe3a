"""Actors: a list of those who speak, and one with what it said, denied and is in company with."""

from __future__ import annotations

from starlette.responses import Response

from counterclaim.model import Act
from counterclaim.model.errors import Messages, UnknownNameError
from counterclaim.views.actor import ActorView
from counterclaim.views.beside import company, read_disputes
from counterclaim.views.lists import read_actor_page
from counterclaim.views.reading import read_answer
from counterclaim.web.asking import Asking

ACT_WORDS = {
    Act.ASSERT: "Said",
    Act.DENY: "Denied",
    Act.ACCUSE: "Accused others of",
    Act.ADMIT: "Admitted",
    Act.APPEAL: "Called for",
    Act.PROMISE: "Promised",
    Act.PREDICT: "Predicted",
    Act.QUESTION: "Asked",
}
QUOTES = 8


def actors(asking: Asking) -> Response:
    """List the actors that speak, who speaks most first."""
    page, note = read_actor_page(asking.ledger, asking.question(), offset=asking.number("start", 10**9) or 0)
    return asking.page("actors.html.j2", "Actors", note, page=page)


def actor(asking: Asking) -> Response:
    """Show what an actor said, where it stands, and with whom."""
    question = asking.question()
    view, note = read_answer(asking.ledger, question, asking.path)
    if not isinstance(view, ActorView):
        raise UnknownNameError(Messages.name_unknown(asking.path))
    disputes = read_disputes(asking.ledger, question, {side.dispute for side in view.sides})
    said = [(act, [quote for quote in view.quotes if quote.act is act]) for act in Act]
    return asking.page(
        "actor.html.j2",
        view.name,
        note,
        view=view,
        sides=view.sides,
        company=company(view, disputes),
        said=[(act, quotes) for act, quotes in said if quotes],
        act_words=ACT_WORDS,
        most=QUOTES,
    )
