"""Statements as annotations of reports (W3C Web Annotation Data Model, Recommendation of 2017)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import msgspec

from counterclaim.exports.source import Source
from counterclaim.model import Document, Span, Statement

_ENCODER = msgspec.json.Encoder(order="deterministic")
CONTEXT = "http://www.w3.org/ns/anno.jsonld"
PREFIX = "urn:counterclaim:"
"""What the names of our nouns begin with where an IRI is wanted; the namespace is not registered."""


def iri(sort: str, identity: str) -> str:
    """Return the IRI of a noun, such as ``urn:counterclaim:statement:s-1``."""
    return f"{PREFIX}{sort}:{quote(identity, safe='')}"


def web_annotation(source: Source) -> Iterator[bytes]:
    """Give one AnnotationPage with an Annotation for each statement, in order of reports and of the text.

    The targets are the spans of the content, each by its words and by its place: code points of the
    report's text, end exclusive. It is read and written in constant memory.
    """
    page: dict[str, Any] = {
        "@context": CONTEXT,
        "id": iri("annotations", "1"),
        "type": "AnnotationPage",
        "partOf": {"id": iri("annotations", "all"), "type": "AnnotationCollection", "label": "Statements"},
        "startIndex": 0,
    }
    yield _ENCODER.encode(page)[:-1] + b',"items":['
    separator = b"\n"
    for report in source.reports():
        for statement in report.statements:
            yield separator + _ENCODER.encode(_annotation(report.document, statement))
            separator = b",\n"
    yield b"\n]}\n"


def _annotation(document: Document, statement: Statement) -> dict[str, Any]:
    speaker = statement.speaker
    body: list[dict[str, Any]] = [
        _words(str(statement.act), "classifying"),
        _words("affirmed" if statement.polarity else "denied", "classifying"),
        _words(str(statement.kind), "tagging"),
    ]
    if statement.hedged:
        body.append(_words("hedged", "tagging"))
    if speaker is not None:
        body.append(_words(speaker.label, "identifying"))
    body += [{**_part(document, span), "purpose": "identifying"} for span in statement.source]
    body += [{**_part(document, span), "purpose": "describing"} for span in statement.cue]
    made: dict[str, Any] = {
        "id": iri("statement", statement.id),
        "type": "Annotation",
        "motivation": "describing",
        "body": body,
        "target": [_part(document, span) for span in statement.content],
    }
    if statement.model:
        made["generator"] = {
            "id": iri("program", statement.model),
            "type": "Software",
            "name": statement.model,
        }
    return made


def _words(value: str, purpose: str) -> dict[str, str]:
    return {"type": "TextualBody", "value": value, "format": "text/plain", "purpose": purpose}


def _part(document: Document, span: Span) -> dict[str, Any]:
    """Return a span of a report as a specific resource with two selectors of the same words."""
    text: dict[str, Any] = {"id": iri("document", document.key), "type": "Text", "format": "text/plain"}
    if document.language:
        text["language"] = document.language
    words = {"type": "TextQuoteSelector", "exact": span.quote, "prefix": span.prefix, "suffix": span.suffix}
    place = {"type": "TextPositionSelector", "start": span.start, "end": span.end}
    part: dict[str, Any] = {"type": "SpecificResource", "source": text, "selector": [words, place]}
    if document.url:
        part["scope"] = document.url
    return part
