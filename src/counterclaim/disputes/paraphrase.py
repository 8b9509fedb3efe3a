"""Whether two statements take one position on one question: a logistic model over words and speakers.

The model was trained on six stories (``training/disputes``); ``weights/same-claim.md`` says how well
it does on stories that it was not trained on. It is symmetric and looks at the two reports alone.
"""

from __future__ import annotations

import math
from datetime import date
from functools import cache, lru_cache
from importlib.resources import files
from typing import TypeAlias

import msgspec

from counterclaim.claims.sketch import NAME, Sketch, rarity
from counterclaim.model import Act

FAR = 20000
"""The distance in characters that stands for "in another report"."""
NEAR = 400
LONG_AGO = 30
MARGIN = 1e-6
"""Of a score: far more than what the order of adding changes, far less than what anybody could notice."""
ROUNDED = 0.5e-4
"""Probabilities are told with four decimals: so much less is rounded up."""
Kinds: TypeAlias = tuple[Act, bool, bool, bool, bool, bool, bool]
_FAR_AWAY = math.log1p(FAR)


class Model(msgspec.Struct, frozen=True, kw_only=True):
    """The weights of a logistic model, by the names of its features, and the least probability told."""

    version: str
    bias: float
    weights: dict[str, float]
    least: float


class Weights(msgspec.Struct, frozen=True, kw_only=True):
    """The weights of :class:`Model` as attributes; one too many is refused, and one too few."""

    bias: float
    content_common: float
    content_share: float
    content_contained: float
    sentence_common: float
    sentence_share: float
    sentence_contained: float
    names: float
    names_share: float
    about: float
    one_report: float
    distance: float
    near: float
    one_act: float
    both_appeal: float
    one_appeals: float
    asks: float
    denial: float
    both_deny: float
    both_accuse: float
    one_accuses: float
    one_polarity: float
    one_negation: float
    both_negated: float
    one_speaker: float
    one_party: float
    both_speak: float
    own_voice: float
    one_own: float
    names_speaker: float
    figures_equal: float
    figures_differ: float
    figures: float
    numbers: float
    shorter: float
    longer: float
    days: float
    one_day: float
    one_tense: float
    bare: float


@cache
def model() -> Model:
    """Read the weights that come with the program, once in a process."""
    data = files("counterclaim").joinpath("weights", "same-claim.json").read_bytes()
    return msgspec.json.decode(data, type=Model)


def probability(one: Sketch, other: Sketch) -> float:
    """Return the probability that two statements take the same position, between 0 and 1."""
    known = model()
    found = features(one, other)
    score = known.bias + sum(weight * found[name] for name, weight in known.weights.items())
    return 1 / (1 + math.exp(-score))


def falls_short(one: Sketch, other: Sketch, least: float) -> bool:
    """Tell whether the probability of a pair is surely below ``least``.

    Its score is added up without names and in any order, which is several times faster than
    :func:`probability`, and compared with a margin that is wide against the rounding.
    """
    return quick_score(one, other) < score_of_probability(least)


@cache
def score_of_probability(least: float) -> float:
    """Return the score below which a pair's probability is surely below ``least``, rounding allowed for."""
    least -= ROUNDED
    return math.log(least / (1 - least)) - MARGIN


@cache
def weights() -> Weights:
    """Return the weights of the model by name."""
    known = model()
    return Weights(
        bias=known.bias, **{name.replace("-", "_"): weight for name, weight in known.weights.items()}
    )


def quick_score(one: Sketch, other: Sketch) -> float:
    """Return the score whose logistic is the probability, but for rounding."""
    return _score_of_contents(one, other) + _score_around(one, other)


def _score_around(one: Sketch, other: Sketch) -> float:
    """Return what sentences, names and leads add to the score."""
    w = weights()
    score = 0.0
    common = _quick_weight(one.around & other.around, one.named | other.named)
    if common:
        score += w.sentence_common * common
        score += w.sentence_share * common / (one.around_weight + other.around_weight - common or 1)
        score += w.sentence_contained * common / (min(one.around_weight, other.around_weight) or 1)
    names = len(one.names & other.names)
    if names:
        score += w.names * names + w.names_share * names / len(one.names | other.names)
    about = len(one.about & other.about)
    return score + w.about * about / len(one.about | other.about) if about else score


def _score_of_contents(one: Sketch, other: Sketch) -> float:
    """Return what the contents, the speakers and the reports' days add to the score."""
    w = weights()
    first, second = one.statement, other.statement
    days = days_between(one.published, other.published)
    shorter, longer = sorted((one.length, other.length))
    score = w.bias + w.days * min(days, LONG_AGO) + w.shorter * min(shorter, 60) + w.longer * min(longer, 60)
    common = _quick_weight(one.terms & other.terms, one.named | other.named)
    if common:
        score += w.content_common * common
        score += w.content_share * common / (one.weight + other.weight - common or 1)
        score += w.content_contained * common / (min(one.weight, other.weight) or 1)
    if one.document == other.document:
        distance = abs(one.start - other.start)
        score += w.one_report + w.distance * math.log1p(distance) + w.near * (distance < NEAR)
    else:
        score += w.distance * _FAR_AWAY
    score += score_of_kinds(kinds_of(one), kinds_of(other))
    score += w.one_day * (days == 0) + w.bare * (shorter < 4)
    a, b = first.speaker, second.speaker
    if a is not None and b is not None:
        score += w.both_speak + w.one_speaker * (a.actor == b.actor) + w.one_party * (a.party == b.party)
    score += w.names_speaker * (bool(one.speaking & other.names) + bool(other.speaking & one.names))
    score += w.numbers * len(one.numbers & other.numbers)
    if one.quantities or other.quantities:
        score += _figures_score(one, other)
    return score


def _figures_score(one: Sketch, other: Sketch) -> float:
    w = weights()
    figures = {q.measure: q.value for q in one.quantities}
    common = [(figures[q.measure], q.value) for q in other.quantities if q.measure in figures]
    equal = sum(mine == theirs for mine, theirs in common)
    told = bool(one.quantities) + bool(other.quantities)
    return w.figures_equal * equal + w.figures_differ * (len(common) - equal) + w.figures * told


def kinds_of(one: Sketch) -> Kinds:
    """Return act, polarity, tense, negation, appeal, question and own voice of a sketch."""
    said = one.statement
    return said.act, said.polarity, one.foresees, one.negated, one.appeals, one.asks, said.own_voice


@cache
def score_of_kinds(one: Kinds, other: Kinds) -> float:
    """Return what acts, polarity, tense, negation, appeals, questions and the report's own voice add."""
    w = weights()
    first, plus, foresees, negated, appeals, asks, own = one
    second, other_plus, other_foresees, other_negated, other_appeals, other_asks, other_own = other
    acts = {first, second}
    score = w.one_act * (first == second) + w.denial * (Act.DENY in acts) + w.both_deny * (acts == {Act.DENY})
    score += w.both_accuse * (acts == {Act.ACCUSE})
    score += w.one_accuses * (Act.ACCUSE in acts and len(acts) > 1)
    score += w.one_polarity * (plus == other_plus) + w.one_tense * (foresees == other_foresees)
    score += w.one_negation * (negated == other_negated) + w.both_negated * (negated and other_negated)
    score += w.both_appeal * (appeals and other_appeals) + w.one_appeals * (appeals != other_appeals)
    score += w.asks * (asks or other_asks)
    return score + w.own_voice * (own and other_own) + w.one_own * (own != other_own)


def _quick_weight(found: frozenset[str], names: frozenset[str]) -> float:
    if not found:
        return 0.0
    known = rarity()
    terms, unlisted = known.terms, known.other
    return sum(NAME if term in names else terms.get(term, unlisted) for term in found)


def may_be_alike(one: Sketch, other: Sketch) -> bool:
    """Tell whether a pair is worth the model: a word in common, or close together in one report."""
    if not one.terms.isdisjoint(other.terms):
        return True
    return one.document == other.document and abs(one.start - other.start) < NEAR


def features(one: Sketch, other: Sketch) -> dict[str, float]:
    """Return the features of a pair; they do not change when the two are swapped."""
    first, second = one.statement, other.statement
    acts = {first.act, second.act}
    near = one.document == other.document
    distance = abs(one.start - other.start) if near else FAR
    a, b = first.speaker, second.speaker
    figures = {q.measure: q.value for q in one.quantities}
    common = [(figures[q.measure], q.value) for q in other.quantities if q.measure in figures]
    equal = sum(mine == theirs for mine, theirs in common)
    proper = one.named | other.named
    days = _days(one.published, other.published)
    shared_names = one.names & other.names
    named = bool(one.speaking & other.names) + bool(other.speaking & one.names)
    return {
        **_overlap("content", one.terms & other.terms, proper, one.weight, other.weight),
        **_overlap("sentence", one.around & other.around, proper, one.around_weight, other.around_weight),
        "names": len(shared_names),
        "names-share": len(shared_names) / (len(one.names | other.names) or 1),
        "about": len(one.about & other.about) / (len(one.about | other.about) or 1),
        "one-report": near,
        "distance": math.log1p(distance),
        "near": distance < NEAR,
        "one-act": first.act == second.act,
        "both-appeal": one.appeals and other.appeals,
        "one-appeals": one.appeals != other.appeals,
        "asks": one.asks or other.asks,
        "denial": Act.DENY in acts,
        "both-deny": acts == {Act.DENY},
        "both-accuse": acts == {Act.ACCUSE},
        "one-accuses": Act.ACCUSE in acts and len(acts) > 1,
        "one-polarity": first.polarity == second.polarity,
        "one-negation": one.negated == other.negated,
        "both-negated": one.negated and other.negated,
        "one-speaker": a is not None and b is not None and a.actor == b.actor,
        "one-party": a is not None and b is not None and a.party == b.party,
        "both-speak": a is not None and b is not None,
        "own-voice": first.own_voice and second.own_voice,
        "one-own": first.own_voice != second.own_voice,
        "names-speaker": named,
        "figures-equal": equal,
        "figures-differ": len(common) - equal,
        "figures": bool(one.quantities) + bool(other.quantities),
        "numbers": len(one.numbers & other.numbers),
        "shorter": min(one.length, other.length, 60),
        "longer": min(max(one.length, other.length), 60),
        "days": min(days, LONG_AGO),
        "one-day": days == 0,
        "one-tense": one.foresees == other.foresees,
        "bare": min(one.length, other.length) < 4,
    }


def _overlap(
    name: str, shared: frozenset[str], proper: frozenset[str], mine: float, theirs: float
) -> dict[str, float]:
    common = rarity().weight(shared, proper)
    return {
        f"{name}-common": common,
        f"{name}-share": common / (mine + theirs - common or 1),
        f"{name}-contained": common / (min(mine, theirs) or 1),
    }


@lru_cache(maxsize=1 << 16)
def days_between(one: str | None, other: str | None) -> int:
    """Return how many days lie between two dates; 3 where one is missing."""
    return _days(one, other)


def _days(one: str | None, other: str | None) -> int:
    if one is None or other is None:
        return 3
    return abs((date.fromisoformat(one[:10]) - date.fromisoformat(other[:10])).days)
