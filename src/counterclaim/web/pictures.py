"""The map and the timeline: of the board, of a dispute, of an actor."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import unquote

from starlette.responses import Response

from counterclaim.model.errors import Messages, QuestionError
from counterclaim.views.happening import parse_happening
from counterclaim.views.map import MapPlace
from counterclaim.views.part import read_map, read_timeline
from counterclaim.views.reading import Note, Question
from counterclaim.views.timeline import Lanes, TimelineItem
from counterclaim.web.asking import Asking
from counterclaim.web.map_svg import map_shapes
from counterclaim.web.timeline_svg import timeline_shapes

BOARD = "the board"


def board_map(asking: Asking) -> Response:
    """Show the places of what is claimed in the disputes; each leads to the disputes about it."""
    return _map(asking, None, BOARD, lambda place: asking.to.page(place=place.id))


def dispute_map(asking: Asking) -> Response:
    """Show the places of what is claimed in a dispute."""
    return _map(asking, asking.path, "the dispute", _to_statement(asking))


def actor_map(asking: Asking) -> Response:
    """Show the places of what an actor says."""
    return _map(asking, asking.path, "the actor", _to_statement(asking))


def board_timeline(asking: Asking) -> Response:
    """Show what is said in the disputes in time, a lane for each actor."""
    return _timeline(asking, None, BOARD)


def dispute_timeline(asking: Asking) -> Response:
    """Show what is said in a dispute in time, a lane for each position."""
    return _timeline(asking, asking.path, "the dispute")


def actor_timeline(asking: Asking) -> Response:
    """Show what an actor says in time."""
    return _timeline(asking, asking.path, "the actor")


def _map(asking: Asking, name: str | None, of: str, link: Callable[[MapPlace], str | None]) -> Response:
    answer = read_map(asking.ledger, _question(asking), name)
    shapes = map_shapes(answer.view, link)
    return _shown(
        asking, "map.html.j2", f"Map of {of}", name, answer.note, shapes=shapes, beyond=answer.beyond
    )


def _timeline(asking: Asking, name: str | None, of: str) -> Response:
    def link(item: TimelineItem) -> str:
        return asking.to.statement(item.quote.place.key, item.quote.statement)

    lanes = asking.parameter("lanes")
    if lanes is not None and lanes not in set(Lanes):
        raise QuestionError(Messages.choice_unknown(lanes, list(Lanes)))
    answer = read_timeline(
        asking.ledger, _question(asking), name, lanes_of=Lanes(lanes) if lanes is not None else None
    )
    return _shown(
        asking,
        "timeline.html.j2",
        f"Timeline of {of}",
        name,
        answer.note,
        shapes=timeline_shapes(answer.view, link),
        beyond=answer.beyond,
        lanes=answer.view.lanes_of,
    )


def _question(asking: Asking) -> Question:
    happened = asking.parameter("happened")
    question = asking.question()
    return question._replace(happening=parse_happening(happened)) if happened else question


def _to_statement(asking: Asking) -> Callable[[MapPlace], str | None]:
    return lambda place: asking.to.evidence(place.statements[0]) if place.statements else None


def _shown(
    asking: Asking, template: str, title: str, name: str | None, note: Note, **values: Any
) -> Response:
    inside = asking.request.url.path.split("/", 3)[3]
    back = asking.to.page("" if name is None else unquote(inside.rpartition("/")[0]))
    return asking.page(
        template, title, note, name=name, back=back, happened=asking.parameter("happened") or "", **values
    )
