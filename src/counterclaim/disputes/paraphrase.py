"""Whether two statements take one position on one question: a logistic model over words and speakers.

The model was trained on six stories (``training/disputes``); ``weights/same-claim.md`` says how well
it does on stories that it was not trained on. It is symmetric and looks at the two reports alone.
"""

from __future__ import annotations

import math
from datetime import date
from functools import cache
from importlib.resources import files

import msgspec

from counterclaim.claims.sketch import Sketch, rarity
from counterclaim.model import Act

FAR = 20000
"""The distance in characters that stands for "in another report"."""
NEAR = 400
LONG_AGO = 30


class Model(msgspec.Struct, frozen=True, kw_only=True):
    """The weights of a logistic model, by the names of its features, and the least probability told."""

    version: str
    bias: float
    weights: dict[str, float]
    least: float


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


def _days(one: str | None, other: str | None) -> int:
    if one is None or other is None:
        return 3
    return abs((date.fromisoformat(one[:10]) - date.fromisoformat(other[:10])).days)
