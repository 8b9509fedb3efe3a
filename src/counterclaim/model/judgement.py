"""A decision, by program or analyst, that is added and never changed."""

from __future__ import annotations

from enum import StrEnum

import msgspec

from counterclaim.model.digest import identifier


class JudgementKind(StrEnum):
    """What is decided about two things (or, for the last two, about one)."""

    SAME_CLAIM = "same-claim"
    OPPOSED = "opposed"
    NOT_SAME_CLAIM = "not-same-claim"
    NOT_OPPOSED = "not-opposed"
    SAME_ACTOR = "same-actor"
    COPY = "copy"
    DERIVED = "derived"
    VERIFIED = "verified"
    RETRACTED = "retracted"


class Judgement(msgspec.Struct, frozen=True, kw_only=True, tag_field="type", tag="judgement"):
    """That ``left`` and ``right`` stand in the relation ``kind``, who decided so, and why.

    ``left`` and ``right`` are ids of statements (same-claim, opposed), of document versions (copy,
    derived) or of actors (same-actor), in sorted order, since every relation here is symmetric;
    for a judgement about one thing ``right`` is empty. ``basis`` is a short stable word for the rule
    or evidence (``denial``, ``negation``, ``reference``, ``rival-value``, ``paraphrase``, ``shingles``,
    ``analyst``). ``author`` is ``program:NAME/VERSION`` or a person's name. The time is kept by
    the ledger that records it.
    """

    id: str
    kind: JudgementKind
    left: str
    right: str
    basis: str
    author: str
    confidence: float = 1.0
    reason: str = ""

    @classmethod
    def of(
        cls,
        kind: JudgementKind,
        one: str,
        other: str,
        *,
        basis: str,
        author: str,
        confidence: float = 1.0,
        reason: str = "",
    ) -> Judgement:
        """Make a judgement whose id depends on what is judged, by whom and why, not on the order."""
        left, right = sorted((one, other)) if other else (one, other)
        return cls(
            id=identifier("j", kind, left, right, basis, author, reason),
            kind=kind,
            left=left,
            right=right,
            basis=basis,
            author=author,
            confidence=confidence,
            reason=reason,
        )
