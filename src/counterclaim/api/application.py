"""The API as an application of its own, which the desk puts below ``/api``."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

import msgspec
from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from counterclaim.api import changing, reading, streaming
from counterclaim.api.describing import DESCRIBED
from counterclaim.model.errors import CounterclaimError, Messages
from counterclaim.serving.desk import Desk
from counterclaim.serving.problem_details import MEDIA_TYPE, ProblemDetails, headers_of, problem, problem_of


def make_api(desk: Desk) -> FastAPI:
    """Return the API on a desk."""
    # Its pages of documentation would be loaded from elsewhere; docs/api.md stands for them.
    application = FastAPI(openapi_url=None, docs_url=None, redoc_url=None, redirect_slashes=False)
    application.state.desk = desk
    for part in (reading, changing, streaming):
        application.include_router(part.router)

    @application.get("/openapi.json", include_in_schema=False)
    def description() -> JSONResponse:
        return JSONResponse(DESCRIBED.description(application))

    application.add_exception_handler(CounterclaimError, _refused)
    application.add_exception_handler(RequestValidationError, _invalid)
    application.add_exception_handler(HTTPException, _missing)
    return application


def _refused(_request: Request, error: Exception) -> Response:
    assert isinstance(error, CounterclaimError)
    return _told(problem_of(error), headers_of(error))


def _invalid(_request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    wrong = "; ".join(f"{'.'.join(map(str, each['loc']))}: {each['msg']}" for each in error.errors()[:5])
    return _told(problem(HTTPStatus.UNPROCESSABLE_ENTITY, "refused", Messages.parameters_wrong(wrong)))


def _missing(_request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    status = HTTPStatus(error.status_code)
    words = Messages.page_missing() if status is HTTPStatus.NOT_FOUND else str(error.detail)
    return _told(problem(status, status.name.lower().replace("_", "-"), words), error.headers)


def _told(details: ProblemDetails, headers: Any = None) -> Response:
    return Response(msgspec.json.encode(details), details.status, dict(headers or {}), media_type=MEDIA_TYPE)
