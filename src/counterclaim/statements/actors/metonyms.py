"""Governments behind the words for them: "Islamabad said", "the Kremlin", "the Doe regime", "the government".

A capital stands for its government where it speaks or acts; the same name after "in" or "to" is a
city. The reading of a place as a metonym, where the step before found one, is taken as it is.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import cache

from counterclaim.model import ActorKind, PlaceMention, PlaceReading
from counterclaim.statements.actors.cast import Cast
from counterclaim.statements.actors.member import Member
from counterclaim.statements.affiliations import country_in
from counterclaim.statements.boundaries import is_word_character, whole_words
from counterclaim.statements.candidate import Range
from counterclaim.statements.names import adjectives, seats, slug, without_article, words_of

_STATE = re.compile(
    r"\b(?:governments?|regime|authorities|administration|presidency|junta|leadership|cabinet)(?:[’']?s)?$",
    re.IGNORECASE,
)
_LEADER = re.compile(
    r"\b(?:of|under) (?:the )?(?:president |prime minister )?(?P<name>[A-Z][\w’'-]+(?: [\w’'-]+)*)$",
    re.IGNORECASE,
)
_ADJECTIVE = re.compile(r"(?:ian|an|ese|ish|i|ic)$")
_ACTING = (
    r"(?:has|have|had|is|was|will|would|should|must|could|may|did|does|do|denies|says|wants|backs|supports|accuses"
    r"|insists|rejects"
    r"|hopes|fears|calls|claims|blames|\w+ed)"
)
_OF_STATE = re.compile(r"\b(?:state|state-run|state-owned|official|government)\b", re.IGNORECASE)
_ADJECTIVE_ENDS = ("ian", "an", "ese", "ish", "i", "ic")


class States:
    """The countries of one document, and the government that words stand for."""

    def __init__(self, cast: Cast, places: Sequence[PlaceMention]) -> None:
        self._cast = cast
        self._text = cast.text
        named = {
            slug(name): name for name in cast.places if name.casefold() not in seats() and name[-3:] != "ian"
        }
        self._named = {
            key: name
            for key, name in named.items()
            if not any(
                o != key and len(o) >= 4 and key.startswith(o[:-1]) and _ADJECTIVE.search(key) for o in named
            )
        }
        self.metonyms = [p.span for p in places if p.reading is PlaceReading.METONYM]
        self._states_seen: dict[str, bool] = {}
        self._leaders: dict[str, str] = {}
        self._main: str | None = None
        self._counted = False
        self.last: str | None = None

    def leads(self, person: Member, country: str) -> None:
        """Remember that a person heads a country, so that "the Doe regime" is its government."""
        self._leaders.setdefault(person.id, country)

    def government(self, country: str, place: Range | None = None) -> Member:
        """Return the actor for the government of a country, made where there is none yet."""
        key = slug(country)
        member = self._cast.members.get(key)
        if member is None or member.kind is not ActorKind.GOVERNMENT:
            member = Member(key, ActorKind.GOVERNMENT, country, place)
            self._cast.members[key] = member
        if place is not None:
            member.mention(place)
            words = without_article(self._text[place[0] : place[1]])
            member.aliases.setdefault(re.sub(r"[’']s?$", "", words))
        return member

    def read(self, words: str) -> str | None:
        """Return the country whose government these words stand for, None where they stand for none."""
        bare = re.sub(r"[’']s?$", "", without_article(words.strip()))
        lower = bare.casefold()
        if lower in seats():
            return seats()[lower]
        if slug(bare) in self._named and self._is_state(bare):
            return bare
        if lower.endswith("s") and seats().get(lower[:-1]):
            return seats()[lower[:-1]]
        end = re.search(
            r"(?:\b(?:another|an?|the|its|their)?\s?ally|[a-z]-backer|\bbacker)\s+([A-Z][\w ]+)$", bare
        )
        if end and end[1].casefold() in seats():
            return seats()[end[1].casefold()]
        begun = re.match(r"([A-Z]\w+(?: [A-Z]\w+)?) (?:another|an?|the|who|which|whose) ", bare)
        if begun and begun[1].casefold() in seats():
            return seats()[begun[1].casefold()]
        if re.search(r"\bgovernment in [A-Z]\w+$", bare):
            seat = bare.rsplit(" ", 1)[1]
            stated = seat if self._is_state(seat) else None
            return seats().get(seat.casefold()) or stated or self.last or self.main()
        leader = _LEADER.search(bare)
        core = bare[: leader.start()].strip() if leader else bare
        if not _STATE.search(core):
            return None
        known = country_in(core) or self._adjective(core)
        if known:
            return known
        if leader and (country := seats().get(leader["name"].casefold())):
            return country
        for name in re.findall(r"[A-Z][\w’'-]+", bare):
            person = self._cast.person(re.sub(r"s$", "", name) if self._cast.person(name) is None else name)
            if person is not None:
                return self._leaders.get(person.id) or (
                    "United States" if "administration" in lower else self.main()
                )
        if re.search(r"[A-Z]", core[1:]):
            return None
        if core.split()[0].casefold() in {
            "new",
            "local",
            "interim",
            "city",
            "coalition",
            "provincial",
            "unity",
        }:
            return None
        if "administration" in lower:
            return self.last or self.main() or "United States"
        return self.last or self.main()

    def of_body(self, words: str) -> str | None:
        """Return the country whose ministry, army or official this is, as far as the words tell."""
        parts = re.sub(r"[’']s\b", "", without_article(words)).split()
        proper = len(parts) >= 3 and all(part[:1].isupper() for part in parts)
        if proper and parts[-1].casefold() not in {"ministry", "government"}:
            return None  # a name of its own, such as a liberation army's
        known = country_in(words) or self._adjective(words)
        if known:
            return known
        if re.match(
            r"(?:the |its |an? )?(?:\w+ )?(?:army|military|air force|navy|ministry|\w+ ministry"
            r"|ministry of \w+|security forces)$",
            words,
            re.IGNORECASE,
        ):
            return self.last or self.main()
        return None

    def main(self) -> str | None:
        """Return the country that the report is about: the one most often named, None without one."""
        if not self._counted:
            self._counted = True
            counts: Counter[str] = Counter()
            for match in re.finditer(r"\b(?:[A-Z][\w.]+(?: [A-Z]\w+)?)", self._text):
                for word in {match[0], match[0].split()[0]}:
                    lower = word.casefold()
                    country = seats().get(lower) or seats().get(lower.removesuffix("s"))
                    if country:
                        counts[country] += 1
            for name, count in self._cast.places.items():
                if name.casefold() not in seats() and self._is_state(name):
                    counts[name] += count
            if counts:
                self._main = min(counts, key=lambda name: (-counts[name], name))
        return self._main

    def acting(self) -> list[tuple[Range, str]]:
        """Return the places where a country or its seat acts like a government, and the country."""
        found = [((s.start, s.end), self.read(s.quote)) for s in self.metonyms]
        lower = self._text.casefold()
        names = sorted((n for n in seats() if n in lower and n not in _peoples()), key=len, reverse=True)
        choice = "|".join(re.escape(name) for name in names)
        if choice:
            pattern = re.compile(rf"(?<![\w-])(?P<name>{choice})\s+{_ACTING}\b", re.IGNORECASE)
            for match in pattern.finditer(self._text):
                place = match.span("name")
                before = self._text[max(0, place[0] - 14) : place[0]].split()
                if self._text[place[0]].isupper() and not (before and before[-1].casefold() in _PLACE_WORDS):
                    found.append((place, seats()[match["name"].casefold()]))
        for match in re.finditer(r"\b(?:the )?(?:[A-Z]\w+ )?(?:government|regime|authorities)\b", self._text):
            country = country_in(match[0])
            found += [(match.span(), country)] if country else []
        return [(place, country) for place, country in found if country is not None]

    def _is_state(self, name: str) -> bool:
        """Tell whether a place that no list knows is a state: the text has its adjective or its officials."""
        if name in self._states_seen:
            return self._states_seen[name]
        owned = any(f"{name}{mark}s " in self._text for mark in "’'")
        self._states_seen[name] = self._has_adjective(name.rstrip("aeiouy")) or bool(
            owned
            and re.search(
                rf"\b{re.escape(name)}[’']s (?:government|army|\w+ ministry|\w+ minister|president)",
                self._text,
            )
        )
        return self._states_seen[name]

    def _has_adjective(self, stem: str) -> bool:
        """Tell whether a word of the text is this stem with the ending of an adjective."""
        if not stem or not all(map(is_word_character, stem)):
            return bool(re.search(rf"\b{re.escape(stem)}\w*(?:ian|an|ese|ish|i|ic)\b", self._text))
        return any(
            word.startswith(stem) and word.endswith(_ADJECTIVE_ENDS, len(stem))
            for word in whole_words(self._text)
        )

    def _adjective(self, words: str) -> str | None:
        """Match an adjective with a place that the report names, by its beginning ("Zemorian", "Zemoria")."""
        for word in re.findall(r"[A-Z][\w.]+", words):
            for key, name in self._named.items():
                made = len(key) >= 4 and slug(word).startswith(key[:-1]) and _ADJECTIVE.search(word)
                if word == name or made:
                    return name
            body = (
                rf"\b{re.escape(word)}\s+(?:\w+\s+)?(?:officials?|government|army|ministry|forces|troops)\b"
            )
            if re.fullmatch(r"[A-Z]\w{2,}ian", word) and word not in _CREEDS and re.search(body, self._text):
                return str(word)[:-1]  # the commonest way in which English makes the adjective of a state
        return None


_CREEDS = frozenset(
    {"Christian", "Presbyterian", "Civilian", "Humanitarian", "Libertarian", "Parisian", "Palestinian"}
)
_PLACE_WORDS = frozenset(
    {
        "in",
        "to",
        "from",
        "at",
        "near",
        "of",
        "outside",
        "across",
        "around",
        "into",
        "through",
        "over",
        "for",
        "on",
        "with",
        "between",
        "north",
        "south",
        "east",
        "west",
        "and",
    }
)


@cache
def _peoples() -> frozenset[str]:
    """Return the adjectives of countries, which stand for people and things, not for a government."""
    return frozenset(adjectives()) - {"us", "u.s.", "uk"}


def is_state_medium(words: str) -> bool:
    """Tell whether the words name a broadcaster or paper of a state ("state television")."""
    return bool(_OF_STATE.search(words)) and any(word in words.casefold() for word in words_of("state_media"))
