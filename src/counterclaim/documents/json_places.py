"""JSON to its values, and the place of each string in the characters of the source."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from counterclaim.documents.blocks import Piece

Path = tuple[str | int, ...]
"""Names of members and numbers of elements, from the outermost to the value."""

_TOKEN = re.compile(r'"(?:[^"\\]++|\\.)*+"|[{}\[\],:]|[^\s"{}\[\],:]++', re.DOTALL)
_ESCAPE = re.compile(
    r"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|\\u[0-9a-fA-F]{4}|\\[^u]", re.DOTALL
)


def read_object(source: str) -> dict[str, Any]:
    """Parse a JSON object. Raises ValueError or RecursionError where it is none."""
    value = json.loads(source.removeprefix("\ufeff"))
    if not isinstance(value, dict):
        raise ValueError("it is not an object in braces")  # noqa: TRY004 - it is about the input
    return value


def string_places(source: str) -> Iterator[tuple[Path, int, int]]:
    """Give each string value of valid JSON: its path, and the place between its quotation marks."""
    path: list[str | int] = []
    key: str | None = None
    for token in _TOKEN.finditer(source):
        written = token.group()
        inside = path[-1] if path else ""
        if written in "{[":
            path.append("" if written == "{" else 0)
            key = None
        elif written in "}]":
            path.pop()
            key = None
        elif written == ",":
            if isinstance(inside, int):
                path[-1] = inside + 1
            key = None
        elif written == ":":
            path[-1] = key or ""
        elif written.startswith('"'):
            if isinstance(inside, str) and path and key is None:
                key = json.loads(written, strict=False)
            else:
                yield tuple(path), token.start() + 1, token.end() - 1


def string_pieces(source: str, start: int, end: int) -> list[Piece]:
    """Return the string that stands in ``source[start:end]``, escapes resolved, as pieces."""
    pieces: list[Piece] = []
    for match in _ESCAPE.finditer(source, start, end):
        if match.start() > start:
            pieces.append((source[start : match.start()], start, match.start() - start))
        pieces.append((json.loads(f'"{match.group()}"'), match.start(), match.end() - match.start()))
        start = match.end()
    if end > start:
        pieces.append((source[start:end], start, end - start))
    return pieces
