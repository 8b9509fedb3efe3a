"""Paragraphs of a text: the unit in which attributions stand (99 in 100 do not cross one)."""

from __future__ import annotations

import re

_BLANK_LINE = re.compile(r"\n[ \t\r\f\v]*\n\s*")
_LINE = re.compile(r"\n\s*")
_WRAPPED_AT = range(45, 100)


def paragraphs(text: str) -> list[tuple[int, int]]:
    """Return the character ranges of the paragraphs of ``text``, without the space around them.

    A blank line always separates. A single line break separates too, unless the lines are all of
    about one length, as in text wrapped by hand or by a mail program.
    """
    blocks = _split(text, 0, len(text), _BLANK_LINE)
    if _is_wrapped(text):
        return blocks
    return [part for start, end in blocks for part in _split(text, start, end, _LINE)]


def _split(text: str, start: int, end: int, separator: re.Pattern[str]) -> list[tuple[int, int]]:
    parts = []
    position = start
    for match in separator.finditer(text, start, end):
        parts.append((position, match.start()))
        position = match.end()
    parts.append((position, end))
    return [trimmed for part in parts if (trimmed := _trim(text, *part))]


def _trim(text: str, start: int, end: int) -> tuple[int, int] | None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return (start, end) if start < end else None


def _is_wrapped(text: str) -> bool:
    inner = [
        len(line)
        for block in re.split(r"\n\s*\n", text)
        for line in block.strip().split("\n")[:-1]
        if line.strip()
    ]
    return len(inner) >= 4 and sum(length in _WRAPPED_AT for length in inner) >= 0.8 * len(inner)
