"""The routes of the pages, and what is shown where one cannot be."""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus
from importlib.resources import files
from typing import Any
from urllib.parse import urlencode

from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.body_limit import RequestBodyLimitMiddleware
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from counterclaim import __version__
from counterclaim.model.errors import CounterclaimError, Messages, NotKnownError
from counterclaim.serving.problem_details import headers_of, problem_of
from counterclaim.teams import Action
from counterclaim.web import (
    accounts,
    actors,
    adding,
    board,
    briefs,
    disputes,
    finding,
    judging,
    pictures,
    reports,
    review,
)
from counterclaim.web.asking import form, page, render

LOGIN = "/login"
YEAR = 31_536_000
_BRIEF = Middleware(RequestBodyLimitMiddleware, max_body_size=20_000)
"""What logging in may take: anybody can send it, so it is kept far below what a report may have."""


def routes() -> list[BaseRoute]:
    """Return every page. Those that change something take POST, and nothing else does."""
    inside: list[tuple[str, Any, str]] = [
        ("", page(board.board), "GET"),
        ("disputes/{name}", page(disputes.dispute), "GET"),
        ("disputes/{name}/quotes", page(disputes.quotes), "GET"),
        ("disputes/{name}/brief", page(briefs.brief), "GET"),
        ("disputes/{name}/map", page(pictures.dispute_map), "GET"),
        ("disputes/{name}/timeline", page(pictures.dispute_timeline), "GET"),
        ("map", page(pictures.board_map), "GET"),
        ("timeline", page(pictures.board_timeline), "GET"),
        ("claims/{name}", page(disputes.claim), "GET"),
        ("reports", page(reports.reports), "GET"),
        ("reports/{name:path}/source", page(reports.source), "GET"),
        ("reports/{name:path}", page(reports.report), "GET"),
        ("statements/{name}", page(reports.statement), "GET"),
        ("actors", page(actors.actors), "GET"),
        ("actors/{name:path}/map", page(pictures.actor_map), "GET"),
        ("actors/{name:path}/timeline", page(pictures.actor_timeline), "GET"),
        ("actors/{name:path}", page(actors.actor), "GET"),
        ("search", page(finding.search, Action.SEARCH), "GET"),
        ("changes", page(finding.changes), "GET"),
        ("review", page(review.review, Action.REVIEW), "GET"),
        ("judgements", page(judging.decisions), "GET"),
        ("judgements", form(judging.judge, Action.JUDGE), "POST"),
        ("add", page(adding.add_page, Action.INGEST), "GET"),
        ("add", form(adding.add, Action.INGEST), "POST"),
    ]
    return [
        Route("/", accounts.home),
        Route("/projects", accounts.projects),
        Route(LOGIN, accounts.login_page, methods=["GET"]),
        Route(LOGIN, accounts.login, methods=["POST"], middleware=[_BRIEF]),
        Route("/logout", accounts.logout, methods=["POST"]),
        Route("/static/page.css", _shared("page.css")),
        Route("/static/briefing.css", _shared("briefing.css")),
        Mount("/static", StaticFiles(packages=[("counterclaim.web", "static")])),
        *(Route(f"/p/{{project}}/{path}", endpoint, methods=[method]) for path, endpoint, method in inside),
    ]


def handlers() -> dict[Any, Any]:
    """Return what is shown for each kind of error."""
    return {CounterclaimError: _refused, HTTPException: _missing}


def _shared(name: str) -> Callable[[Request], Response]:
    """Return an endpoint that gives a style which the pages have in common with what is exported."""
    style = files("counterclaim.exports").joinpath("templates", name).read_text(encoding="utf-8")

    def endpoint(_request: Request) -> Response:
        return Response(style, media_type="text/css", headers={"Cache-Control": f"public, max-age={YEAR}"})

    return endpoint


def _refused(request: Request, error: Exception) -> Response:
    assert isinstance(error, CounterclaimError)
    if (
        isinstance(error, NotKnownError)
        and request.method == "GET"
        and "authorization" not in request.headers
    ):
        asked = str(request.url.replace(scheme="", netloc=""))
        return RedirectResponse(f"{LOGIN}?{urlencode({'next': asked})}", status_code=303)
    problem = problem_of(error)
    response = _shown(request, HTTPStatus(problem.status), problem.detail)
    response.headers.update(headers_of(error))
    return response


def _missing(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    status = HTTPStatus(error.status_code)
    words = Messages.page_missing() if status is HTTPStatus.NOT_FOUND else str(error.detail)
    response = _shown(request, status, words)
    response.headers.update(error.headers or {})
    return response


def _shown(request: Request, status: HTTPStatus, detail: str) -> Response:
    project = request.path_params.get("project")
    context = {
        "title": status.phrase,
        "detail": detail,
        "home": f"/p/{project}/" if project and status is not HTTPStatus.FORBIDDEN else "/",
        "version": __version__,
    }
    return render(request, "error.html.j2", context, status)
