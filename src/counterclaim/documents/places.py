"""From a span of a document to the bytes of its capture."""

from __future__ import annotations

from counterclaim.model import Capture, Document, SelectorError, Span

_ESCAPED = "surrogateescape"


def source_range(document: Document, capture: Capture, span: Span) -> tuple[int, int]:
    """Return the byte offsets (end exclusive) in ``capture.content`` of the words of ``span``.

    A span that begins or ends inside a character reference or an escape is widened to the whole of
    it. Raises SelectorError where the span does not fit the document, or the capture is another.
    """
    if document.capture != capture.sha256:
        raise SelectorError(f"the document {document.id} was not made from the capture {capture.name}")
    if not span.fits(document.text):
        raise SelectorError(f"the span {span.start}:{span.end} does not fit the document {document.id}")
    start, end = document.offsets.to_source(span.start, span.end)
    source = capture.content.decode(document.encoding, _ESCAPED)
    before = len(source[:start].encode(document.encoding, _ESCAPED))
    return before, before + len(source[start:end].encode(document.encoding, _ESCAPED))
