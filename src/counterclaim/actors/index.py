"""The actors of a snapshot: who is who, and why, and for which party each speaks."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property

import msgspec

from counterclaim.actors.gathering import Unit
from counterclaim.actors.joining import Link
from counterclaim.actors.knowledge import KnowledgeBase
from counterclaim.model import ActorKind, Statement


class Identity(msgspec.Struct, frozen=True, kw_only=True):
    """One actor across documents: its id, the name by which it is known, and its part in each document."""

    id: str
    name: str
    kind: ActorKind
    units: tuple[Unit, ...]
    general: bool = False
    """Whether reports know it only by words that mean another in each report: "the separatists"."""

    @property
    def anonymous(self) -> bool:
        """Whether it is a source that a document describes and does not name."""
        return any(unit.anonymous for unit in self.units)

    @property
    def names(self) -> tuple[str, ...]:
        """All the words by which documents know the actor, sorted."""
        found = {name for unit in self.units for name in unit.names}
        return tuple(sorted(found or {unit.label for unit in self.units}))


class ActorIndex:
    """Actors of documents to actors across documents, with the links on which that rests.

    ``refused`` are the links that a judgement of people forbids, ``supporting`` those between what surer ones
    had joined already. ``parties`` gives for each actor the
    id of the one for which it speaks, where that is another.
    """

    def __init__(
        self,
        identities: Mapping[str, Identity],
        actor_of: Mapping[str, str],
        links: Sequence[Link] = (),
        refused: Sequence[Link] = (),
        supporting: Sequence[Link] = (),
    ) -> None:
        self.identities = dict(sorted(identities.items()))
        self._actor_of = dict(actor_of)
        self.links = tuple(links)
        self.refused = tuple(refused)
        self.supporting = tuple(supporting)
        self.parties: dict[str, str] = {}
        self.knowledge: KnowledgeBase | None = None
        """What was known beforehand when the actors were resolved."""

    def actor(self, document: str, actor: str) -> str:
        """Return the id across documents of an actor of one document, its own where it is unknown."""
        return self._actor_of.get(f"{document}/{actor}", actor)

    def named(self, actor: str) -> str:
        """Return the id across documents of the actor to whom reports give this id."""
        return self._actor_of.get(actor, actor)

    def knows(self, actor: str) -> bool:
        """Tell whether reports give this id to an actor, or it is ``KEY/ID``, the actor of one document."""
        return actor in self._actor_of

    def of_statement(self, statement: Statement) -> str | None:
        """Return the actor who made a statement; None for the report's own voice."""
        if statement.speaker is None:
            return None
        return self.actor(statement.document, statement.speaker.actor)

    def party(self, actor: str) -> str:
        """Return the party on whose side an actor speaks in the end: a spokesman's ministry's state.

        Actors that are said to speak for one another are one party, the first of them by id.
        """
        seen = [actor]
        while (party := self.parties.get(seen[-1], seen[-1])) not in seen:
            seen.append(party)
        return min(seen[seen.index(party) :])

    def name(self, actor: str) -> str | None:
        """Return the name of an actor; None where there is none with this id."""
        identity = self.identities.get(actor)
        return identity.name if identity else None

    def reasons(self, actor: str) -> tuple[Link, ...]:
        """Return the links that join the parts of an actor, the surest first."""
        identity = self.identities.get(actor)
        if identity is None or len(identity.units) < 2:
            return ()
        nodes = {unit.ref for unit in identity.units} | {unit.id for unit in identity.units}
        return tuple(sorted({link for node in nodes for link in self._joining.get(node, ())}))

    @cached_property
    def _joining(self) -> dict[str, list[Link]]:
        """The links by what they join: to look through all of them for each actor takes hours."""
        found: dict[str, list[Link]] = defaultdict(list)
        for link in self.links:
            found[link.left].append(link)
            found[link.right].append(link)
        return found


def spoken_by(index: ActorIndex, statements: Iterable[Statement]) -> tuple[str, ...]:
    """Return the ids of the actors who made some statements, sorted."""
    return tuple(sorted({actor for s in statements if (actor := index.of_statement(s)) is not None}))
