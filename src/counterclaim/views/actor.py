"""One actor: names, roles, the positions held, and everything said."""

from __future__ import annotations

import msgspec

from counterclaim.model import Actor, ActorKind
from counterclaim.views.board import role_words
from counterclaim.views.catalogue import Catalogue
from counterclaim.views.document import SideView, sides_of
from counterclaim.views.names import Named
from counterclaim.views.quotes import Quote, quotes_of


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


def actor_view(catalogue: Catalogue, actor: Actor) -> ActorView:
    """Return one actor."""
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
        quotes=quotes_of(catalogue, actor.statements),
    )
