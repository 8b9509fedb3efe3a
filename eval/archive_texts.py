"""Texts for an archive of any size, made from real reports where they are at hand and from the samples.

An archive is not a hundred thousand stories: most events are told by several outlets. ``reports`` makes
events, each from one report under other names, numbers and days, and for each event the versions that
appear: the report itself, word for word copies under other mastheads, and cut or spliced ones. The shares
are those below; they are assumptions, and stand in docs/scale.md.
"""

from __future__ import annotations

import json
import random
import re
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import NamedTuple

from shared import CORPORA

SAMPLES = Path(__file__).parent.parent / "samples" / "reports" / "reports.jsonl"
COPIED = 0.35
"""Of so many reports the text is that of another, word for word."""
DERIVED = 0.15
"""So many are cut from another, or spliced with a further one."""
A_DAY = 100
"""Reports that appear in one day: an archive of more reports is one of more days. No more, since two
events made from one text must not fall into one month: they would be told in the same words."""
RENAMED = 0.5
"""Of the names in a report, so many are others in each event made from it; the rest are named every day."""
NEAR = 100
"""Reports among which those of one event are."""
FIRST = date(2019, 1, 7)
_PLACES = ("Larre", "Ondar", "Sorvan", "Meridian", "Ismara", "Tolva", "Brenn", "Kastel", "Vantage", "Harrow")
_KINDS = ("Post", "Courier", "Gazette", "Herald", "Ledger", "Observer", "Tribune", "Record")
OUTLETS = [f"The {place} {kind}" for place in _PLACES for kind in _KINDS]
_NAME = re.compile(r"(?<=[a-z,;] )[A-Z][a-z]{3,}")
_NUMBER = re.compile(r"\b[1-9][0-9]{1,2}\b")
_SYLLABLES = [a + b for a in "bdfgklmnprstvz" for b in "aeiou"]


class Written(NamedTuple):
    """One report as an outlet prints it; paragraphs are those of its text."""

    number: int
    title: str
    outlet: str
    published: date
    paragraphs: Sequence[str]


def base_texts() -> list[list[str]]:
    """Return the texts that events are made from, each as its paragraphs."""
    paths = [CORPORA / "fakes" / "reports.jsonl", CORPORA / "polnear" / "train.jsonl",
             CORPORA / "places" / "geovirus.jsonl", SAMPLES]  # fmt: skip
    found = []
    for path in paths:
        if path.exists():
            for line in path.read_text(encoding="utf-8").splitlines():
                paragraphs = _paragraphs(json.loads(line)["text"])
                if sum(map(len, paragraphs)) > 600:
                    found.append(paragraphs)
    return found


def reports(count: int, seed: int = 0) -> Iterator[Written]:
    """Give so many reports, sorted by day; the same for the same count and seed."""
    chance = random.Random(seed)
    bases = base_texts()
    recent: list[Written] = []
    for number in range(count):
        day = FIRST + timedelta(days=number // A_DAY)
        outlet = chance.choice(OUTLETS)
        drawn = chance.random()
        if recent and drawn < COPIED:
            other = chance.choice(recent)
            made = other._replace(number=number, outlet=outlet, published=day)
        elif len(recent) > 1 and drawn < COPIED + DERIVED:
            made = _derived(chance, chance.choice(recent), chance.choice(recent), number, outlet, day)
        else:
            made = _event(chance, chance.choice(bases), number, outlet, day)
            recent.append(made)
            del recent[:-NEAR]
        yield made


def _event(chance: random.Random, base: Sequence[str], number: int, outlet: str, day: date) -> Written:
    names: dict[str, str] = {}

    def rename(match: re.Match[str]) -> str:
        word = match.group()
        if word not in names:
            names[word] = _name(chance, len(word)) if chance.random() < RENAMED else word
        return names[word]

    def renumber(match: re.Match[str]) -> str:
        return str(max(10, int(match.group()) + chance.randint(-5, 9)))

    text = "\n".join(base)
    for word in sorted(set(_NAME.findall(text))):
        names.setdefault(word, _name(chance, len(word)) if chance.random() < RENAMED else word)
    pattern = re.compile(r"\b(?:" + "|".join(map(re.escape, names)) + r")\b") if names else None
    if pattern:
        text = pattern.sub(rename, text)
    paragraphs = _NUMBER.sub(renumber, text).split("\n")
    title = " ".join(paragraphs[0].split()[:10]).rstrip(".,;:")
    return Written(number, title, outlet, day, paragraphs)


def _derived(
    chance: random.Random, one: Written, other: Written, number: int, outlet: str, day: date
) -> Written:
    least = max(2, len(one.paragraphs) // 2)
    kept = list(one.paragraphs[:least])
    if chance.random() < 0.5:
        kept += other.paragraphs[: max(1, len(other.paragraphs) // 4)]
    return Written(number, one.title, outlet, day, kept)


def _paragraphs(text: str) -> list[str]:
    """Return the paragraphs of a text; one of a single long line is cut after every third sentence."""
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    if len(lines) > 2:
        return lines
    sentences = re.split(r"(?<=[.!?]) (?=[A-Z])", " ".join(lines))
    return [" ".join(sentences[start : start + 3]) for start in range(0, len(sentences), 3)]


def _name(chance: random.Random, length: int) -> str:
    made = ""
    while len(made) < length:
        made += chance.choice(_SYLLABLES)
    return made[:length].capitalize()
