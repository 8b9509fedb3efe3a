"""Statements in time, as TimelineJS (Knight Lab) reads them: one slide each, a lane for each position."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from html import escape
from typing import Any

from counterclaim.exports.filters import kept, shown
from counterclaim.exports.json_array import members
from counterclaim.exports.source import Source
from counterclaim.exports.told import Told, tell_sides


def timeline(source: Source) -> Iterator[bytes]:
    """Give one slide for each side that a statement takes in a dispute, at the time it was said.

    Where the report does not tell when it was said, the time of publication stands; without either there
    is no slide. Where nothing is read off the board every statement has one. All text is escaped as HTML.
    """
    yield b'{"events":['
    slides = (_slide(told) for told in tell_sides(source) if told.side or told.board is None)
    yield from members(slide for slide in slides if slide is not None)
    yield b"\n]}\n"


def _slide(told: Told) -> dict[str, Any] | None:
    said = told.statement.said
    start = said.interval.start if said and said.interval.start else told.document.published
    end = said.interval.end if said and said.interval.start else None
    if start is None:
        return None
    slide: dict[str, Any] = {
        "start_date": _date(start),
        "text": {
            "headline": _html(f"{told.speaker or told.outlet}: {told.statement.act}"),
            "text": _paragraphs(told),
        },
        "group": _html(told.side.position.label) if told.side else _html(told.speaker or told.outlet),
        "unique_id": f"{told.statement.id}-{told.number}",
        "autolink": False,
    }
    if end is not None and end != start:
        slide["end_date"] = _date(end)
    if said is not None:
        slide["display_date"] = said.interval.edtf
    return slide


def _paragraphs(told: Told) -> str:
    lines = [f"<blockquote>{_html(told.statement.content_text)}</blockquote>"]
    if told.side:
        lines.append(f"<p>{_html(told.side.dispute.question)}</p>")
    if told.attestation:
        numbers = f"attested by {told.attestation.attested}, corroborated by {told.attestation.corroborated}"
        lines.append(f"<p>The position: {numbers}</p>")
    lines.append(f"<p>{_html(told.outlet)}, report {_html(told.document.id)}, {told.offsets}</p>")
    return "".join(lines)


def _html(text: str) -> str:
    return escape(kept(shown(text)))


def _date(moment: str) -> dict[str, int]:
    """Return a date, or a moment, in the parts that TimelineJS takes; it knows no zones."""
    if len(moment) <= len("2031-04-02"):
        parts = [int(part) for part in moment.split("-")]
        return dict(zip(("year", "month", "day"), parts, strict=False))
    read = datetime.fromisoformat(moment)
    return {
        "year": read.year,
        "month": read.month,
        "day": read.day,
        "hour": read.hour,
        "minute": read.minute,
        "second": read.second,
    }
