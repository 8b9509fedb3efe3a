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
    return schema | {"$defs": parts} if parts else schema
