"""One statement, with the way back to the very bytes of its source."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import msgspec

from counterclaim.documents import is_recipe, source_place, source_range
from counterclaim.ledger.redaction import WithheldError
from counterclaim.model import Capture, Document, EventFrame, InputError, Span, Statement
from counterclaim.views.catalogue import Catalogue
from counterclaim.views.context import (
    EventNote,
    PlaceNote,
    TimeNote,
    event_note,
    moment_words,
    place_note,
    time_note,
)
from counterclaim.views.decisions import Decision, decisions_on
from counterclaim.views.document import SideView, sides_of
from counterclaim.views.names import Named
from counterclaim.views.quotes import Quote, quote_of
from counterclaim.views.reasons import Reason, reason_of

WITHHELD = "withheld"
"""What is said of a capture that has protected words in it."""

CaptureOf = Callable[[str], Capture]
"""Gives the capture with a SHA-256."""


class WayBack(msgspec.Struct, frozen=True, kw_only=True):
    """One span of a statement: its words, and where they stand in the text and in the capture.

    The bytes are None where the capture is withheld, since protected words stand in it.
    """

    role: str
    quote: str
    prefix: str
    suffix: str
    start: int
    end: int
    byte_start: int | None
    byte_end: int | None
    source_place: str | None = None


class StatementView(msgspec.Struct, frozen=True, kw_only=True):
    """A statement, what it is part of, and where each of its words comes from."""

    id: str
    quote: Quote
    capture: str
    capture_name: str
    media_type: str
    encoding: str
    spans: tuple[WayBack, ...]
    claim: Named | None
    sides: tuple[SideView, ...]
    reported_by: str | None
    refers_to: tuple[str, ...]
    judgements: tuple[Reason, ...]
    said: str | None
    happened: str | None
    event: EventNote | None
    times: tuple[TimeNote, ...]
    places: tuple[PlaceNote, ...]
    model: str
    confidence: float
    decisions: tuple[Decision, ...] = ()


def statement_view(catalogue: Catalogue, statement: Statement, capture_of: CaptureOf) -> StatementView:
    """Return one statement with the way back to its source."""
    document = catalogue.document_of(statement)
    capture = _capture(document.capture, capture_of)
    claim = catalogue.claim_of(statement.id)
    notes = catalogue.annotations.get(document.key)
    return StatementView(
        id=statement.id,
        quote=quote_of(catalogue, statement),
        capture=document.capture,
        capture_name=capture.name if capture else WITHHELD,
        media_type=capture.media_type if capture else WITHHELD,
        encoding=document.encoding,
        spans=tuple(_ways_back(statement, document, capture)),
        claim=Named(id=claim.id, name=claim.text) if claim else None,
        sides=sides_of(catalogue, statement.id),
        reported_by=statement.reported_by,
        refers_to=statement.refers_to,
        judgements=tuple(reason_of(catalogue, each) for each in catalogue.judgements_on(statement.id)),
        said=moment_words(statement.said),
        happened=moment_words(statement.happened),
        event=event_note(statement.event) if statement.event else None,
        times=tuple(map(time_note, notes.times_in(statement))) if notes else (),
        places=tuple(map(place_note, notes.places_in(statement))) if notes else (),
        model=statement.model,
        confidence=statement.confidence,
        decisions=decisions_on(catalogue, {statement.id}),
    )


def _capture(sha256: str, capture_of: CaptureOf) -> Capture | None:
    try:
        return capture_of(sha256)
    except WithheldError:
        return None


def _ways_back(statement: Statement, document: Document, capture: Capture | None) -> Iterator[WayBack]:
    for role, span in _parts(statement):
        byte_start, byte_end = (source_range(document, capture, span) if capture else None) or (None, None)
        place = _source_place(document, capture, span) if capture and is_recipe(document.encoding) else None
        yield WayBack(
            role=role,
            quote=span.quote,
            prefix=span.prefix,
            suffix=span.suffix,
            start=span.start,
            end=span.end,
            byte_start=byte_start,
            byte_end=byte_end,
            source_place=place,
        )


def _source_place(document: Document, capture: Capture, span: Span) -> str | None:
    """Say where words stand that do not stand in the bytes; None where that cannot be read here."""
    try:
        return str(source_place(document, capture, span))
    except InputError:
        return "not to be read here"


def _parts(statement: Statement) -> Iterator[tuple[str, Span]]:
    for role, spans in (
        ("source", statement.source),
        ("cue", statement.cue),
        ("content", statement.content),
        ("hedge", statement.hedges),
    ):
        for span in spans:
            yield role, span
    if statement.channel:
        yield "channel", statement.channel.span
    if statement.verification:
        yield str(statement.verification.status), statement.verification.span
    if statement.speaker and statement.speaker.mention:
        yield "named", statement.speaker.mention
    affiliation = statement.speaker.affiliation if statement.speaker else None
    if affiliation and affiliation.span:
        yield "role", affiliation.span
    for role, time in (("said", statement.said), ("happened", statement.happened)):
        if time and time.span:
            yield role, time.span
    if statement.event:
        yield from _event_parts(statement.event)


def _event_parts(event: EventFrame) -> Iterator[tuple[str, Span]]:
    yield "event", event.trigger
    for role, participants in (("agent", event.agents), ("patient", event.patients)):
        for participant in participants:
            yield role, participant.span
    for place in event.places:
        yield "place", place
    for figure in event.figures:
        yield "figure", figure.span
