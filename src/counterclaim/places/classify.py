"""Is it a place? A log-linear classifier over the features of a candidate.

Multinomial logistic regression (maximum entropy; Berger, Della Pietra and Della Pietra 1996), the
simplest model that was good enough, and microseconds a candidate. ``training/places`` makes the
weights, ``weights/places.bin``.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from functools import cache
from importlib.resources import files

import msgspec

LABELS = ("place", "organisation", "person", "people", "other")
"""What a capitalised name may be: a place by itself, a part of the name of an organisation or a
facility, a part of a person's name, a people or their language, anything else."""


class Weights(msgspec.Struct, frozen=True):
    """The weights of each feature for each label, in steps of ``unit``."""

    unit: float
    features: dict[str, tuple[int, int, int, int, int]]


@cache
def weights() -> Weights:
    """Read the weights of this package, once in a process."""
    data = files("counterclaim").joinpath("weights", "places.bin").read_bytes()
    return msgspec.msgpack.decode(data, type=Weights)


def probabilities(features: Iterable[str], model: Weights | None = None) -> tuple[float, ...]:
    """Return the probability of each of :data:`LABELS`."""
    model = model or weights()
    known = model.features
    sums = [0, 0, 0, 0, 0]
    for feature in features:
        row = known.get(feature)
        if row is not None:
            for place in range(5):
                sums[place] += row[place]
    scores = [each * model.unit for each in sums]
    top = max(scores)
    powers = [math.exp(score - top) for score in scores]
    total = sum(powers)
    return tuple(power / total for power in powers)
