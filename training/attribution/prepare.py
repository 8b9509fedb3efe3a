"""Read PolNeAR files and turn documents into windows with labels."""

from __future__ import annotations

import json
import random
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from tokenizers import Encoding, Tokenizer

from counterclaim.statements.neural.windows import MAX_PIECES, Window, windows, words_of

CUE, CONTENT, SOURCE = 0, 3, 6
"""Offsets of the three tag groups."""


@dataclass(frozen=True)
class Link:
    """One gold attribution in word indices of its window; an absent source is -1."""

    begin: int
    end: int
    content: tuple[int, ...]
    source_start: int
    source_end: int


@dataclass(frozen=True)
class Example:
    """A window with gold tags (three groups of O/B/I), links, and the words that count."""

    window: Window
    tags: tuple[list[int], list[int], list[int]]
    links: list[Link]
    known: list[int]


def read(path: Path) -> list[dict[str, Any]]:
    """Read a JSON-lines file."""
    with path.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines if line.strip()]


def augment(text: str, rng: random.Random) -> str:
    """Change typography now and then, keeping the length, so that offsets stay."""
    roll = rng.random()
    if roll < 0.12:
        for curly, straight in (("“", '"'), ("”", '"'), ("‘", "'"), ("’", "'")):
            text = text.replace(curly, straight)
    elif roll < 0.16:
        for mark in '“”"':
            text = text.replace(mark, " ")
    elif roll < 0.20:
        for mark in ",’'":
            text = text.replace(mark, " ")
    elif roll < 0.21:
        upper = text.upper()
        text = upper if len(upper) == len(text) else text
    return text


def _spans(attribution: dict[str, Any], role: str) -> list[tuple[int, int]]:
    return [(int(s), int(e)) for s, e in attribution[role]]


def label(document: dict[str, Any], window: Window) -> Example:
    """Project the gold spans of a document on the words of one window."""
    n = len(window.words)
    tags = ([0] * n, [0] * n, [0] * n)
    links = []
    for attribution in document["attributions"]:
        found = [sorted(words_of(window.words, _spans(attribution, r))) for r in ("cue", "content", "source")]
        for group, role in enumerate(("cue", "content", "source")):
            for s, e in _spans(attribution, role):
                part = sorted(words_of(window.words, [(s, e)]))
                for k in part:
                    tags[group][k] = 2
                if part and window.words[part[0]][0] <= s < window.words[part[0]][1]:
                    tags[group][part[0]] = 1
        cue, content, source = found
        if cue:
            at = (source[0], source[-1]) if source else (-1, -1)
            links.append(Link(cue[0], cue[-1], tuple(content), *at))
    unknown = words_of(window.words, [(s, e) for s, e in document.get("discard") or []])
    return Example(window, tags, links, [int(k not in unknown) for k in range(n)])


def examples(
    documents: list[dict[str, Any]],
    tokenizer: Tokenizer,
    rng: random.Random | None = None,
    limit: int = MAX_PIECES,
) -> list[Example]:
    """Windows with labels of all documents; with ``rng``, augmented and cut at varying places."""
    out = []
    for document in documents:
        text = document["text"] if rng is None else augment(document["text"], rng)
        encoding: Encoding = tokenizer.encode(text, add_special_tokens=False)
        first = None if rng is None else rng.randint(limit // 4, limit)
        for window in windows(text, encoding, limit, first):
            out.append(label(document, window))
    return out
