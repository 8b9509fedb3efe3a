"""Who the words of a source stand for, within one document.

Anonymous sources stay anonymous: they are described, told apart by their description, and never
joined to a named person.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token
    from spacy.tokens import Span as ParsedSpan

from counterclaim.model import ActorKind, Affiliation, Document, Speaker
from counterclaim.statements.affiliations import affiliation_beside
from counterclaim.statements.candidate import Range
from counterclaim.statements.names import (
    NameBook,
    NamedActor,
    collect_names,
    seats,
    slug,
    without_article,
    without_titles,
    words_of,
)
from counterclaim.statements.quotations import quotations

_SINGULAR = frozenset({"he", "she", "him", "her"})
_PLURAL = frozenset({"they", "them", "we", "i", "us"})
_AFTER_HEAD = frozenset(
    {"of", "for", "in", "at", "who", "with", "from", "on", "that", "which", "to", "’s", "'s"}
)
_ADJECTIVE = re.compile(r"(?:ian|an|ese|ish|i|ic)$")
_THE_GOVERNMENT = re.compile(r"(?:the |its |their )?government(?: (?:in|of) [\w ]+)?$", re.IGNORECASE)
_DEFINITE = re.compile(
    r"^(?:the|this|that|his|her|its|their|one|a|an|some|many|several|most|other)\s+", re.IGNORECASE
)


class SpeakerResolver:
    """Turns sources into speakers, statement by statement, in order of the text.

    The state is the last person, group and source that spoke: a pronoun or "the group" stands
    for one of these.
    """

    def __init__(self, document: Document, docs: list[tuple[int, Doc]]) -> None:
        self._document = document
        self._docs = [(offset, offset + len(doc.text), doc) for offset, doc in docs]
        names = collect_names(docs)
        self._names = names
        self._book = NameBook(names, document.text)
        self._affiliations: dict[str, Affiliation | None] = {}
        self._last_person: Speaker | None = None
        self._last_group: Speaker | None = None
        self._last: Speaker | None = None
        self._spoke_at = -1
        self._last_government: Speaker | None = None
        self._states = {slug(n.name): n.name for n in names if n.kind is ActorKind.GOVERNMENT}

    def resolve(self, source: list[Range], *, nested: bool = False) -> Speaker | None:
        """Return the speaker for a source; None where nobody is named.

        ``nested`` speech inside another's words does not change who "he" is afterwards.
        """
        if not source:
            return None
        speaker = self._find(source[0])
        if speaker is not None and not nested:
            self._last = speaker
            self._spoke_at = source[0][0]
            if speaker.kind is ActorKind.GOVERNMENT:
                self._last_government = speaker
            if speaker.kind is ActorKind.PERSON or (speaker.anonymous and not _is_plural(speaker.label)):
                self._last_person = speaker
            else:
                self._last_group = speaker
        return speaker

    def _find(self, place: Range) -> Speaker | None:
        text = self._document.text[place[0] : place[1]]
        parsed = self._parsed(place)
        head = _head(parsed) if parsed is not None else None
        word = head.text.casefold() if head is not None else text.split()[-1].casefold()
        pronoun = text.strip().casefold()
        if pronoun in _SINGULAR:
            return self._introduced(place[0]) or self._last_person or self._person_before(place[0])
        if pronoun in _PLURAL or pronoun in {"who", "which", "that"}:
            return (self._last_group or self._last) if pronoun in {"they", "them"} else self._last
        if pronoun in {"it", "its"}:
            return self._last_group
        named = self._person_in(place, parsed, head)
        if named is not None:
            return self._person(named)
        lower = head.text[:1].islower() if head is not None else text.islower()
        if word in words_of("anonymous") or (word in words_of("roles") and lower):
            return self._described(place, text, word)
        bare = without_article(text)
        if self._last_government is not None and _THE_GOVERNMENT.match(text):
            return self._last_government
        if (
            word in words_of("generic_group")
            and text.casefold().startswith(("the ", "this "))
            and len(text.split()) <= 3
        ):
            if self._last_group is not None:
                return self._last_group
            nearest = self._group_before(place[0])
            if nearest is not None:
                return self._group(nearest.name, nearest.kind, (nearest.start, nearest.end))
        if word in words_of("generic_group") and len(bare.split()) == 1:
            return Speaker(
                actor=f"{slug(bare)}-{self._document.key}",
                name=bare,
                kind=ActorKind.ORGANISATION,
                mention=self._document.span(*place),
            )
        is_name = _is_name(head, text) or self._is_capitalised(head)
        return self._group_of(place, bare, word, is_name)

    def _is_capitalised(self, head: Token | None) -> bool:
        """Tell whether the text writes the word with a capital inside a sentence too."""
        if head is None or head.doc.has_annotation("DEP") or not head.text[:1].isupper():
            return False
        return re.search(rf"(?<=[a-z,;] ){re.escape(head.text)}\b", self._document.text) is not None

    def _parsed(self, place: Range) -> ParsedSpan | None:
        for offset, end, doc in self._docs:
            if offset <= place[0] and place[1] <= end:
                return doc.char_span(place[0] - offset, place[1] - offset, alignment_mode="expand")
        return None

    def _person_in(self, place: Range, parsed: ParsedSpan | None, head: Token | None) -> NamedActor | None:
        """Return the person named as the head of the source, or beside it in apposition."""
        within = [n for n in self._names if place[0] <= n.start < place[1] and n.kind is ActorKind.PERSON]
        within = [n for n in within if not self._book.begins_organisation(n.name)]
        if within and parsed is not None and head is not None:
            offset = place[0] - parsed.start_char
            position = offset + head.idx
            for name in within:
                if name.start <= position < name.end:
                    return self._book.person(name.name) or name
            beside = {t.idx + offset for t in head.children if t.dep_ in {"appos", "compound", "nmod"}}
            for name in within:
                if (
                    any(name.start <= b < name.end for b in beside)
                    and not head.text.isupper()
                    and not head.ent_type_
                ):
                    return self._book.person(name.name) or name
        bare = without_titles(self._document.text[place[0] : place[1]].split(",")[0])
        if bare and bare[0].isupper() and len(bare.split()) <= 4:
            return self._book.person(bare)
        return None

    def _person(self, named: NamedActor) -> Speaker:
        key = slug(named.name)
        return Speaker(
            actor=key,
            name=named.name,
            kind=ActorKind.PERSON,
            affiliation=self._affiliation(key, named),
            mention=self._document.span(named.start, named.end),
        )

    def _affiliation(self, key: str, named: NamedActor) -> Affiliation | None:
        if key not in self._affiliations:
            surname = named.name.split()[-1]
            places = [n for n in self._names if n.kind is ActorKind.PERSON and n.name.split()[-1] == surname]
            found = (
                affiliation_beside(self._document, n.start, n.end, self._party) for n in [named, *places]
            )
            self._affiliations[key] = next((f for f in found if f is not None), None)
        return self._affiliations[key]

    def _party(self, name: str) -> str:
        """Return the actor id of the organisation that a role is held for."""
        bare = without_article(name)
        country = seats().get(bare.casefold())
        body = bare.split()[-1].casefold() in words_of("state_body")
        if country is None and (body or (" " not in bare and _ADJECTIVE.search(bare))):
            country = self._state_of(bare)
        return slug(country or self._book.organisation(name))

    def _described(self, place: Range, text: str, word: str) -> Speaker | None:
        """Return the anonymous source that these words describe, or the named person they stand for."""
        description = _DEFINITE.sub("", text.split(",")[0].strip())
        if (
            text.casefold().startswith(("the ", "his ", "her "))
            and len(description.split()) == 1
            and not _is_plural(word)
            and self._last_person is not None
            and (self._last_person.anonymous is False or self._last_person.label.casefold().endswith(word))
            and _may_be(self._last_person, word)
        ):
            return self._last_person
        return Speaker(
            actor=f"anonymous-{self._document.key}-{slug(description)}",
            description=text.split(",")[0].strip(),
            kind=ActorKind.ANONYMOUS,
            anonymous=True,
            affiliation=self._described_affiliation(place, text),
            mention=self._document.span(*place),
        )

    def _described_affiliation(self, place: Range, text: str) -> Affiliation | None:
        """Return whose official or head a described source is."""
        found = affiliation_beside(self._document, place[0], place[1], self._party, described=True)
        if found is not None:
            return found
        short = text.split(",")[0]
        generic = re.search(r"\b(?:of|for|at|with) the (\w+)$", short)
        party: tuple[str, str] | None = None
        if generic and generic[1].casefold() in words_of("generic_group"):
            party = self._group_meant()
        elif re.search(r"\b(?:government|official|officials|ministry|army|military)\b", text):
            state = self._state_of(text)
            party = (slug(state), state) if state else None
        if party is None:
            return None
        return Affiliation(
            role=short[: generic.start()].strip() if generic else short.split()[-1],
            party=party[0],
            party_name=party[1],
            span=self._document.span(*place),
        )

    def _group_meant(self) -> tuple[str, str] | None:
        """Return the id and name of the group that spoke last, for which "the company" stands."""
        if self._last_group is not None and not self._last_group.anonymous:
            return self._last_group.actor, self._last_group.label
        return None

    def _group_of(self, place: Range, bare: str, word: str, is_name: bool) -> Speaker:
        short = bare.split(",")[0].strip()
        country = seats().get(short.casefold()) or seats().get(
            re.sub(r"\s+government$", "", short.casefold())
        )
        if country:
            return self._group(country, ActorKind.GOVERNMENT, place)
        if slug(short) in self._states:
            return self._group(short, ActorKind.GOVERNMENT, place)
        if not is_name and word not in words_of("organisation"):
            return self._described_group(short, place)
        short = re.sub(r"\s*\([^)]*\)$", "", short)
        state = self._state_of(short) if word in words_of("state_body") else None
        body = None
        if state is not None:
            body = Affiliation(party=slug(state), party_name=state, span=self._document.span(*place))
        return self._group(self._book.organisation(short), ActorKind.ORGANISATION, place, body)

    def _described_group(self, words: str, place: Range) -> Speaker:
        """Return a group that has no name ("rebels"): one within this report, never across reports."""
        return Speaker(
            actor=f"{slug(words)}-{self._document.key}",
            description=words,
            kind=ActorKind.GROUP,
            mention=self._document.span(*place),
        )

    def _group(
        self, name: str, kind: ActorKind, place: Range, affiliation: Affiliation | None = None
    ) -> Speaker:
        return Speaker(
            actor=slug(name),
            name=name,
            kind=ActorKind.ORGANISATION if kind is ActorKind.PERSON else kind,
            affiliation=affiliation,
            mention=self._document.span(*place),
        )

    def _state_of(self, body: str) -> str | None:
        """Return the country whose body this is: "X's defence ministry", "the Xian army".

        For countries that the lexicon does not know, an adjective is matched with a place that the
        report names, by its beginning ("Zemorian", "Zemoria").
        """
        bare = re.sub(r"[’']s\b|\bin [A-Z]\w+", "", body)
        parts = without_article(bare).split()
        proper = len(parts) >= 3 and all(part[:1].isupper() for part in parts)
        if proper and parts[-1].casefold() not in {"ministry", "government"}:
            return None  # a name of its own, such as a liberation army's
        for word in re.findall(r"[A-Z][\w.]+", bare):
            known = seats().get(word.casefold())
            if known:
                return known
            for key, name in self._states.items():
                adjective = len(key) >= 4 and slug(word).startswith(key[:-1]) and _ADJECTIVE.search(word)
                if word == name or adjective:
                    return name
        if re.match(r"(?:the |its )?(?:army|military|\w+ ministry|ministry of \w+)$", body, re.IGNORECASE):
            return self._last_government.name if self._last_government else None
        return None

    def _introduced(self, place: int) -> Speaker | None:
        """Return the person whom the paragraph names before "he said", where nobody has spoken in it yet."""
        start = max((begin for begin, _, _ in self._docs if begin <= place), default=0)
        if self._spoke_at >= start:
            return None
        quoted = quotations(self._document.text, start, place)
        for name in self._names:
            inside = any(q.start <= name.start < q.end for q in quoted)
            if start <= name.start and name.end <= place and name.kind is ActorKind.PERSON and not inside:
                return self._person(self._book.person(name.name) or name)
        return None

    def _person_before(self, place: int) -> Speaker | None:
        before = [n for n in self._names if n.kind is ActorKind.PERSON and n.end <= place]
        if not before:
            return None
        return self._person(self._book.person(before[-1].name) or before[-1])

    def _group_before(self, place: int) -> NamedActor | None:
        kinds = {ActorKind.ORGANISATION, ActorKind.GROUP}
        return next((n for n in reversed(self._names) if n.kind in kinds and n.end <= place), None)


def is_generic(speaker: Speaker | None) -> bool:
    """Tell whether a speaker is only "the company" or the like, with nothing before it to stand for."""
    return speaker is not None and (speaker.name or "").casefold() in words_of("generic_group")


def _is_name(head: Token | None, text: str) -> bool:
    """Tell whether the words name an actor rather than describe one ("rebels", "a trade union")."""
    if re.match(r"(?:an?|some|several|many)\s", text, re.IGNORECASE):
        return False
    if head is None:
        return text[:1].isupper()
    inside = head.text[:1].isupper() and head.i != head.sent.start
    return head.pos_ == "PROPN" or bool(head.ent_type_) or inside


def _head(parsed: ParsedSpan) -> Token:
    if not parsed.doc.has_annotation("DEP"):
        return _head_by_place(parsed)
    root = parsed.root
    return root if not root.is_punct else parsed[-1]


def _head_by_place(parsed: ParsedSpan) -> Token:
    """Return the last word before the first comma, preposition or relative pronoun: the likely head."""
    head = parsed[0]
    for token in parsed:
        if token.i > parsed.start and (token.is_punct or token.lower_ in _AFTER_HEAD):
            break
        head = token
    return head


def _is_plural(label: str) -> bool:
    last = label.split(",")[0].split()[-1].casefold() if label.split() else ""
    return last.endswith("s") or last in {"people", "police", "men", "women"}


def _may_be(person: Speaker, word: str) -> bool:
    """Tell whether "the minister" can be this person: its role says so, or it was described so."""
    role = (person.affiliation.role or "") if person.affiliation else ""
    return word in role.casefold() or word in person.label.casefold()
