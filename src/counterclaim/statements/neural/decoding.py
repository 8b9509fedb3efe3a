"""Scores of one window to attributions: anchors, non-overlapping cues, contents, sources."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from counterclaim.statements.neural.windows import QUOTE_CLOSE, QUOTE_IN, Span, Window

FloatArray = NDArray[np.float32]


@dataclass(frozen=True)
class Settings:
    """Decoding choices, all made on the development split."""

    candidate: float = 0.1
    """Least probability that a word begins a cue, to be considered at all."""
    floor: float = 0.2
    """Least mean of tag probability and validity for the first pass."""
    threshold: float = 0.4
    """Least confidence of an attribution."""
    switch: float = 1.0
    """Cost in nats of changing the owner from one word to the next."""
    quote_switch: float = 1.0
    """The same between two words inside one quotation."""
    content_bias: float = 0.0
    """Added to the score of belonging to an attribution."""
    source_bias: float = 0.0
    """Added to the score of having a source."""
    confidence: tuple[float, ...] = (0.5, 0.5, 0.0, 0.0, 0.0, 0.0, 0.0)
    """Weights of the features of ``Draft.features``, and the constant: log odds of being right."""
    max_cue: int = 14
    max_source: int = 40


@dataclass(frozen=True)
class Scores:
    """Network outputs for one window of W words and N anchors."""

    tags: FloatArray
    """[W, 9]"""
    anchors: NDArray[np.int64]
    """[N] word index of each anchor"""
    links: FloatArray
    """[N, W, 4]: content, source start, source end, cue end"""
    no_source: FloatArray
    """[N]"""
    valid: FloatArray
    """[N]"""


@dataclass(frozen=True)
class Attribution:
    """Who said what: character spans into the text, and how sure the model is."""

    source: list[Span] = field(default_factory=list)
    cue: list[Span] = field(default_factory=list)
    content: list[Span] = field(default_factory=list)
    confidence: float = 0.0


def softmax(x: FloatArray, axis: int = -1) -> FloatArray:
    """Softmax along an axis."""
    e = np.exp(x - x.max(axis, keepdims=True))
    out: FloatArray = e / e.sum(axis, keepdims=True)
    return out


def begin_probability(tags: FloatArray) -> FloatArray:
    """Probability that each word begins a cue."""
    return softmax(tags[..., :3])[..., 1]


@dataclass(frozen=True)
class Draft:
    """One attribution in word indices, with what speaks for and against it."""

    anchor: int
    cue: Span
    source: Span | None
    content: list[int]
    features: FloatArray


def log_odds(p: FloatArray) -> FloatArray:
    """Log odds of probabilities, kept finite."""
    p = np.clip(p, 1e-4, 1 - 1e-4)
    out: FloatArray = np.log(p / (1 - p))
    return out


def owners(logp: FloatArray, switch: FloatArray) -> NDArray[np.int64]:
    """Give each word to one anchor or to none (-1): best path with a price on switching.

    ``logp`` is [1 + N, W] (row 0: none); ``switch`` [W] is the price before each word.
    """
    n, w = logp.shape
    back = np.zeros((w, n), np.int64)
    best = logp[:, 0]
    index = np.arange(n)
    for t in range(1, w):
        top = int(best.argmax())
        jump = best[top] - switch[t]
        back[t] = np.where(best >= jump, index, top)
        best = np.maximum(best, jump) + logp[:, t]
    path = np.zeros(w, np.int64)
    path[-1] = int(best.argmax())
    for t in range(w - 1, 0, -1):
        path[t - 1] = back[t, path[t]]
    return path - 1


def find_source(scores: FloatArray, none: float, settings: Settings) -> tuple[Span | None, float]:
    """Best span by start and end scores [W, 2], or None where having none scores higher.

    Also the margin of the choice, in nats.
    """
    best, found = -np.inf, None
    for s in np.argsort(-scores[:, 0])[:5]:
        ends = scores[s : s + settings.max_source, 1]
        e = int(ends.argmax())
        value = float(scores[s, 0] + ends[e])
        if value > best:
            best, found = value, (int(s), int(s) + e)
    margin = best + settings.source_bias - 2 * none
    return (found if margin > 0 else None), abs(margin)


def trim(owned: Sequence[int], marks: set[int], opening: set[int]) -> list[int]:
    """Drop punctuation that stands alone between other parts or leads a part."""
    out: list[int] = []
    run: list[int] = []
    for k in [*owned, -5]:
        if run and k != run[-1] + 1:
            while run and run[0] in marks and run[0] not in opening:
                run.pop(0)
            if any(r not in marks for r in run):
                out.extend(run)
            run = []
        run.append(k)
    return out


def char_spans(words: Sequence[Span], indices: Sequence[int]) -> list[Span]:
    """Join neighbouring word indices to character spans."""
    out: list[Span] = []
    last = -2
    for k in indices:
        if k == last + 1:
            out[-1] = (out[-1][0], words[k][1])
        else:
            out.append(words[k])
        last = k
    return out


def draft(text: str, window: Window, scores: Scores, order: Sequence[int], settings: Settings) -> list[Draft]:
    """Build attributions from the anchors in ``order`` (best first), which compete for words."""
    words, n = window.words, len(window.words)
    kept: list[int] = []
    cues: list[Span] = []
    taken: set[int] = set()
    for i in order:
        at = int(scores.anchors[i])
        end = at + int(scores.links[i, at : min(n, at + settings.max_cue), 3].argmax())
        if taken.isdisjoint(range(at, end + 1)):
            taken.update(range(at, end + 1))
            kept.append(i)
            cues.append((at, end))
    if not kept:
        return []
    content = scores.links[kept, :n, 0] + settings.content_bias
    content[:, sorted(taken)] = -20.0
    sources = [find_source(scores.links[i, :n, 1:3], float(scores.no_source[i]), settings) for i in kept]
    for row, (source, _) in enumerate(sources):
        if source is not None:
            content[row, source[0] : source[1] + 1] = -20.0
    logits = np.concatenate([np.zeros((1, n), np.float32), content])
    logp = logits - np.logaddexp.reduce(logits, axis=0)
    quoted = np.array([window.quote[f] in (QUOTE_IN, QUOTE_CLOSE) for f in window.first])
    owner = owners(logp, np.where(quoted, settings.quote_switch, settings.switch).astype(np.float32))
    marks = {k for k, (s, e) in enumerate(words) if not any(c.isalnum() for c in text[s:e])}
    opening = {k for k in marks if text[words[k][0]] in "“\"'‘«„$([#@"}
    begin = log_odds(begin_probability(scores.tags)[scores.anchors])
    out = []
    for row, i in enumerate(kept):
        indices = trim([int(k) for k in np.flatnonzero(owner == row)], marks, opening)
        if indices:
            source, margin = sources[row]
            sure = float(np.exp(logp[row + 1, indices]).mean())
            spoken = float(quoted[indices].mean())
            found = [begin[i], scores.valid[i], 4 * sure, min(margin, 8.0), spoken, np.log(len(indices)) / 2]
            out.append(Draft(i, cues[row], source, indices, np.array(found, np.float32)))
    return out


def chance(features: FloatArray, settings: Settings) -> float:
    """Probability that an attribution with these features is right."""
    weights = np.array(settings.confidence, np.float32)
    return float(1 / (1 + np.exp(-(features @ weights[:-1] + weights[-1]))))


def first_pass(text: str, window: Window, scores: Scores, settings: Settings) -> list[Draft]:
    """Drafts of all anchors that are likely enough."""
    if not len(scores.anchors):
        return []
    mean = (begin_probability(scores.tags)[scores.anchors] + 1 / (1 + np.exp(-scores.valid))) / 2
    order = [int(i) for i in np.argsort(-mean) if mean[i] >= settings.floor]
    return draft(text, window, scores, order, settings)


def decode(text: str, window: Window, scores: Scores, settings: Settings) -> list[Attribution]:
    """Make the attributions of one window; words of unlikely drafts go to the others."""
    words = window.words
    found = first_pass(text, window, scores, settings)
    likely = [d.anchor for d in found if chance(d.features, settings) >= settings.threshold]
    if len(likely) < len(found):
        found = draft(text, window, scores, likely, settings)
    out = [
        Attribution(
            source=[(words[d.source[0]][0], words[d.source[1]][1])] if d.source else [],
            cue=[(words[d.cue[0]][0], words[d.cue[1]][1])],
            content=char_spans(words, d.content),
            confidence=round(chance(d.features, settings), 4),
        )
        for d in found
    ]
    return sorted(out, key=lambda a: a.cue)
