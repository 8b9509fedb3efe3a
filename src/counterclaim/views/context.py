"""Who, when, where and what happened, as the annotations of a report and its statements tell it."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from counterclaim.model import (
    Affiliation,
    Annotations,
    DocumentActor,
    EventFrame,
    Figure,
    FigureBound,
    PlaceMention,
    Span,
    StatedTime,
    TimeBasis,
    TimeExpression,
)


class Words(msgspec.Struct, frozen=True, kw_only=True):
    """Some words of a report and where they stand (characters of its text, end exclusive)."""

    words: str
    start: int
    end: int


class TimeNote(msgspec.Struct, frozen=True, kw_only=True):
    """One time: its words, its TIMEX3 value, its stretch (EDTF), and what it was counted from."""

    at: Words
    value: str
    interval: str | None
    basis: TimeBasis


class PlaceNote(msgspec.Struct, frozen=True, kw_only=True):
    """One place: its words and what they most likely name.

    ``others`` are the names of the other candidates, with their countries.
    """

    at: Words
    reading: str
    precision: str
    relation: str | None
    name: str | None
    kind: str | None
    country: str | None
    division: str | None
    latitude: float | None
    longitude: float | None
    score: float | None
    others: tuple[str, ...]


class ActorNote(msgspec.Struct, frozen=True, kw_only=True):
    """One actor of a report: how it is called, what it is said to be, and everywhere it is mentioned."""

    actor: str
    name: str
    kind: str
    anonymous: bool
    aliases: tuple[str, ...]
    roles: tuple[str, ...]
    role_words: tuple[Words, ...]
    mentions: tuple[Words, ...]


class EventNote(msgspec.Struct, frozen=True, kw_only=True):
    """What a statement says happened."""

    type: str | None
    plover: str | None
    trigger: Words
    agents: tuple[Words, ...]
    patients: tuple[Words, ...]
    places: tuple[Words, ...]
    when: str | None
    figures: tuple[str, ...]
    confidence: float


class Context(msgspec.Struct, frozen=True, kw_only=True):
    """The actors, times and places of a report, each in order of the text."""

    actors: tuple[ActorNote, ...] = ()
    times: tuple[TimeNote, ...] = ()
    places: tuple[PlaceNote, ...] = ()


def context_of(annotations: Annotations | None) -> Context:
    """Return what a report's annotations tell; nothing for a report without."""
    if annotations is None:
        return Context()
    return Context(
        actors=tuple(map(actor_note, annotations.actors)),
        times=tuple(map(time_note, annotations.times)),
        places=tuple(map(place_note, annotations.places)),
    )


def time_note(time: TimeExpression) -> TimeNote:
    """Return one temporal expression."""
    interval = time.interval.edtf if time.interval else None
    return TimeNote(at=words_of(time.span), value=time.value, interval=interval, basis=time.basis)


def place_note(mention: PlaceMention) -> PlaceNote:
    """Return one place."""
    place = mention.place
    relation = mention.relation
    return PlaceNote(
        at=words_of(mention.span),
        reading=str(mention.reading),
        precision=str(mention.precision),
        relation=relation.span.quote if relation else None,
        name=place.name if place else None,
        kind=str(place.kind) if place else None,
        country=place.country if place else None,
        division=place.division if place else None,
        latitude=place.latitude if place else None,
        longitude=place.longitude if place else None,
        score=place.score if place else None,
        others=tuple(
            f"{other.name} ({other.country})" if other.country else other.name
            for other in mention.candidates[1:]
        ),
    )


def actor_note(actor: DocumentActor) -> ActorNote:
    """Return one actor of a report."""
    return ActorNote(
        actor=actor.id,
        name=actor.name or actor.description or actor.id,
        kind=str(actor.kind),
        anonymous=actor.anonymous,
        aliases=actor.aliases,
        roles=tuple(affiliation_words(each) for each in actor.affiliations),
        role_words=tuple(words_of(each.span) for each in actor.affiliations if each.span),
        mentions=tuple(map(words_of, actor.mentions)),
    )


def event_note(event: EventFrame) -> EventNote:
    """Return what a statement says happened."""
    plover = f"{event.plover} ({event.plover_mode})" if event.plover_mode else event.plover
    return EventNote(
        type=event.type,
        plover=plover,
        trigger=words_of(event.trigger),
        agents=tuple(words_of(each.span) for each in event.agents),
        patients=tuple(words_of(each.span) for each in event.patients),
        places=tuple(map(words_of, event.places)),
        when=moment_words(event.when),
        figures=tuple(map(figure_words, event.figures)),
        confidence=event.confidence,
    )


def event_words(event: EventFrame) -> str:
    """Return an event on one line, for a table."""
    note = event_note(event)
    parts = [note.type or note.plover or note.trigger.words]
    parts += [f"by {_joined(note.agents)}"] if note.agents else []
    parts += [f"to {_joined(note.patients)}"] if note.patients else []
    parts += [f"at {_joined(note.places)}"] if note.places else []
    return "; ".join([*parts, *note.figures])


def affiliation_words(affiliation: Affiliation) -> str:
    """Return a role as a reader would say it: "former president of Norvia (2014/2019)"."""
    role, party = affiliation.role or "", affiliation.party_name or affiliation.party or ""
    former = "former " if affiliation.former and "former" not in role else ""
    between = " of " if role and party else "of " if party else ""
    when = f" ({affiliation.when.interval.edtf})" if affiliation.when else ""
    return f"{former}{role}{between}{party}{when}"


def moment_words(time: StatedTime | None) -> str | None:
    """Return when something was said or happened, with the words that say so, or what was taken instead."""
    if time is None:
        return None
    source = f"“{time.span.quote}”" if time.span else f"no words say so; taken from: {time.basis}"
    return f"{time.interval.edtf} ({source})"


def figure_words(figure: Figure) -> str:
    """Return a number with what it counts: "at least 20 killed"."""
    low, high = figure.low, figure.high
    prefix = {FigureBound.AT_LEAST: "at least ", FigureBound.ABOUT: "about "}.get(figure.bound, "")
    if low is not None and high is not None and low != high:
        number = f"{prefix}{low:,.0f} to {high:,.0f}"
    elif low is not None:
        number = f"{prefix}{low:,.0f}"
    elif high is not None:
        number = f"at most {high:,.0f}"
    else:
        number = "some"
    return f"{number} {figure.measure}"


def words_of(span: Span) -> Words:
    """Return the words of a span and where they stand."""
    return Words(words=span.quote, start=span.start, end=span.end)


def _joined(words: Iterable[Words]) -> str:
    return ", ".join(each.words for each in words)
