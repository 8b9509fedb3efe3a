"""One request to the API within a project, and how it is answered."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Annotated, Any

import msgspec
from fastapi import Depends, Path, Query
from starlette.requests import Request
from starlette.responses import Response

from counterclaim.ledger import parse_moment
from counterclaim.serving.desk import Desk, Visitor
from counterclaim.serving.tagging import tagged
from counterclaim.serving.visitors import visitor_of
from counterclaim.teams import Access, Action
from counterclaim.teams.project_ledger import ProjectLedger
from counterclaim.views.catalogue import Catalogue
from counterclaim.views.reading import Note, Question

AsOf = Annotated[
    str | None,
    Query(max_length=40, description="Answer with what the ledger knew then: a day, or a moment with zone."),
]
Limit = Annotated[int, Query(ge=1, le=200, description="How many at most.")]
Cursor = Annotated[
    str | None, Query(max_length=2_000, description="`following` of the page before, unchanged.")
]
Name = Annotated[str, Path(max_length=400, description="An id, a unique beginning of one, or a name.")]


class Asked:
    """A request within a project: the ledger is open for what the asker may do."""

    def __init__(
        self, request: Request, desk: Desk, visitor: Visitor, access: Access, ledger: ProjectLedger
    ) -> None:
        self.request = request
        self.desk = desk
        self.visitor = visitor
        self.access = access
        self.ledger = ledger

    def question(self, as_of: str | None = None) -> Question:
        """Return how to ask the ledger for a moment as it was written, or for now."""
        return self.desk.question(self.access, self.ledger, moment(as_of))

    def catalogue(self, as_of: str | None = None) -> Catalogue:
        """Return everything that was known; it may take long."""
        return self.desk.catalogue(self.access, self.ledger, moment(as_of))

    def answer(self, view: Any, note: Note | None = None, status: int = 200) -> Response:
        """Return a view as JSON, with the moment that it is of."""
        headers = {"Vary": "Authorization, Cookie"}
        if note is not None and note.behind is not None:
            headers["Ledger-Moment"] = note.behind.moment.isoformat()
            headers["Ledger-Behind"] = str(note.behind.entries)
        else:
            last = self.ledger.last_recorded()
            if last is not None:
                headers["Ledger-Moment"] = last.isoformat()
        body = msgspec.json.encode(view)
        return tagged(self.request, Response(body, status, headers, media_type="application/json"))


def opened(request: Request, project: Annotated[str, Path(max_length=64)]) -> Iterator[Asked]:
    """Open the project's ledger for who asks."""
    desk: Desk = request.app.state.desk
    visitor = visitor_of(request, desk)
    access = desk.access(visitor, project)
    access.require(Action.READ)
    with desk.opened(access) as ledger:
        yield Asked(request, desk, visitor, access, ledger)


InProject = Annotated[Asked, Depends(opened)]


def moment(as_of: str | None) -> datetime | None:
    """Return a moment as it was written, None for now. Raises QuestionError."""
    return parse_moment(as_of) if as_of else None
