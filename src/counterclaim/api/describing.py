"""The description of the API in OpenAPI 3.1: schemas of our structs by msgspec, the rest by FastAPI."""

from __future__ import annotations

from typing import Any

import msgspec
from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from counterclaim import __version__
from counterclaim.serving.deciding import Request as DecisionRequest
from counterclaim.serving.problem_details import MEDIA_TYPE, ProblemDetails

REFERENCE = "#/components/schemas/{name}"
_MISTAKES = {
    "400": "What was asked cannot be read.",
    "401": "A token or a session is needed.",
    "403": "The role does not allow it.",
    "404": "There is no such thing, or no such project for the asker.",
    "409": "Several things have this name.",
    "410": "It was erased.",
    "413": "The request carries too much.",
    "422": "Something that was sent is not as it must be.",
    "429": "Too many requests; see Retry-After.",
    "503": "The ledger, or its board, cannot be used now; see Retry-After.",
}


class Described:
    """Collects the structs that routes answer with, and describes them."""

    def __init__(self) -> None:
        self._structs: list[Any] = [ProblemDetails, DecisionRequest]

    def json(self, struct: Any, words: str = "What was asked for.") -> dict[int | str, dict[str, Any]]:
        """Return how a route that answers with a struct as JSON is described, mistakes too."""
        self._structs.append(struct)
        schema = {"$ref": REFERENCE.format(name=struct.__name__)}
        known = {"description": "What the client has already is still right."}
        return {
            200: {
                "description": words,
                "content": {"application/json": {"schema": schema}},
                "headers": HEADERS,
            },
            304: known,
            **mistakes(),
        }

    def body(self, struct: Any) -> dict[str, Any]:
        """Return how the body of a request is described that is a struct as JSON."""
        self._structs.append(struct)
        schema = {"$ref": REFERENCE.format(name=struct.__name__)}
        return {"requestBody": {"required": True, "content": {"application/json": {"schema": schema}}}}

    def description(self, application: FastAPI) -> dict[str, Any]:
        """Return the whole description, made once."""
        if application.openapi_schema is None:
            made = get_openapi(
                title="counterclaim",
                version=__version__,
                summary="Who said what, who denies it, on what evidence. No verdict.",
                routes=application.routes,
                servers=[{"url": "/api"}],
            )
            _schemas, components = msgspec.json.schema_components(self._structs, ref_template=REFERENCE)
            schemas = made.setdefault("components", {}).setdefault("schemas", {})
            schemas.update(components)
            made["components"]["securitySchemes"] = {
                "token": {"type": "http", "scheme": "bearer"},
                "session": {"type": "apiKey", "in": "cookie", "name": "counterclaim"},
            }
            made["security"] = [{"token": []}, {"session": []}, {}]
            _tell_problems(made)
            application.openapi_schema = made
        return application.openapi_schema


FILES: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "content": {
            "multipart/form-data": {
                "schema": {
                    "type": "object",
                    "title": "Files",
                    "required": ["files"],
                    "properties": {
                        "files": {
                            "type": "array",
                            "description": "Reports.",
                            "minItems": 1,
                            "items": {"type": "string", "contentMediaType": "application/octet-stream"},
                        }
                    },
                }
            }
        },
    }
}
"""How the body of a request is described that brings files."""
HEADERS: dict[str, Any] = {
    "ETag": {"description": "Sent back as If-None-Match.", "schema": {"type": "string"}},
    "Ledger-Moment": {
        "description": "The last moment that the answer knows of (ISO 8601); as_of it gives the same again.",
        "schema": {"type": "string"},
    },
    "Ledger-Behind": {
        "description": "How many entries came in since the board that was used.",
        "schema": {"type": "integer"},
    },
}


def mistakes() -> dict[int | str, dict[str, Any]]:
    """Return how every route is described that can refuse something."""
    schema = {"$ref": REFERENCE.format(name=ProblemDetails.__name__)}
    return {
        int(status): {"description": words, "content": {MEDIA_TYPE: {"schema": schema}}}
        for status, words in _MISTAKES.items()
    }


def union(kinds: tuple[Any, ...]) -> dict[str, Any]:
    """Return how a body is described that is one of several structs."""
    schemas = [{"$ref": REFERENCE.format(name=each.__name__)} for each in kinds]
    return {
        "requestBody": {"required": True, "content": {"application/json": {"schema": {"anyOf": schemas}}}}
    }


def _tell_problems(made: dict[str, Any]) -> None:
    """Drop FastAPI's own description of a request that is refused; ours stands in its place."""
    for name in ("HTTPValidationError", "ValidationError"):
        made["components"]["schemas"].pop(name, None)


DESCRIBED = Described()
"""What the routes of this package answer with."""
