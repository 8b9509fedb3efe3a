"""One line of JSON Lines: the fields of the contract, and where the text stands in the raw line."""

from __future__ import annotations

import json
import re
from typing import Any, NamedTuple

from counterclaim.documents.mapping import TextBuilder, visible
from counterclaim.model import InputError, OffsetMap
from counterclaim.model.errors import Messages

FIELDS = ("id", "text", "title", "publisher", "published", "modified", "url", "byline", "credit", "language")
OTHER_NAMES = {"published": "dct"}
"""Names that corpora give to a field of ours: TimeML's document creation time."""
_SPACE = re.compile(r"[ \t\r\n]*")
_ESCAPE = re.compile(
    r"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|\\u[0-9a-fA-F]{4}|\\[^u]", re.DOTALL
)
_DECODER = json.JSONDecoder()


class Record(NamedTuple):
    """The known fields of a report, and its text with the map back to the characters of the line."""

    fields: dict[str, str]
    text: str
    offsets: OffsetMap


def read_record(name: str, source: str) -> Record:
    """Read a report in JSON by the contract of ``docs/formats.md``.

    ``source`` is the decoded line (or file); the text is exactly the value of ``text`` at the top
    level, lone surrogates as U+FFFD one for one. Fields that the contract does not know are
    ignored, null counts as not given. Raises InputError where the JSON is broken, a field has the
    wrong type, or ``id`` or ``text`` are missing or blank.
    """
    try:
        values, places = _members(source)
    except (ValueError, RecursionError, StopIteration) as error:
        raise InputError(Messages.line_broken(name, _reason(error))) from error
    fields: dict[str, str] = {}
    for field in FIELDS:
        value = values.get(field)
        if value is None and field in OTHER_NAMES:
            value = values.get(OTHER_NAMES[field])
        if value is None:
            continue
        if not isinstance(value, str):
            raise InputError(Messages.line_broken(name, f'"{field}" is not a string'))
        fields[field] = visible(value).strip()
    for field in ("id", "text"):
        if not fields.get(field, "").strip():
            reason = "is blank" if field in fields else "is missing"
            raise InputError(Messages.line_broken(name, f'"{field}" {reason}'))
    text, offsets = _map_string(source, places["text"])
    return Record({key: value for key, value in fields.items() if value and key != "text"}, text, offsets)


def _members(source: str) -> tuple[dict[str, Any], dict[str, tuple[int, int]]]:
    """Parse the object and give its values and, for strings, the place between the quotation marks.

    Of a name that stands twice the last counts, as in Python's ``json``.
    """
    values: dict[str, Any] = {}
    places: dict[str, tuple[int, int]] = {}
    position = _skip(source, 1 if source.startswith("\ufeff") else 0)
    position = _skip(source, _expect(source, position, "{"))
    if source[position : position + 1] == "}":
        position += 1
    else:
        while True:
            position = _expect(source, position, '"') - 1
            key, position = _DECODER.raw_decode(source, position)
            position = _skip(source, _expect(source, _skip(source, position), ":"))
            value, end = _DECODER.raw_decode(source, position)
            if isinstance(value, str):
                places[key] = (position + 1, end - 1)
            values[key] = value
            position = _skip(source, end)
            if source[position : position + 1] == "}":
                position += 1
                break
            position = _skip(source, _expect(source, position, ","))
    if _skip(source, position) != len(source):
        raise json.JSONDecodeError("more stands after the object", source, position)
    return values, places


def _expect(source: str, position: int, character: str) -> int:
    if source[position : position + 1] != character:
        raise json.JSONDecodeError(f"expected {character}", source, position)
    return position + 1


def _skip(source: str, position: int) -> int:
    match = _SPACE.match(source, position)
    return match.end() if match else position


def _map_string(source: str, place: tuple[int, int]) -> tuple[str, OffsetMap]:
    """Unescape the JSON string between the quotation marks and map each character."""
    start, end = place
    builder = TextBuilder()
    for match in _ESCAPE.finditer(source, start, end):
        builder.copy(source[start : match.start()], start)
        character, _ = _DECODER.raw_decode(f'"{match.group()}"')
        builder.replace(character, match.start(), match.end() - match.start())
        start = match.end()
    builder.copy(source[start:end], start)
    return builder.build()


def _reason(error: Exception) -> str:
    if isinstance(error, json.JSONDecodeError):
        return f"{error.msg[:1].lower()}{error.msg[1:]} at character {error.pos + 1}"
    if isinstance(error, RecursionError):
        return "it is nested too deep"
    return str(error) or "a value is cut off"
