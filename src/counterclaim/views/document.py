"""One report with its statements marked in the text, and a note on each."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from counterclaim.model import (
    Act,
    Dispute,
    Document,
    Kind,
    OriginBasis,
    Position,
    Span,
    Statement,
)
from counterclaim.views.board import letter
from counterclaim.views.catalogue import Catalogue, origin_words
from counterclaim.views.context import Context, context_of, event_words, moment_words
from counterclaim.views.decisions import Decision, decisions_on
from counterclaim.views.names import Named
from counterclaim.views.quotes import Check, check_of
from counterclaim.views.segments import Mark, Paragraph, Role, paragraphs
from counterclaim.views.versions import History, history_of


class SideView(msgspec.Struct, frozen=True, kw_only=True):
    """The position that a statement takes in a dispute."""

    dispute: str
    question: str
    position: str
    letter: str
    label: str


class Note(msgspec.Struct, frozen=True, kw_only=True):
    """What is known about one marked statement.

    ``number`` is its number in the text, ``inside`` the number of the statement that reports it.
    ``tone`` counts the speakers of the report in order of appearance, 0 for the report itself. ``parts`` are
    the clauses of it that make claims of their own, by id.
    """

    number: int
    statement: str
    tone: int
    speaker: str | None
    description: str | None
    anonymous: bool
    actor: str | None
    act: Act
    kind: Kind
    polarity: bool
    hedges: tuple[str, ...]
    hedged: bool
    channel: str | None
    check: Check | None
    own_voice: bool
    inside: int | None
    content: str
    offsets: tuple[tuple[int, int], ...]
    said: str | None
    happened: str | None
    event: str | None
    sides: tuple[SideView, ...]
    decisions: tuple[Decision, ...] = ()
    parts: tuple[str, ...] = ()


class Related(msgspec.Struct, frozen=True, kw_only=True):
    """Another report that is not independent of this one.

    ``label`` says how the two hang together, ``earlier`` whether the other one came first. ``spans`` are
    the stretches of this report that stand in the other one too, ``share`` is the share of the shorter
    text's words in them.
    """

    document: Named
    label: str
    earlier: bool = False
    share: float = 0.0
    spans: tuple[tuple[int, int], ...] = ()


class DocumentView(msgspec.Struct, frozen=True, kw_only=True):
    """A report: what is known about it, its text with marks, and notes on the statements."""

    id: str
    key: str
    capture: str
    title: str | None
    byline: str | None
    publisher: str | None
    published: str | None
    url: str | None
    language: str | None
    origin: str
    origin_basis: OriginBasis | None
    analysed: bool
    unanalysed_because: str | None
    paragraphs: tuple[Paragraph, ...]
    notes: tuple[Note, ...]
    related: tuple[Related, ...]
    context: Context
    decisions: tuple[Decision, ...] = ()
    modified: str | None = None
    history: History = History()


def document_view(catalogue: Catalogue, document: Document) -> DocumentView:
    """Return one report with its statements marked."""
    statements = [each for each in catalogue.statements_of(document.key) if each.part_of is None]
    numbers = {statement.id: number for number, statement in enumerate(statements, 1)}
    marks = [mark for statement in statements for mark in _marks(statement, numbers[statement.id])]
    return DocumentView(
        id=document.id,
        key=document.key,
        capture=document.capture,
        title=document.title,
        byline=document.byline,
        publisher=document.publisher,
        published=document.published,
        url=document.url,
        language=document.language,
        origin=origin_words(document),
        origin_basis=document.origin.basis if document.origin else None,
        analysed=document.analysed,
        unanalysed_because=document.unanalysed_because,
        paragraphs=paragraphs(document.text, marks, _parts(document)),
        notes=_notes(catalogue, statements, numbers),
        related=tuple(_related(catalogue, document)),
        context=context_of(catalogue.annotations.get(document.key)),
        decisions=decisions_on(catalogue, (document.key,)),
        modified=document.modified,
        history=history_of(catalogue, document),
    )


def letter_of(dispute: Dispute, position: Position) -> str:
    """Return the letter under which the board shows a position."""
    return letter([each.id for each in dispute.positions].index(position.id))


def sides_of(catalogue: Catalogue, statement_id: str) -> tuple[SideView, ...]:
    """Return the positions that a statement takes."""
    return tuple(
        SideView(
            dispute=side.dispute.id,
            question=side.dispute.question,
            position=side.position.id,
            letter=letter_of(side.dispute, side.position),
            label=side.position.label,
        )
        for side in catalogue.sides(statement_id)
    )


def _notes(catalogue: Catalogue, statements: list[Statement], numbers: dict[str, int]) -> tuple[Note, ...]:
    parts: dict[str, list[str]] = {}
    for each in catalogue.statements_of(statements[0].document) if statements else ():
        if each.part_of is not None:
            parts.setdefault(each.part_of, []).append(each.id)
    tones: dict[str | None, int] = {None: 0}
    notes = []
    for statement in statements:
        actor = catalogue.actor_id_of(statement)
        speaker = statement.speaker
        tone = tones.setdefault(actor, len(tones))
        notes.append(
            Note(
                number=numbers[statement.id],
                statement=statement.id,
                tone=tone,
                speaker=catalogue.speaker_name(statement),
                description=speaker.description if speaker else None,
                anonymous=bool(speaker and speaker.anonymous),
                actor=actor,
                act=statement.act,
                kind=statement.kind,
                polarity=statement.polarity,
                hedges=tuple(span.quote for span in statement.hedges),
                hedged=statement.hedged,
                channel=statement.channel.span.quote if statement.channel else None,
                check=check_of(statement),
                own_voice=statement.own_voice,
                inside=numbers.get(statement.reported_by) if statement.reported_by else None,
                content=statement.content_text,
                offsets=tuple((span.start, span.end) for span in statement.content),
                said=moment_words(statement.said),
                happened=moment_words(statement.happened),
                event=event_words(statement.event) if statement.event else None,
                sides=sides_of(catalogue, statement.id),
                decisions=decisions_on(catalogue, (statement.id,)),
                parts=tuple(parts.get(statement.id, ())),
            )
        )
    return tuple(notes)


def _parts(document: Document) -> dict[str, Span]:
    parts = {"headline": document.headline, "standfirst": document.standfirst}
    return {name: span for name, span in parts.items() if span}


def _marks(statement: Statement, number: int) -> Iterator[Mark]:
    parts = ((Role.SOURCE, statement.source), (Role.CUE, statement.cue), (Role.CONTENT, statement.content))
    for role, spans in parts:
        for span in spans:
            yield Mark(span.start, span.end, role, number)
    if statement.verification:
        span = statement.verification.span
        yield Mark(span.start, span.end, Role.CHECK, number)


def _related(catalogue: Catalogue, document: Document) -> Iterator[Related]:
    found = []
    for pair in catalogue.kin(document.key):
        mine = pair.one == document.key
        other = pair.other if mine else pair.one
        spans = [
            (each.start, each.end) if mine else (each.other_start, each.other_end) for each in pair.stretches
        ]
        found.append(
            Related(
                document=Named(id=other, name=catalogue.documents[other].id),
                label=str(pair.kinship),
                earlier=not mine,
                share=pair.share,
                spans=tuple(sorted(spans)),
            )
        )
    yield from sorted(found, key=lambda related: (related.document.name, related.label))
