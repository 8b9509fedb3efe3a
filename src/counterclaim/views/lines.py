"""The lines of the JSON Lines contracts: what ``extract``, ``link`` and ``copies`` print.

Their form is fixed by ``docs/formats.md``; programs read them. Offsets are characters of the
report's text, end exclusive.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

from counterclaim.disputes import Kinship, Pair
from counterclaim.model import (
    Annotations,
    Document,
    EventFrame,
    PlaceMention,
    PlaceReading,
    Report,
    Span,
    StatedTime,
    Statement,
    TimeExpression,
)
from counterclaim.views.catalogue import Catalogue

JsonObject = dict[str, Any]


def extract_line(report: Report) -> JsonObject:
    """Return one report with its attributions.

    ``nested`` holds what is said within what somebody else is reported to say, and ``own_voice``
    what the report itself asserts; neither is an attribution to a source by the report.
    """
    line: JsonObject = {"id": report.document.id, "attributions": [], "nested": [], "own_voice": []}
    for statement in report.statements:
        if statement.part_of is not None:
            continue
        place = "nested" if statement.reported_by else "own_voice" if statement.own_voice else "attributions"
        line[place].append(attribution(statement, report.annotations))
    return line


def attribution(statement: Statement, annotations: Annotations | None = None) -> JsonObject:
    """Return one statement in the form of the contract, with the times and places in its content."""
    verification = statement.verification
    channel = statement.channel
    entry: JsonObject = {
        "id": statement.id,
        "source": _offsets(statement.source),
        "cue": _offsets(statement.cue),
        "content": _offsets(statement.content),
        "speaker": msgspec.to_builtins(statement.speaker),
        "act": str(statement.act),
        "kind": str(statement.kind),
        "polarity": statement.polarity,
        "hedged": statement.hedged,
        "channel": channel and {"kind": channel.kind, "span": _offset(channel.span)},
        "verification": verification
        and {"status": str(verification.status), "span": _offset(verification.span)},
        "times": [time_entry(each) for each in annotations.times_in(statement)] if annotations else [],
        "places": [place_entry(each) for each in annotations.places_in(statement)] if annotations else [],
        "said": _stated(statement.said),
        "happened": _stated(statement.happened),
        "event": _event(statement.event) if statement.event else None,
        "model": statement.model,
        "confidence": statement.confidence,
    }
    if statement.refers_to:
        entry["refers_to"] = list(statement.refers_to)
    if statement.reported_by:
        entry["reported_by"] = statement.reported_by
    return entry


def times_line(report: Report) -> JsonObject:
    """Return one report with its temporal expressions (TIMEX3)."""
    times = report.annotations.times if report.annotations else ()
    return {"id": report.document.id, "timexes": [time_entry(time) for time in times]}


def time_entry(time: TimeExpression) -> JsonObject:
    """Return one temporal expression: ``edtf`` is its stretch of time, ``basis`` what it was counted from."""
    return {
        "start": time.span.start,
        "end": time.span.end,
        "text": time.span.quote,
        "type": str(time.kind),
        "value": time.value,
        "mod": time.modifier,
        "edtf": time.interval.edtf if time.interval else None,
        "granularity": str(time.interval.granularity) if time.interval else None,
        "basis": str(time.basis),
        "reference": time.reference,
    }


def places_line(report: Report) -> JsonObject:
    """Return one report with the places that it names, and apart from them its adjectives of places."""
    lists: dict[str, list[JsonObject]] = {"places": [], "demonyms": []}
    for mention in report.annotations.places if report.annotations else ():
        kind = "demonyms" if mention.reading is PlaceReading.DEMONYM else "places"
        lists[kind].append(place_entry(mention))
    return {"id": report.document.id, **lists}


def place_entry(mention: PlaceMention) -> JsonObject:
    """Return one place: the likeliest candidate, and the others with their scores."""
    place = mention.place
    relation = mention.relation
    return {
        "start": mention.span.start,
        "end": mention.span.end,
        "text": mention.span.quote,
        "lat": place.latitude if place else None,
        "lon": place.longitude if place else None,
        "country": place.country if place else None,
        "division": place.division if place else None,
        "kind": str(place.kind) if place else None,
        "name": place.name if place else None,
        "gazetteer": place.id if place else None,
        "reading": str(mention.reading),
        "precision": str(mention.precision),
        "relation": relation
        and {
            "kind": relation.kind,
            "span": _offset(relation.span),
            "other": relation.other and _offset(relation.other),
            "kilometres": relation.kilometres,
        },
        "confidence": mention.confidence,
        "candidates": [
            {
                "gazetteer": each.id,
                "name": each.name,
                "kind": str(each.kind),
                "country": each.country,
                "division": each.division,
                "lat": each.latitude,
                "lon": each.longitude,
                "score": each.score,
            }
            for each in mention.candidates[1:]
        ],
    }


def link_lines(catalogue: Catalogue) -> Iterator[JsonObject]:
    """Give one line for each statement, and one for each dispute in which it takes a side.

    The clauses of a long statement, which are linked claim by claim, have lines of their own.
    """
    for statement in catalogue.statements_by_report():
        sides: list[tuple[str | None, str | None]] = [
            (side.dispute.id, side.position.id) for side in catalogue.sides(statement.id)
        ]
        claim = catalogue.claim_of(statement.id)
        for dispute, position in sides or [(None, None)]:
            yield {
                "doc": catalogue.document_of(statement).id,
                "content": _offsets(statement.content),
                "speaker": catalogue.actor_id_of(statement),
                "claim": claim.id if claim else None,
                "dispute": dispute,
                "position": position,
            }


def copies_lines(documents: Iterable[Document], pairs: Iterable[Pair]) -> Iterator[JsonObject]:
    """Give one line for each pair of reports that are not independent, sorted by their ids.

    ``kind`` says more than ``label``: how the two hang together. ``first`` is the id of the earlier
    one. ``spans`` are the stretches that they share, from start to end in ``a`` and in ``b``, ``share`` is
    the share of the shorter text's words in them.
    """
    names = {document.key: document.id for document in documents}
    lines = {}
    for pair in pairs:
        one, other = names[pair.one], names[pair.other]
        turned = other < one
        spans = [([each.start, each.end], [each.other_start, each.other_end]) for each in pair.stretches]
        first, second = sorted((one, other))
        line = {
            "a": first,
            "b": second,
            "label": "copy" if pair.kinship is Kinship.COPY else "derived",
            "kind": str(pair.kinship),
            "first": one,
            "share": pair.share,
            "spans": [
                {"a": theirs, "b": mine} if turned else {"a": mine, "b": theirs} for mine, theirs in spans
            ],
        }
        lines[first, second, line["label"], line["kind"], pair.judgement] = line
    said = set()
    for key in sorted(lines):
        if key[:4] not in said:
            said.add(key[:4])
            yield lines[key]


def _stated(time: StatedTime | None) -> JsonObject | None:
    if time is None:
        return None
    return {
        "edtf": time.interval.edtf,
        "granularity": str(time.interval.granularity),
        "basis": str(time.basis),
        "span": time.span and _offset(time.span),
    }


def _event(event: EventFrame) -> JsonObject:
    return {
        "type": event.type,
        "plover": event.plover,
        "mode": event.plover_mode,
        "trigger": _offset(event.trigger),
        "agents": [{"span": _offset(each.span), "actor": each.actor} for each in event.agents],
        "patients": [{"span": _offset(each.span), "actor": each.actor} for each in event.patients],
        "places": _offsets(event.places),
        "figures": [
            {
                "measure": each.measure,
                "low": each.low,
                "high": each.high,
                "bound": str(each.bound),
                "span": _offset(each.span),
            }
            for each in event.figures
        ],
        "confidence": event.confidence,
    }


def _offset(span: Span) -> list[int]:
    return [span.start, span.end]


def _offsets(spans: Iterable[Span]) -> list[list[int]]:
    return [_offset(span) for span in spans]
