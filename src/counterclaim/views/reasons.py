"""Why: the judgements on which a dispute, or anything else, stands."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from counterclaim.model import Judgement, JudgementKind
from counterclaim.views.catalogue import Catalogue


class Reason(msgspec.Struct, frozen=True, kw_only=True):
    """A judgement, with words for the two things that it is about, and the people who say otherwise."""

    id: str
    kind: JudgementKind
    left: str
    left_name: str
    right: str
    right_name: str
    basis: str
    author: str
    reason: str
    overruled_by: tuple[str, ...] = ()


def reason_of(catalogue: Catalogue, judgement: Judgement) -> Reason:
    """Return the judgement as a reason."""
    return Reason(
        id=judgement.id,
        kind=judgement.kind,
        left=judgement.left,
        left_name=words_of(catalogue, judgement.left),
        right=judgement.right,
        right_name=words_of(catalogue, judgement.right),
        basis=judgement.basis,
        author=judgement.author,
        reason=judgement.reason,
        overruled_by=catalogue.standing.overruled_by(judgement),
    )


def reasons_by_basis(reasons: Iterable[Reason]) -> list[tuple[str, list[Reason]]]:
    """Return reasons with the same words together, those with most pairs first."""
    groups: dict[str, list[Reason]] = {}
    for each in reasons:
        basis = each.basis if each.author.startswith("program:") else f"judged by {each.author}"
        words = f"{basis}: {each.reason}" if each.reason else basis
        groups.setdefault(words, []).append(each)
    return sorted(groups.items(), key=lambda group: (-len(group[1]), group[0]))


def words_of(catalogue: Catalogue, identifier: str) -> str:
    """Return a name for a statement (its speaker's), a document or an actor."""
    statement = catalogue.statements.get(identifier)
    if statement:
        return catalogue.speaker_name(statement) or "the report itself"
    document = catalogue.documents.get(identifier)
    return document.id if document else catalogue.actor_name(identifier)
