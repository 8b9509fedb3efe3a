"""The words of a dispute: its question and the labels of its positions, from the claims themselves."""

from __future__ import annotations

import re
from collections.abc import Sequence

from counterclaim.model import Act, Statement

_MARKS = "“”\"«»„‘’' \n,;:"
LONGEST = 160


def best_statement(statements: Sequence[Statement]) -> Statement:
    """Return the statement that says most on its own: an assertion of middle length, not a reference."""
    return min(
        statements,
        key=lambda s: (
            bool(s.refers_to),
            s.act is Act.DENY,
            not 5 <= len(s.content_text.split()) <= 30,
            abs(len(s.content_text.split()) - 12),
            s.id,
        ),
    )


def wording(statement: Statement) -> str:
    """Return the first sentence of the content as a fragment: no marks around it, no "that" before it."""
    text = " ".join(statement.content[0].quote.split())
    text = re.sub(r"^that\s+", "", text.strip(_MARKS), flags=re.IGNORECASE).strip(_MARKS).rstrip(".")
    first = re.split(r"(?<=[.!?])[”\"]?\s+[“\"]?(?=[A-Z])", text, maxsplit=1)[0].rstrip(". ").strip(_MARKS)
    if len(first) > LONGEST:
        first = first[: LONGEST - 1].rsplit(" ", 1)[0] + "…"
    return first + "”" if first.count("“") > first.count("”") else first


def label_of(statements: Sequence[Statement]) -> str:
    """Return the label of a position: what its best statement says, "Denied:" before a denial."""
    best = best_statement(statements)
    words = wording(best)
    words = words[:1].upper() + words[1:]
    if best.act is Act.DENY and not best.refers_to:
        return f"Denied: {words}"
    return words


def question_of(positions: Sequence[Sequence[Statement]], *, rival_values: bool) -> str:
    """Return the question that the positions answer.

    It quotes a claim and adds nothing: "Is it true that ...?" for a claim and its denial, "Which is
    it: ... or ...?" for rival values.
    """
    if rival_values:
        return "Which is it: " + ", or ".join(wording(best_statement(p)) for p in positions) + "?"
    asserting = [s for position in positions for s in position if s.polarity and s.act is not Act.DENY]
    best = best_statement(asserting or [s for position in positions for s in position])
    words = wording(best)
    if best.act is Act.ACCUSE and best.speaker is not None:
        return f"Is the accusation by {best.speaker.label} true: {words}?"
    if len(words.split()) < 4 and best.speaker is not None:
        return f"Is it so, as {best.speaker.label} {best.cue_text}: {words}?"
    return f"Is it true that {_lower_first(words)}?"


def _lower_first(words: str) -> str:
    first = words.split(" ", 1)[0]
    if first in {"The", "A", "An", "There", "It", "They", "He", "She", "We", "This", "That", "In", "No"}:
        return words[:1].lower() + words[1:]
    return words
