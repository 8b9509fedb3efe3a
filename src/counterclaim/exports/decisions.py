"""What people decided, as examples that a program can learn from: JSON Lines."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import Any

import msgspec
from msgspec.structs import replace

from counterclaim import __version__
from counterclaim.actors import ActorIndex, resolve_actors
from counterclaim.actors.gathering import Unit
from counterclaim.exports.source import Source
from counterclaim.ledger import Recorded
from counterclaim.ledger.moments import written
from counterclaim.model import Document, Judgement, JudgementKind, Span, Statement
from counterclaim.model.judgement import by_program
from counterclaim.model.stances import ACTOR, CLAIM, COPY, READING, Stance, stance_of
from counterclaim.model.standing import State
from counterclaim.views.catalogue import Catalogue

_ENCODER = msgspec.json.Encoder(order="deterministic")
_LEARNT = {CLAIM, COPY, ACTOR, READING}
_STANDING = (State.STANDS, State.CONFLICT)
_REPORTS = 10
"""Reports that name an actor of which the words are given."""
_MENTIONS = 5
"""Places where a report names an actor that are given."""


def decisions(source: Source) -> Iterator[bytes]:
    """Give one line for each decision of a person that stands, in order of their ids.

    On pairs of statements, readings of statements, pairs of actors and pairs of reports. Each has the answer,
    the things whole, whether another person contradicts it, and what programs had answered. What was
    taken back, or replaced by a later answer of the same person, is left out; so are grades and
    verifications, which nobody should learn to give, and decisions on what the ledger no longer holds. The
    board is read, whatever the choices.
    """
    catalogue = source.catalogue
    answered = _Answers(catalogue)
    actors = _Actors(catalogue)
    for recorded in source.nouns(Judgement):
        judgement = recorded.noun
        if by_program(judgement) or catalogue.standing.state(judgement.id) not in _STANDING:
            continue
        stance = catalogue.standing.stance(judgement.id)
        if stance is None or stance.topic not in _LEARNT:
            continue
        ends = [end for end in (stance.left, stance.right) if end]
        found = actors.things(ends) if stance.topic == ACTOR else _things(catalogue, stance.topic, ends)
        things = [thing for thing in found if thing is not None]
        if len(things) == len(ends):
            yield _ENCODER.encode(_example(catalogue, recorded, stance, things, answered)) + b"\n"


class _Answers:
    """What programs and other people answered on the very things that people decided."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        standing = catalogue.standing
        self._people: dict[tuple[str, ...], list[Judgement]] = {}
        for each in standing.order:
            stance = standing.stance(each)
            if stance is not None:
                held = self._people.setdefault(stance.subject, [])
                held += [standing.known[each]] if standing.state(each) in _STANDING else []
        ends = {end for subject in self._people for end in subject[1:]}
        self._programs: dict[tuple[str, ...], list[Judgement]] = {subject: [] for subject in self._people}
        for judgement in catalogue.snapshot.judgements:
            if by_program(judgement) and judgement.left in ends:
                stance = stance_of(judgement, {})
                if stance is not None and stance.subject in self._programs:
                    self._programs[stance.subject].append(judgement)

    def of_programs(self, stance: Stance) -> list[dict[str, Any]]:
        """Return the answers of programs, sorted by the ids of their judgements."""
        if stance.topic == ACTOR:
            return self._on_actors(stance)
        return [
            {"answer": str(each.kind), "confidence": each.confidence, "author": each.author}
            for each in sorted(self._programs[stance.subject], key=lambda each: each.id)
        ]

    def of_others(self, stance: Stance, author: str) -> list[dict[str, Any]]:
        """Return what other people hold, sorted by their names."""
        found = [
            {"answer": str(said.kind), "author": each.author}
            for each in self._people[stance.subject]
            if each.author != author and (said := self._catalogue.standing.stance(each.id)) is not None
        ]
        return sorted(found, key=lambda each: (each["author"], each["answer"]))

    def _on_actors(self, stance: Stance) -> list[dict[str, Any]]:
        """Return whether the actors are one where nobody decides; programs keep no judgement of that."""
        one, other = (self._unaided.named(end) for end in (stance.left, stance.right))
        if not (self._unaided.knows(stance.left) and self._unaided.knows(stance.right)):
            return []
        kind = JudgementKind.SAME_ACTOR if one == other else JudgementKind.DIFFERENT_ACTORS
        return [{"answer": str(kind), "confidence": None, "author": f"program:actors/{__version__}"}]

    @cached_property
    def _unaided(self) -> ActorIndex:
        snapshot = self._catalogue.snapshot
        programs = tuple(each for each in snapshot.judgements if by_program(each))
        unaided = replace(snapshot, judgements=programs, decisions=())
        return resolve_actors(unaided, self._catalogue.index.knowledge)


def _example(
    catalogue: Catalogue,
    recorded: Recorded[Judgement],
    stance: Stance,
    things: list[dict[str, Any]],
    answered: _Answers,
) -> dict[str, Any]:
    judgement = recorded.noun
    return {
        "id": judgement.id,
        "question": stance.topic,
        "answer": str(stance.kind),
        "author": judgement.author,
        "reason": judgement.reason,
        "recorded": written(recorded.recorded),
        "contradicted": catalogue.standing.state(judgement.id) is State.CONFLICT,
        "others": answered.of_others(stance, judgement.author),
        "programs": answered.of_programs(stance),
        "things": things,
    }


def _things(catalogue: Catalogue, topic: str, names: list[str]) -> list[dict[str, Any] | None]:
    """Return what a decision is about; None for what the ledger does not hold."""
    if topic in (CLAIM, READING):
        statements = map(catalogue.statements.get, names)
        return [_statement(catalogue, each) if each else None for each in statements]
    documents = map(catalogue.documents.get, names)
    return [{**_report(each), "text": each.text} if each else None for each in documents]


def _statement(catalogue: Catalogue, statement: Statement) -> dict[str, Any]:
    document = catalogue.document_of(statement)
    speaker = statement.speaker
    spans = [*statement.source, *statement.cue, *statement.content]
    begin, paragraph = _paragraph(
        document.text, min(span.start for span in spans), max(span.end for span in spans)
    )
    return {
        "statement": statement.id,
        "part_of": statement.part_of,
        "report": _report(document),
        "speaker": speaker.label if speaker else None,
        "party": speaker.party if speaker else None,
        "act": str(statement.act),
        "polarity": statement.polarity,
        "source": _places(statement.source),
        "cue": _places(statement.cue),
        "content": _places(statement.content),
        "said": statement.said.interval.edtf if statement.said else None,
        "happened": statement.happened.interval.edtf if statement.happened else None,
        "paragraph": paragraph,
        "paragraph_start": begin,
        "confidence": statement.confidence,
        "model": statement.model,
    }


def _report(document: Document) -> dict[str, Any]:
    return {
        "document": document.key,
        "id": document.id,
        "title": document.title,
        "publisher": document.publisher,
        "published": document.published,
    }


def _places(spans: tuple[Span, ...]) -> list[dict[str, Any]]:
    return [{"start": span.start, "end": span.end, "quote": span.quote} for span in spans]


class _Actors:
    """The actors of documents by what judgements call them: an id that reports give, or ``KEY/ID``."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue

    @cached_property
    def _units(self) -> dict[str, list[Unit]]:
        found: dict[str, list[Unit]] = {}
        for identity in self._catalogue.index.identities.values():
            for unit in identity.units:
                found.setdefault(unit.ref, []).append(unit)
                found.setdefault(unit.id, []).append(unit)
        return {name: sorted(units, key=lambda unit: unit.ref) for name, units in found.items()}

    def things(self, names: list[str]) -> list[dict[str, Any] | None]:
        """Return the actors of a decision, each as reports tell of it under that name.

        Not as it is known across reports, since that holds the very answer that is to be learnt. None for
        one of whom no report tells.
        """
        return [self._thing(name, self._units[name]) if name in self._units else None for name in names]

    def _thing(self, name: str, units: list[Unit]) -> dict[str, Any]:
        return {
            "actor": name,
            "name": units[0].label,
            "names": sorted({each for unit in units for each in unit.names}),
            "kind": str(units[0].kind),
            "reports": len(units),
            "mentions": [
                self._mention(unit.document, span)
                for unit in units[:_REPORTS]
                for span in unit.mentions[:_MENTIONS]
            ],
        }

    def _mention(self, key: str, span: Span) -> dict[str, Any]:
        begin, paragraph = _paragraph(self._catalogue.documents[key].text, span.start, span.end)
        return {
            "report": key,
            "start": span.start,
            "end": span.end,
            "quote": span.quote,
            "paragraph": paragraph,
            "paragraph_start": begin,
        }


def _paragraph(text: str, start: int, end: int) -> tuple[int, str]:
    """Return where the line, or lines, around some characters of a text begin, and their words."""
    begin = text.rfind("\n", 0, start) + 1
    stop = text.find("\n", end)
    return begin, text[begin : stop if stop >= 0 else None]
