"""The nouns that a board shows: actors with their names, affiliations and statements."""

from __future__ import annotations

from counterclaim.actors.index import ActorIndex, Identity
from counterclaim.model import Actor, Affiliation


def collect_actors(index: ActorIndex) -> tuple[Actor, ...]:
    """Return every actor that speaks, with all names, affiliations and statements, sorted by id."""
    actors = (actor_of(index, identity) for identity in index.identities.values())
    return tuple(actor for actor in actors if actor.statements)


def actor_of(index: ActorIndex, identity: Identity) -> Actor:
    """Return one actor across documents as a noun.

    The parties of its affiliations are ids across documents; each distinct pair of role and party
    stands once, with the span of the first document that states it.
    """
    affiliations: dict[tuple[str, str], Affiliation] = {}
    for unit in identity.units:
        for affiliation in unit.affiliations:
            party = index.actor(unit.document, affiliation.party) if affiliation.party else None
            changed = Affiliation(
                role=affiliation.role,
                party=party,
                party_name=(index.name(party) if party else None) or affiliation.party_name,
                span=affiliation.span,
                former=affiliation.former,
                when=affiliation.when,
            )
            affiliations.setdefault((affiliation.role or "", party or ""), changed)
    return Actor(
        id=identity.id,
        name=identity.name,
        kind=identity.kind,
        anonymous=identity.anonymous,
        aliases=tuple(name for name in identity.names if name != identity.name),
        affiliations=tuple(affiliations[key] for key in sorted(affiliations)),
        statements=tuple(sorted(each for unit in identity.units for each in unit.statements)),
    )
