"""The judgements with which a person corrects who is who, from the names that the person gives."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import product

from counterclaim.actors.decisions import IDENTITY, last_decision
from counterclaim.actors.gathering import Unit
from counterclaim.actors.index import ActorIndex, Identity
from counterclaim.actors.knowledge import KnowledgeBase
from counterclaim.actors.spelling import key
from counterclaim.actors.states import body_of
from counterclaim.model import (
    AmbiguousNameError,
    Document,
    Judgement,
    JudgementKind,
    LedgerError,
    RefusedError,
    Snapshot,
    UnknownNameError,
)
from counterclaim.model.errors import Messages
from counterclaim.model.stances import stance_of
from counterclaim.model.standing import BASIS, Standing
from counterclaim.statements.names import slug


class Judge:
    """Makes the judgements of one person on the actors of one snapshot."""

    def __init__(
        self,
        snapshot: Snapshot,
        index: ActorIndex,
        knowledge: KnowledgeBase,
        *,
        author: str,
        reason: str = "",
    ) -> None:
        if not author.strip() or author.startswith("program:"):
            raise RefusedError(Messages.actor_refused("The author of a judgement must be a person's name."))
        self._snapshot = snapshot
        self._standing = Standing.of(snapshot)
        self._index = index
        self._knowledge = knowledge
        self._author = author
        self._reason = reason

    def merge(self, one: str, other: str, documents: Sequence[str] = ()) -> list[Judgement]:
        """Say that two names, or the first as these documents use it, are one actor.

        Earlier judgements that told them apart are answered one by one.
        """
        left = self._in_documents(one, documents) if documents else self._refs(one)
        right = self._refs(other)
        if set(left) == set(right):
            return []
        pairs = {(left[0], right[0])} | {
            (a, b)
            for a, b in product(self._all_refs(left), self._all_refs(right))
            if a != b and self._is(JudgementKind.DIFFERENT_ACTORS, a, b)
        }
        pairs |= {(left[0], each) for each in left[1:]}
        return self._made(JudgementKind.SAME_ACTOR, pairs)

    def split(self, one: str, other: str | None, documents: Sequence[str] = ()) -> list[Judgement]:
        """Say that two names are two actors, or that the one in these documents is not the one elsewhere."""
        if other is not None:
            left, right = self._ids(one), self._ids(other)
            if set(left) & set(right):
                raise RefusedError(
                    Messages.actor_refused(
                        f"{one!r} and {other!r} are one name. Say with --document which report means another."
                    )
                )
            return self._made(JudgementKind.DIFFERENT_ACTORS, set(product(left, right)))
        apart = self._in_documents(one, documents)
        units = self.identity(one).units
        rest = {unit.id for unit in units} | {unit.id for unit in units if unit.ref in apart}
        together = self._made(JudgementKind.SAME_ACTOR, {(apart[0], each) for each in apart[1:]})
        return together + self._made(JudgementKind.DIFFERENT_ACTORS, set(product(apart, sorted(rest))))

    def party(self, actor: str, party: str, *, denied: bool = False) -> list[Judgement]:
        """Say for which party an actor speaks, or that it does not speak for it."""
        kind = JudgementKind.NOT_MEMBER_OF if denied else JudgementKind.MEMBER_OF
        one, other = self._refs(actor)[0], self._party_ref(party)
        if self._index.named(one) == self._index.named(other):
            raise RefusedError(Messages.actor_refused(f"{actor!r} and {party!r} are one actor."))
        return self._made(kind, {(one, other)})

    def identity(self, name: str) -> Identity:
        """Return the actor with this id, name or alias. Raises LedgerError where none fits, or several do."""
        return find_identity(self._index, name)

    def _refs(self, name: str) -> list[str]:
        """Return what names an actor in judgements, the best first: ids that reports give, or ``KEY/ID``."""
        identity = self.identity(name)
        units = self._named(identity, name)
        if any(name in {unit.ref, unit.id} for unit in units) and self._index.knows(name):
            return [name]
        wanted = key(name)
        spelt = [unit for unit in units if unit.id in {name, slug(name)} or wanted in map(key, unit.names)]
        chosen = spelt or units
        ids = sorted({unit.id for unit in chosen}, key=lambda each: (each != identity.id, each))
        owned = [each for each in ids if self._index.named(each) == identity.id]
        return owned or [min(unit.ref for unit in chosen)]

    def _ids(self, name: str) -> list[str]:
        """Return the ids that reports give to an actor under this very name."""
        if self._index.knows(name):
            return self._refs(name)
        wanted = {name, slug(name)}
        found = {
            unit.id
            for identity in self._index.identities.values()
            for unit in identity.units
            if unit.named and (unit.id in wanted or key(unit.names[0]) == key(name))
        }
        return sorted(found) or self._refs(name)

    def _named(self, identity: Identity, name: str) -> list[Unit]:
        units = [unit for unit in identity.units if not unit.anonymous]
        if not units:
            why = f"{name!r} is a source that its report does not name; such a source is never joined."
            raise RefusedError(Messages.actor_refused(why))
        return units

    def _all_refs(self, refs: Iterable[str]) -> list[str]:
        """Return everything that judgements may call the actors behind some words."""
        found = set(refs)
        for ref in list(found):
            identity = self._index.identities.get(self._index.named(ref))
            if identity is not None:
                found |= {unit.id for unit in identity.units if unit.named} | {u.ref for u in identity.units}
        return sorted(found)

    def _in_documents(self, name: str, documents: Sequence[str]) -> list[str]:
        if not documents:
            why = "Give a second name, or with --document the report in which somebody else is meant."
            raise RefusedError(Messages.actor_refused(why))
        units = self._named(self.identity(name), name)
        found = []
        for document in documents:
            held = find_document(self._snapshot.documents, document)
            here = [unit.ref for unit in units if unit.document == held.key]
            if not here:
                raise RefusedError(Messages.actor_refused(f"{held.id} does not name {name!r}."))
            found += here
        return sorted(set(found))

    def _party_ref(self, name: str) -> str:
        entry = self._knowledge.entries.get(name) or self._knowledge.find(name)
        try:
            return self._refs(name)[0]
        except LedgerError:
            body = body_of(name)
            if entry is None and (body is None or body.country is None):
                raise
        return entry.key if entry is not None else body.id if body is not None else slug(name)

    def _is(self, kind: JudgementKind, left: str, right: str) -> bool:
        last = last_decision(self._standing.applied(self._snapshot), IDENTITY, left, right)
        return last is not None and last.kind is kind

    def _made(self, kind: JudgementKind, pairs: Iterable[tuple[str, str]]) -> list[Judgement]:
        """Return a judgement for each pair, but where the same person holds to that already."""
        made = []
        for left, right in sorted(pairs):
            draft = Judgement.of(kind, left, right, basis=BASIS, author=self._author, reason=self._reason)
            stance = stance_of(draft, {})
            if left == right or stance is None:
                continue
            held = self._standing.held_by(self._author, stance.subject)
            if any((mine.kind, mine.right) == (draft.kind, draft.right) for mine in held):
                continue
            follows = self._standing.last_about(stance.subject)
            made.append(
                Judgement.of(
                    kind, left, right, basis=BASIS, author=self._author, reason=self._reason, follows=follows
                )
            )
        return made


def find_identity(index: ActorIndex, name: str) -> Identity:
    """Return the one actor with this id, name or alias; case, accents and titles do not matter.

    ``KEY/ID`` is the actor of one document. Raises LedgerError where none fits, or several do.
    """
    if name in index.identities:
        return index.identities[name]
    if index.knows(name):
        return index.identities[index.named(name)]
    wanted = key(name)
    for fits in (
        [i for i in index.identities.values() if key(i.name) == wanted and not i.anonymous],
        [
            i
            for i in index.identities.values()
            if wanted in map(key, i.names) or index.named(slug(name)) == i.id
        ],
        [i for i in index.identities.values() if set(wanted.split()) <= set(key(i.name).split())],
    ):
        if len(fits) == 1:
            return fits[0]
        if fits and wanted:
            raise AmbiguousNameError(Messages.name_ambiguous(name, sorted(i.id for i in fits)))
    raise UnknownNameError(Messages.name_unknown(name))


def find_document(documents: Iterable[Document], name: str) -> Document:
    """Return the document with this id or key. Raises LedgerError where there is none."""
    fits = [document for document in documents if name in {document.id, document.key}]
    if not fits:
        raise UnknownNameError(Messages.name_unknown(name))
    return max(fits, key=lambda document: document.key)
