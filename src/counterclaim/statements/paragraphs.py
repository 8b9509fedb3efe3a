"""Paragraphs of a text: the unit in which attributions stand (99 in 100 do not cross one)."""

from __future__ import annotations

import re

LONGEST = 2000
"""Characters in a paragraph at most; a longer one is cut at a sentence's end, since the cost of reading
one grows with the square of its length."""
UNBROKEN = 500
"""Characters without white space from which a run is no words (marks, encoded data) and left unread."""

_BLANK_LINE = re.compile(r"\n[ \t\r\f\v]*\n\s*")
_LINE = re.compile(r"\n\s*")
_RUN = re.compile(rf"\S{{{UNBROKEN},}}")
_SENTENCE_END = re.compile(r"[.!?][\"”’']?\s+")
_WRAPPED_AT = range(45, 100)


def paragraphs(text: str) -> list[tuple[int, int]]:
    """Return the character ranges of the paragraphs of ``text``, without the space around them.

    A blank line always separates. A single line break separates too, unless the lines are all of
    about one length, as in text wrapped by hand or by a mail program. Ranges without a letter or a
    digit are left out, and so are unbroken runs of more than ``UNBROKEN`` characters; no range is
    longer than ``LONGEST``.
    """
    parts = _split(text, 0, len(text), _BLANK_LINE)
    if not _is_wrapped(text):
        parts = [line for start, end in parts for line in _split(text, start, end, _LINE)]
    parts = [words for start, end in parts for words in _split(text, start, end, _RUN)]
    parts = [piece for part in parts for piece in _cut(text, *part)]
    return [(start, end) for start, end in parts if any(c.isalnum() for c in text[start:end])]


def _cut(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Cut a range into pieces of at most ``LONGEST`` characters, at sentence ends where there are any."""
    pieces = []
    while end - start > LONGEST:
        limit = start + LONGEST
        ends = [m.end() for m in _SENTENCE_END.finditer(text, start, limit)]
        cut = ends[-1] if ends else text.rfind(" ", start, limit)
        cut = cut if cut > start else limit
        pieces.append((start, cut))
        start = cut
    return [trimmed for piece in [*pieces, (start, end)] if (trimmed := _trim(text, *piece))]


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
