"""Answers that a client has already are not sent again (RFC 9110, entity tags)."""

from __future__ import annotations

import hashlib

from starlette.requests import Request
from starlette.responses import Response


def tagged(request: Request, response: Response) -> Response:
    """Return the answer with its entity tag; 304 without a body where the client says that it has it."""
    if response.status_code != 200 or request.method not in {"GET", "HEAD"}:
        return response
    tag = f'"{hashlib.sha256(bytes(response.body)).hexdigest()[:32]}"'
    response.headers["ETag"] = tag
    known = {each.strip().removeprefix("W/") for each in request.headers.get("if-none-match", "").split(",")}
    if tag not in known and "*" not in known:
        return response
    kept = {name: value for name, value in response.headers.items() if name in _KEPT}
    return Response(status_code=304, headers=kept)


_KEPT = frozenset({"etag", "vary", "cache-control", "content-location", "expires", "date"})
