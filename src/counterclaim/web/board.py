"""The board, and what changed since the reader's last visit."""

from __future__ import annotations

from enum import StrEnum
from typing import TypeVar

from starlette.responses import Response

from counterclaim.model import DisputeStatus, QuestionError
from counterclaim.model.errors import Messages
from counterclaim.views.board_page import Order, Sought, read_board_page
from counterclaim.views.happening import Happening, parse_happening
from counterclaim.views.news import News, read_news
from counterclaim.web.asking import Asking

Choice = TypeVar("Choice", bound=StrEnum)

AT_ONCE = 12
"""Disputes on one page."""


def board(asking: Asking) -> Response:
    """Show the disputes that are looked for, most independent origins first."""
    question = asking.question()
    since = asking.last_visit()
    news = read_news(asking.ledger, question, since) if since else News()
    asked = _asked(asking)
    sought = Sought(
        status=_one_of(DisputeStatus, asked["status"]),
        actor=asked["actor"] or None,
        place=asked["place"] or None,
        words=asked["words"],
        unverified=bool(asked["unverified"]),
        happened=_period(asked["happened"]),
        reported=_period(asked["reported"]),
        among=news.touched if asking.parameter("news") and since else None,
    )
    order = _one_of(Order, asked["order"]) or Order.WEIGHT
    page, note = read_board_page(
        asking.ledger, question, sought, order=order, limit=AT_ONCE, cursor=asking.parameter("cursor")
    )
    narrowed = {**asked, "order": ""} != dict.fromkeys(asked, "") or sought.among is not None
    following = {**asked, "news": asking.parameter("news"), "cursor": page.following}
    return asking.page(
        "board.html.j2",
        "What is contested",
        note,
        board=page,
        asked={**asked, "narrowed": narrowed},
        statuses=list(DisputeStatus),
        news=news.touched,
        fresh=news.opened,
        since=since.isoformat() if since else None,
        following=asking.to.page(**following) if page.following else None,
    )


def _asked(asking: Asking) -> dict[str, str]:
    names = ("words", "actor", "place", "status", "happened", "reported", "unverified", "order")
    return {name: asking.parameter(name) or "" for name in names}


def _one_of(kind: type[Choice], text: str) -> Choice | None:
    if not text:
        return None
    try:
        return kind(text)
    except ValueError:
        raise QuestionError(Messages.choice_unknown(text, [str(each) for each in kind])) from None


def _period(text: str) -> Happening | None:
    return parse_happening(text) if text else None
