"""Whether two statements make the same claim, or cannot both be true: the rules and their reasons."""

from __future__ import annotations

from datetime import date

import msgspec

from counterclaim.claims.gist import Gist
from counterclaim.model import Act, JudgementKind

FIGURES_DAYS = 1
"""Rival figures are given at one time: reports further apart than this give an update, not a dispute."""


class Decision(msgspec.Struct, frozen=True):
    """The relation of two statements, the rule that found it, and how far the rule is to be trusted."""

    kind: JudgementKind
    basis: str
    confidence: float
    reason: str = ""


def decide(one: Gist, other: Gist) -> Decision | None:
    """Return how two statements stand to each other; None where nothing can be said.

    The decision is symmetric and depends on the two alone. The explicit rules come first: a
    reference ("the claim was fabricated"), who holds a place, figures; then shared words.
    """
    if one.statement.id == other.statement.id:
        return None
    if one.statement.id in other.statement.refers_to or other.statement.id in one.statement.refers_to:
        return Decision(JudgementKind.OPPOSED, "reference", 0.9, "one calls the other untrue")
    if not _comparable(one, other):
        return None
    return (
        _by_control(one, other)
        or _by_figures(one, other)
        or _by_accusation(one, other)
        or _by_words(one, other)
    )


def _comparable(one: Gist, other: Gist) -> bool:
    """Tell whether the two can be about one event: in one report, or in reports that share a name."""
    return one.document == other.document or bool(one.place & other.place)


def _by_control(one: Gist, other: Gist) -> Decision | None:
    if not one.control or not other.control:
        return None
    if one.document != other.document and not one.names & other.names:
        return None
    if one.control == other.control:
        return Decision(JudgementKind.SAME_CLAIM, "control", 0.6, "both say the same on who holds the place")
    return Decision(
        JudgementKind.OPPOSED, "control", 0.7, "one says that the place has changed hands, one not"
    )


def _by_figures(one: Gist, other: Gist) -> Decision | None:
    """Compare figures: rivals are exact, of one measure, given at one time, by different parties."""
    mine = {q.measure: q for q in one.quantities}
    for theirs in other.quantities:
        figure = mine.get(theirs.measure)
        if figure is None or one.positive != other.positive:
            continue
        if one.document != other.document and not one.names & other.names:
            continue
        if figure.value == theirs.value:
            return Decision(
                JudgementKind.SAME_CLAIM, "figure", 0.7, f"both give {figure.value:g} {figure.measure}"
            )
        if (
            figure.exact
            and theirs.exact
            and one.party != other.party
            and one.party is not None
            and other.party is not None
            and days_apart(one.published, other.published) <= FIGURES_DAYS
        ):
            return Decision(
                JudgementKind.OPPOSED,
                "rival-value",
                0.7,
                f"{figure.value:g} or {theirs.value:g} {figure.measure}",
            )
    return None


def _by_accusation(one: Gist, other: Gist) -> Decision | None:
    """An accusation, and a negated statement about what the accused is accused of, in one report."""
    if one.document != other.document or one.party == other.party:
        return None
    for accusation, answer in ((one, other), (other, one)):
        if accusation.statement.act is not Act.ACCUSE or answer.positive or not accusation.positive:
            continue
        if answer.statement.content[0].start < accusation.statement.content[0].start:
            continue
        if len(accusation.terms & answer.terms) >= 2 and accusation.names & answer.names:
            return Decision(JudgementKind.OPPOSED, "answer", 0.7, "a negation answers the accusation")
    return None


def _by_words(one: Gist, other: Gist) -> Decision | None:
    common = one.terms & other.terms
    smaller = min(len(one.terms), len(other.terms))
    if not smaller or len(common) < 2:
        return None
    contained = len(common) / smaller
    alike = len(common) / len(one.terms | other.terms)
    if one.positive == other.positive:
        if (alike >= 0.5 and len(common) >= 3) or (contained >= 0.75 and len(common) >= 4):
            return Decision(JudgementKind.SAME_CLAIM, "words", round(min(0.95, 0.4 + alike / 2), 2))
        return None
    denial = Act.DENY in {one.statement.act, other.statement.act}
    if contained >= (0.6 if denial else 0.67) and len(common) >= (2 if denial else 3):
        return Decision(
            JudgementKind.OPPOSED,
            "denial" if denial else "negation",
            round(min(0.9, 0.4 + contained / 2), 2),
            "one says what the other denies",
        )
    return None


def days_apart(one: str | None, other: str | None) -> int:
    """Return the whole days between two ISO 8601 dates or moments; 0 where one is unknown."""
    if one is None or other is None:
        return 0
    return abs((date.fromisoformat(one[:10]) - date.fromisoformat(other[:10])).days)
