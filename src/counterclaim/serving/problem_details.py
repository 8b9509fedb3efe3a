"""Which status an error is answered with, and how a program is told (RFC 9457, problem details)."""

from __future__ import annotations

import logging
from http import HTTPStatus

import msgspec

from counterclaim.ledger.redaction import WithheldError
from counterclaim.ledger.tombstones import ErasedError
from counterclaim.model.errors import (
    AmbiguousNameError,
    CounterclaimError,
    InputError,
    LedgerError,
    Messages,
    NotAllowedError,
    NotKnownError,
    QuestionError,
    RefusedError,
    TeamError,
    ThrottledError,
    UnavailableError,
    UnknownNameError,
)
from counterclaim.serving.boards import BoardPreparingError

_LOG = logging.getLogger(__name__)
MEDIA_TYPE = "application/problem+json"
RETRY_SECONDS = 30

_STATUSES: tuple[tuple[type[CounterclaimError], HTTPStatus, str], ...] = (
    (BoardPreparingError, HTTPStatus.SERVICE_UNAVAILABLE, "board-preparing"),
    (UnavailableError, HTTPStatus.SERVICE_UNAVAILABLE, "unavailable"),
    (UnknownNameError, HTTPStatus.NOT_FOUND, "unknown-name"),
    (AmbiguousNameError, HTTPStatus.CONFLICT, "ambiguous-name"),
    (QuestionError, HTTPStatus.BAD_REQUEST, "misread-question"),
    (RefusedError, HTTPStatus.UNPROCESSABLE_ENTITY, "refused"),
    (ErasedError, HTTPStatus.GONE, "erased"),
    (WithheldError, HTTPStatus.FORBIDDEN, "withheld"),
    (InputError, HTTPStatus.UNPROCESSABLE_ENTITY, "unusable-input"),
    (ThrottledError, HTTPStatus.TOO_MANY_REQUESTS, "throttled"),
    (NotKnownError, HTTPStatus.UNAUTHORIZED, "not-known"),
    (NotAllowedError, HTTPStatus.FORBIDDEN, "not-allowed"),
    (TeamError, HTTPStatus.UNPROCESSABLE_ENTITY, "refused"),
    (LedgerError, HTTPStatus.INTERNAL_SERVER_ERROR, "ledger"),
)
"""The first that fits counts; what no class says more of is an error of ours."""


class ProblemDetails(msgspec.Struct, frozen=True, kw_only=True):
    """Why a request was not answered as asked.

    ``type`` is a stable word behind ``urn:counterclaim:problem:``, ``title`` the status in words, ``detail``
    says what is wrong and what to do.
    """

    type: str
    title: str
    status: int
    detail: str


def problem_of(error: CounterclaimError) -> ProblemDetails:
    """Return how an error is told; what a ledger or its place has to do with goes to the server's log."""
    found = next((each for each in _STATUSES if isinstance(error, each[0])), None)
    kind, status, word = found or (CounterclaimError, HTTPStatus.INTERNAL_SERVER_ERROR, "error")
    detail = str(error)
    if type(error) is UnavailableError or kind in (LedgerError, CounterclaimError):
        _LOG.error("%s: %s", word, detail)
        detail = Messages.ledger_failed()
    return problem(status, word, detail)


def problem(status: HTTPStatus, word: str, detail: str) -> ProblemDetails:
    """Return a problem under a stable word."""
    return ProblemDetails(
        type=f"urn:counterclaim:problem:{word}", title=status.phrase, status=int(status), detail=detail
    )


def headers_of(error: CounterclaimError) -> dict[str, str]:
    """Return the headers that go with the status of an error."""
    if isinstance(error, ThrottledError):
        return {"Retry-After": str(error.seconds)}
    if isinstance(error, UnavailableError):
        return {"Retry-After": str(RETRY_SECONDS)}
    if isinstance(error, NotKnownError):
        return {"WWW-Authenticate": "Bearer"}
    return {}
