"""Whether a clause in the report's own voice is worth keeping: a logistic regression over plain features.

All features are read off the words, so that they are the same with and without a parse. The weights
are those of ``own_voice_weights.toml``, one for each name here.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from functools import cache

import msgspec

from counterclaim.lexicons import read_lexicon
from counterclaim.model import Document
from counterclaim.statements.candidate import Range

_WORD = re.compile(r"\d[\d,.]*|[^\W\d_][\w’']*(?:-\w+)*")
_STEM = 5
"""Letters by which two words count as the same."""
_TOPICS = ("harm", "control", "responsible", "official", "open")
_LISTS = ("furniture", "reporting", "modals", "past", "present", "first", "pronouns", "numbers", "supposed")
_FEWEST = 3
"""Words that are no numbers, in a clause at least."""
_LEAD = 300
"""Characters at the front of a report that say what it is about."""


class Surroundings(msgspec.Struct, frozen=True, kw_only=True):
    """What a clause is held against: the stems of the lead and of the attributed contents, and the length."""

    lead: frozenset[str]
    attributed: frozenset[str]
    length: int

    @classmethod
    def of(cls, document: Document, contents: Iterable[Range]) -> Surroundings:
        """Read the surroundings off a document and the ranges that it attributes."""
        lead = f"{document.title or ''} {document.text[:_LEAD]}"
        said = " ".join(document.text[start:end] for start, end in contents)
        return cls(lead=_stems(lead), attributed=_stems(said), length=max(1, len(document.text)))


def worth(text: str, parts: Sequence[Range], surroundings: Surroundings) -> float:
    """Return how likely a clause is worth keeping, between 0 and 1."""
    weights = _weights()
    score = sum(weights.get(name, 0.0) * value for name, value in features(text, parts, surroundings).items())
    return round(1 / (1 + math.exp(-score)), 3)


def features(text: str, parts: Sequence[Range], surroundings: Surroundings) -> dict[str, float]:
    """Return the features of the clause whose ranges are ``parts``; those that are absent are zero."""
    clause = " ".join(text[start:end] for start, end in parts)
    words = _WORD.findall(clause)
    lower = [word.casefold().replace("’", "'") for word in words]
    stems = _stems(clause)
    count = len(words)
    start = parts[0][0]
    before = text[max(0, start - 25) : start]
    names = sum(word[:1].isupper() for word in words[1:])
    found = {
        "bias": 1.0,
        "short": float(count < 6),
        "very short": float(count < 5),
        "long": float(count > 30),
        "length": min(count, 40) / 40,
        "digits": float(any(word[0].isdigit() for word in words)),
        "name": float(names > 0),
        "names": min(names, 8) / 8,
        "capitals": float(count > 3 and names >= 0.6 * (count - 1)),
        "begins low": float(words[0][:1].islower()) if words else 0.0,
        "begins with a participle": float(bool(lower) and lower[0].endswith("ing")),
        "begins with a pronoun": float(bool(lower) and lower[0] in _listed("pronouns")),
        "negated": float(
            any(word in {"not", "no", "never", "nobody", "none"} or word.endswith("n't") for word in lower)
        ),
        "regular past": float(any(word.endswith("ed") and len(word) > 4 for word in lower)),
        "after since": float(
            bool(
                re.search(
                    rf"\b(?:{'|'.join(read_lexicon('own_voice')['worth']['since'])})\s+$",
                    before,
                    re.IGNORECASE,
                )
            )
        ),
        "after a joining word": float(
            bool(re.search(r"\b(?:after|as|and|but|while|although)\s+$", before, re.IGNORECASE))
        ),
        "in parts": float(len(parts) > 1),
        "ends a sentence": float(text[parts[-1][1] - 1 : parts[-1][1] + 1].strip().endswith((".", "!"))),
        "first lines": float(start < 150),
        "lead": float(start < 500),
        "place": start / surroundings.length,
        "last lines": float(start > surroundings.length - 250),
        "like the lead": len(stems & surroundings.lead) / max(3, len(stems)),
        "like the attributed": len(stems & surroundings.attributed) / max(3, len(stems)),
        "odd characters": float(any(mark in clause for mark in "@#<>|©{}=_~")),
        "quotation mark": float(any(mark in clause for mark in '“”"«»')),
    }
    for name in _TOPICS:
        found[name] = float(bool(_topic(name).search(clause)))
    for name in _LISTS:
        found[name] = float(any(word in _listed(name) for word in lower))
    found["counted harm"] = found["harm"] * max(found["digits"], found["numbers"])
    found["no verb"] = float(
        not (found["past"] or found["present"] or found["regular past"] or found["modals"])
    )
    return {name: value for name, value in found.items() if value}


def is_furniture(text: str, parts: Sequence[Range]) -> bool:
    """Tell whether words are none of the report's: a line of tags, a credit, a date, a link."""
    words = [word for start, end in parts for word in _WORD.findall(text[start:end])]
    letters = [word for word in words if word[0].isalpha()]
    return len(letters) < _FEWEST or words[0].casefold() in _listed("rubrics")


def _stems(text: str) -> frozenset[str]:
    return frozenset(
        word[:_STEM].casefold() for word in _WORD.findall(text) if len(word) > 3 or word[0].isdigit()
    )


@cache
def _listed(name: str) -> frozenset[str]:
    return frozenset(read_lexicon("own_voice")["worth"][name])


@cache
def _topic(name: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(read_lexicon('own_voice')['worth'][name])})", re.IGNORECASE)


@cache
def _weights() -> dict[str, float]:
    return {name: float(value) for name, value in read_lexicon("own_voice_weights")["weights"].items()}
