"""JSON Schema of arguments and answers."""

from __future__ import annotations

from typing import Any

import msgspec

_REFERENCE = "#/$defs/{name}"


def schema_of(kind: type[msgspec.Struct]) -> dict[str, Any]:
    """Return the JSON Schema of a struct, with the object itself at the root, as the protocol asks."""
    (root,), parts = msgspec.json.schema_components([kind], ref_template=_REFERENCE)
    name = root["$ref"].rsplit("/", 1)[-1]
    schema = dict(parts.pop(name))
    schema = schema | {"$defs": parts} if parts else schema
    short: dict[str, Any] = _short(schema)
    return short


def _short(schema: Any) -> Any:
    """Return a schema without the names of our classes, and its sentences on one line: models read it."""
    if isinstance(schema, list):
        return [_short(each) for each in schema]
    if not isinstance(schema, dict):
        return schema
    short = {key: _short(value) for key, value in schema.items() if not _is_name(key, value)}
    if isinstance(short.get("description"), str):
        short["description"] = " ".join(short["description"].split()).replace("``", "")
    return short


def _is_name(key: str, value: Any) -> bool:
    return key == "title" and isinstance(value, str)
