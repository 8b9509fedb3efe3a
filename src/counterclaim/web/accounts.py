"""Logging in and out, and the list of a user's projects."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from counterclaim import __version__
from counterclaim.model.errors import NotKnownError, ThrottledError
from counterclaim.serving.desk import LOCAL, Desk
from counterclaim.serving.visitors import begin_session, end_session, session_name, visitor_of
from counterclaim.web.asking import render


def home(request: Request) -> Response:
    """Send the browser to the board of the only project, or to the list of them."""
    desk: Desk = request.app.state.desk
    if desk.team is None:
        return RedirectResponse(f"/p/{LOCAL}/", status_code=303)
    projects = desk.projects(visitor_of(request, desk))
    if len(projects) == 1:
        return RedirectResponse(f"/p/{projects[0].project}/", status_code=303)
    return RedirectResponse("/projects", status_code=303)


def projects(request: Request) -> Response:
    """List the projects in which the visitor has a role."""
    desk: Desk = request.app.state.desk
    found = desk.projects(visitor_of(request, desk))
    return _plain(request, "projects.html.j2", "Projects", projects=found)


def login_page(request: Request) -> Response:
    """Show the form to log in."""
    return _plain(
        request, "login.html.j2", "Log in", refused=None, next=_inside(request.query_params.get("next"))
    )


async def login(request: Request) -> Response:
    """Log in, and go where the visitor wanted to go."""
    desk: Desk = request.app.state.desk
    async with request.form(max_files=0, max_fields=10) as fields:
        name, password, wanted = (str(fields.get(each) or "") for each in ("name", "password", "next"))
    return await run_in_threadpool(_log_in, request, desk, name, password, _inside(wanted))


async def logout(request: Request) -> Response:
    """End the session."""
    desk: Desk = request.app.state.desk
    secret = request.cookies.get(session_name(desk), "")
    if desk.team is not None and secret:
        await run_in_threadpool(desk.team.end_session, secret)
    response = RedirectResponse("/login", status_code=303)
    end_session(response, desk)
    return response


def _log_in(request: Request, desk: Desk, name: str, password: str, wanted: str) -> Response:
    if desk.team is None:
        return RedirectResponse("/", status_code=303)
    try:
        secret = desk.team.begin_session(name, password)
    except ThrottledError as error:
        page = _plain(
            request, "login.html.j2", "Log in", HTTPStatus.TOO_MANY_REQUESTS, refused=str(error), next=wanted
        )
        page.headers["Retry-After"] = str(error.seconds)
        return page
    except NotKnownError as error:
        return _plain(
            request, "login.html.j2", "Log in", HTTPStatus.UNAUTHORIZED, refused=str(error), next=wanted
        )
    response = RedirectResponse(wanted, status_code=303)
    begin_session(response, desk, secret)
    return response


def _plain(
    request: Request, template: str, title: str, status: int = HTTPStatus.OK, /, **values: Any
) -> Response:
    return render(request, template, {"title": title, "version": __version__, **values}, status)


def _inside(wanted: str | None) -> str:
    """Return an address within this site; its front page for any other."""
    if not wanted or not wanted.startswith("/p/") or any(each in wanted for each in "\\\r\n\t"):
        return "/"
    return wanted
