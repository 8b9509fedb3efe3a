"""One actor: names, roles, the positions held, and everything said."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from counterclaim.actors import actor_of
from counterclaim.model import Actor, ActorKind
from counterclaim.views.board import role_words
from counterclaim.views.catalogue import Catalogue
from counterclaim.views.decisions import Decision, decisions_on
from counterclaim.views.document import SideView, sides_of
from counterclaim.views.names import Named
from counterclaim.views.quotes import Quote, quotes_of


class MentionView(msgspec.Struct, frozen=True, kw_only=True):
    """One place where a report names, describes or points to an actor; offsets in the report's text."""

    document: str
    start: int
    end: int
    quote: str


class LinkView(msgspec.Struct, frozen=True, kw_only=True):
    """Why two names, or a name and what is known, are taken for one actor."""

    rule: str
    left: str
    right: str
    reason: str


class Party(Named, frozen=True, kw_only=True):
    """The party for which an actor speaks; ``speaks`` tells whether it is quoted itself."""

    speaks: bool = False


class ActorRow(msgspec.Struct, frozen=True, kw_only=True):
    """One actor in a list: in how many reports it is found, and how many statements it makes."""

    id: str
    name: str
    kind: ActorKind
    anonymous: bool
    aliases: tuple[str, ...]
    party: Party | None
    reports: int
    statements: int


class ActorView(msgspec.Struct, frozen=True, kw_only=True):
    """An actor across documents."""

    id: str
    name: str
    kind: ActorKind
    anonymous: bool
    aliases: tuple[str, ...]
    roles: tuple[str, ...]
    parties: tuple[Named, ...]
    sides: tuple[SideView, ...]
    quotes: tuple[Quote, ...]
    party: Party | None = None
    mentions: tuple[MentionView, ...] = ()
    links: tuple[LinkView, ...] = ()
    decisions: tuple[Decision, ...] = ()


def actor_view(catalogue: Catalogue, actor: Actor, *, quoted: bool = True) -> ActorView:
    """Return one actor, with everything said or, where not ``quoted``, without it."""
    roles = {role for affiliation in actor.affiliations if (role := role_words(catalogue, affiliation))}
    parties = sorted({each.party for each in actor.affiliations if each.party})
    sides = {
        (side.dispute, side.position): side for each in actor.statements for side in sides_of(catalogue, each)
    }
    return ActorView(
        id=actor.id,
        name=actor.name,
        kind=actor.kind,
        anonymous=actor.anonymous,
        aliases=actor.aliases,
        roles=tuple(sorted(roles)),
        parties=tuple(Named(id=each, name=catalogue.actor_name(each)) for each in parties),
        sides=tuple(sides[each] for each in sorted(sides)),
        quotes=quotes_of(catalogue, actor.statements) if quoted else (),
        party=_party(catalogue, actor.id),
        mentions=_mentions(catalogue, actor.id),
        links=_links(catalogue, actor.id),
        decisions=decisions_on(catalogue, _names_in_judgements(catalogue, actor.id)),
    )


def with_quotes(catalogue: Catalogue, view: ActorView, statements: Iterable[str]) -> ActorView:
    """Return the view of an actor with these of its statements quoted."""
    return msgspec.structs.replace(view, quotes=quotes_of(catalogue, statements))


def actor_rows(catalogue: Catalogue, *, silent: bool = False) -> tuple[ActorRow, ...]:
    """Return the actors that speak, with ``silent`` also those only spoken of; who speaks most first."""
    rows = []
    for identity in catalogue.index.identities.values():
        actor = actor_of(catalogue.index, identity)
        if not actor.statements and not silent:
            continue
        rows.append(
            ActorRow(
                id=actor.id,
                name=actor.name,
                kind=actor.kind,
                anonymous=actor.anonymous,
                aliases=actor.aliases,
                party=_party(catalogue, actor.id),
                reports=len({unit.document for unit in identity.units}),
                statements=len(actor.statements),
            )
        )
    return tuple(sorted(rows, key=lambda row: (row.anonymous, -row.statements, row.name, row.id)))


def _party(catalogue: Catalogue, actor: str) -> Party | None:
    """Return the party on whose side an actor speaks, None where it is its own."""
    party = catalogue.index.party(actor)
    if party == actor:
        return None
    return Party(id=party, name=catalogue.actor_name(party), speaks=party in catalogue.actors)


def _mentions(catalogue: Catalogue, actor: str) -> tuple[MentionView, ...]:
    identity = catalogue.index.identities.get(actor)
    found = [
        MentionView(
            document=catalogue.documents[unit.document].id, start=span.start, end=span.end, quote=span.quote
        )
        for unit in (identity.units if identity else ())
        for span in unit.mentions
    ]
    return tuple(sorted(found, key=lambda each: (each.document, each.start, each.end)))


def _names_in_judgements(catalogue: Catalogue, actor: str) -> set[str]:
    """Return what judgements call an actor: its id, those in reports, and ``KEY/ID`` in one report."""
    identity = catalogue.index.identities.get(actor)
    units = identity.units if identity else ()
    return {actor} | {name for unit in units for name in (unit.id, unit.ref)}


def _links(catalogue: Catalogue, actor: str) -> tuple[LinkView, ...]:
    return tuple(
        LinkView(rule=link.rule.label, left=link.left, right=link.right, reason=link.reason)
        for link in catalogue.index.reasons(actor)
        if link.reason and link.rule.label != "same-id"
    )
