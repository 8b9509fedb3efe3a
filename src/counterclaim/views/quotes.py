"""A statement as it is quoted on the board: who, how, what, in which report, and where in it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, datetime

import msgspec

from counterclaim.model import Act, Document, Kind, Origin, OriginBasis, Span, Statement, VerificationStatus
from counterclaim.views.catalogue import Catalogue, origin_words, place

_WORD = re.compile(r"\w+")
_ALIKE = 0.5
"""Share of words that two quotes of one origin have in common where one reprints the other."""


UNDATED = "9"
"""What stands for the moment of publication where none is known; it sorts after all moments."""


class Place(msgspec.Struct, frozen=True, kw_only=True):
    """Where a statement stands: the report, whose it is, and the characters of the content.

    ``origin`` is the same as ``outlet`` where an outlet publishes its own reporting.
    """

    statement: str
    document: str
    key: str
    outlet: str
    origin: str
    published: str | None
    offsets: tuple[tuple[int, int], ...]

    @property
    def where(self) -> str:
        """The document's id and the characters, as ``report 120:180``."""
        return f"{self.document} {' '.join(f'{start}:{end}' for start, end in self.offsets)}"


class Check(msgspec.Struct, frozen=True, kw_only=True):
    """What the report says about a check of the statement, in its own words."""

    statement: str
    status: VerificationStatus
    words: str
    start: int
    end: int


class Quote(msgspec.Struct, frozen=True, kw_only=True):
    """One statement, quoted. ``reprints`` are the places where copies of the report repeat it."""

    statement: str
    speaker: str | None
    actor: str | None
    source: str
    cue: str
    content: str
    kind: Kind
    act: Act
    polarity: bool
    hedged: bool
    channel: str | None
    check: Check | None
    own_voice: bool
    place: Place
    reprints: tuple[Place, ...] = ()


def outlet_words(document: Document) -> str:
    """Return who published the report; its origin, or its id, where nobody is named."""
    return document.publisher or origin_words(document)


def publisher_key(name: str) -> str:
    """Return the key by which a publisher is compared with an origin."""
    return Origin(name=name, basis=OriginBasis.PUBLISHER).key


def place_of(catalogue: Catalogue, statement: Statement) -> Place:
    """Return where the statement stands."""
    document = catalogue.document_of(statement)
    outlet = outlet_words(document)
    own = publisher_key(outlet) == document.origin_key
    return Place(
        statement=statement.id,
        document=document.id,
        key=document.key,
        outlet=outlet,
        origin=outlet if own else origin_words(document),
        published=document.published,
        offsets=tuple((span.start, span.end) for span in statement.content),
    )


def check_of(statement: Statement) -> Check | None:
    """Return what the report says about a check of the statement, None where it says nothing."""
    verification = statement.verification
    if verification is None:
        return None
    span = verification.span
    return Check(
        statement=statement.id,
        status=verification.status,
        words=span.quote,
        start=span.start,
        end=span.end,
    )


def quote_of(catalogue: Catalogue, statement: Statement, reprints: Iterable[Statement] = ()) -> Quote:
    """Return the statement as a quote."""
    return Quote(
        statement=statement.id,
        speaker=catalogue.speaker_name(statement),
        actor=catalogue.actor_id_of(statement),
        source=statement.source_text,
        cue=statement.cue_text,
        content=joined(statement.content),
        kind=statement.kind,
        act=statement.act,
        polarity=statement.polarity,
        hedged=statement.hedged,
        channel=statement.channel.kind if statement.channel else None,
        check=check_of(statement),
        own_voice=statement.own_voice,
        place=place_of(catalogue, statement),
        reprints=tuple(place_of(catalogue, each) for each in reprints),
    )


def quotes_of(catalogue: Catalogue, statement_ids: Iterable[str]) -> tuple[Quote, ...]:
    """Return statements as quotes, oldest report first, reprints of one origin folded into the first.

    A clause that stands here with the statement that it is a part of is shown by that one alone.
    """
    groups: list[list[Statement]] = []
    known = [catalogue.statements[each] for each in statement_ids if each in catalogue.statements]
    whole = {statement.id for statement in known}
    statements = [statement for statement in known if statement.part_of not in whole]
    for statement in sorted(statements, key=lambda each: _age(catalogue, each)):
        for group in groups:
            if _reprints(catalogue, group, statement):
                group.append(statement)
                break
        else:
            groups.append([statement])
    return tuple(quote_of(catalogue, group[0], group[1:]) for group in groups)


def outlet_of_reprint(quote: Quote, reprint: Place) -> str:
    """Return the outlet of a reprint; the document's id for one of the same outlet."""
    return reprint.document if reprint.outlet == quote.place.outlet else reprint.outlet


def telling(quotes: tuple[Quote, ...], number: int) -> tuple[Quote, ...]:
    """Choose the quotes that tell most: from different speakers first, direct speech before indirect.

    They are given in the order in which they came.
    """
    turns: dict[str | None, int] = {}
    ranked = []
    for quote in sorted(quotes, key=lambda each: (each.kind is not Kind.DIRECT, -len(each.content))):
        turns[quote.actor] = turns.get(quote.actor, 0) + 1
        ranked.append((turns[quote.actor], quote))
    ranked.sort(key=lambda turn: turn[0])
    chosen = {quote.statement for _turn, quote in ranked[:number]}
    return tuple(quote for quote in quotes if quote.statement in chosen)


def joined(spans: tuple[Span, ...]) -> str:
    """Return the words of several spans on one line, with an ellipsis where the report interrupts them."""
    return " … ".join(" ".join(span.quote.split()) for span in spans)


def moment_of(published: str | None) -> str:
    """Return a publication time that sorts by the moment, whatever its zone; the unknown ones last."""
    if published is None:
        return UNDATED
    try:
        moment = datetime.fromisoformat(published)
    except ValueError:
        return UNDATED
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC).isoformat()


def _age(catalogue: Catalogue, statement: Statement) -> tuple[str, str, tuple[int, int, str]]:
    document = catalogue.document_of(statement)
    return moment_of(document.published), document.id, place(statement)


def _reprints(catalogue: Catalogue, group: list[Statement], statement: Statement) -> bool:
    """Tell whether a copy repeats the statement of ``group``: one origin, one speaker, like words."""
    first = group[0]
    return (
        all(each.document != statement.document for each in group)
        and catalogue.dependent(first.document, statement.document)
        and catalogue.actor_id_of(first) == catalogue.actor_id_of(statement)
        and _alike(first.content_text, statement.content_text)
    )


def _alike(one: str, other: str) -> bool:
    first, second = set(_WORD.findall(one.casefold())), set(_WORD.findall(other.casefold()))
    return bool(first | second) and len(first & second) >= _ALIKE * len(first | second)
