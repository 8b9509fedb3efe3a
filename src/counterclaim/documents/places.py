"""From a span of a document to the bytes of its capture, or to the place in the source made from them."""

from __future__ import annotations

from typing import NamedTuple

from counterclaim.documents.pdf_source import RECIPE as PDF
from counterclaim.documents.pdf_source import page_number
from counterclaim.documents.recipes import is_recipe, source_of
from counterclaim.model import Capture, Document, SelectorError, Span

_ESCAPED = "surrogateescape"


class SourcePlace(NamedTuple):
    """Characters ``start`` to ``end`` (exclusive) of the source, and the page, from 1, where it has pages."""

    start: int
    end: int
    page: int | None = None

    def __str__(self) -> str:
        page = f", page {self.page}" if self.page else ""
        return f"characters {self.start}:{self.end} of its text{page}"


def source_place(document: Document, capture: Capture, span: Span) -> SourcePlace:
    """Return where the words of ``span`` stand in the source that the document is mapped to.

    A span that begins or ends inside a character reference or an escape is widened to the whole of it.
    Raises SelectorError where the span does not fit the document, or the capture is another, and InputError
    where the source cannot be made here (:func:`counterclaim.documents.recipes.source_of`).
    """
    start, end = _mapped(document, capture, span)
    source = source_of(capture.content, document.encoding)
    page = page_number(source, start) if document.encoding.startswith(PDF) else None
    return SourcePlace(start, end, page)


def source_range(document: Document, capture: Capture, span: Span) -> tuple[int, int] | None:
    """Return the byte offsets (end exclusive) in ``capture.content`` of the words of ``span``.

    None where the words do not stand in the bytes (PDF, mail); :func:`source_place` tells where then. A
    span that begins or ends inside a character reference or an escape is widened to the whole of it.
    Raises SelectorError where the span does not fit the document, or the capture is another.
    """
    start, end = _mapped(document, capture, span)
    if is_recipe(document.encoding):
        return None
    source = capture.content.decode(document.encoding, _ESCAPED)
    before = len(source[:start].encode(document.encoding, _ESCAPED))
    return before, before + len(source[start:end].encode(document.encoding, _ESCAPED))


def _mapped(document: Document, capture: Capture, span: Span) -> tuple[int, int]:
    if document.capture != capture.sha256:
        raise SelectorError(f"the document {document.id} was not made from the capture {capture.name}")
    if not span.fits(document.text):
        raise SelectorError(f"the span {span.start}:{span.end} does not fit the document {document.id}")
    return document.offsets.to_source(span.start, span.end)
