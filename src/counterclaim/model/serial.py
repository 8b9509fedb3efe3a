"""Nouns to JSON and back, with the version of the schema."""

from __future__ import annotations

from typing import Any, TypeAlias

import msgspec

from counterclaim.model.actor import Actor
from counterclaim.model.capture import Capture
from counterclaim.model.claim import Claim, Dispute
from counterclaim.model.document import Document
from counterclaim.model.erasure import Erasure
from counterclaim.model.errors import Problem, SchemaError
from counterclaim.model.judgement import Judgement
from counterclaim.model.report import Annotations
from counterclaim.model.statement import Statement

SCHEMA_VERSION = 1
"""Raised whenever a field is removed or changes its meaning; a new optional field keeps it."""

Noun: TypeAlias = (
    Actor | Annotations | Capture | Claim | Dispute | Document | Erasure | Judgement | Problem | Statement
)


class _Envelope(msgspec.Struct, frozen=True):
    schema: int
    noun: Noun


class Line(msgspec.Struct, frozen=True, kw_only=True):
    """A noun and, where it is one that the ledger stores, its place in the log it comes from.

    ``recorded`` is when that ledger recorded it (ISO 8601, UTC, microseconds), ``sequence`` its number in the
    order of that log, from 1; missing numbers are of what was erased or withheld, and of erasures. Both are
    None for what is read off the others.
    """

    noun: Noun
    recorded: str | None = None
    sequence: int | None = None


class _Placed(msgspec.Struct, frozen=True, omit_defaults=True):
    schema: int
    noun: Noun
    recorded: str | None = None
    sequence: int | None = None


class _Version(msgspec.Struct, frozen=True):
    schema: int


_ENCODER = msgspec.json.Encoder(order="deterministic")
_DECODER = msgspec.json.Decoder(_Placed)
_VERSION = msgspec.json.Decoder(_Version)


def dump(noun: Noun) -> bytes:
    """Return one line of JSON (UTF-8, no newline) that :func:`load` reads back to an equal noun.

    Bytes (of a capture) are written as base64. Two equal nouns give the same bytes.
    """
    return _ENCODER.encode(_Envelope(SCHEMA_VERSION, noun))


def dump_line(line: Line) -> bytes:
    """Return what :func:`dump` does, with the noun's place in the log; :func:`load_line` reads it back."""
    return _ENCODER.encode(_Placed(SCHEMA_VERSION, line.noun, line.recorded, line.sequence))


def load(data: bytes | str) -> Noun:
    """Read what :func:`dump` or :func:`dump_line` wrote, and leave the place in the log aside.

    Raises SchemaError as :func:`load_line` does.
    """
    return load_line(data).noun


def load_line(data: bytes | str) -> Line:
    """Read what :func:`dump_line` or :func:`dump` wrote.

    Raises SchemaError where the JSON is not a noun, or has the schema of another version.
    """
    try:
        version = _VERSION.decode(data).schema
        if version != SCHEMA_VERSION:
            raise SchemaError(
                f"the entry has schema {version}; this version reads schema {SCHEMA_VERSION}. "
                "Use the counterclaim release that wrote it, or a later one."
            )
        read = _DECODER.decode(data)
        return Line(noun=read.noun, recorded=read.recorded, sequence=read.sequence)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise SchemaError(f"not an entry of a counterclaim ledger: {error}") from error


def unread(data: bytes, line: Line) -> str | None:
    """Return the first part of some JSON that the noun read from it does not hold, None where it holds all.

    A later release may have written it: reading passes over fields that it does not know. Raises SchemaError
    where what was passed over is no JSON in UTF-8.
    """
    if data in (dump_line(line), dump(line.noun)):
        return None
    try:
        read = msgspec.json.decode(data)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise SchemaError(f"not an entry of a counterclaim ledger: {error}") from error
    return _missing(read["noun"], msgspec.to_builtins(line.noun), "noun")


def _missing(read: Any, held: Any, path: str) -> str | None:
    """Return the path of the first key or value of ``read`` that ``held`` has no place for."""
    if isinstance(read, dict):
        for key, value in read.items():
            within = f"{path}.{key}"
            if not isinstance(held, dict) or key not in held:
                return within
            if (found := _missing(value, held[key], within)) is not None:
                return found
    elif isinstance(read, list):
        if not isinstance(held, list | tuple) or len(held) != len(read):
            return path
        for value, kept in zip(read, held, strict=True):
            if (found := _missing(value, kept, path)) is not None:
                return found
    return None


def schema_of(data: bytes | str) -> int | None:
    """Return the version of the schema that a line says it has, None where it says none."""
    try:
        return _VERSION.decode(data).schema
    except (msgspec.DecodeError, UnicodeDecodeError):
        return None


def to_builtins(noun: Noun) -> dict[str, Any]:
    """Return the noun as plain dictionaries and lists, for printing as JSON."""
    plain: dict[str, Any] = msgspec.to_builtins(noun)
    return plain
