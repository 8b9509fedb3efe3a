"""The roles and parties of the actors: from the words beside each name to affiliations."""

from __future__ import annotations

import re
from collections.abc import Sequence

from counterclaim.model import ActorKind, Affiliation, Document
from counterclaim.statements.actors.cast import Cast
from counterclaim.statements.actors.coreference import Discourse
from counterclaim.statements.actors.member import Member, gender_of_words
from counterclaim.statements.actors.metonyms import States
from counterclaim.statements.affiliations import (
    Stated,
    listed,
    stated_after,
    stated_before,
    stated_in,
    words_of_pairs,
)
from counterclaim.statements.candidate import Range
from counterclaim.statements.names import slug, without_article, words_of

_HEADS_OF_STATE = re.compile(
    r"\b(?:president|prime minister|premier|chancellor|king|leader|strongman|ruler)\b", re.IGNORECASE
)
_FOLLOWERS = re.compile(
    r"^(?:the |a )?(?P<owner>[\w’'. -]+?)(?:[’']s?)? "
    r"(?P<what>campaign|camp|team|office|foundation|surrogates|aides)$",
    re.IGNORECASE,
)
_CALLED = re.compile(
    r"\s*,?\s+(?:an?|the)\s+(?P<words>(?:[\w-]+\s+){0,5}?(?P<noun>monitor|watchdog|group|movement|agency|company"
    r"|coalition|alliance|network|charity|organisation|organization|party|newspaper|broadcaster|militia|union"
    r"|firm|think tank|channel|operator))\b"
)
_STATE_PEOPLE = re.compile(
    r"\b(?:government|officials?|ministry|army|military|troops|soldiers|diplomats?|authorities)\b"
)
_BEFORE_BODY = re.compile(r"(?:the|an?)\s+(?P<words>(?:[a-zA-Z][\w-]*\s+){1,4})$")


class Parties:
    """Reads what roles the actors of a document hold and for whom."""

    def __init__(
        self,
        document: Document,
        cast: Cast,
        states: States,
        discourse: Discourse,
        paragraphs: Sequence[Range],
    ) -> None:
        self._document = document
        self._text = document.text
        self._cast = cast
        self._states = states
        self._discourse = discourse
        self._paragraphs = paragraphs

    def read_all(self) -> None:
        """Read the words beside every name, persons first."""
        spots = [s for s in self._cast.spots if s[2].kind is ActorKind.PERSON]
        for place, stated in listed(self._text, [(s, e) for s, e, _ in spots]):
            member = next(m for s, _, m in spots if s == place)
            self._state(member, stated)
        for start, end, member in spots:
            limits = next(((a, b) for a, b in self._paragraphs if a <= start < b), (start, end))
            around = (stated_after(self._text, end, limits[1]), stated_before(self._text, start, limits[0]))
            for beside in around:
                if beside is not None:
                    self._state(member, beside)
        for start, end, member in list(self._cast.spots):
            if member.kind is ActorKind.PERSON:
                continue
            called = _CALLED.match(self._text, end)
            if called:
                member.words |= set(called["words"].casefold().split())
            before = _BEFORE_BODY.search(self._text, max(0, start - 60), start)
            if before:
                member.words |= set(before["words"].casefold().split())

    def party(self, name: str, place: int) -> tuple[str, str]:
        """Return the id and the name of the party that these words stand for."""
        bare = without_article(name.strip())
        side = self.side(bare)
        country = self._states.read(bare) if side is None else None
        if country is None and (
            bare.split()[-1].casefold() in words_of("state_body") or bare.endswith("ian")
        ):
            country = self._states.of_body(bare)
        if country is not None:
            member: Member | None = self._states.government(country)
        else:
            member = side or self.follower(bare, place) or self._cast.body(bare) or self._cast.person(bare)
            if member is None and bare[:1].islower():
                member = self._discourse.body(bare, place)
        if member is not None:
            return member.id, member.name or member.description or bare
        key = slug(bare)
        if bare[:1].isupper():
            member = self._cast.add(Member(key, ActorKind.ORGANISATION, bare, None), bare)
            return member.id, bare
        return f"{key}-{self._document.key}", bare

    def side(self, words: str) -> Member | None:
        """Return the one body of the text whose name says that it is this side: "the resistance"."""
        bare = without_article(words).casefold()
        if bare not in {"opposition", "resistance", "insurgency"}:
            return None
        marks = {"opposition", "resistance"} if bare == "opposition" else {bare}
        fits = [
            m
            for m in self._cast.members.values()
            if m.kind in {ActorKind.ORGANISATION, ActorKind.GROUP}
            and marks & set((m.name or "").casefold().split())
            and len((m.name or "").split()) > 1
        ]
        if len(fits) == 1:
            fits[0].aliases.setdefault(without_article(words))
            return fits[0]
        return None

    def follower(self, words: str, place: int) -> Member | None:
        """Return the body that works for a person: "the Doe campaign", "his office"."""
        match = _FOLLOWERS.match(words.strip())
        if match is None:
            return None
        owner, what = match["owner"], match["what"].casefold()
        what = "campaign" if what == "camp" else what
        if owner.casefold() in {"his", "her", "their"}:
            person = self._discourse.person(owner.casefold(), place)
        else:
            person = self._cast.person(owner)
        if person is None or person.kind is not ActorKind.PERSON or not person.name:
            return None
        surname = [p for p in person.name.split() if p.rstrip(".").casefold() not in {"jr", "sr"}][-1]
        name = f"{surname} {what}"
        made = Member(slug(name), ActorKind.ORGANISATION, name, None)
        made.plural = what in {"surrogates", "aides"}
        return self._cast.add(made, name, f"{person.name} {what}")

    def described(self, place: Range) -> Affiliation | None:
        """Return whose official or head a described source is."""
        stated = stated_in(self._text, place)
        if stated is None:
            return None
        words = self._text[stated.place[0] : stated.place[1]]
        modifier = self.modifier(words)
        if modifier is not None:
            party = (modifier.id, modifier.name or modifier.description or "")
        elif stated.party is not None:
            party = self.party(stated.party, place[0])
        else:
            country = self._state_behind(words)
            if country is None:
                return None
            party = (self._states.government(country).id, country)
        return Affiliation(
            role=_unowned(stated.role),
            party=party[0],
            party_name=party[1],
            span=self._document.span(*place),
            former=stated.former,
        )

    def _state_behind(self, words: str) -> str | None:
        """Return the country whose officials or soldiers these are, where the words are a state's."""
        country = self._states.of_body(words) if _STATE_PEOPLE.search(words) else None
        if country is None and re.search(r"\b(?:government|regime|army|military)\b", words):
            country = self._states.last or self._states.main()
        return country

    def modifier(self, words: str) -> Member | None:
        """Return the side that a word before the head names: "resistance fighters"."""
        for word, _side in words_of_pairs("sides"):
            if re.match(
                rf"(?:the )?{word}\s+(?:fighters|forces|commanders?|leaders?|officials?|spokes\w+|troops)\b",
                words,
                re.IGNORECASE,
            ):
                return self.side(word)
        return None

    def _state(self, member: Member, stated: Stated) -> None:
        words = self._text[stated.place[0] : stated.place[1]]
        plain = {w.casefold().strip(".,’'") for w in re.findall(r"[\w.’'-]+", words)}
        member.words |= plain | {full for short, full in words_of_pairs("title_roles") if short in plain}
        member.gender = gender_of_words(plain) or member.gender
        role = _unowned(stated.role)
        party = self._party_of(member, stated)
        if party and party[0] == member.id:
            party = None
        if role is None and party is None:
            return
        if role and role.rstrip(".").casefold() in {"mr", "mrs", "ms", "miss", "sir", "dr", "lord", "lady"}:
            return
        if party and role and _HEADS_OF_STATE.search(role) and party[1] in self._country_names():
            self._states.leads(member, party[1])
        nearest = [e for s, e in member.mentions.items() if 0 <= s - stated.place[1] < 4]
        earlier = [s for s, e in member.mentions.items() if e <= stated.place[0]]
        start = stated.place[0] if nearest or not earlier else max(earlier)
        end = nearest[0] if nearest else stated.place[1]
        member.describe(
            Affiliation(
                role=role,
                party=party[0] if party else None,
                party_name=party[1] if party else None,
                span=self._document.span(start, max(end, stated.place[1])),
                former=stated.former,
            )
        )

    def _party_of(self, member: Member, stated: Stated) -> tuple[str, str] | None:
        if stated.party is None:
            return None
        bare = without_article(stated.party)
        if re.match(r"(?:former|ousted|deposed|collapsed)\b", bare):
            return None
        if self._cast.person(bare) is member:
            return None
        return self.party(stated.party, stated.place[0])

    def _country_names(self) -> set[str]:
        return {m.name or "" for m in self._cast.members.values() if m.kind is ActorKind.GOVERNMENT}


def _unowned(role: str | None) -> str | None:
    """Take "one of the", numbers and owners off the front of a role."""
    if role is None:
        return None
    bare = re.sub(
        r"^(?:(?:[\w-]+[’']s?|one|two|three|some|many|several|of|the|an?|former|unnamed|his|her|its|their)\s+)+",
        "",
        role,
    )
    return bare.strip(" ,") or None
