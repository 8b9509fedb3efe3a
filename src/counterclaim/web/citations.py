"""A statement as it is cited in a text or a note."""

from __future__ import annotations

from counterclaim.exports.filters import day, shown
from counterclaim.model import Document
from counterclaim.views.statement import StatementView


def citation(view: StatementView, document: Document) -> str:
    """Return the words, who said them, in which report, and where they stand there.

    Characters are code points of the report's text, end exclusive.
    """
    quote = view.quote
    who = shown(quote.speaker or "the report itself")
    title = shown(document.title or document.id)
    parts = [
        f"“{shown(quote.content)}” ({who})",
        f"{title}, {shown(quote.place.outlet)}, {day(document.published)}",
    ]
    if document.url:
        parts.append(document.url)
    offsets = ", ".join(f"{start}:{end}" for start, end in quote.place.offsets)
    parts.append(f"characters {offsets} of the text, statement {view.id}, SHA-256 {view.capture}")
    return ". ".join(parts) + "."
