"""Who the words of a source stand for, within one document.

Anonymous sources stay anonymous: they are described, told apart by their description, and never
joined to a named person.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Doc

from counterclaim.model import ActorKind, Document, PlaceMention, Speaker
from counterclaim.statements.actors.cast import Cast
from counterclaim.statements.actors.coreference import Discourse
from counterclaim.statements.actors.described import Unnamed
from counterclaim.statements.actors.member import Member, role_words
from counterclaim.statements.actors.metonyms import States
from counterclaim.statements.actors.parties import Parties
from counterclaim.statements.actors.sources import (
    core_of,
    head_of,
    is_name,
    is_plural,
    joined,
    without_determiner,
)
from counterclaim.statements.affiliations import words_of_pairs
from counterclaim.statements.candidate import Range
from counterclaim.statements.names import slug, without_titles, words_of

_SINGULAR = frozenset({"he", "she", "him", "her", "his", "hers"})
_PLURAL = frozenset({"they", "them", "their", "these", "those", "both"})
_OWN = frozenset({"we", "i", "us", "me", "our", "my"})
_OF_PERSON = re.compile(
    r"\s+(?:campaign|administration|regime|government|foundation|allies|aides|supporters|spokes\w+|team|camp"
    r"|surrogates?|voters)\b"
)
_RELATIVE = frozenset({"who", "which", "that", "whom", "whose"})


_NOTHING_BUT_A_KIND = re.compile(
    r"(?:(?:an?|the|one)\s+)?(?:(?:[\w-]+-based|war|conflict|rights|human rights|independent)\s+){0,3}"
    r"(?:monitors?|monitoring (?:group|organi[sz]ation|network)|observatory|watchdog)",
    re.IGNORECASE,
)
"""A body told by its kind alone: where the text names one of the kind, it is that one."""


class SpeakerResolver:
    """Turns sources into actors, statement by statement, in order of the text."""

    def __init__(
        self, document: Document, docs: list[tuple[int, Doc]], places: Sequence[PlaceMention] = ()
    ) -> None:
        self._document = document
        self._text = document.text
        paragraphs = [(offset, offset + len(doc.text)) for offset, doc in docs]
        self.cast = Cast(document, docs)
        self.states = States(self.cast, places)
        self.discourse = Discourse(self.cast, paragraphs)
        self.parties = Parties(document, self.cast, self.states, self.discourse, paragraphs)
        self.parties.read_all()
        self._meant: dict[str, Member] = {}
        self._unnamed = Unnamed(document, self.cast, self.states, self.discourse, self.parties)

    def resolve(
        self, source: list[Range], *, outer: Member | None = None, nested: bool = False
    ) -> Member | None:
        """Return the speaker for a source; None where nobody is named.

        ``nested`` speech inside another's words does not change who "he" is afterwards; ``outer`` is
        who spoke the words around it, for whom "I" and "we" stand there.
        """
        if not source:
            return None
        place = source[0]
        member = self._find(place, outer)
        if member is not None:
            if not any(place[0] <= start < place[1] for start in member.mentions):
                member.mention(place)
            if not nested:
                self.discourse.speaks(place[0], member)
                held = member.affiliation.party if member.affiliation is not None else None
                state = member if member.kind is ActorKind.GOVERNMENT else self.cast.members.get(held or "")
                if state is not None and state.kind is ActorKind.GOVERNMENT and not state.plural:
                    self.states.last = state.name
            if member not in [m for _, _, m in self.cast.named_in(place)]:
                self.discourse.note(place, member)
        return member

    def speaker(self, member: Member) -> Speaker:
        """Return an actor as the speaker of a statement."""
        return Speaker(
            actor=member.id,
            name=member.name,
            description=None if member.name else member.description,
            kind=member.kind,
            anonymous=member.anonymous,
            affiliation=member.affiliation,
            mention=self._document.span(*member.span) if member.span else None,
        )

    def name_generic(self, spoke: list[Member | None]) -> None:
        """Let "Company" in a headline be the first organisation that speaks, or is spoken for, later."""
        for position, member in enumerate(spoke):
            words = (member.description or "").casefold() if member is not None else ""
            if member is None or words not in words_of("generic_group") or member.id in self._meant:
                continue
            for later in spoke[position + 1 :]:
                party = (
                    later.affiliation.party if later is not None and later.affiliation is not None else None
                )
                body = self.cast.members.get(party) if party else later
                if body is not None and body.kind is ActorKind.ORGANISATION and body.name:
                    self._meant[member.id] = body
                    self.cast.absorb(member, body)
                    break

    def meant(self, member: Member) -> Member:
        """Return the actor that a generic word turned out to stand for, the actor itself without one."""
        return self._meant.get(member.id, member)

    def _find(self, place: Range, outer: Member | None) -> Member | None:
        words = self._text[place[0] : place[1]].strip()
        pronoun = re.sub(r"[’'].*", "", words.casefold())
        if pronoun in _SINGULAR | _PLURAL | _OWN | _RELATIVE | {"it", "its", "you", "your"}:
            return self._pronoun(pronoun, place, outer)
        lead = re.match(r"[A-Z][\w., ]{1,30}\s[—–]\s(?=[A-Z])", words)
        if lead:  # a dateline that was taken for part of the source
            place, words = (place[0] + lead.end(), place[1]), words[lead.end() :]
        core = core_of(words)
        both = joined(core)
        if both is not None:
            return self._joint(both, core, place)
        return self._one(core, place)

    def _pronoun(self, pronoun: str, place: Range, outer: Member | None) -> Member | None:
        start = place[0]
        if pronoun in _OWN:
            return outer or self.discourse.last_speaker(start)
        if pronoun in {"you", "your"}:
            return None
        if pronoun in _RELATIVE:
            return self.discourse.relative(start) or self.discourse.last_speaker(start)
        if pronoun in _SINGULAR:
            return self.discourse.person(pronoun, start)
        if pronoun in _PLURAL:
            return self.discourse.many(start) or self.discourse.last_speaker(start)
        return self.discourse.thing(start)

    def _joint(self, both: tuple[str, str], core: str, place: Range) -> Member | None:
        """Return who "X and Y" are: one name with "and", X with his unnamed aides, or both together."""
        whole = self.cast.body(core)
        first, second = both
        if whole is not None and " and " in (whole.name or ""):
            return whole
        end = place[0] + self._text[place[0] : place[1]].find(first) + len(first)
        if re.match(r"(?:his|her|its|their|others?|has)\b", second) or second[:1].islower():
            return self._one(first, (place[0], end))
        names = [self._named(part, place) for part in both]
        if names[0] is None or names[1] is None or names[0] is names[1]:
            return names[0] or self._one(core, place)
        label = " and ".join(member.name or member.description or "" for member in names if member)
        member = self.cast.members.get(slug(label))
        if member is None:
            member = Member(slug(label), ActorKind.GROUP, label, place)
            member.plural = True
        return self.cast.add(member)

    def _named(self, core: str, place: Range) -> Member | None:
        """Return the actor that these words name, None where they only describe one."""
        country = self.states.read(core)
        if country is not None and not self.cast.person(core):
            return self.states.government(country, place if core in self._text[place[0] : place[1]] else None)
        return self.cast.person(core) or self.cast.body(core)

    def _one(self, core: str, place: Range) -> Member | None:
        end = place[0] + len(core)
        core_place = (place[0], min(end, place[1]))
        head = head_of(core)
        person = self._person(core, core_place, place, head)
        if person is not None:
            return person
        if _NOTHING_BUT_A_KIND.fullmatch(core):
            named = self.discourse.only(core)
            if named is not None:
                return named
        follower = self.parties.follower(core, place[0])
        if follower is not None:
            return self._unnamed.placed(follower, core_place)
        side = self._unnamed.side(core, head, core_place)
        if side is not None:
            return self._unnamed.placed(side, core_place)
        country = self.states.read(core)
        if country is not None:
            return self.states.government(country, core_place)
        body = self.cast.body(without_determiner(core)) or self._body_inside(core_place, head)
        if body is not None:
            return body
        if self._unnamed.is_description(core, head):
            return self._unnamed.of_description(core, core_place, head)
        if head in words_of("generic_group") | words_of("body_heads") | _kinds() and not is_name(
            core, first=False
        ):
            found = self._generic(core, place)
            if found is not None:
                return found
        return self._unnamed.new_body(core, core_place, head)

    def _person(self, core: str, core_place: Range, place: Range, head: str) -> Member | None:
        bare = without_titles(re.sub(r"[’']s?(?:\s+own)?$", "", core))
        known = self.cast.person(bare)
        if known is not None:
            return known
        inside = [(s, e, m) for s, e, m in self.cast.named_in(core_place) if m.kind is ActorKind.PERSON]
        for start, end, member in inside:
            before, after = self._text[core_place[0] : start], self._text[end : core_place[1]]
            if re.match(r"[’']s?\s", after) and after.strip(" ’'s"):
                continue
            if not after.strip(" ’'s.") and not re.search(
                r"\b(?:of|for|with|under|by|against|to|from|in|at|on|near)\s(?:the\s)?(?:[A-Z][\w.]+ )*$",
                before,
            ):
                return member
            if (
                re.fullmatch(r"(?:[A-Z][\w.’'-]*\s+)*", before)
                and re.match(
                    r"\s+(?:(?:an?|the|who)\s|[a-z]+(?: [a-z]+)?\s+(?:at|of|in|with|for|from|on|to)\s)", after
                )
                and not _OF_PERSON.match(after)
            ):
                return member
        beside = [
            (s, e, m)
            for s, e, m in self.cast.named_in((core_place[1], place[1]))
            if m.kind is ActorKind.PERSON
        ]
        if (
            beside
            and re.match(r",\s+(?:[A-Z]\S*\s){0,3}?$", self._text[core_place[1] : beside[0][0]])
            and not is_plural(core)
        ):
            return beside[0][2] if head in role_words() | words_of("anonymous") else None
        return None

    def _body_inside(self, place: Range, head: str) -> Member | None:
        """Return the body whose name ends the source, or begins it before words that only describe it."""
        for start, end, member in self.cast.named_in(place):
            if member.kind is ActorKind.PERSON:
                continue
            before, after = self._text[place[0] : start], self._text[end : place[1]]
            ends = not after.strip(" ’'s.)") or re.fullmatch(
                r"\s+(?:(?:monitoring|rebel|militant|rights|news|national|opinion|rescue|aid)\s+)*(?:group|agency|network|organisation|organization|movement|report|monitor|website|newspaper|channel|campaign)",
                after,
            )
            if ends and not re.search(
                r"\b(?:of|for|with|by|to|from|in|at|on|linked|run)\s+(?:the\s+)?$", before
            ):
                return member
            if ends and head in {
                "research",
                "study",
                "report",
                "analysis",
                "workers",
                "data",
                "figures",
                "statement",
            }:
                return member
        return None

    def _generic(self, core: str, place: Range) -> Member | None:
        """Return the body that "the group" stands for; "a monitor" in a headline looks ahead."""
        if re.match(r"(?:an?|one)\s", core, re.IGNORECASE) or not core.casefold().startswith(
            ("the ", "this ", "that ")
        ):
            return self.discourse.only(core) if place[0] <= self._opening() else None
        return self.discourse.body(core, place[0]) or self.discourse.only(core)

    def _opening(self) -> int:
        """Return where the headline and the first two paragraphs end."""
        breaks = [m.start() for m in re.finditer(r"\n+", self._text)]
        return breaks[2] if len(breaks) > 2 else max(400, breaks[0] if breaks else 0)


def _kinds() -> frozenset[str]:
    return frozenset(key for key, _ in words_of_pairs("body_kinds"))
