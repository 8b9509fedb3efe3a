"""The finder: candidates, what each is, which place it means, how the words relate to it."""

from __future__ import annotations

import itertools
import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from counterclaim.model import (
    Document,
    PlaceCandidate,
    PlaceKind,
    PlaceMention,
    PlaceReading,
    PlaceRelation,
    Span,
)
from counterclaim.places.candidates import Candidate, find_candidates
from counterclaim.places.classify import LABELS, probabilities
from counterclaim.places.evidence import weigh
from counterclaim.places.features import after_party, features_of
from counterclaim.places.gazetteer import Entry
from counterclaim.places.homes import countries_spoken_of, home_of
from counterclaim.places.readings import government_follows, is_metonym, sits_a_government, speaks
from counterclaim.places.relations import is_cardinal, precision_of, relation_after, relation_before
from counterclaim.places.resolve import Name, Ranked, resolve
from counterclaim.places.surroundings import containers_of, cues_of
from counterclaim.places.tokens import Tokens, tokenise, upper_lines
from counterclaim.places.uncapitalised import CONFIDENCE, find_uncapitalised, has_no_capitals
from counterclaim.places.words import LISTING

PLACE = 0.3
"""The least probability of a place."""
PEOPLE = 0.5
"""The same for an adjective or the name of a people."""
UNKNOWN_PLACE = 0.5
"""The same for a name that the gazetteer lacks."""
SAME_NAME = 0.6
"""How much the other mentions of the same name count in what a mention is."""
BESIDE = 1.0
"""How much it counts that a likely place is listed beside a name."""
PERSON_PART = 0.8
"""How much likelier than this share of the probability of a person a place must be."""
RELATED = 1.0
"""How much it counts that a relation of place stands before a name ("north of")."""
SURE = 0.9
CAPITALS = 2.0
"""How much it counts, where capitals say nothing, that a name is a well-known one."""
FAMOUS = 0.55
COUNTRY_NAME = 1.0
"""How much it counts that a name is first of all that of a country or of a capital."""
UNMISTAKABLE = 0.95
PARTY = 4.0
"""How much it counts that the letter of a party stands before a name: "D-Ohio"."""
GOVERNMENT_PART = 1.0
"""How much of the probability of an organisation counts where a public body is named after the place."""

_PLACE, _ORGANISATION, _PERSON, _PEOPLE, _OTHER = range(len(LABELS))


class Judged(NamedTuple):
    """A candidate with what it is thought to be."""

    candidate: Candidate
    confidence: float
    reading: PlaceReading


def find_places(document: Document) -> tuple[PlaceMention, ...]:
    """Find the names of places in a document, in order of the text, none overlapping another.

    Names of places (``location``), names that stand for a power or a public body of the place
    (``metonym``), and the adjectives and names of its people (``demonym``) are all given; ``reading``
    keeps them apart. Takes time linear in the length of the text.
    """
    tokens = tokenise(document.text)
    judged = judge(tokens)
    ranked = _resolve(tokens, judged, home_of(document))
    return tuple(_mentions(document, tokens, judged, ranked))


def judge(tokens: Tokens) -> list[Judged]:
    """Return the candidates that name places or peoples, with the reading of each."""
    if has_no_capitals(tokens):
        return [Judged(each, CONFIDENCE, PlaceReading.LOCATION) for each in find_uncapitalised(tokens)]
    candidates = find_candidates(tokens)
    evidence, upper = weigh(tokens, candidates), upper_lines(tokens)
    shares = [probabilities(features_of(tokens, candidate, evidence, upper)) for candidate in candidates]
    judged = []
    confidences = _together(tokens, candidates, shares, upper)
    for candidate, share, confidence in zip(candidates, shares, confidences, strict=True):
        demonyms = candidate.facts.demonyms
        if demonyms and (not candidate.facts.places or share[_PEOPLE] > share[_PLACE]):
            people = 1 - share[_PERSON] - share[_OTHER]
            if people >= PEOPLE:
                judged.append(Judged(candidate, round(people, 4), PlaceReading.DEMONYM))
            continue
        least = PLACE if candidate.facts.places else UNKNOWN_PLACE
        if confidence >= max(least, PERSON_PART * share[_PERSON]):
            judged.append(Judged(candidate, round(confidence, 4), PlaceReading.LOCATION))
    return judged


def _together(
    tokens: Tokens,
    candidates: Sequence[Candidate],
    shares: Sequence[tuple[float, ...]],
    upper: Sequence[bool],
) -> list[float]:
    """Return the confidence in each candidate, drawn towards that in the other mentions of its name."""
    own = []
    for candidate, share in zip(candidates, shares, strict=True):
        place = share[_PLACE]
        score = _logit(place)
        if candidate.facts.places:
            if government_follows(tokens, candidate):
                score = _logit(place + GOVERNMENT_PART * share[_ORGANISATION])
            if upper[candidate.first] and candidate.facts.importance >= FAMOUS:
                score += CAPITALS
            elif candidate.facts.importance >= UNMISTAKABLE:
                score += COUNTRY_NAME
            if after_party(tokens, candidate):
                score += PARTY
            if place < SURE and relation_before(tokens, candidate.first) is not None:
                score += RELATED
        own.append(score)
    own = _side_by_side(tokens, candidates, own)
    names = [candidate.name.lower() for candidate in candidates]
    counts = Counter(names)
    totals: defaultdict[str, float] = defaultdict(float)
    for name, score in zip(names, own, strict=True):
        totals[name] += score
    return [
        _logistic((1 - SAME_NAME) * score + SAME_NAME * totals[name] / counts[name])
        for name, score in zip(names, own, strict=True)
    ]


def _side_by_side(tokens: Tokens, candidates: Sequence[Candidate], own: Sequence[float]) -> list[float]:
    """Return the scores, raised for a known name that is listed beside a likely place ("Homs and Hama")."""
    raised = list(own)
    for number, (one, other) in enumerate(itertools.pairwise(candidates)):
        if other.first - one.last not in {1, 2} or not (one.facts.places and other.facts.places):
            continue
        if tokens.lowers[other.first - 1] not in LISTING or tokens.lowers[one.last] not in LISTING:
            continue
        if one.first == one.chunk_first and other.last == other.chunk_last:
            raised[number] += BESIDE * _logistic(own[number + 1])
            raised[number + 1] += BESIDE * _logistic(own[number])
    return raised


def _logit(share: float) -> float:
    share = min(max(share, 1e-4), 1 - 1e-4)
    return math.log(share / (1 - share))


def _logistic(score: float) -> float:
    return 1 / (1 + math.exp(-score))


def _resolve(tokens: Tokens, judged: Sequence[Judged], home: Iterable[Entry]) -> list[tuple[Ranked, ...]]:
    """Resolve each name once for the report; a mention with a container of its own may differ."""
    candidates = [each.candidate for each in judged]
    keys: dict[tuple[str, PlaceReading, frozenset[int], bool], int] = {}
    names: list[Name] = []
    which: list[int] = []
    spoken = countries_spoken_of(tokens)
    beside = [containers_of(tokens, candidates, number) for number in range(len(candidates))]
    first_containers: dict[str, tuple[Entry, ...]] = {}
    for candidate, containers in zip(candidates, beside, strict=True):
        if containers:
            first_containers.setdefault(candidate.name.lower(), containers)
    for number, each in enumerate(judged):
        is_demonym = each.reading is PlaceReading.DEMONYM
        places = each.candidate.facts.demonyms if is_demonym else each.candidate.facts.places
        name = each.candidate.name.lower()
        containers = () if is_demonym else beside[number] or first_containers.get(name, ())
        governing = () if is_demonym or containers else tuple(filter(sits_a_government, places))
        speaking = bool(governing) and speaks(tokens, each.candidate)
        places = governing if speaking else places
        key = (name, each.reading, frozenset(entry.index for entry in containers), speaking)
        if is_demonym and places and places[0].country:
            spoken.append(places[0].country)
        if key not in keys:
            keys[key] = len(names)
            cues = frozenset() if is_demonym else cues_of(tokens, each.candidate)
            names.append(Name(each.candidate.name, places, containers, cues, 0.3 if is_demonym else 1.0))
        which.append(keys[key])
    ranked = resolve(names, home, spoken)
    return [ranked[number] for number in which]


def _mentions(
    document: Document, tokens: Tokens, judged: Sequence[Judged], ranked: Sequence[tuple[Ranked, ...]]
) -> Iterable[PlaceMention]:
    for number, (each, ranks) in enumerate(zip(judged, ranked, strict=True)):
        candidate = each.candidate
        span = _span(document, tokens, candidate)
        top = ranks[0].entry if ranks else None
        reading = each.reading
        relation = None
        if reading is not PlaceReading.DEMONYM:
            relation = relation_before(tokens, candidate.first) or relation_after(tokens, candidate.last)
            apart = relation is None or relation.kind == "between"
            if apart and is_metonym(tokens, candidate, top):
                reading, relation = PlaceReading.METONYM, None
        other = None
        if relation is not None and relation.second:
            following = judged[number + 1].candidate if number + 1 < len(judged) else None
            if following is not None and tokens.lowers[candidate.last : following.first] == ["and"]:
                other = _span(document, tokens, following)
        cardinal = reading is PlaceReading.LOCATION and is_cardinal(tokens, candidate.first)
        yield PlaceMention(
            span=span,
            reading=reading,
            candidates=tuple(_candidate(rank) for rank in ranks),
            precision=precision_of(top.kind if top else None, relation, cardinal=cardinal),
            relation=relation
            and PlaceRelation(
                kind=relation.kind,
                span=document.span(tokens.starts[relation.first], tokens.ends[relation.last - 1]),
                other=other,
                kilometres=relation.kilometres,
            ),
            confidence=each.confidence,
        )


def _span(document: Document, tokens: Tokens, candidate: Candidate) -> Span:
    return document.span(tokens.starts[candidate.first], tokens.ends[candidate.last - 1])


def _candidate(rank: Ranked) -> PlaceCandidate:
    entry = rank.entry
    return PlaceCandidate(
        id=entry.id,
        name=entry.name,
        kind=PlaceKind(entry.kind),
        latitude=entry.latitude,
        longitude=entry.longitude,
        country=entry.country,
        division=entry.division,
        population=entry.population,
        score=math.floor(rank.score * 10_000) / 10_000,
    )
