"""Who did it to whom: noun phrases around a trigger, read from the words alone."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import msgspec

from counterclaim.events.lexicon import words
from counterclaim.events.words import Token
from counterclaim.lexicons import read_lexicon

Range = tuple[int, int]
"""First token and the one after the last, in a sentence."""


@cache
def grammar(name: str) -> frozenset[str]:
    """Return one word list of ``events-grammar.toml``."""
    return frozenset(read_lexicon("events-grammar")[name])


class Found(msgspec.Struct, frozen=True):
    """A trigger in a sentence: its tokens, its form, and whether it is a passive."""

    first: int
    last: int
    form: str
    lemma: str


class Roles(msgspec.Struct):
    """The noun phrases of those who act and of those who are acted on."""

    agents: list[Range]
    patients: list[Range]


def read_roles(sentence: Sequence[Token], found: Found) -> Roles:
    """Return who did it to whom, for a verb by active and passive, for a noun by what is put to it.

    Weapons, times and amounts are neither: "fired ten rockets", "on Sunday".
    """
    roles = (_noun_roles if found.form == "noun" else _verb_roles)(sentence, found)
    roles.patients = [phrase for phrase in roles.patients if _is_patient(sentence, phrase)]
    return roles


def _is_patient(sentence: Sequence[Token], phrase: Range) -> bool:
    tokens = [token.lower for token in sentence[phrase[0] : phrase[1]]]
    head = tokens[tokens.index("of") - 1] if "of" in tokens[1:] else tokens[-1]
    if head in grammar("not_patients") or tokens[-1] in grammar("not_patients"):
        return False
    if tokens[0] in grammar("months") or (tokens[1:2] and tokens[1] in grammar("months")):
        return False
    return not all(word[0].isdigit() for word in tokens) or len(tokens) == 1


def _verb_roles(sentence: Sequence[Token], found: Found) -> Roles:
    auxiliary, passive = _auxiliaries(sentence, found.first)
    bare = found.form in {"past", "participle"} and auxiliary == found.first
    subject = subject_before(sentence, auxiliary)
    after = found.last
    by = _by_phrase(sentence, after)
    if found.form in {"past", "participle"} and (
        passive or (bare and _reads_as_passive(sentence, found, after))
    ):
        return Roles([by] if by else [], [subject] if subject else [])
    if found.form == "gerund" and auxiliary == found.first:
        subject = subject if subject and _is_controller(subject, found.first) else None
    patient = phrase_after(sentence, _skip_preposition(sentence, after))
    if found.lemma in grammar("intransitive"):
        return Roles([by] if by else [], [subject] if subject else [])
    return Roles([subject] if subject else [], [patient] if patient else [])


def _reads_as_passive(sentence: Sequence[Token], found: Found, after: int) -> bool:
    """Tell a participle after a noun ("civilians killed by") from a past ("rebels killed two")."""
    if after >= len(sentence):
        return True
    following = sentence[after].lower
    if found.lemma in grammar("with_preposition"):
        return following == "by"
    return (
        following in grammar("prepositions")
        or not sentence[after].is_word
        or following in {"and", "when", "as"}
    )


def _is_controller(subject: Range, verb: int) -> bool:
    """Tell whether the phrase stands right before a participle that tells what it does ("jets bombing X")."""
    return verb - subject[1] <= 2


def _auxiliaries(sentence: Sequence[Token], verb: int) -> tuple[int, bool]:
    """Return where the verb's auxiliaries and adverbs begin, and whether a form of "be" is among them."""
    place, passive = verb, False
    while place > 0:
        word = sentence[place - 1].lower
        if word in grammar("be"):
            passive = True
        elif word not in grammar("auxiliaries") and not (
            word.endswith("ly") and word not in {"family", "only"}
        ):
            break
        place -= 1
    return place, passive


def subject_before(sentence: Sequence[Token], verb: int) -> Range | None:
    """Return the noun phrase that is the subject of the verb at ``verb``.

    The clause is read back to a mark or a word that begins one; its first phrase is the subject,
    unless the clause begins with a preposition, whose phrase is then skipped.
    """
    start = verb
    while start > 0:
        token = sentence[start - 1]
        if token.lower == "and" and start < verb and _joins_subjects(sentence, start - 1):
            start -= 1
            continue
        if token.lower in grammar("clause_starts") or (not token.is_word and token.word not in "-’'\"“”%"):
            break
        start -= 1
    while start < verb and not sentence[start].is_word:
        start += 1
    relative = start > 0 and sentence[start - 1].lower in grammar("relative")
    if relative and start == verb:
        return _last_phrase(sentence, 0, start - 1)
    if start >= verb:
        return None
    if sentence[start].lower in grammar("prepositions"):
        return _last_phrase(sentence, start, verb)
    return phrase_after(sentence, start, limit=verb)


def _joins_subjects(sentence: Sequence[Token], place: int) -> bool:
    """Tell whether the "and" at ``place`` joins two phrases: the clause before it holds no verb."""
    for index in range(place - 1, max(-1, place - 8), -1):
        token = sentence[index]
        if token.lower in grammar("clause_starts") or not token.is_word:
            return index < place - 1
        if token.lower in grammar("be") | grammar("verbs") or _is_verbal(sentence, index):
            return False
    return True


def _last_phrase(sentence: Sequence[Token], start: int, end: int) -> Range | None:
    """Return the last noun phrase before ``end``, "of" taken in."""
    place = end
    while place > start and not sentence[place - 1].is_word:
        place -= 1
    end = place
    while place > start:
        token = sentence[place - 1]
        if not token.is_word or (token.lower in _stops() and token.lower != "of"):
            break
        place -= 1
    return _trim(sentence, place, end)


@cache
def _stops() -> frozenset[str]:
    """Return the words at which a noun phrase ends."""
    return (
        grammar("prepositions")
        | grammar("clause_starts")
        | grammar("auxiliaries")
        | grammar("be")
        | grammar("verbs")
    )


def phrase_after(sentence: Sequence[Token], start: int, limit: int | None = None) -> Range | None:
    """Return the noun phrase that begins at ``start``: up to a preposition but "of", a mark or a verb."""
    end = len(sentence) if limit is None else limit
    place = start
    while place < end and not sentence[place].is_word and sentence[place].word in "\"“‘'":
        place += 1
    start = place
    while place < end:
        token = sentence[place]
        if not token.is_word and token.word not in "-’'\"":
            break
        if place == start and token.lower in grammar("bounds") and place + 1 < end:
            place += 1
            continue
        if token.lower == "and" and (place + 1 >= end or not _joins(sentence, place, end)):
            break
        if token.lower in _stops() and token.lower != "of":
            break
        if place > start and _is_verbal(sentence, place):
            break
        place += 1
    return _trim(sentence, start, place)


def _joins(sentence: Sequence[Token], place: int, end: int) -> bool:
    """Tell whether "and" joins two nouns: no verb follows it directly."""
    following = sentence[place + 1]
    if following.lower in _stops() or not following.is_word or _is_verbal(sentence, place + 1):
        return False
    return not any(_is_verbal(sentence, index) for index in range(place + 2, min(end, place + 5)))


def _is_verbal(sentence: Sequence[Token], place: int) -> bool:
    """Tell a finite verb or participle from the adjectives that look the same."""
    token = sentence[place]
    lower = token.lower
    if token.capital or "-" in lower or lower in grammar("adjectives"):
        return False
    if lower in grammar("verbs"):
        return True
    if lower.endswith("ing"):
        return lower not in grammar("nouns_in_ing")
    return lower.endswith("ed") and len(lower) > 4


def _trim(sentence: Sequence[Token], start: int, end: int) -> Range | None:
    while start < end and (
        not sentence[start].is_word
        or sentence[start].lower in grammar("leading")
        or sentence[start].lower == "of"
    ):
        start += 1
    while end > start and (
        not sentence[end - 1].is_word
        or sentence[end - 1].lower in grammar("trailing")
        or sentence[end - 1].lower == "of"
    ):
        end -= 1
    if start >= end or all(token.lower in grammar("empty") for token in sentence[start:end]):
        return None
    return start, end


def _by_phrase(sentence: Sequence[Token], after: int) -> Range | None:
    """Return who comes after "by" in what is left of the clause."""
    for place in range(after, min(len(sentence), after + 14)):
        token = sentence[place]
        if token.lower in grammar("relative") or token.word in {".", ";", ":"}:
            return None
        if token.lower == "by":
            phrase = phrase_after(sentence, place + 1)
            return phrase if phrase and is_actor(sentence, phrase) else None
    return None


def is_actor(sentence: Sequence[Token], phrase: Range) -> bool:
    """Tell whether a phrase can name who acts: no weapon, no time, no gerund."""
    tokens = sentence[phrase[0] : phrase[1]]
    if tokens[0].lower.endswith("ing") or tokens[-1].lower in grammar("not_actors"):
        return False
    return not all(token.word[0].isdigit() for token in tokens)


def _skip_preposition(sentence: Sequence[Token], place: int) -> int:
    """Step over the preposition that goes with a verb ("fired on", "clashed with") and over particles."""
    steps = 0
    while place < len(sentence) and steps < 2:
        lower = sentence[place].lower
        if lower not in grammar("object_prepositions") and not (
            lower.endswith("ly") and lower not in {"only", "family"}
        ):
            break
        place, steps = place + 1, steps + 1
    return place


_DONE_BY = frozenset({"attack", "attacks", "assault", "assaults", "offensive", "raid", "raids", "operation"})
"""Nouns of which "of" names who does it."""
_TWO_SIDED = ("clash", "fighting", "battle", "gun", "fire", "skirmish", "confront", "combat", "infight")
"""Beginnings of nouns for what two sides do to each other."""


def _noun_roles(sentence: Sequence[Token], found: Found) -> Roles:
    agents: list[Range] = []
    patients: list[Range] = []
    if before := _modifiers(sentence, found.first):
        agents.append(before)
    two_sided = found.lemma.startswith(_TWO_SIDED)
    sides = {"by", "between", "with", "involving"} if two_sided else {"by", "between"}
    place = found.last
    if found.lemma.endswith(" of"):
        place -= 1
    end = min(len(sentence), place + 16)
    while place < end:
        lower = sentence[place].lower
        if not sentence[place].is_word or lower in _ends_noun():
            break
        phrase = phrase_after(sentence, place + 1) if lower in grammar("noun_prepositions") else None
        if phrase is None:
            if lower in {"and", "or"} or _is_verbal(sentence, place):
                break
            place += 1
            continue
        (agents if lower in sides or (lower == "of" and found.lemma in _DONE_BY) else patients).append(phrase)
        place = phrase[1]
    agents = [agent for agent in agents if is_actor(sentence, agent)]
    if not agents and (carrier := _carried_out_by(sentence, found)):
        agents.append(carrier)
    if not patients and (patient := subject_acts(sentence, found.last)):
        patients.append(patient)
    return Roles(agents, patients)


@cache
def _ends_noun() -> frozenset[str]:
    """Return the words behind which nothing belongs to a noun any more."""
    return grammar("clause_starts") | grammar("be") | grammar("hitting")


def _modifiers(sentence: Sequence[Token], noun: int) -> Range | None:
    """Return the words before a noun that say whose it is: "Syrian government", "US-led coalition"."""
    actors = (
        words("state") | words("nonstate") | words("fighters") | words("air_powers") | grammar("actor_nouns")
    )
    place = noun
    while place > 0:
        token = sentence[place - 1]
        if not token.is_word or token.lower in grammar("not_modifiers") or token.word[0].isdigit():
            break
        if token.lower not in actors and not token.capital:
            if place == noun and token.lower in grammar("event_adjectives"):
                place = noun = place - 1
                continue
            break
        place -= 1
    if place >= noun or not any(
        t.lower in actors or t.lower in grammar("peoples") or t.lower.endswith(("ian", "ish", "ese", "-led"))
        for t in sentence[place:noun]
    ):
        return None
    return _trim(sentence, place, noun)


def _carried_out_by(sentence: Sequence[Token], found: Found) -> Range | None:
    """Return the subject of a verb whose object the noun is ("launched an attack"), or who carried it out."""
    for place in range(found.first - 1, max(-1, found.first - 6), -1):
        lower = sentence[place].lower
        if lower in grammar("support"):
            auxiliary, passive = _auxiliaries(sentence, place)
            subject = subject_before(sentence, auxiliary)
            return subject if subject and not passive and is_actor(sentence, subject) else None
        if not sentence[place].is_word or lower in grammar("clause_starts"):
            break
    for place in range(found.last, min(len(sentence), found.last + 10)):
        if sentence[place].lower in grammar("support"):
            return _by_phrase(sentence, place + 1)
    return None


def subject_acts(sentence: Sequence[Token], after: int) -> Range | None:
    """Return what an event noun as subject acts on: "air strikes hit the market", "shelling killed two"."""
    for place in range(after, min(len(sentence), after + 8)):
        lower = sentence[place].lower
        if lower in grammar("hitting"):
            if place > 0 and sentence[place - 1].lower in grammar("be"):
                return None
            return phrase_after(sentence, _skip_preposition(sentence, place + 1))
        if sentence[place].word in {".", ";"} or lower in grammar("clause_starts") - {"which", "that", "and"}:
            return None
    return None
