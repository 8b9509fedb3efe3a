"""The routes that stream: exports, the bytes of a report, and what is new as it comes in."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import ExitStack
from typing import Annotated, Any

import msgspec
from fastapi import APIRouter, Query
from sse_starlette import EventSourceResponse
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from counterclaim.api.answers import FormatAnswer, FormatList
from counterclaim.api.asked import Asked, AsOf, InProject, Name, moment
from counterclaim.api.describing import DESCRIBED, mistakes
from counterclaim.exports import FORMATS, Choices, Table, read_source
from counterclaim.exports.formats import Format
from counterclaim.ledger import Ledger
from counterclaim.ledger.stored_boards import last_entry
from counterclaim.model.errors import Messages, NotKnownError, UnknownNameError
from counterclaim.serving.boards import CrowdedError
from counterclaim.teams import Action
from counterclaim.views.happening import parse_happening

router = APIRouter(tags=["streaming"])

SANDBOX = "default-src 'none'; sandbox"
STREAMS = 100
"""Clients that may wait for what is new at once."""
OF_ONE = 10
"""And those of them that may be one user's."""
LOOK = 1.0
"""Seconds between two looks for something new."""


@router.get("/projects/{project}/exports", responses=DESCRIBED.json(FormatList))
def formats(asked: InProject) -> Response:
    """List the formats that a ledger can be written in."""
    known = (
        FormatAnswer(name=each.name, what=each.what, media_type=each.media_type, ending=each.ending)
        for each in FORMATS.values()
    )
    return asked.answer(FormatList(formats=tuple(known)))


@router.get(
    "/projects/{project}/exports/{name}",
    responses={200: {"description": "The export.", "content": {"*/*": {}}}, **mistakes()},
    response_class=StreamingResponse,
)
def export(
    asked: InProject,
    name: Name,
    table: Table = Table.STATEMENTS,
    happened: Annotated[str | None, Query(max_length=40)] = None,
    as_of: AsOf = None,
) -> Response:
    """Write the ledger in a format, piece by piece; protected words stay masked."""
    asked.access.require(Action.EXPORT)
    if name not in FORMATS:
        raise UnknownNameError(Messages.format_unknown(name, list(FORMATS)))
    choices = Choices(table=table, as_of=as_of, happening=parse_happening(happened) if happened else None)
    chosen = FORMATS[name]
    then = moment(as_of)
    place = asked.desk.place(asked.access.project)
    headers = {
        "Content-Disposition": f'attachment; filename="{asked.access.project}{chosen.ending}"',
        "Content-Security-Policy": SANDBOX,
    }
    pieces = _pieces(place, chosen, choices, then)
    return StreamingResponse(pieces, media_type=chosen.media_type, headers=headers)


@router.get(
    "/projects/{project}/captures/{name}",
    responses={200: {"description": "The bytes.", "content": {"application/octet-stream": {}}}, **mistakes()},
)
def capture(asked: InProject, name: Name, as_of: AsOf = None) -> Response:
    """Return the bytes that came in, by their SHA-256, as a file to keep."""
    held = asked.ledger.capture(name, moment(as_of))
    return Response(
        held.content,
        media_type="application/octet-stream",
        headers={
            "Content-Disposition": f'attachment; filename="{held.sha256}"',
            "Content-Security-Policy": SANDBOX,
        },
    )


@router.get(
    "/projects/{project}/events",
    responses={
        200: {"description": "Server-sent events.", "content": {"text/event-stream": {}}},
        **mistakes(),
    },
)
async def events(asked: InProject, request: Request) -> Response:
    """Tell of every entry of the log as it comes in: event `recorded`, with its number and moment.

    `Last-Event-ID` tells from where to go on.
    """
    waiting = asked.desk.streams
    for most, number in ((STREAMS, waiting.total()), (OF_ONE, waiting[asked.access.user])):
        if number >= most:
            raise CrowdedError(Messages.too_many_streams(most))
    known = request.headers.get("last-event-id", "")
    after = int(known) if known.isascii() and known.isdigit() and len(known) < 19 else None
    return EventSourceResponse(_events(asked, request, after))


async def _events(asked: Asked, request: Request, after: int | None) -> AsyncIterator[dict[str, Any]]:
    def look() -> tuple[int, str] | None:
        if not asked.desk.goes_on(asked.visitor, asked.access):
            raise NotKnownError(Messages.not_logged_in())
        with asked.ledger.reading() as connection:
            last = last_entry(connection)
        return (last[0], last[1].isoformat()) if last else None

    asked.desk.streams[asked.access.user] += 1  # on the one thread of the event loop
    try:
        if after is None:
            last = await run_in_threadpool(look)
            after = last[0] if last else 0
        while not await request.is_disconnected():
            last = await run_in_threadpool(look)
            if last is not None and last[0] > after:
                after = last[0]
                data = msgspec.json.encode({"sequence": last[0], "recorded": last[1]}).decode()
                yield {"event": "recorded", "id": str(after), "data": data}
            await asyncio.sleep(LOOK)
    except NotKnownError:
        return  # who may be here no more is told nothing more
    finally:
        asked.desk.streams[asked.access.user] -= 1


def _pieces(place: str, chosen: Format, choices: Choices, then: Any) -> Iterator[bytes]:
    """Give the export from a ledger opened for it alone, since it may go on long after the request."""
    with ExitStack() as open_:
        ledger = open_.enter_context(Ledger.open(place))
        source = open_.enter_context(read_source(ledger, choices, then))
        yield from chosen.pieces(source)
