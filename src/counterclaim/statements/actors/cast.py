"""The actors that a document names, each with all its names.

Names are put together by rules that news style keeps: the first mention is full, later ones are
the surname, an acronym, or the head of the name ("the Observatory").
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Doc

from msgspec.structs import replace

from counterclaim.model import ActorKind, Document
from counterclaim.statements.actors.member import Member, gender_of_name, gender_of_words, role_words
from counterclaim.statements.actors.patterns import (
    after_roles,
    before_roles,
    institutions,
    opening_words,
    role_like,
    shortens,
    surnames,
    trim_body,
    without_beginnings,
)
from counterclaim.statements.boundaries import has_word
from counterclaim.statements.candidate import Range
from counterclaim.statements.names import (
    NamedActor,
    adjectives,
    collect_names,
    person_slug,
    seats,
    slug,
    without_article,
    without_titles,
    words_of,
)

_INITIALS = frozenset({"of", "for", "the", "and", "in", "on"})
_ACRONYM_BESIDE = re.compile(r"\s*\((?:the\s+)?([A-Z][A-Za-z.&-]{1,9})\)")
_GENERIC_TAIL = re.compile(
    r"\s+(?:(?:monitoring|rebel|militant|rights|advocacy|opposition|jihadist|armed|news|aid)\s+)?"
    r"(?:group|groups|agency|network|organisation|organization|movement|monitor|newspaper|report|poll)$"
)
_OBJECT = re.compile(
    r"\b(?:of|for|with|by|to|from|in|at|on|against|about|the|and)\s+(?:the\s+|[\w-]+-[\w-]+\s+)?$"
)
_WORD_BEFORE = re.compile(r"([\w’'.-]+)\s+$")


class Cast:
    """Every named actor of one document, asked by name and by place.

    ``members`` maps ids to actors. ``spots`` are all places of their names in order of the text.
    """

    def __init__(self, document: Document, docs: list[tuple[int, Doc]]) -> None:
        self.document = document
        self.text = document.text
        self.members: dict[str, Member] = {}
        self.spots: list[tuple[int, int, Member]] = []
        self._by_alias: dict[str, Member] = {}
        self._bare = not re.search(r"[’']s\b", self.text)
        trimmed = (self._trimmed(name) for name in collect_names(docs))
        names = [self._with_first_name(name) for name in trimmed if name.name]
        names += [*after_roles(self.text), *before_roles(self.text)]
        names += [name for name in map(self._trimmed, institutions(self.text)) if name.name]
        names = without_beginnings(names)
        self.places = Counter(n.name for n in names if n.kind is ActorKind.GOVERNMENT)
        self._add_persons(names)
        self._add_bodies(names)
        self._find_spots()

    def person(self, name: str) -> Member | None:
        """Return the person with this name, surname or unmistakable first name."""
        found = self._by_alias.get(self._plain(without_titles(name)))
        return found if found is not None and found.kind is ActorKind.PERSON else None

    def body(self, name: str) -> Member | None:
        """Return the organisation or group with this name or acronym, or whose name's head this is."""
        key = self._plain(without_article(name))
        found = self._by_alias.get(key)
        if found is None:
            key = self._plain(_GENERIC_TAIL.sub("", without_article(name)))
            found = self._by_alias.get(key)
        if found is None:
            ends = [
                a
                for a, m in self._by_alias.items()
                if " " in a
                and m.kind is not ActorKind.PERSON
                and key.endswith(" " + a)
                and not _OBJECT.search(key[: -len(a)])
            ]
            found = self._by_alias[max(ends, key=len)] if ends else None
        return found if found is not None and found.kind is not ActorKind.PERSON else None

    def add(self, member: Member, *aliases: str) -> Member:
        """Add an actor that the names did not give; one with the same id is kept instead."""
        kept = self.members.setdefault(member.id, member)
        for alias in aliases:
            self._by_alias.setdefault(self._plain(alias), kept)
            kept.aliases.setdefault(alias)
        return kept

    def absorb(self, generic: Member, body: Member) -> None:
        """Give the mentions of a generic word to the body that it stands for, and its people with them."""
        self.members.pop(generic.id, None)
        for start, end in generic.mentions.items():
            body.mention((start, end))
        for member in self.members.values():
            member.affiliations = [
                replace(a, party=body.id, party_name=body.name) if a.party == generic.id else a
                for a in member.affiliations
            ]

    def named_in(self, place: Range) -> list[tuple[int, int, Member]]:
        """Return the names that begin inside the range."""
        return [spot for spot in self.spots if place[0] <= spot[0] < place[1]]

    def _plain(self, name: str) -> str:
        """Return a name as it is looked up: small letters, without marks, possessive ending or initials."""
        return re.sub(r"\s+", " ", re.sub(r"[’']s?$|[.,;:\"“”]", "", name.strip())).casefold()

    def _trimmed(self, name: NamedActor) -> NamedActor:
        """Take a possessive ending off, and an "s" that is left of one where apostrophes were lost."""
        text = re.sub(r"[’']s?$", "", name.name)
        text = re.split(r"[’']s\s", text)[-1].strip() if name.kind is ActorKind.PERSON else text
        if name.kind is ActorKind.PERSON:
            while text.count(" ") > 1 and text.split()[0].casefold() in opening_words():
                text = text.split(" ", 1)[1]
        else:
            text = trim_body(text).rsplit(" The ", 1)[-1]  # another sentence begins there
        start = name.end - len(name.name) + name.name.find(text)
        if self._bare and text.endswith("s") and not text.endswith("ss") and len(text) > 3:
            stem = text[:-1]
            if stem.casefold() in seats() or has_word(self.text, stem):
                text = stem
        return NamedActor(text, name.kind, start, start + len(text))

    def _with_first_name(self, name: NamedActor) -> NamedActor:
        """Give a bare surname, whatever it was taken for, the first name that stands right before it."""
        before = _WORD_BEFORE.search(self.text, max(0, name.start - 30), name.start)
        if " " in name.name or before is None or not before[1][:1].isupper():
            return name
        full = f"{before[1]} {name.name}"
        if "\n" in before.group() or gender_of_name(full) is None:
            return name
        return NamedActor(full, ActorKind.PERSON, before.start(), name.end)

    def _add_persons(self, names: list[NamedActor]) -> None:
        persons = [n for n in names if n.kind is ActorKind.PERSON and self._may_be_person(n)]
        full = sorted((n for n in persons if len(n.name.split()) > 1), key=lambda n: n.start)
        counts: Counter[str] = Counter()
        for name in full:
            key = person_slug(name.name)
            if not key:
                continue
            member = self.members.get(key) or self._longer_person(key)
            if member is None:
                member = self.members[key] = Member(key, ActorKind.PERSON, name.name, (name.start, name.end))
                member.gender = gender_of_name(name.name)
            member.mention((name.start, name.end))
            member.aliases.setdefault(name.name)
            self._by_alias.setdefault(self._plain(name.name), member)
            counts[member.id] += 1
        bearers: dict[str, list[Member]] = {}
        for member in list(self.members.values()):
            for surname in surnames(member.name or ""):
                bearers.setdefault(self._plain(surname), []).append(member)
        lower = self.text.casefold()
        for surname, shared in bearers.items():
            best = max(shared, key=lambda m: (counts[m.id], -(m.span or (0, 0))[0]))
            if surname in lower:
                self._by_alias.setdefault(surname, best)
        singles = {n.name for n in persons if len(n.name.split()) == 1}
        firsts: dict[str, list[Member]] = {}
        for member in self.members.values():
            firsts.setdefault((member.name or "").split()[0], []).append(member)
        for name in persons:
            if len(name.name.split()) > 1 or self._plain(name.name) in self._by_alias:
                continue
            fits = firsts.get(name.name, [])
            if name.name in singles and len(fits) == 1:
                self._by_alias[self._plain(name.name)] = fits[0]
            elif not fits:
                key = slug(name.name)
                member = self.members.setdefault(
                    key, Member(key, ActorKind.PERSON, name.name, (name.start, name.end))
                )
                self._by_alias.setdefault(self._plain(name.name), member)

    def _may_be_person(self, name: NamedActor) -> bool:
        """Tell whether a name that was taken for a person's is not a country, a role or a heading."""
        lower = name.name.casefold()
        words = lower.split()
        if (
            lower in seats()
            or words[-1] in words_of("organisation")
            or words[-1] in words_of("generic_group")
        ):
            return False
        if words[0] in adjectives() or all(w in role_like() for w in words):
            return False
        return not (len(words) == 1 and (name.name.isupper() or words[0] in words_of("titles")))

    def _longer_person(self, key: str) -> Member | None:
        """Return a person whose name has the same first and last part ("John P. Doe", "John Doe")."""
        parts = key.split("-")
        for other, member in self.members.items():
            known = other.split("-")
            if member.kind is ActorKind.PERSON and known[0] == parts[0] and known[-1] == parts[-1]:
                return member
        return None

    def _add_bodies(self, names: list[NamedActor]) -> None:
        for name in names:
            if name.kind not in {ActorKind.ORGANISATION, ActorKind.GROUP}:
                continue
            text = _GENERIC_TAIL.sub("", without_article(name.name))
            plain = self._plain(text)
            known = self._by_alias.get(plain)
            if known is not None:
                known.mention((name.start, name.end))
                continue
            words = plain.split()
            if re.match(r"[A-Z]\w+-based\b", text) or any(mark in text for mark in "/\n"):
                continue
            if not words or plain in seats() or plain in adjectives() or not text[:1].isupper():
                continue
            if len(words) == 1 and (words[0] in words_of("titles") or words[0] in role_words()):
                continue
            if words[-1] in {"government", "regime", "administration", "campaign"}:
                continue
            key = slug(text)
            kind = name.kind if name.kind is ActorKind.GROUP else ActorKind.ORGANISATION
            member = self.members.setdefault(key, Member(key, kind, text, (name.start, name.end)))
            member.mention((name.start, name.end))
            self._by_alias.setdefault(plain, member)
        self._join_acronyms()
        self._join_heads()

    def _join_acronyms(self) -> None:
        """Join "(NRFA)" and initials with the name that they are short for."""
        bodies = [m for m in self.members.values() if m.kind is not ActorKind.PERSON]
        acronyms = {m.name: m for m in bodies if m.name and re.fullmatch(r"[A-Z][A-Z.&-]{1,8}", m.name)}
        acronyms |= {m: None for m in re.findall(r"\b[A-Z]{2,8}\b", self.text) if m not in acronyms}
        for member in bodies:
            name = member.name or ""
            if " " not in name or member.id not in self.members:
                continue
            beside = {
                m[1]
                for end in member.mentions.values()
                if (m := _ACRONYM_BESIDE.match(self.text, end)) is not None
            }
            initials = "".join(w[0] for w in re.split(r"[\s-]+", name) if w and w not in _INITIALS).upper()
            for acronym, short in list(acronyms.items()):
                plain = acronym.replace(".", "").replace("&", "")
                fits = len(plain) > 1 and (
                    plain == initials or (len(plain) > 2 and initials.startswith(plain))
                )
                if acronym in beside or fits:
                    self._by_alias[self._plain(acronym)] = member
                    member.aliases.setdefault(acronym)
                    if short is not None and short is not member:
                        self._merge(short, member)

    def _join_heads(self) -> None:
        """Join "the Observatory" with the one longer name that begins or is headed so."""
        bodies = [m for m in self.members.values() if m.kind is not ActorKind.PERSON and m.name]
        for short in bodies:
            words = (short.name or "").split()
            if short.id not in self.members or len(words) > 3:
                continue
            longer = [
                m
                for m in bodies
                if m is not short and m.id in self.members and shortens(words, (m.name or "").split())
            ]
            if longer:
                self._merge(short, max(longer, key=lambda m: len(m.mentions)))
        for member in [m for m in bodies if m.id in self.members]:
            words = re.split(r"\s+(?:of|for|on)\b", member.name or "")[0].split()
            if len(words) > 1 or words[0].casefold() != (member.name or "").casefold():
                rivals = [m for m in bodies if m.id in self.members and words[-1] in (m.name or "").split()]
                if len(rivals) == 1 and words[-1].casefold() in words_of("body_heads"):
                    self._by_alias.setdefault(self._plain(words[-1]), member)

    def _merge(self, short: Member, whole: Member) -> None:
        self.members.pop(short.id, None)
        for alias, member in self._by_alias.items():
            if member is short:
                self._by_alias[alias] = whole
        for start, end in short.mentions.items():
            whole.mention((start, end))
        whole.aliases |= short.aliases
        if short.name:
            whole.aliases.setdefault(short.name)

    def _find_spots(self) -> None:
        """Find every place where one of the names stands, the longest name first."""
        alone = {alias for alias in self._by_alias if len(alias) > 1}
        if alone:
            choice = "|".join(re.escape(alias) for alias in sorted(alone, key=lambda a: (-len(a), a)))
            pattern = re.compile(rf"(?<![\w-])(?:{choice})(?![\w-])", re.IGNORECASE)
            for match in pattern.finditer(self._searched()):
                start, end = match.span()
                if not self.text[start].isupper() and "-" not in match.group():
                    continue
                member = self._by_alias[match.group().casefold()]
                if member.kind is ActorKind.PERSON and self._inside_body_name(end):
                    continue
                self.spots.append((start, end, member))
                member.mention((start, end))
                if member.kind is ActorKind.PERSON:
                    self._learn_title(member, start)
        known = {start for start, _, _ in self.spots}
        for member in self.members.values():
            self.spots += [(s, e, member) for s, e in member.mentions.items() if s not in known]
        self.spots.sort(key=lambda spot: (spot[0], -spot[1]))

    def _searched(self) -> str:
        """Return the text for the search of names, without the marks that names are looked up without."""
        if not self._bare:
            return self.text
        return re.sub(r"\b([A-Z][a-z]{2,})s\b", self._without_s, self.text)

    def _without_s(self, match: re.Match[str]) -> str:
        return match[1] + " " if self._plain(match[1]) in self._by_alias else match[0]

    def _inside_body_name(self, end: int) -> bool:
        """Tell whether a surname here is part of an institution's name ("Doe University")."""
        after = re.match(r"\s+([A-Z]\w+)", self.text[end : end + 30])
        return after is not None and after[1].casefold() in words_of("body_heads")

    def _learn_title(self, member: Member, start: int) -> None:
        before = _WORD_BEFORE.search(self.text, max(0, start - 25), start)
        if before is None:
            return
        word = before[1].rstrip(".").casefold()
        if word in words_of("titles"):
            member.gender = gender_of_words({word}) or member.gender
