"""Which statements of two reports the pair model is asked about: all pairs of two reports scored at once.

What the model adds up for a pair (``paraphrase``) is added up here for every pair of two reports with a few
operations on arrays. Overlaps of words are products of incidence matrices over the terms that both reports
have (as in Salton's vector space); what cannot be had so cheaply (figures, numbers, names) is bounded from
above. A pair is left out only where the bound is below the least that is told, so that nothing is lost.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from counterclaim.claims.sketch import NAME, Sketch, rarity
from counterclaim.disputes.paraphrase import (
    FAR,
    LONG_AGO,
    NEAR,
    Kinds,
    days_between,
    kinds_of,
    score_of_kinds,
    score_of_probability,
    weights,
)

Numbers: TypeAlias = npt.NDArray[np.float64]
Places: TypeAlias = npt.NDArray[np.intp]
Flags: TypeAlias = npt.NDArray[np.bool_]
_LONGEST = 60
_BARE = 4


class _KindTable:
    """What each two kinds of statement add to a score; kinds are numbered as they are first met."""

    def __init__(self) -> None:
        self._places: dict[Kinds, int] = {}
        self._table = np.zeros((0, 0))

    def place(self, kinds: Kinds) -> int:
        """Return the row of a kind, which is added where it is new."""
        if kinds not in self._places:
            self._places[kinds] = len(self._places)
            column = np.array([score_of_kinds(kinds, known) for known in self._places])
            grown = np.empty((len(column), len(column)))
            grown[:-1, :-1] = self._table
            grown[-1, :] = grown[:, -1] = column  # what they add is the same either way
            self._table = grown
        return self._places[kinds]

    def scores(self, one: Places, other: Places) -> Numbers:
        """Return what each pair of kinds adds."""
        found: Numbers = self._table[one[:, None], other[None, :]]
        return found


_KINDS = _KindTable()


class Screen:
    """The sketches of one report as arrays with a row each.

    ``terms``, ``around`` and ``named`` have a column for each term of the report.
    """

    def __init__(self, sketches: Sequence[Sketch]) -> None:
        self.published = sketches[0].published if sketches else None
        self.document = sketches[0].document if sketches else ""
        self.columns = {
            term: place
            for place, term in enumerate(sorted(set().union(*(s.terms | s.around for s in sketches))))
        }
        self.terms = self._incidence([s.terms for s in sketches])
        self.around = self._incidence([s.around for s in sketches])
        self.named = self._incidence([s.named for s in sketches])
        self.weight = np.array([s.weight for s in sketches])
        self.around_weight = np.array([s.around_weight for s in sketches])
        self.length = np.array([min(s.length, _LONGEST) for s in sketches])
        self.start = np.array([s.start for s in sketches])
        self.kinds = np.array([_KINDS.place(kinds_of(s)) for s in sketches], dtype=np.intp)
        speakers = [s.statement.speaker for s in sketches]
        self.speaks = np.array([each is not None for each in speakers])
        # a number for each actor and party: two that are mixed up by chance only make a bound higher
        self.actor = np.array([hash(each.actor) if each else 0 for each in speakers])
        self.party = np.array([hash(each.party) if each else 0 for each in speakers])
        self.numbers = np.array([len(s.numbers) for s in sketches])
        self.figures = np.array([len(s.quantities) for s in sketches])
        self.names = np.array([len(s.names) for s in sketches])

    def _incidence(self, several: Sequence[frozenset[str]]) -> Flags:
        found = np.zeros((len(several), len(self.columns)), dtype=np.bool_)
        for row, terms in enumerate(several):
            found[row, [self.columns[term] for term in terms if term in self.columns]] = True
        return found


def screened(one: Screen, other: Screen, least: float) -> list[tuple[int, int]]:
    """Return the pairs of rows of which the probability may reach ``least``, sorted.

    Of one report with itself each pair is given once, and none of a row with itself.
    """
    if not (len(one.kinds) and len(other.kinds)):
        return []
    w = weights()
    shared = sorted(one.columns.keys() & other.columns.keys())
    mine, theirs = ([each.columns[term] for term in shared] for each in (one, other))
    telling = np.array([rarity().terms.get(term, rarity().other) for term in shared])
    named = one.named[:, mine], other.named[:, theirs]
    common = _common(one.terms[:, mine], other.terms[:, theirs], named, telling)
    by_content = w.content_common, w.content_share, w.content_contained
    score = _overlap(common, one.weight, other.weight, by_content)
    around = _common(one.around[:, mine], other.around[:, theirs], named, telling)
    by_sentence = w.sentence_common, w.sentence_share, w.sentence_contained
    score += _overlap(around, one.around_weight, other.around_weight, by_sentence)
    score += w.bias + _score_of_days(one, other) + _KINDS.scores(one.kinds, other.kinds)
    score += _score_of_lengths(one, other) + _score_of_speakers(one, other)
    score += _most_of_figures(one, other)
    score += max(w.names_share, 0.0) + max(w.about, 0.0) + 2 * max(w.names_speaker, 0.0)
    asked = common > 0
    if one.document == other.document:
        distance = np.abs(one.start[:, None] - other.start[None, :])
        score += w.one_report + w.distance * np.log1p(distance) + w.near * (distance < NEAR)
        asked |= distance < NEAR
        asked &= np.arange(len(one.start))[:, None] < np.arange(len(other.start))[None, :]
    else:
        score += w.distance * math.log1p(FAR)
    rows, columns = np.nonzero(asked & (score >= score_of_probability(least)))
    return list(zip(rows.tolist(), columns.tolist(), strict=True))


def _common(one: Flags, other: Flags, named: tuple[Flags, Flags], telling: Numbers) -> Numbers:
    """Return the weight of the terms in common of each pair; what is a name in either weighs as one."""
    other_all = other.astype(np.float64).T
    other_named = (other & named[1]).astype(np.float64).T
    plain = np.where(named[0], NAME, telling) * one
    to_name = np.where(named[0], 0.0, NAME - telling) * one
    return plain @ other_all + to_name @ other_named


def _overlap(common: Numbers, one: Numbers, other: Numbers, by: tuple[float, float, float]) -> Numbers:
    """Return what an overlap adds: by its weight, its share of both, and its share of the lighter one."""
    by_weight, by_share, by_part = by
    both = one[:, None] + other[None, :] - common
    both[both == 0] = 1.0
    lighter = np.minimum(one[:, None], other[None, :])
    lighter[lighter == 0] = 1.0
    return common * (by_weight + by_share / both + by_part / lighter)


def _score_of_days(one: Screen, other: Screen) -> float:
    w = weights()
    days = days_between(one.published, other.published)
    return w.days * min(days, LONG_AGO) + w.one_day * (days == 0)


def _score_of_lengths(one: Screen, other: Screen) -> Numbers:
    w = weights()
    shorter = np.minimum(one.length[:, None], other.length[None, :])
    longer = np.maximum(one.length[:, None], other.length[None, :])
    score: Numbers = w.shorter * shorter + w.longer * longer + w.bare * (shorter < _BARE)
    return score


def _score_of_speakers(one: Screen, other: Screen) -> Numbers:
    w = weights()
    both = one.speaks[:, None] & other.speaks[None, :]
    one_actor = one.actor[:, None] == other.actor[None, :]
    one_party = one.party[:, None] == other.party[None, :]
    score: Numbers = both * (w.both_speak + w.one_speaker * one_actor + w.one_party * one_party)
    return score


def _most_of_figures(one: Screen, other: Screen) -> Numbers:
    """Return a bound on what numbers, quantities and names add."""
    w = weights()
    numbers = np.minimum(one.numbers[:, None], other.numbers[None, :])
    mine, theirs = one.figures[:, None], other.figures[None, :]
    in_both = np.where((mine > 0) & (theirs > 0), np.maximum(mine, theirs), 0)
    most = max(w.figures_equal, w.figures_differ, 0.0) * in_both
    told = (mine > 0).astype(np.float64) + (theirs > 0)
    names = np.minimum(one.names[:, None], other.names[None, :])
    score: Numbers = max(w.numbers, 0.0) * numbers + most + w.figures * told + max(w.names, 0.0) * names
    return score
