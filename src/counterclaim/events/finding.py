"""From the content of a statement to its event: triggers, the one that counts, and what goes with it."""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from counterclaim.events.figures import figures
from counterclaim.events.lexicon import Entry, triggers, words
from counterclaim.events.roles import (
    Found,
    Range,
    Roles,
    grammar,
    is_actor,
    phrase_after,
    read_roles,
    subject_acts,
)
from counterclaim.events.scene import Codes, Scene
from counterclaim.events.senses import settle
from counterclaim.events.words import Token, sentences
from counterclaim.model import (
    Act,
    Annotations,
    Document,
    EventFrame,
    Figure,
    Participant,
    PlaceMention,
    PlaceReading,
    Span,
    Statement,
)

MEANS_DISTANCE = 14
"""Words between what was done and by what means, at most."""
WAR_SHARE = 0.02
"""The share of a report's words that name armed actors from which it is taken to be about armed conflict."""
_WORD = re.compile(r"[a-z][\w-]+")
_OPENING = re.compile(r"\W*(?:of |to |for |that )?(?:\w+ing|to)\b")
"""A content that begins with a gerund or an infinitive, so that who acts stands before it."""
_THEMSELVES = frozenset({"it", "they", "we", "i", "he", "she"})
_SELF = frozenset({Act.DENY, Act.ADMIT, Act.PROMISE})
"""Acts of which an infinitive or a gerund tells what the speaker himself does."""
_ANAPHORIC = grammar("pointing")
"""Words before a noun with nothing else to it that only points back, or speaks of no one event."""


class Candidate(msgspec.Struct, frozen=True):
    """A trigger that means an event: where it stands, and who took part."""

    sentence: list[Token]
    first: int
    last: int
    entry: Entry
    codes: Codes
    roles: Roles


class Reading:
    """What is read once for a document: whether it is about armed conflict, its places and its actors."""

    def __init__(self, document: Document, annotations: Annotations) -> None:
        self.text = document.text
        self._annotations = annotations
        self._war: bool | None = None
        self._places = [p for p in annotations.places if p.reading is PlaceReading.LOCATION]
        self._mentions = sorted(
            (m.start, m.end, actor.id) for actor in annotations.actors for m in actor.mentions
        )

    @property
    def war(self) -> bool:
        """Whether many of the report's words name those who bear arms."""
        if self._war is None:
            found = _WORD.findall(self.text.lower())
            armed = words("armed")
            self._war = sum(word in armed for word in found) >= WAR_SHARE * max(1, len(found))
        return self._war

    def event(self, statement: Statement) -> EventFrame | None:
        """Return the event of a statement, None where it has none or none that is clear."""
        candidates: list[Candidate] = []
        for span in statement.content:
            for sentence in sentences(self.text, span.start, span.end):
                candidates += self._candidates(sentence)
        if not candidates:
            return None
        chosen, cause = _choose(candidates)
        agents, patients = _participants(chosen, cause)
        if not agents:
            agents = self._unsaid_agent(statement, chosen)
        numbers = self._figures(statement, chosen.sentence[0].start)
        places = self._within(chosen.sentence, agents)
        patients = self._without_places(patients)
        if _is_anaphor(cause if cause is not chosen else chosen) and not (
            agents or patients or places or numbers
        ):
            return None
        type_, plover, mode = cause.codes
        if cause.entry.sense.name == "offensive" and type_ is None and not agents and not numbers:
            return None
        if cause.codes == (None, None, None) and not numbers and not (agents and patients):
            return None
        return EventFrame(
            type=type_,
            plover=plover,
            plover_mode=mode,
            trigger=Span.of(self.text, cause.sentence[cause.first].start, cause.sentence[cause.last - 1].end),
            agents=self._agents(statement, agents),
            patients=self._people(patients),
            places=tuple(place.span for place in places),
            when=statement.happened,
            figures=numbers,
            confidence=_confidence(cause, statement),
        )

    def _candidates(self, sentence: list[Token]) -> list[Candidate]:
        table = triggers()
        found, place = [], 0
        while place < len(sentence):
            starting = table.get(sentence[place].lower)
            match = _longest(starting, sentence, place) if starting else None
            if match is None:
                place += 1
                continue
            last, entry = match
            if entry.form == "noun" and _is_gerund(sentence, last):
                entry = Entry(entry.sense, "gerund", entry.lemma)
            roles = read_roles(sentence, Found(place, last, entry.form, entry.lemma))
            scene = Scene(
                sentence,
                place,
                last,
                entry,
                _lowers(sentence, roles.agents),
                _lowers(sentence, roles.patients),
                self.war,
            )
            codes = settle(scene)
            if codes is not None and not (entry.form == "noun" and scene.near("unreal", 3, 0)):
                found.append(Candidate(sentence, place, last, entry, codes, roles))
            place = last
        return found

    def _unsaid_agent(self, statement: Statement, chosen: Candidate) -> list[tuple[int, int]]:
        """Return who acts where the content begins with a gerund or an infinitive: accused or speaker."""
        content = statement.content[-1] if len(statement.content) == 2 else statement.content[0]
        if statement.act is Act.ACCUSE and (blamed := _blamed(chosen)):
            return [blamed]
        if chosen.entry.form == "noun" or not _OPENING.match(content.quote):
            return []
        if statement.act is Act.ACCUSE and statement.cue:
            start, end = statement.cue[-1].end, content.start
            found = sentences(self.text, start, end) if 0 < end - start < 120 else []
            between = found[-1] if found else []
            between = [token for token in between if token.lower != "of"] if between else []
            return [(between[0].start, between[-1].end)] if between and between[0].is_word else []
        if statement.act in _SELF and statement.source:
            return [(statement.source[0].start, statement.source[0].end)]
        return []

    def _figures(self, statement: Statement, start: int) -> tuple[Figure, ...]:
        """Return the figures in the event's sentence and in the sentences of the content that follow it."""
        found: list[Figure] = []
        for span in statement.content:
            if span.end > start:
                found += figures(self.text, max(span.start, start), span.end)
        return tuple(found)

    def _within(self, sentence: list[Token], agents: list[tuple[int, int]]) -> list[PlaceMention]:
        start, end = sentence[0].start, sentence[-1].end
        return [
            place
            for place in self._places
            if start <= place.span.start
            and place.span.end <= end
            and not any(a <= place.span.start and place.span.end <= b for a, b in agents)
        ]

    def _without_places(self, patients: list[tuple[int, int]]) -> list[tuple[int, int]]:
        """Leave out patients that are the name of a place, where somebody else is there."""
        named = {(place.span.start, place.span.end) for place in self._places}
        return [patient for patient in patients if patient not in named] or patients

    def _people(self, ranges: list[tuple[int, int]]) -> tuple[Participant, ...]:
        return tuple(Participant(span=Span.of(self.text, s, e), actor=self._actor(s, e)) for s, e in ranges)

    def _agents(self, statement: Statement, ranges: list[tuple[int, int]]) -> tuple[Participant, ...]:
        """Return the agents; "it" and "we" at the opening of what somebody says are the speaker."""
        speaker = statement.speaker.actor if statement.speaker else None
        return tuple(
            msgspec.structs.replace(agent, actor=speaker)
            if agent.actor is None and agent.span.quote.casefold() in _THEMSELVES
            else agent
            for agent in self._people(ranges)
        )

    def _actor(self, start: int, end: int) -> str | None:
        """Return the actor whose mention covers most of the words."""
        best, most = None, 0
        for mention_start, mention_end, actor in self._mentions:
            if mention_start >= end:
                break
            shared = min(end, mention_end) - max(start, mention_start)
            if shared > most:
                best, most = actor, shared
        return best


def _longest(
    starting: dict[tuple[str, ...], Entry], sentence: Sequence[Token], place: int
) -> tuple[int, Entry] | None:
    best: tuple[int, Entry] | None = None
    for key, entry in starting.items():
        size = len(key)
        if (best is None or size > best[0] - place) and all(
            place + offset < len(sentence) and sentence[place + offset].lower == word
            for offset, word in enumerate(key)
        ):
            best = place + size, entry
    return best


def _is_gerund(sentence: Sequence[Token], last: int) -> bool:
    """Tell "shelling the village" from "the shelling of the village"."""
    return (
        sentence[last - 1].lower.endswith("ing")
        and last < len(sentence)
        and sentence[last].lower in {"the", "a", "an", "its", "their", "his", "her", "our", "civilians"}
    )


def _lowers(sentence: Sequence[Token], ranges: list[Range]) -> frozenset[str]:
    return frozenset(token.lower for start, end in ranges for token in sentence[start:end])


def _choose(candidates: list[Candidate]) -> tuple[Candidate, Candidate]:
    """Return the first event told and the one that says by what means; often they are one."""
    chosen = next((c for c in candidates if not _is_background(c)), candidates[0])
    if not chosen.entry.sense.generic or (chosen.entry.sense.name in _TELLING and chosen.codes[0]):
        return chosen, chosen
    same = [c for c in candidates if c.sentence is chosen.sentence]
    for other in same[1:]:
        if (
            other is not chosen
            and other.codes[0]
            and other.entry.sense.name in _MEANS
            and abs(other.first - chosen.first) <= MEANS_DISTANCE
        ):
            return chosen, other
    if chosen.entry.sense.name == "casualties":
        return chosen, chosen
    for other in same:
        if other.codes[0] and abs(other.first - chosen.first) <= MEANS_DISTANCE:
            return chosen, other
    for other in candidates:
        if other.codes[1]:
            return chosen, other
    return chosen, chosen


_TELLING = frozenset({"hit", "fire", "strikes", "blast"})
"""Generic senses that say the weapon where they have a type at all."""
_DOERS = ("bomber", "bombers", "attacker", "attackers", "rioters")
"""Ends of triggers that name who acts."""
_MEANS = frozenset(
    {
        "chemical",
        "suicide",
        "drone",
        "air",
        "bombing",
        "shelling",
        "explosive",
        "grenade",
        "clash",
        "shooting",
        "atrocity",
        "strikes",
        "torture",
        "mob",
    }
)
"""Senses that can be the cause of what a generic trigger tells ("killed in clashes")."""


def _is_background(candidate: Candidate) -> bool:
    """Tell whether a noun is only what the event goes with: "backed by air strikes"."""
    before = candidate.sentence[max(0, candidate.first - 6) : candidate.first]
    known = words("background")
    return candidate.entry.form == "noun" and any(token.lower in known for token in before)


def _participants(chosen: Candidate, cause: Candidate) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
    agents = _spans(cause.sentence, cause.roles.agents)
    patients = _spans(cause.sentence, cause.roles.patients)
    if cause.entry.lemma.endswith(_DOERS):
        start = min([agent[0] for agent in agents] + [cause.sentence[cause.first].start])
        agents, patients = [(start, cause.sentence[cause.last - 1].end)], []
        acts = subject_acts(cause.sentence, cause.last)
        patients = _spans(cause.sentence, [acts]) if acts else []
    if cause is not chosen and cause.sentence is chosen.sentence:
        patients = _spans(chosen.sentence, chosen.roles.patients) + [
            p for p in patients if p not in _spans(chosen.sentence, chosen.roles.patients)
        ]
        trigger = (cause.sentence[cause.first].start, cause.sentence[cause.last - 1].end)
        own = [
            a
            for a in _spans(chosen.sentence, chosen.roles.agents)
            if not (a[0] <= trigger[0] and trigger[1] <= a[1])
        ]
        agents = agents or own
    agents = [agent for agent in agents if agent not in patients]
    return _apart(agents), _apart([p for p in patients if p not in agents])


def _spans(sentence: Sequence[Token], ranges: list[Range]) -> list[tuple[int, int]]:
    return [(sentence[start].start, sentence[end - 1].end) for start, end in ranges]


def _apart(ranges: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Drop ranges that overlap an earlier one, and sort them."""
    kept: list[tuple[int, int]] = []
    for start, end in ranges:
        if all(end <= a or b <= start for a, b in kept):
            kept.append((start, end))
    return sorted(kept)


def _blamed(chosen: Candidate) -> tuple[int, int] | None:
    """Return who is blamed "for the attack": the phrase with which the sentence begins."""
    before = [token.lower for token in chosen.sentence[: chosen.first]]
    if chosen.entry.form != "noun" or not {"for", "of"} & set(before[-4:]):
        return None
    phrase = phrase_after(chosen.sentence, 0, chosen.first)
    return _spans(chosen.sentence, [phrase])[0] if phrase and is_actor(chosen.sentence, phrase) else None


def _is_anaphor(candidate: Candidate) -> bool:
    """Tell whether a noun only points back: "the attack"."""
    before = candidate.sentence[candidate.first - 1].lower if candidate.first else ""
    before = "clause" if before == "that" and candidate.first == 1 else before
    return candidate.entry.form == "noun" and (
        before in _ANAPHORIC or not before or candidate.codes[0] is None
    )


def _confidence(candidate: Candidate, statement: Statement) -> float:
    """Return how far the frame is to be trusted: less for types read off the words around the trigger."""
    base = 0.9 if candidate.entry.sense.type == candidate.codes[0] and candidate.codes[0] else 0.75
    return round(base * (0.6 + 0.4 * statement.confidence), 2)
