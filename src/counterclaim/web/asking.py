"""One request for a page of a project: who asks, for what moment, and how the answer is printed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import cache
from typing import Any

from jinja2 import Environment
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from counterclaim import __version__
from counterclaim.exports.templating import make_environment
from counterclaim.ledger import parse_moment
from counterclaim.serving.desk import Desk, Visitor
from counterclaim.serving.tagging import tagged
from counterclaim.serving.visitors import visitor_of
from counterclaim.teams import Access, Action
from counterclaim.teams.project_ledger import ProjectLedger
from counterclaim.views.catalogue import Catalogue
from counterclaim.views.reading import Note, Question
from counterclaim.web.filters import FILTERS
from counterclaim.web.links import Links

MOST_FIELDS = 200


class Asking:
    """A request within a project, with the ledger open for what the visitor may do."""

    def __init__(
        self, request: Request, desk: Desk, visitor: Visitor, access: Access, ledger: ProjectLedger
    ) -> None:
        self.request = request
        self.desk = desk
        self.visitor = visitor
        self.access = access
        self.ledger = ledger
        self.as_of_words = (request.query_params.get("as_of") or "").strip() or None
        self.as_of: datetime | None = parse_moment(self.as_of_words) if self.as_of_words else None
        self.to = Links(access.project, self.as_of_words)

    def question(self) -> Question:
        """Return how to ask the ledger for the moment that the reader looks at."""
        return self.desk.question(self.access, self.ledger, self.as_of)

    def catalogue(self, moment: datetime | None) -> Catalogue:
        """Return everything that was known at a moment, or is now; it may take long."""
        return self.desk.catalogue(self.access, self.ledger, moment)

    def last_visit(self) -> datetime | None:
        """Return when the reader was here before; None where nobody knows, or a past moment is looked at."""
        if self.desk.team is None or self.visitor.token is not None or self.as_of is not None:
            return None
        return self.desk.team.visit(self.visitor.user, self.access.project)

    def parameter(self, name: str) -> str | None:
        """Return a parameter of the address, None where it is not there or empty."""
        return (self.request.query_params.get(name) or "").strip() or None

    def number(self, name: str, most: int = 10**15) -> int | None:
        """Return a parameter that is a whole number from 0 to ``most``; None where it is none."""
        text = self.parameter(name)
        return min(int(text), most) if text and text.isascii() and text.isdigit() and len(text) < 19 else None

    @property
    def path(self) -> str:
        """The name that the address ends with."""
        return str(self.request.path_params["name"])

    def page(self, template: str, title: str, note: Note | None = None, **values: Any) -> Response:
        """Print a page whole, or the part of it that htmx asks for."""
        moment = None
        if note is not None and note.behind is not None:
            moment = note.behind.moment
        elif self.as_of is None:
            moment = self.ledger.last_recorded()
        context = {
            "title": title,
            "to": self.to,
            "access": self.access,
            "may": {str(action): self.access.may(action) for action in Action},
            "has_team": self.desk.team is not None,
            "as_of": self.as_of_words,
            "behind": note.behind if note else None,
            "permalink": self._permalink(moment),
            "here": self.request.url.path,
            "now": str(self.request.url.remove_query_params("as_of").replace(scheme="", netloc="")),
            "asked_for": [
                (name, value)
                for name, value in self.request.query_params.multi_items()
                if name not in {"as_of", "cursor"}
            ],
            "version": __version__,
            **values,
        }
        return render(self.request, template, context)

    def back(self, default: str) -> Response:
        """Send the browser on to where a form says that it came from, if that is a page here."""
        wanted = str(self.request.scope.get("form", {}).get("back") or "")
        inside = wanted.startswith("/p/") and "\\" not in wanted and "\n" not in wanted and "\r" not in wanted
        return RedirectResponse(wanted if inside else default, status_code=303)

    def _permalink(self, moment: datetime | None) -> str | None:
        """Return the address that will always show what this page shows now."""
        if moment is None:
            return None
        return str(
            self.request.url.include_query_params(as_of=moment.isoformat()).replace(scheme="", netloc="")
        )


Handler = Callable[[Asking], Response]


def page(handler: Handler, action: Action = Action.READ) -> Callable[[Request], Response]:
    """Return an endpoint that shows something of a project to those who may do ``action`` there."""

    def endpoint(request: Request) -> Response:
        return _answered(request, handler, action)

    return endpoint


def form(handler: Callable[[Asking, FormData], Response], action: Action) -> Any:
    """Return an endpoint that takes a form from those who may do ``action``."""

    async def endpoint(request: Request) -> Response:
        await run_in_threadpool(_allowed, request, action)  # before anything of the form is taken in
        async with request.form(max_files=MOST_FIELDS, max_fields=MOST_FIELDS) as fields:
            request.scope["form"] = fields
            return await run_in_threadpool(_answered, request, lambda asking: handler(asking, fields), action)

    return endpoint


def _allowed(request: Request, action: Action) -> tuple[Desk, Visitor, Access]:
    """Return who asks for what they may. Raises NotKnownError, NotAllowedError or UnknownNameError."""
    desk: Desk = request.app.state.desk
    visitor = visitor_of(request, desk)
    access = desk.access(visitor, request.path_params["project"])
    access.require(action)
    return desk, visitor, access


def _answered(request: Request, handler: Handler, action: Action) -> Response:
    desk, visitor, access = _allowed(request, action)
    with desk.opened(access) as ledger:
        return handler(Asking(request, desk, visitor, access, ledger))


def render(request: Request, template: str, context: dict[str, Any], status: int = 200) -> Response:
    """Print a template, with a tag by which browsers know whether they have it already."""
    whole = "HX-Request" not in request.headers or "HX-Boosted" in request.headers
    text = environment().get_template(template).render(**context, whole=whole)
    return tagged(request, HTMLResponse(text, status_code=status, headers={"Vary": "HX-Request, Cookie"}))


@cache
def environment() -> Environment:
    """Return the environment of the pages' templates."""
    made = make_environment("counterclaim.web")
    made.filters.update(FILTERS)
    return made
