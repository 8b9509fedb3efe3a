"""The lexicon of cues: every word that can attribute, with the act that it performs."""

from __future__ import annotations

from functools import cache

import msgspec

from counterclaim.lexicons import read_lexicon
from counterclaim.model import Act

FORMS = ("clause", "object", "infinitive", "object_of", "prepositional")


class CueEntry(msgspec.Struct, frozen=True, kw_only=True):
    """What the lexicon knows about one verb: the act for each form that its content may take.

    ``prepositions`` maps a preposition to the act ("for" of "appeal for").
    """

    acts: dict[str, Act]
    prepositions: dict[str, Act]


class CueLexicon(msgspec.Struct, frozen=True, kw_only=True):
    """Everything that can attribute: verbs, adjectives, nouns and adverbs, by lemma."""

    verbs: dict[str, CueEntry]
    adjectives: frozenset[str]
    nouns: dict[str, Act]
    adverbs: frozenset[str]
    conduct: frozenset[str]


@cache
def cue_lexicon() -> CueLexicon:
    """Return the lexicon of cues, made from ``cues.toml``."""
    data = read_lexicon("cues")
    acts: dict[str, dict[str, Act]] = {}
    prepositions: dict[str, dict[str, Act]] = {}
    for act in Act:
        section = data.get(act, {})
        for form in FORMS:
            for word in section.get(form, ()):
                lemma, _, preposition = word.partition(" ")
                if preposition:
                    prepositions.setdefault(lemma, {})[preposition] = act
                else:
                    acts.setdefault(lemma, {}).setdefault(form, act)
    verbs = {
        lemma: CueEntry(
            acts=acts.get(lemma, {}),
            prepositions=prepositions.get(lemma, {}),
        )
        for lemma in sorted(acts.keys() | prepositions.keys())
    }
    nouns = {noun: Act(act) for act, words in data["nouns"].items() for noun in words}
    return CueLexicon(
        verbs=verbs,
        adjectives=frozenset(data["adjectives"]["clause"]),
        nouns=nouns,
        adverbs=frozenset(data["adverbs"]["assert"]),
        conduct=frozenset(data["conduct"]["verbs"]),
    )
