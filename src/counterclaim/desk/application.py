"""The whole application: the pages, the API below ``/api``, and what every request goes through."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import datetime

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.body_limit import RequestBodyLimitMiddleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.routing import Mount

from counterclaim.api.application import make_api
from counterclaim.ledger.moments import now
from counterclaim.serving.desk import Desk
from counterclaim.serving.guarding import ForeignRequestMiddleware, HeadersMiddleware
from counterclaim.serving.limiting import LimitMiddleware
from counterclaim.serving.settings import Settings
from counterclaim.serving.visitors import session_name
from counterclaim.web.application import LOGIN, handlers, routes

COMPRESSED = 1_000
"""Answers with fewer bytes are sent as they are."""


def make_application(settings: Settings, clock: Callable[[], datetime] = now) -> Starlette:
    """Return the application. Raises LedgerError where what it is to serve cannot be opened.

    ``clock`` gives the time.
    """
    desk = Desk(settings.checked(), clock)

    @asynccontextmanager
    async def lifespan(_application: Starlette) -> AsyncIterator[None]:
        yield
        desk.close()

    application = Starlette(
        routes=[Mount("/api", make_api(desk)), *routes()],
        exception_handlers=handlers(),
        lifespan=lifespan,
        middleware=[
            Middleware(HeadersMiddleware, secure=settings.secure),
            Middleware(TrustedHostMiddleware, allowed_hosts=settings.allowed_hosts, www_redirect=False),
            Middleware(
                LimitMiddleware, per_minute=settings.per_minute, session=session_name(desk), login=LOGIN
            ),
            Middleware(ForeignRequestMiddleware),
            Middleware(RequestBodyLimitMiddleware, max_body_size=settings.upload),
            Middleware(GZipMiddleware, minimum_size=COMPRESSED),
        ],
    )
    application.state.desk = desk
    return application
