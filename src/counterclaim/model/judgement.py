"""A decision, by program or analyst, that is added and never changed."""

from __future__ import annotations

from enum import StrEnum

import msgspec

from counterclaim.model.digest import identifier


class JudgementKind(StrEnum):
    """What is decided about two things (or, for ``verified`` and ``retracted``, about one)."""

    SAME_CLAIM = "same-claim"
    OPPOSED = "opposed"
    NOT_SAME_CLAIM = "not-same-claim"
    NOT_OPPOSED = "not-opposed"
    SAME_ACTOR = "same-actor"
    DIFFERENT_ACTORS = "different-actors"
    MEMBER_OF = "member-of"
    """The left actor speaks for the right one, its party."""
    NOT_MEMBER_OF = "not-member-of"
    COPY = "copy"
    DERIVED = "derived"
    VERIFIED = "verified"
    RETRACTED = "retracted"


DIRECTED = frozenset({JudgementKind.MEMBER_OF, JudgementKind.NOT_MEMBER_OF})
"""Kinds in which it matters which of the two is the left one."""


class Judgement(msgspec.Struct, frozen=True, kw_only=True, tag_field="type", tag="judgement"):
    """That ``left`` and ``right`` stand in the relation ``kind``, who decided so, and why.

    ``left`` and ``right`` are ids of statements (same-claim, opposed), of document versions (copy,
    derived) or of actors: an actor's id as reports give it, which means all the reports where it
    has this id, or ``KEY/ID`` for the one in the document with this key. They stand in sorted order
    where the relation is symmetric; for a judgement about one thing ``right`` is empty. ``follows``
    is the id of the earlier judgement that this one answers, so that a decision that is taken
    back and taken again is another judgement each time. ``basis`` is a short stable word for the rule
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
    follows: str = ""

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
        follows: str = "",
    ) -> Judgement:
        """Make a judgement whose id depends on what is judged, by whom and why.

        It does not depend on the order of the two, but where the relation has a direction.
        """
        left, right = sorted((one, other)) if other and kind not in DIRECTED else (one, other)
        parts = (kind, left, right, basis, author, reason, *([follows] if follows else []))
        return cls(
            id=identifier("j", *parts),
            kind=kind,
            left=left,
            right=right,
            basis=basis,
            author=author,
            confidence=confidence,
            reason=reason,
            follows=follows,
        )
