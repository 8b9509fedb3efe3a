"""The actors of each document of a snapshot, with what is needed to compare them."""

from __future__ import annotations

import msgspec

from counterclaim.actors.naming import headwords
from counterclaim.actors.spelling import key
from counterclaim.actors.states import country_about
from counterclaim.model import (
    ActorKind,
    Affiliation,
    Document,
    DocumentActor,
    Snapshot,
    Span,
    Speaker,
    Statement,
)


class Unit(msgspec.Struct, frozen=True, kw_only=True):
    """One actor of one document: the smallest thing that is joined to others.

    ``id`` is the one that the document's statements and annotations use; ``names`` are all its names
    there, the fullest first. ``country`` is the country that the document is about, where one is.
    """

    document: str
    id: str
    names: tuple[str, ...]
    kind: ActorKind
    anonymous: bool
    description: str | None = None
    affiliations: tuple[Affiliation, ...] = ()
    mentions: tuple[Span, ...] = ()
    statements: tuple[str, ...] = ()
    published: str | None = None
    country: str | None = None

    @property
    def ref(self) -> str:
        """What names the actor of this document in a judgement: the document's key and the actor's id."""
        return f"{self.document}/{self.id}"

    @property
    def named(self) -> bool:
        """Whether the document names the actor, rather than describe it."""
        return not self.anonymous and bool(self.names)

    @property
    def shared(self) -> bool:
        """Whether the id means the same in other documents: it holds no key of a document."""
        return not self.anonymous and self.document not in self.id

    @property
    def label(self) -> str:
        """The words by which the document knows the actor."""
        return self.names[0] if self.names else self.description or self.id


class _Draft:
    """What one document says of one actor, collected."""

    def __init__(self) -> None:
        self.names: dict[str, None] = {}
        self.kinds: list[ActorKind] = []
        self.anonymous = False
        self.description: str | None = None
        self.affiliations: dict[tuple[str | None, str | None], Affiliation] = {}
        self.mentions: dict[tuple[int, int], Span] = {}
        self.statements: list[str] = []

    def add_actor(self, actor: DocumentActor) -> None:
        self.names |= dict.fromkeys(name for name in (actor.name, *actor.aliases) if name)
        self.kinds.append(actor.kind)
        self.anonymous = self.anonymous or actor.anonymous or actor.kind is ActorKind.ANONYMOUS
        self.description = self.description or actor.description
        for affiliation in actor.affiliations:
            self.add_affiliation(affiliation)
        self.mentions |= {(span.start, span.end): span for span in actor.mentions}

    def add_speaker(self, speaker: Speaker, statement: Statement) -> None:
        if speaker.name:
            self.names.setdefault(speaker.name)
        self.kinds.append(speaker.kind)
        self.anonymous = self.anonymous or speaker.anonymous or speaker.kind is ActorKind.ANONYMOUS
        self.description = self.description or speaker.description
        if speaker.affiliation is not None:
            self.add_affiliation(speaker.affiliation)
        if speaker.mention is not None:
            self.mentions.setdefault((speaker.mention.start, speaker.mention.end), speaker.mention)
        self.statements.append(statement.id)

    def add_affiliation(self, affiliation: Affiliation) -> None:
        self.affiliations.setdefault((affiliation.role, affiliation.party), affiliation)

    def kind(self) -> ActorKind:
        return next((kind for kind in self.kinds if kind is not ActorKind.UNKNOWN), ActorKind.UNKNOWN)


def gather_units(snapshot: Snapshot) -> tuple[Unit, ...]:
    """Return every actor of every document, sorted by document and id.

    They are read off the annotations and off the speakers of the statements; the party of an
    affiliation that is neither is an actor of the document too.
    """
    documents = {document.key: document for document in snapshot.documents}
    drafts: dict[tuple[str, str], _Draft] = {}
    for notes in snapshot.annotations:
        for actor in notes.actors:
            drafts.setdefault((notes.document, actor.id), _Draft()).add_actor(actor)
    for statement in snapshot.statements:
        if statement.speaker is not None and statement.part_of is None:
            draft = drafts.setdefault((statement.document, statement.speaker.actor), _Draft())
            draft.add_speaker(statement.speaker, statement)
    for (document, _), draft in sorted(drafts.items(), key=lambda item: item[0]):
        for affiliation in list(draft.affiliations.values()):
            if affiliation.party and affiliation.party_name and (document, affiliation.party) not in drafts:
                party = drafts[document, affiliation.party] = _Draft()
                party.names[affiliation.party_name] = None
                if affiliation.span is not None:
                    party.mentions[affiliation.span.start, affiliation.span.end] = affiliation.span
    return tuple(
        _unit(documents[key], identity, drafts[key, identity])
        for key, identity in sorted(drafts)
        if key in documents
    )


def _unit(document: Document, identity: str, draft: _Draft) -> Unit:
    return Unit(
        document=document.key,
        id=identity,
        names=tuple(draft.names),
        kind=_kind(draft),
        anonymous=draft.anonymous,
        description=draft.description,
        affiliations=tuple(draft.affiliations.values()),
        mentions=tuple(draft.mentions[place] for place in sorted(draft.mentions)),
        statements=tuple(sorted(draft.statements)),
        published=document.published,
        country=country_about(f"{document.title or ''}\n{document.text}"),
    )


def _kind(draft: _Draft) -> ActorKind:
    """Return the kind of actor; "Observatory" alone is a body, whatever a parser took it for."""
    kind = draft.kind()
    if kind is ActorKind.PERSON and draft.names and all(key(name) in headwords() for name in draft.names):
        return ActorKind.ORGANISATION
    return kind
