"""No more requests of one visitor than can be answered."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Iterator

from limits import RateLimitItem, RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter
from starlette.datastructures import Headers
from starlette.requests import cookie_parser
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from counterclaim.model.errors import Messages
from counterclaim.serving.guarding import SAFE, STATIC

CHANGES = 6
"""How many times fewer requests that change something are taken than others."""
VISITORS = 10
"""How many times more requests are taken from one address than of one visitor: several may share it."""
LOGINS = 20
"""Attempts to log in from one address in a minute, whatever the names; those of one name are fewer."""


class LimitMiddleware:
    """Refuses what goes beyond so many requests a minute, by who sends them, with ``Retry-After``.

    A visitor is known by the token or the session that came with the request, right or not, else by the
    address. An address has a limit of its own, for those who try one secret after another. One process
    counts for itself.
    """

    def __init__(self, app: ASGIApp, *, per_minute: int, session: str, login: str) -> None:
        self.app = app
        self.reads = RateLimitItemPerMinute(per_minute)
        self.changes = RateLimitItemPerMinute(max(1, per_minute // CHANGES))
        self.all_of_an_address = RateLimitItemPerMinute(per_minute * VISITORS)
        self.logins = RateLimitItemPerMinute(LOGINS)
        self.limiter = MovingWindowRateLimiter(MemoryStorage())
        self.session = session
        self.login = login

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or refuse it."""
        if scope["type"] == "http" and not scope["path"].startswith(STATIC):
            for item, kind, who in self._counted(scope):
                if not self.limiter.hit(item, kind, who):
                    await self._refusal(item, kind, who)(scope, receive, send)
                    return
        await self.app(scope, receive, send)

    def _refusal(self, item: RateLimitItem, kind: str, who: str) -> PlainTextResponse:
        reset = self.limiter.get_window_stats(item, kind, who).reset_time
        seconds = max(1, round(reset - time.time()))
        words = Messages.too_many_requests(str(item), seconds)
        return PlainTextResponse(words + "\n", status_code=429, headers={"Retry-After": str(seconds)})

    def _counted(self, scope: Scope) -> Iterator[tuple[RateLimitItem, str, str]]:
        address = scope["client"][0] if scope.get("client") else ""
        yield self.all_of_an_address, "address", address
        if scope["method"] == "POST" and scope["path"] == self.login:
            yield self.logins, "login", address
        headers = Headers(scope=scope)
        secret = headers.get("authorization") or cookie_parser(headers.get("cookie", "")).get(self.session)
        who = hashlib.sha256(secret.encode("utf-8", "replace")).hexdigest() if secret else address
        reads = scope["method"] in SAFE
        yield (self.reads, "read", who) if reads else (self.changes, "change", who)
