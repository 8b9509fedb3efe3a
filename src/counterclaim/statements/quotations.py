"""Where quotation marks open and close, whatever marks the report uses."""

from __future__ import annotations

import re

import msgspec

_CLOSERS = {"“": "”", "«": "»", "„": "“”", '"': '"'}
_SINGLE = re.compile(
    r"(?<![\w’'])[‘'](?=\w)(?P<body>[^‘\n]{3,600}?[\w.,!?…])[’'](?!\w)",
)
_TWO_APOSTROPHES = re.compile(r"(?:''|``)(?=\S)(?:(?!'').)+?''(?!')", re.DOTALL)


class Quotation(msgspec.Struct, frozen=True):
    """Characters ``start`` to ``end`` (exclusive) of a quotation, its marks included.

    ``closed`` is False where the paragraph ended before the mark closed: then the quotation is
    taken to run to the end of the paragraph, as when each paragraph of a long quotation reopens.
    ``width`` is the length of a mark: two where each is typed as two apostrophes.
    """

    start: int
    end: int
    closed: bool = True
    width: int = 1

    @property
    def inner(self) -> tuple[int, int]:
        """The range without the marks."""
        return self.start + self.width, self.end - self.width if self.closed else self.end


def quotations(text: str, start: int, end: int) -> list[Quotation]:
    """Find the quotations in one paragraph, characters ``start`` to ``end`` of ``text``.

    An unbalanced mark never reaches beyond its paragraph. Single marks are read as quotation
    marks only in a paragraph that has no double ones, and an apostrophe is not one.
    """
    found: list[Quotation] = []
    opened: int | None = None
    closers = ""
    position = start
    while position < end:
        character = text[position]
        if opened is None:
            if character in _CLOSERS and (character != '"' or _may_open(text, position, start, end)):
                opened, closers = position, _CLOSERS[character] + ('"' if character == "“" else "")
                if character == '"':
                    closers += "”"
        elif character in closers:
            found.append(Quotation(opened, position + 1))
            opened = None
        position += 1
    if opened is not None and opened + 1 < end:
        found.append(Quotation(opened, end, closed=False))
    if not found:
        found = [Quotation(m.start(), m.end(), width=2) for m in _TWO_APOSTROPHES.finditer(text, start, end)]
    if not found:
        found = [Quotation(m.start(), m.end()) for m in _SINGLE.finditer(text, start, end)]
    return found


def _may_open(text: str, position: int, start: int, end: int) -> bool:
    """Tell whether a straight mark at ``position`` can open: no space after it, no letter before it."""
    after = text[position + 1] if position + 1 < end else " "
    before = text[position - 1] if position > start else " "
    return not after.isspace() and not before.isalnum()
