"""What people decided, as examples that a program can learn from: JSON Lines."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec

from counterclaim.exports.source import Source
from counterclaim.ledger import Recorded
from counterclaim.model import Document, Judgement, Span, Statement
from counterclaim.model.judgement import by_program
from counterclaim.model.stances import ACTOR, CLAIM, COPY, READING, Stance, stance_of
from counterclaim.model.standing import State
from counterclaim.views.catalogue import Catalogue

_ENCODER = msgspec.json.Encoder(order="deterministic")
_LEARNT = {CLAIM, COPY, ACTOR, READING}
_STANDING = (State.STANDS, State.CONFLICT)
_MENTIONS = 5
"""Places where a report names an actor that are given."""


def decisions(source: Source) -> Iterator[bytes]:
    """Give one line for each decision of a person that stands, in order of their ids.

    On pairs of statements, readings of statements, pairs of actors and pairs of reports. Each has the answer,
    the things whole, whether another person contradicts it, and what programs had answered. What was
    taken back, or replaced by a later answer of the same person, is left out; so are grades and
    verifications, which nobody should learn to give. The board is read, whatever the choices.
    """
    catalogue = source.catalogue
    answered = _answers_of_programs(catalogue)
    for recorded in source.nouns(Judgement):
        judgement = recorded.noun
        if by_program(judgement) or catalogue.standing.state(judgement.id) not in _STANDING:
            continue
        stance = catalogue.standing.stance(judgement.id)
        if stance is None or stance.topic not in _LEARNT:
            continue
        ends = [end for end in (stance.left, stance.right) if end]
        things = [thing for end in ends if (thing := _thing(catalogue, stance.topic, end)) is not None]
        if len(things) == len(ends):
            yield _ENCODER.encode(_example(catalogue, recorded, stance, things, answered)) + b"\n"


def _answers_of_programs(catalogue: Catalogue) -> dict[tuple[str, ...], list[Judgement]]:
    """Return what programs judged of the very things that people decided."""
    standing = catalogue.standing
    decided = {stance.subject for each in standing.order if (stance := standing.stance(each)) is not None}
    ends = {end for subject in decided for end in subject[1:]}
    found: dict[tuple[str, ...], list[Judgement]] = {subject: [] for subject in decided}
    for judgement in catalogue.snapshot.judgements:
        if by_program(judgement) and judgement.left in ends:
            stance = stance_of(judgement, {})
            if stance is not None and stance.subject in found:
                found[stance.subject].append(judgement)
    return found


def _example(
    catalogue: Catalogue,
    recorded: Recorded[Judgement],
    stance: Stance,
    things: list[dict[str, Any]],
    answered: dict[tuple[str, ...], list[Judgement]],
) -> dict[str, Any]:
    judgement = recorded.noun
    return {
        "id": judgement.id,
        "question": stance.topic,
        "answer": str(stance.kind),
        "author": judgement.author,
        "reason": judgement.reason,
        "recorded": recorded.recorded.isoformat(timespec="microseconds").replace("+00:00", "Z"),
        "contradicted": catalogue.standing.state(judgement.id) is State.CONFLICT,
        "programs": [
            {"answer": str(each.kind), "confidence": each.confidence, "author": each.author}
            for each in sorted(answered.get(stance.subject, ()), key=lambda each: each.id)
        ],
        "things": things,
    }


def _thing(catalogue: Catalogue, topic: str, name: str) -> dict[str, Any] | None:
    """Return one of the things that a decision is about; None where the ledger does not hold it."""
    if topic in (CLAIM, READING):
        statement = catalogue.statements.get(name)
        return _statement(catalogue, statement) if statement else None
    if topic == COPY:
        document = catalogue.documents.get(name)
        return {**_report(document), "text": document.text} if document else None
    return _actor(catalogue, name)


def _statement(catalogue: Catalogue, statement: Statement) -> dict[str, Any]:
    document = catalogue.document_of(statement)
    speaker = statement.speaker
    spans = [*statement.source, *statement.cue, *statement.content]
    begin = document.text.rfind("\n", 0, min(span.start for span in spans)) + 1
    end = document.text.find("\n", max(span.end for span in spans))
    return {
        "statement": statement.id,
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
        "paragraph": document.text[begin : end if end >= 0 else None],
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


def _actor(catalogue: Catalogue, name: str) -> dict[str, Any]:
    """Return an actor by what judgements call it: its id across reports, or ``KEY/ID`` in one report."""
    identity = catalogue.index.identities.get(name)
    key, slash, own = name.partition("/")
    if identity is None and slash:
        identity = catalogue.index.identities.get(catalogue.index.actor(key, own))
    units = [unit for unit in (identity.units if identity else ()) if not slash or unit.document == key]
    return {
        "actor": name,
        "name": identity.name if identity else name,
        "kind": str(identity.kind) if identity else "unknown",
        "mentions": [
            {
                "report": unit.document,
                "start": span.start,
                "end": span.end,
                "prefix": span.prefix,
                "quote": span.quote,
                "suffix": span.suffix,
            }
            for unit in units
            for span in unit.mentions[:_MENTIONS]
        ],
    }
