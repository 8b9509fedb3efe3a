"""For which party each actor speaks: what people decided, what is known beforehand, what reports say.

Corroboration counts parties, so that a spokesman and his movement count once.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from counterclaim.actors.decisions import MEMBERSHIP, decided
from counterclaim.actors.knowledge import KnowledgeBase
from counterclaim.actors.states import GOVERNMENT, body_of, body_with_id
from counterclaim.model import ActorKind, JudgementKind, Snapshot
from counterclaim.statements.names import slug

if TYPE_CHECKING:
    from counterclaim.actors.index import ActorIndex, Identity

SHORTEST_NAME = 5
"""Characters below which a short name is not taken for the beginning of a longer one."""


def read_parties(
    snapshot: Snapshot,
    index: ActorIndex,
    knowledge: KnowledgeBase,
    nodes: Callable[[str], Sequence[str]],
) -> dict[str, str]:
    """Return the party of each actor that has one, by ids across documents.

    The last judgement of people that names a party goes before all else; a party that they deny is none.
    Then goes what is known of the actor (an alias file of the user before what is shipped), then the
    party that most documents state, then the state to which a ministry or an army belongs.
    """
    given: dict[str, str] = {}
    denied: defaultdict[str, set[str]] = defaultdict(set)
    for judgement in decided(snapshot, MEMBERSHIP):
        for actor in dict.fromkeys(map(index.named, nodes(judgement.left))):
            party = _party_meant(judgement.right, index, nodes)
            if judgement.kind is JudgementKind.MEMBER_OF:
                given.setdefault(actor, party)
            else:
                denied[actor].add(party)
    chosen: dict[str, str] = {}
    for identity in index.identities.values():
        if identity.id in given:
            chosen[identity.id] = given[identity.id]
            continue
        counts = _stated(identity, index)
        stated = sorted(counts, key=lambda party: (-counts[party], party))
        candidates = [c for c in (_known(identity, index, knowledge), *stated, _state(identity)) if c]
        left = [c for c in candidates if c not in denied[identity.id] and c != identity.id]
        if left:
            chosen[identity.id] = left[0]
    return _with_beginnings(chosen, index)


def _party_meant(words: str, index: ActorIndex, nodes: Callable[[str], Sequence[str]]) -> str:
    """Return the id across documents of the party that a judgement names."""
    found = nodes(words)
    return index.named(found[0]) if found else index.named(words)


def _stated(identity: Identity, index: ActorIndex) -> Counter[str]:
    """Count the documents and statements that state each party of an actor."""
    counts: Counter[str] = Counter()
    for unit in identity.units:
        for affiliation in unit.affiliations:
            if affiliation.party and not affiliation.former:
                party = index.actor(unit.document, affiliation.party)
                if party != identity.id:
                    counts[party] += max(1, len(unit.statements))
    return counts


def _known(identity: Identity, index: ActorIndex, knowledge: KnowledgeBase) -> str | None:
    entry = knowledge.entries.get(identity.id)
    if entry is None:
        return None
    dates = sorted(unit.published for unit in identity.units if unit.published)
    party = knowledge.party(entry, dates[-1] if dates else None)
    return index.named(party) if party else None


def _state(identity: Identity) -> str | None:
    """Return the state whose ministry, army or state media an actor is."""
    body = body_with_id(identity.id)
    if body is None:
        bodies = (body_of(name) for unit in identity.units for name in unit.names)
        body = next((each for each in bodies if each is not None and each.country), None)
    if body is None or not body.official or body.head == GOVERNMENT or body.country is None:
        return None
    return slug(body.country)


_BODIES = frozenset({ActorKind.ORGANISATION, ActorKind.GROUP})


def _with_beginnings(chosen: dict[str, str], index: ActorIndex) -> dict[str, str]:
    """Take a name that is the beginning of just one longer name for that one ("Acme", "Acme Power").

    Only among bodies: a country is not the society, and nobody the family, whose name begins with theirs.
    """
    known = sorted(
        i.id
        for i in index.identities.values()
        if not i.anonymous and i.kind in _BODIES and any(unit.named for unit in i.units)
    )
    for place, short in enumerate(known):
        if len(short) < SHORTEST_NAME or short in chosen:
            continue
        longer = []
        for other in known[place + 1 :]:
            if not other.startswith(short):
                break
            if other.startswith(short + "-"):
                longer.append(other)
        if len(longer) == 1 and chosen.get(longer[0]) != short:
            chosen[short] = longer[0]
    return chosen
