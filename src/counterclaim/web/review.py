"""The review queue on a page: each thing with the buttons that decide it."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec
from starlette.responses import Response

from counterclaim.model.standing import State
from counterclaim.views.decisions import Decision, decision_rows
from counterclaim.views.lists import read_review
from counterclaim.views.review_item import Item, Why
from counterclaim.web.asking import Asking

SHOWN = 20

WHY = {
    Why.CONFLICT: "people contradict each other",
    Why.DISPUTE: "a dispute hangs on it",
    Why.CORROBORATION: "it alone makes two parts one claim",
    Why.READING: "read with little confidence",
    Why.COPY: "if wrong, one origin more",
    Why.ACTOR: "one weak reason makes one actor of two",
}


ASKED = {
    "same-claim": "Do these make the same claim?",
    "not-same-claim": "Do these make different claims?",
    "opposed": "Is it so that these cannot both be true?",
    "not-opposed": "Can these both be true?",
    "copy": "Is one of these reports a copy of the other?",
    "derived": "Was one of these reports made from the other?",
    "revises": "Is one of these reports a later version of the other?",
    "same-actor": "Are these one actor?",
    "reading": "Was this read rightly?",
}
"""The question that a thing puts, by its kind."""


class Answers(msgspec.Struct, frozen=True):
    """The buttons of a thing: the decision, its words, its key; and the fields that go with each."""

    choices: tuple[tuple[str, str, str], ...]
    fields: tuple[tuple[str, str], ...]


def review(asking: Asking) -> Response:
    """Show what should be decided, first things first."""
    items, note = read_review(asking.ledger, asking.question())
    rows = decision_rows(*asking.ledger.decided())
    return asking.page(
        "review.html.j2",
        "Review",
        note,
        items=items[:SHOWN],
        more=len(items) - SHOWN if len(items) > SHOWN else 0,
        answers={item.id: answers(item) for item in items[:SHOWN]},
        why=WHY,
        asked=ASKED,
        last=_last_of(rows, asking.access.user),
    )


def answers(item: Item) -> Answers:
    """Return how a thing can be decided with one button."""
    if item.why is Why.CONFLICT:
        mine = (("undo", f"Take back {each}", "") for each in (item.id, *item.also))
        return Answers(tuple(mine)[:1], (("judgement", item.id),))
    if item.why is Why.ACTOR:
        one, other = item.about[:2]
        choices = (("same-actor", "Yes", "y"), ("different-actors", "No", "n"))
        return Answers(choices, (("one", one), ("other", other)))
    choices = (("confirmed", "Yes", "y"), ("rejected", "No", "n"))
    return Answers(choices, (("about", item.id),))


def _last_of(rows: Iterable[Decision], user: str) -> Decision | None:
    """Return the last decision of a user that stands, to be undone with one key."""
    mine = [each for each in rows if each.author == user and each.state in (State.STANDS, State.CONFLICT)]
    return mine[-1] if mine else None
