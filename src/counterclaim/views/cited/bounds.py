"""Answers of bounded size, whatever the reports hold: a name of a megabyte is cut, and says so."""

from __future__ import annotations

from typing import Any, TypeVar

import msgspec

LONGEST = 400
"""Characters of a name, a title, a label or a question that are given at most."""

Answer = TypeVar("Answer", bound=msgspec.Struct)
_EXACT = frozenset({"words", "url"})
"""Fields that are bounded where they are made: words are exact, and half an address is none."""


def bounded(answer: Answer) -> Answer:
    """Return an answer with every text cut that is too long; exact words stay as they are."""
    return msgspec.convert(_cut(msgspec.to_builtins(answer)), type(answer))


def _cut(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: each if key in _EXACT else _cut(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_cut(each) for each in value]
    if isinstance(value, str) and len(value) > LONGEST:
        return f"{value[:LONGEST]} … ({len(value) - LONGEST} characters more)"
    return value
