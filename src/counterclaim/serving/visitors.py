"""Who sent a request: by a token, by the session in a cookie, or as the one user of this machine."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from counterclaim.model.errors import Messages, NotKnownError
from counterclaim.serving.desk import Desk, Visitor

SESSION = "counterclaim"
SECURE_SESSION = "__Host-counterclaim"
"""The name of the cookie where pages come by HTTPS: browsers then hold it to this very host."""


def session_name(desk: Desk) -> str:
    """Return the name of the session's cookie."""
    return SECURE_SESSION if desk.settings.secure else SESSION


def visitor_of(request: Request, desk: Desk) -> Visitor:
    """Return who asks. Raises NotKnownError where nobody is known by what came with the request."""
    header = request.headers.get("authorization")
    if header is not None:
        scheme, _blank, secret = header.partition(" ")
        if scheme.lower() != "bearer":
            raise NotKnownError(Messages.not_logged_in())
        return desk.by_token(secret.strip())
    secret = request.cookies.get(session_name(desk), "")
    if secret and desk.team is not None:
        return desk.by_session(secret)
    return desk.anybody()


def begin_session(response: Response, desk: Desk, secret: str) -> None:
    """Put the secret of a session into a cookie that no script reads and no other site sends along."""
    response.set_cookie(
        session_name(desk), secret, path="/", httponly=True, samesite="lax", secure=desk.settings.secure
    )


def end_session(response: Response, desk: Desk) -> None:
    """Take the cookie away."""
    response.delete_cookie(
        session_name(desk), path="/", httponly=True, samesite="lax", secure=desk.settings.secure
    )
