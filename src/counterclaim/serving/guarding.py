"""What every answer and every request goes through: headers that bind browsers, and requests from elsewhere.

Both are plain ASGI, so that they also hold for static files, errors and streams.
"""

from __future__ import annotations

import time
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from counterclaim.model.errors import Messages

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
"""The content security policy of every page: everything comes from here, and nothing stands inline."""

HEADERS = {
    "Content-Security-Policy": POLICY,
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
STATIC = "/static/"
"""What the addresses of files of the package begin with; the names of reports and actors may hold it too."""
YEAR = 31_536_000


class HeadersMiddleware:
    """Adds the headers, where an answer does not set its own, and how long the server took (in ms)."""

    def __init__(self, app: ASGIApp, *, secure: bool) -> None:
        self.app = app
        self.headers = dict(HEADERS)
        if secure:
            self.headers["Strict-Transport-Security"] = f"max-age={YEAR}"

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        begun = time.perf_counter()

        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in self.headers.items():
                    headers.setdefault(name, value)
                if not scope["path"].startswith(STATIC):
                    headers.setdefault("Cache-Control", "private, no-cache")
                headers["Server-Timing"] = f"app;dur={(time.perf_counter() - begun) * 1000:.1f}"
            await send(message)

        await self.app(scope, receive, sending)


class ForeignRequestMiddleware:
    """Refuses requests that change something and come from a page of another site.

    A browser says where a request comes from (``Sec-Fetch-Site``, else ``Origin``), and no page can
    make it say otherwise; what says neither is no browser, and carries no cookie against its user's will.
    This is the method of Go's ``net/http.CrossOriginProtection``. A request with a token in its header is
    let through: no browser adds one by itself.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or refuse it."""
        if scope["type"] == "http" and scope["method"] not in SAFE and is_foreign(Headers(scope=scope)):
            refusal = PlainTextResponse(Messages.foreign_request() + "\n", status_code=403)
            await refusal(scope, receive, send)
            return
        await self.app(scope, receive, send)


def is_foreign(headers: Headers) -> bool:
    """Tell whether a request was made by a page of another site."""
    if headers.get("authorization", "").lower().startswith("bearer "):
        return False
    site = headers.get("sec-fetch-site")
    if site is not None:
        return site not in {"same-origin", "none"}
    origin = headers.get("origin")
    return origin is not None and urlsplit(origin).netloc.lower() != headers.get("host", "").lower()
