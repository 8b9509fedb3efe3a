"""The members of a JSON array, written one at a time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

_ENCODER = msgspec.json.Encoder(order="deterministic")


def members(values: Iterable[dict[str, Any]]) -> Iterator[bytes]:
    """Give values as what stands between the brackets of an array, one a line, in constant memory."""
    separator = b"\n"
    for value in values:
        yield separator + _ENCODER.encode(value)
        separator = b",\n"
