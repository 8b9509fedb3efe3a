"""One dispute: its positions in columns, every quotation, and how each count came about."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec
from starlette.responses import Response

from counterclaim.model.errors import Messages, UnknownNameError
from counterclaim.views.board import DisputeView, HeldBy, Holder, PositionView, holders_by_name
from counterclaim.views.claim import ClaimView
from counterclaim.views.reading import Note, read_answer
from counterclaim.web.asking import Asking

QUOTES = 12
"""Quotations of a position that stand on the page of its dispute."""
MORE = 50
"""Quotations that come at once after those."""
HELD = 60


class Held(msgspec.Struct, frozen=True):
    """Who holds a position, those whom no words tell apart once; outlets that say it in their own voice."""

    holders: tuple[HeldBy, ...]
    own_voice: tuple[str, ...]


def held(holders: Iterable[Holder], own_voice: tuple[str, ...] = ()) -> Held:
    """Gather who holds something."""
    return Held(tuple(holders_by_name(holders)[:HELD]), own_voice[:HELD])


def dispute(asking: Asking) -> Response:
    """Show a dispute whole; of a position with very many quotations the first."""
    view, note = read_dispute(asking)
    return asking.page(
        "dispute.html.j2",
        view.question,
        note,
        view=view,
        holders={each.id: held(each.holders, each.own_voice) for each in view.positions},
        most=QUOTES,
    )


def quotes(asking: Asking) -> Response:
    """Show further quotations of one position."""
    view, note = read_dispute(asking)
    position = _position(view, asking.parameter("position") or "")
    start = asking.number("start") or 0
    end = start + MORE
    left = max(0, len(position.quotes) - end)
    return asking.page(
        "quotes.html.j2",
        position.label,
        note,
        view=view,
        position=position,
        quotes=position.quotes[start:end],
        left=left,
        following=asking.to.quotes(view.id, position.id, end) if left else None,
    )


def claim(asking: Asking) -> Response:
    """Show one claim with the statements that make it."""
    view, note = read_answer(asking.ledger, asking.question(), asking.path)
    if not isinstance(view, ClaimView):
        raise UnknownNameError(Messages.name_unknown(asking.path))
    return asking.page("claim.html.j2", view.text, note, view=view, holders=held(view.holders), most=MORE)


def read_dispute(asking: Asking) -> tuple[DisputeView, Note]:
    """Return the dispute that the address names."""
    view, note = read_answer(asking.ledger, asking.question(), asking.path)
    if not isinstance(view, DisputeView):
        raise UnknownNameError(Messages.name_unknown(asking.path))
    return view, note


def _position(view: DisputeView, name: str) -> PositionView:
    for each in view.positions:
        if each.id == name:
            return each
    raise UnknownNameError(Messages.name_unknown(name))
