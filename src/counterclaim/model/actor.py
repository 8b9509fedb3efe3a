"""Who speaks."""

from __future__ import annotations

from enum import StrEnum

import msgspec

from counterclaim.model.span import Span
from counterclaim.model.times import StatedTime


class ActorKind(StrEnum):
    """What sort of actor it is, as far as the report's words tell."""

    PERSON = "person"
    GROUP = "group"
    ORGANISATION = "organisation"
    GOVERNMENT = "government"
    ANONYMOUS = "anonymous"
    UNKNOWN = "unknown"


class Affiliation(msgspec.Struct, frozen=True, kw_only=True):
    """A role, and the actor for whom it is held, with the words that say so.

    ``party`` is the id of the actor, ``party_name`` its name as written; either of role and party
    can be unknown. ``former`` where the words say that the role is over ("the former president"),
    ``when`` the time that they state it for; None where they state none, so that it holds for the
    time of the report.
    """

    role: str | None = None
    party: str | None = None
    party_name: str | None = None
    span: Span | None = None
    former: bool = False
    when: StatedTime | None = None


class Speaker(msgspec.Struct, frozen=True, kw_only=True):
    """The actor behind one statement, as this document lets us know it.

    ``actor`` is the id, the same for every statement of the actor; for a named actor it is the
    same across documents, for an anonymous source it holds the document's key and is never shared
    with another document. ``description`` is the words for an anonymous source ("a Pakistani
    government official"). ``mention`` is the span that names or describes the actor most fully;
    it stands elsewhere than the statement's source where that is a pronoun or a surname.
    """

    actor: str
    name: str | None = None
    description: str | None = None
    kind: ActorKind = ActorKind.UNKNOWN
    anonymous: bool = False
    affiliation: Affiliation | None = None
    mention: Span | None = None

    @property
    def party(self) -> str:
        """The actor on whose side this one speaks: the affiliation's party, or itself."""
        if self.affiliation and self.affiliation.party:
            return self.affiliation.party
        return self.actor

    @property
    def label(self) -> str:
        """The words by which a reader knows the speaker."""
        return self.name or self.description or self.actor


class DocumentActor(msgspec.Struct, frozen=True, kw_only=True):
    """A person, group or organisation that speaks or is spoken of in one document.

    ``id`` is the one that :class:`Speaker` uses. ``mentions`` are all the places where the document
    names, describes or points to the actor (names, surnames, descriptions, pronouns), in order of
    the text and without overlap; the first of the fullest names is ``name``. ``aliases`` are the
    other names it has here, ``affiliations`` each with the span that states it.
    """

    id: str
    kind: ActorKind
    name: str | None = None
    description: str | None = None
    anonymous: bool = False
    aliases: tuple[str, ...] = ()
    mentions: tuple[Span, ...] = ()
    affiliations: tuple[Affiliation, ...] = ()


class Actor(msgspec.Struct, frozen=True, kw_only=True, tag_field="type", tag="actor"):
    """An actor across documents, read off the speakers of statements.

    ``aliases`` are the other names seen, ``affiliations`` each distinct one once, ``statements``
    the ids of what the actor said, all sorted.
    """

    id: str
    name: str
    kind: ActorKind
    anonymous: bool = False
    aliases: tuple[str, ...] = ()
    affiliations: tuple[Affiliation, ...] = ()
    statements: tuple[str, ...] = ()
