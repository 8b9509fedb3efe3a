"""Who is described and not named: anonymous sources, sides of a conflict, state media, new bodies.

An anonymous source is told apart from others by its description, within one document, and is never
joined to a named person.
"""

from __future__ import annotations

import re

from counterclaim.model import ActorKind, Affiliation, Document
from counterclaim.statements.actors.cast import Cast
from counterclaim.statements.actors.coreference import Discourse
from counterclaim.statements.actors.member import Member, role_words
from counterclaim.statements.actors.metonyms import States, is_state_medium
from counterclaim.statements.actors.parties import Parties
from counterclaim.statements.actors.sources import (
    description_key,
    head_of,
    is_definite,
    is_name,
    is_plural,
    without_determiner,
)
from counterclaim.statements.affiliations import country_in, words_of_pairs
from counterclaim.statements.boundaries import has_word
from counterclaim.statements.candidate import Range
from counterclaim.statements.names import slug, without_article, words_of

_OFFICES = frozenset({"chief", "president", "minister", "premier", "chancellor", "pope", "mayor", "governor"})


class Unnamed:
    """Finds or makes the actors of one document that no name gives."""

    def __init__(
        self, document: Document, cast: Cast, states: States, discourse: Discourse, parties: Parties
    ) -> None:
        self._document = document
        self._text = document.text
        self._cast = cast
        self._states = states
        self._discourse = discourse
        self._parties = parties
        self._described: list[tuple[frozenset[str], Member]] = []

    def is_description(self, core: str, head: str) -> bool:
        """Tell whether the words describe somebody by a role or as a witness, an official and the like."""
        if head in words_of("anonymous"):
            return True
        singular = head.removesuffix("s")
        lower = has_word(core, head) or is_definite(core)
        return (
            (head in role_words() or singular in role_words())
            and lower
            and head not in words_of("organisation")
        )

    def of_description(self, core: str, place: Range, head: str) -> Member:
        """Return the named person whom these words describe, else the anonymous source."""
        known = self._same_description(core, head)
        if known is not None:
            return known
        own = re.match(r"(?P<owner>[A-Z][\w’'.]*?)[’']s\s", core)
        if not is_plural(core) and (
            is_definite(core) or own or (head in _OFFICES and not re.match(r"(?:an?|one|some)\s", core))
        ):
            person = self._discourse.described(core, place[0])
            if person is not None:
                return person
        key = slug(without_determiner(core))
        member = Member(f"anonymous-{self._document.key}-{key}", ActorKind.ANONYMOUS, None, place)
        member = self._cast.members.setdefault(member.id, member)
        member.description = member.description or core
        member.anonymous = True
        member.plural = is_plural(core)
        member.words |= description_key(core)
        found = self._parties.described(place)
        if found is not None:
            member.describe(found)
        if head not in {"many", "some", "one", "others", "both", "someone", "everyone"}:
            self._described.append((description_key(core), member))
        return member

    def _same_description(self, core: str, head: str) -> Member | None:
        """Return the described source with the same words, or of whom "the official" keeps only some."""
        key = description_key(core)
        for words, member in reversed(self._described):
            if key == words:
                return member
        for words, member in reversed(self._described):
            same_head = head in words and member.plural == is_plural(core)
            if is_definite(core) and same_head and (key <= words):
                return member
        return None

    def side(self, core: str, head: str, place: Range) -> Member | None:
        """Return the side of a conflict that "the rebels" or "Doria's opposition" are."""
        named = self._parties.side(core)
        if named is not None:
            return named
        kinds = dict(words_of_pairs("sides"))
        noun = head
        plain = without_determiner(core)
        if head in {"groups", "group", "forces", "fighters", "activists", "opponents"}:
            before = re.findall(r"[\w-]+", plain)
            noun = before[-2].casefold() if len(before) > 1 and before[-1].casefold() == head else head
            if head in {"activists", "group"} and noun != "opposition":
                return None
            if head == "activists":
                return None
        if head == "opponents" and re.search(r"\bof\b", core):
            noun = "opposition"
        kind = kinds.get(noun)
        if kind is None or kind == "government" or re.match(r"an?\s", core, re.IGNORECASE):
            return None
        if head == "fighters" and kind == "opposition" and self._parties.side("opposition") is None:
            kind = "rebels"
        if (
            head in {"fighters", "forces"}
            and (own := self._parties.modifier(without_article(plain))) is not None
        ):
            member = self._group(plain, place)
            member.describe(
                Affiliation(role=head, party=own.id, party_name=own.name, span=self._document.span(*place))
            )
            return member
        country = country_in(core) or self._states.of_body(core) or self._states.main()
        if country is None:
            return self._group(kind, place)
        key = f"{kind}-{slug(country)}"
        member = self._cast.members.get(key) or Member(key, ActorKind.GROUP, None, place)
        member.plural = True
        member.description = member.description or plain
        return self._cast.add(member)

    def new_body(self, core: str, place: Range, head: str) -> Member:
        """Return a body that the names did not give: state media, a named body, else a mere group."""
        first = (
            place[0] == 0
            or re.search(r"[.!?\n“\"]\s*$", self._text[max(0, place[0] - 3) : place[0]]) is not None
        )
        bare = re.sub(r"\s*\([^)]*\)$", "", re.sub(r"[’']s$", "", without_determiner(core)))
        if is_state_medium(core) and not is_name(core, first=False):
            country = country_in(core) or self._states.main()
            if country is not None:
                key = f"state-media-{slug(country)}"
                member = self._cast.members.get(key) or Member(
                    key, ActorKind.ORGANISATION, f"State media ({country})", place
                )
                government = self._states.government(country)
                member.describe(
                    Affiliation(party=government.id, party_name=country, span=self._document.span(*place))
                )
                return self.placed(self._cast.add(member), place)
        if not is_name(core, first=first):
            return self._group(bare, place)
        state = self._states.of_body(core) if head in words_of("state_body") else None
        member = self._cast.add(Member(slug(bare), ActorKind.ORGANISATION, bare, place), bare)
        if state is not None and state != member.name:
            government = self._states.government(state)
            member.describe(
                Affiliation(party=government.id, party_name=state, span=self._document.span(*place))
            )
        return member

    def _group(self, words: str, place: Range) -> Member:
        """Return a group that has no name ("rebels"): one within this report, never across reports."""
        key = f"{slug(words)}-{self._document.key}"
        member = self._cast.members.get(key)
        if member is None:
            member = self._cast.members[key] = Member(key, ActorKind.GROUP, None, place)
            member.description = words
            member.plural = is_plural(words)
            state = self._states.of_body(words) if head_of(words) in words_of("state_body") else None
            if state is not None:
                government = self._states.government(state)
                member.describe(
                    Affiliation(party=government.id, party_name=state, span=self._document.span(*place))
                )
        return member

    def placed(self, member: Member, place: Range) -> Member:
        """Add the place to the mentions of an actor and return it."""
        member.mention(place)
        member.span = member.span or place
        return member
