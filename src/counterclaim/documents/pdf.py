"""A PDF with text to a report: its paragraphs, hyphens at line ends joined, running lines left out."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from counterclaim.documents.blocks import Piece
from counterclaim.documents.composing import folded
from counterclaim.documents.drafts import Draft, Parts, draft_of
from counterclaim.documents.pdf_layout import HYPHENS, Line, lay_out
from counterclaim.documents.pdf_source import read_pages
from counterclaim.model import Capture, InputError, Problem
from counterclaim.model.errors import Messages

_MADE_OF_TWO = re.compile("[\ufb00-\ufb06]")
_DROPPED = re.compile("[\x00-\x08\x0b\x0e-\x1f\u00ad\u200b\ufeff\ufffe]")
_COMPOUND = re.compile(r"\w+[-\u2010]\w+")
_JUNK = re.compile(r"microsoft word|untitled|\.(?:docx?|odt|indd|pdf|rtf|qxp)\b|^document\d*$", re.IGNORECASE)


def read_pdf(capture: Capture) -> tuple[Draft, list[Problem]]:
    """Read the report that a PDF holds; the date on which the file was made is no publication date.

    Raises InputError where the extra for PDF is missing, and for PDFs that are encrypted, broken, too
    large to read, or that hold pictures of pages and no text.
    """
    pdf = read_pages(capture.name, capture.content)
    layout = lay_out(pdf)
    if not layout.title and not layout.paragraphs:
        raise InputError(Messages.pdf_scanned(capture.name))
    source = pdf.source
    lines = (line for part in (layout.title, *layout.paragraphs) for line in part)
    compounds = {
        match.group().replace("\u2010", "-").casefold()
        for line in lines
        for match in _COMPOUND.finditer(line.text)
    }
    parts = Parts(
        title=_joined(layout.title, source, compounds),
        paragraphs=[_joined(lines, source, compounds) for lines in layout.paragraphs],
    )
    told = " ".join(pdf.title.split())
    fields = {"title": "" if _JUNK.search(told) else told}
    draft = draft_of(capture.name, pdf.recipe, fields, parts)
    empty = [number for number, page in enumerate(pdf.pages, 1) if not page.lines]
    return draft, [Messages.pdf_pages_empty(capture.name, empty)] if empty else []


def _joined(lines: Sequence[Line], source: str, compounds: set[str]) -> list[Piece]:
    """Return the pieces of a paragraph: lines joined by a space, or without one where a word was parted."""
    pieces: list[Piece] = []
    for index, line in enumerate(lines):
        following = lines[index + 1] if index + 1 < len(lines) else None
        end = line.end
        parted = following is not None and line.text[-1] in HYPHENS
        if parted and following is not None:
            end -= 0 if _keeps_hyphen(line.text, following.text, compounds) else 1
        pieces += _characters(source, line.start, end)
        if following is not None and not parted:
            after = source[line.end : line.end + 2]
            pieces.append((" ", line.end, len(after) - len(after.lstrip())))
    return folded(pieces)


def _keeps_hyphen(text: str, following: str, compounds: set[str]) -> bool:
    """Tell whether the hyphen at the end of a line belongs to the word.

    It does before a capital or a figure, and where the same word stands with its hyphen within a line.
    """
    if text[-1] in "\u2010\u00ad":
        return False
    if not following[:1].islower():
        return True
    before, after = re.search(r"\w+(?=.$)", text), re.match(r"\w+", following)
    if before is None or after is None:
        return True
    return f"{before.group()}-{after.group()}".casefold() in compounds


def _characters(source: str, start: int, end: int) -> list[Piece]:
    """Return the characters of a line: ligatures taken apart, what is not seen left out."""
    pieces: list[Piece] = []
    position = start
    for match in re.finditer(f"{_MADE_OF_TWO.pattern}|{_DROPPED.pattern}", source[start:end]):
        place = start + match.start()
        if place > position:
            pieces.append((source[position:place], position, place - position))
        if _MADE_OF_TWO.match(match.group()):
            pieces.append((unicodedata.normalize("NFKC", match.group()), place, 1))
        position = place + 1
    if end > position:
        pieces.append((source[position:end], position, end - position))
    return pieces
