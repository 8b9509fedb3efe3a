"""Requests to the API: tokens, errors as exceptions, what is known already, and waiting when told to."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http import HTTPStatus
from typing import Any, TypeVar

import httpx
import msgspec

from counterclaim.model.errors import (
    AmbiguousNameError,
    CounterclaimError,
    NotAllowedError,
    NotKnownError,
    QuestionError,
    RefusedError,
    ThrottledError,
    UnavailableError,
    UnknownNameError,
)
from counterclaim.serving.problem_details import MEDIA_TYPE, ProblemDetails

Struct = TypeVar("Struct")

KEPT = 200
"""Answers that are kept, to be asked for with their entity tag."""
LONGEST_WAIT = 60.0
"""Seconds that are waited at most when the server says when to come again."""

_ERRORS: dict[int, type[CounterclaimError]] = {
    HTTPStatus.BAD_REQUEST: QuestionError,
    HTTPStatus.UNAUTHORIZED: NotKnownError,
    HTTPStatus.FORBIDDEN: NotAllowedError,
    HTTPStatus.NOT_FOUND: UnknownNameError,
    HTTPStatus.CONFLICT: AmbiguousNameError,
    HTTPStatus.UNPROCESSABLE_ENTITY: RefusedError,
    HTTPStatus.SERVICE_UNAVAILABLE: UnavailableError,
}


class ApiError(CounterclaimError):
    """The server answered with a problem that no class of the package says more of. Carries its details."""

    def __init__(self, details: ProblemDetails) -> None:
        super().__init__(details.detail)
        self.details = details


class Transport:
    """One connection to a server, used by one thread at a time."""

    def __init__(self, address: str, token: str | None, timeout: float, wait: float) -> None:
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        self.http = httpx.Client(base_url=f"{address.rstrip('/')}/api", headers=headers, timeout=timeout)
        self._wait = min(wait, LONGEST_WAIT)
        self._kept: OrderedDict[str, tuple[str, bytes]] = OrderedDict()

    def get(self, path: str, kind: type[Struct], parameters: Mapping[str, Any] | None = None) -> Struct:
        """Return an answer; one that the server says is unchanged is taken from those kept."""
        given = {name: written(value) for name, value in (parameters or {}).items() if value is not None}
        request = self.http.build_request("GET", path, params=given)
        key = str(request.url)
        known = self._kept.get(key)
        if known is not None:
            request.headers["If-None-Match"] = known[0]
        response = self._sent(request)
        if response.status_code == HTTPStatus.NOT_MODIFIED and known is not None:
            self._kept.move_to_end(key)
            return msgspec.json.decode(known[1], type=kind)
        content = _whole(response)
        if tag := response.headers.get("etag"):
            self._kept[key] = tag, content
            self._kept.move_to_end(key)
            while len(self._kept) > KEPT:
                self._kept.popitem(last=False)
        return msgspec.json.decode(content, type=kind)

    def post(self, path: str, kind: type[Struct], **sent: Any) -> Struct:
        """Send something and return the answer."""
        response = self._sent(self.http.build_request("POST", path, **sent))
        return msgspec.json.decode(_whole(response), type=kind)

    def _sent(self, request: httpx.Request) -> httpx.Response:
        """Send a request, and once more where the server says when to come again and that is soon."""
        response = self._once(request)
        if response.status_code in {HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.SERVICE_UNAVAILABLE}:
            after = response.headers.get("retry-after", "")
            if after.isdigit() and int(after) <= self._wait:
                time.sleep(int(after))
                response = self._once(request)
        return response

    @contextmanager
    def stream(self, path: str, **asked: Any) -> Iterator[httpx.Response]:
        """Give an answer that is read piece by piece. Raises UnavailableError where the connection breaks."""
        try:
            with self.http.stream("GET", path, **asked) as response:
                if not response.is_success:
                    response.read()
                raise_for(response)
                yield response
        except httpx.TransportError as error:
            raise UnavailableError(f"{path}: {error}") from error

    def _once(self, request: httpx.Request) -> httpx.Response:
        try:
            return self.http.send(request)
        except httpx.TransportError as error:
            raise UnavailableError(f"{request.url}: {error}") from error


def raise_for(response: httpx.Response) -> None:
    """Raise the exception that a problem stands for; nothing for an answer.

    Its cause is an ApiError with the details.
    """
    if response.is_success:
        return
    details = ProblemDetails(
        type="about:blank",
        title=response.reason_phrase,
        status=response.status_code,
        detail=response.text[:500],
    )
    if response.headers.get("content-type", "").startswith(MEDIA_TYPE):
        details = msgspec.json.decode(response.content, type=ProblemDetails)
    whole = ApiError(details)
    if response.status_code == HTTPStatus.TOO_MANY_REQUESTS:
        after = response.headers.get("retry-after", "")
        raise ThrottledError(details.detail, int(after) if after.isdigit() else 1) from whole
    kind = _ERRORS.get(response.status_code)
    if kind is None:
        raise whole
    raise kind(details.detail) from whole


def _whole(response: httpx.Response) -> bytes:
    raise_for(response)
    return response.content


def written(value: Any) -> str:
    """Return a parameter as it stands in an address."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return value.isoformat() if hasattr(value, "isoformat") else str(value)
