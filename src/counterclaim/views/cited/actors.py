"""One actor with citations: what it said, what it denied, and the accusations that name it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import Annotated

import msgspec
from msgspec import Meta

from counterclaim.model import Act, ActorKind, LedgerError, Statement
from counterclaim.model.errors import Messages
from counterclaim.views.actor import ActorView, MentionView
from counterclaim.views.brief import NAMES
from counterclaim.views.catalogue import Catalogue
from counterclaim.views.cited.citation import Quotation, quotation_of, quotations_of
from counterclaim.views.cited.known import Known
from counterclaim.views.cited.naming import what_it_is
from counterclaim.views.cited.paging import Page, Place, page_of
from counterclaim.views.names import Named
from counterclaim.views.quotes import moment_of

ACCUSATIONS = 10
"""Accusations that are quoted at most."""
LOOKED_THROUGH = 200
"""Reports that name the actor and are looked through for accusations at most."""


class Accusation(msgspec.Struct, frozen=True, kw_only=True):
    """An accusation by somebody else whose words name the actor.

    ``as_doer`` where the program read the actor as the one who did the deed; else the words may name it in
    another role, as the victim for example.
    """

    as_doer: bool
    quotation: Quotation


class ActCount(msgspec.Struct, frozen=True, kw_only=True):
    """How many quotations are of one act."""

    act: Act
    number: int


class SideTaken(msgspec.Struct, frozen=True, kw_only=True):
    """A position that the actor holds."""

    dispute: str
    question: str
    letter: str
    label: str


class ActorAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """An actor with a page of its quotations: no score, and no guess at who an unnamed source is."""

    as_of: Annotated[str, Meta(description="The moment of the ledger; ask again with as_of for the same.")]
    id: str
    name: str
    kind: ActorKind
    anonymous: bool
    aliases: tuple[str, ...]
    roles: tuple[str, ...]
    speaks_for: Annotated[Named | None, Meta(description="The party on whose side it speaks.")]
    positions: tuple[SideTaken, ...]
    more_positions: int
    acts: Annotated[tuple[ActCount, ...], Meta(description="Of all its quotations.")]
    quotations: Annotated[tuple[Quotation, ...], Meta(description="What it said, oldest report first.")]
    page: Annotated[Page, Meta(description="Of the quotations.")]
    accusations: Annotated[
        tuple[Accusation, ...], Meta(description="By others, naming it; with the first page only.")
    ]
    more_accusations: int
    reports_not_looked_through: Annotated[
        int, Meta(description="Reports that name it in which accusations were not looked for.")
    ]


def show_actor(known: Known, name: str, act: Act | None, place: Place, limit: int) -> ActorAnswer:
    """Return an actor with a page of its quotations, those of one act alone where one is given.

    Raises LedgerError where the name is that of no actor, or of several.
    """
    view = known.answer(name)
    if not isinstance(view, ActorView):
        kind, tool = what_it_is(view)
        raise LedgerError(Messages.something_else(name, kind, "actor", tool))
    quotes = [each for each in view.quotes if act is None or each.act is act]
    shown, page = page_of(quotes, place.offset, limit, known.moment)
    part = known.part(statements=[each.statement for each in shown])
    counts = Counter(each.act for each in view.quotes)
    accusations, unseen = _accusations(known, view) if place.offset == 0 else ([], 0)
    return ActorAnswer(
        as_of=known.as_of,
        id=view.id,
        name=view.name,
        kind=view.kind,
        anonymous=view.anonymous,
        aliases=view.aliases[:NAMES],
        roles=view.roles[:NAMES],
        speaks_for=view.party,
        positions=tuple(
            SideTaken(dispute=each.dispute, question=each.question, letter=each.letter, label=each.label)
            for each in view.sides[:NAMES]
        ),
        more_positions=max(0, len(view.sides) - NAMES),
        acts=tuple(ActCount(act=each, number=counts[each]) for each in Act if counts[each]),
        quotations=quotations_of(part, shown),
        page=page,
        accusations=tuple(accusations[:ACCUSATIONS]),
        more_accusations=max(0, len(accusations) - ACCUSATIONS),
        reports_not_looked_through=unseen,
    )


def _accusations(known: Known, view: ActorView) -> tuple[list[Accusation], int]:
    """Return the accusations that name an actor, and how many reports were not looked through.

    Those in which it is the doer come first, then the oldest report.
    """
    mentions: defaultdict[str, list[MentionView]] = defaultdict(list)
    for mention in view.mentions:
        mentions[mention.document].append(mention)
    names = sorted(mentions)
    part = known.part(documents=known.reports_called(names[:LOOKED_THROUGH]))
    found = sorted(_naming(part, view, mentions), key=lambda each: _order(part, *each))
    quoted = [
        Accusation(as_doer=as_doer, quotation=quotation_of(part, statement)) for as_doer, statement in found
    ]
    return quoted, max(0, len(names) - LOOKED_THROUGH)


def _naming(
    part: Catalogue, view: ActorView, mentions: dict[str, list[MentionView]]
) -> Iterator[tuple[bool, Statement]]:
    for statement in part.statements.values():
        document = part.document_of(statement)
        if statement.act is not Act.ACCUSE or statement.part_of is not None or document.id not in mentions:
            continue
        if part.actor_id_of(statement) == view.id:
            continue
        here = [
            each
            for each in mentions[document.id]
            if document.text[each.start : each.end] == each.quote
            and any(span.start <= each.start and each.end <= span.end for span in statement.content)
        ]
        if here:
            doers = statement.event.agents if statement.event else ()
            as_doer = any(
                each.start < doer.span.end and doer.span.start < each.end for each in here for doer in doers
            )
            yield as_doer, statement


def _order(part: Catalogue, as_doer: bool, statement: Statement) -> tuple[bool, str, str, int]:
    document = part.document_of(statement)
    return not as_doer, moment_of(document.published), document.id, statement.content[0].start
