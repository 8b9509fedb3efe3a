"""What a person's decision says about which question, and which decisions contradict one another."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from counterclaim.model.judgement import Judgement, JudgementKind

_K = JudgementKind

CLAIM = "claim"
"""How two statements stand to each other."""
COPY = "copy"
"""Whether two documents are independent."""
ACTOR = "actor"
"""Whether two names mean one actor."""
PARTY = "party"
"""For which party an actor speaks."""
READING = "reading"
"""Whether a statement was read rightly."""
FACT = "fact"
"""Whether what a judgement about one thing, or about versions, says is so."""
GRADE = "grade"
"""An analyst's grade of a statement or document."""

_TOPICS = {
    _K.SAME_CLAIM: CLAIM,
    _K.OPPOSED: CLAIM,
    _K.NOT_SAME_CLAIM: CLAIM,
    _K.NOT_OPPOSED: CLAIM,
    _K.COPY: COPY,
    _K.DERIVED: COPY,
    _K.SAME_ACTOR: ACTOR,
    _K.DIFFERENT_ACTORS: ACTOR,
    _K.MEMBER_OF: PARTY,
    _K.NOT_MEMBER_OF: PARTY,
    _K.VERIFIED: FACT,
    _K.RETRACTED: FACT,
    _K.REVISES: FACT,
}
_CONTRARY = {
    _K.SAME_CLAIM: _K.NOT_SAME_CLAIM,
    _K.OPPOSED: _K.NOT_OPPOSED,
    _K.SAME_ACTOR: _K.DIFFERENT_ACTORS,
    _K.MEMBER_OF: _K.NOT_MEMBER_OF,
}
CONTRARY = _CONTRARY | {no: yes for yes, no in _CONTRARY.items()}
"""The kind that says of the same two things that it is not so."""
_CLASHES = frozenset(
    {
        frozenset({_K.SAME_CLAIM, _K.NOT_SAME_CLAIM}),
        frozenset({_K.SAME_CLAIM, _K.OPPOSED}),
        frozenset({_K.OPPOSED, _K.NOT_OPPOSED}),
    }
)
ANSWERS = frozenset({_K.CONFIRMED, _K.REJECTED})
"""Kinds that say of a judgement, or of a statement as it was read, whether it is right."""


class Stance(NamedTuple):
    """What one decision says: the question that it answers, the answer, and what it is about.

    ``kind`` is the answer put as a judgement of its own: who rejects a same-claim edge says
    not-same-claim. Where no kind says so (a copy rejected) it is REJECTED. ``target`` is the judgement
    that is confirmed or rejected.
    """

    subject: tuple[str, ...]
    kind: JudgementKind
    left: str
    right: str
    target: Judgement | None = None

    @property
    def topic(self) -> str:
        """What kind of question is answered."""
        return self.subject[0]

    @property
    def negative(self) -> bool:
        """Tell whether it says that a copy, a fact or a reading is wrong."""
        return self.kind is _K.REJECTED

    def clashes(self, other: Stance) -> bool:
        """Tell whether two answers to one question cannot both be right."""
        match self.topic:
            case "claim":
                return frozenset({self.kind, other.kind}) in _CLASHES
            case "actor":
                return self.kind is not other.kind
            case "party":
                if self.right == other.right:
                    return self.kind is not other.kind
                return self.kind is other.kind is _K.MEMBER_OF
            case "grade":
                return False
            case _:
                return self.negative is not other.negative

    def replaces(self, earlier: Stance) -> bool:
        """Tell whether this answer of a person takes the place of one that the same person gave before.

        A second verification adds to the first, since each has its own evidence.
        """
        if self.topic == GRADE or self.clashes(earlier):
            return True
        repeated = (self.kind, self.right) == (earlier.kind, earlier.right)
        return repeated and self.kind is not _K.VERIFIED


def stance_of(judgement: Judgement, known: Mapping[str, Judgement]) -> Stance | None:
    """Return what a decision says; None for an undoing, and where what it answers is not known.

    ``known`` are the judgements by id. An answer to an answer is followed to what is judged: who rejects
    a rejection says that it is so.
    """
    target, negative = judgement, False
    while target.kind in ANSWERS:
        negative ^= target.kind is _K.REJECTED
        answered = known.get(target.left)
        if answered is None:
            if target.left.startswith("j-"):
                return None
            kind = _K.REJECTED if negative else _K.CONFIRMED
            return Stance((READING, target.left), kind, target.left, "")
        target = answered
    found = None if target is judgement else target
    left, right = target.left, target.right
    if target.kind is _K.GRADED:
        return Stance((GRADE, left), target.kind, left, "") if found is None else None
    topic = _TOPICS.get(target.kind)
    if topic is None:
        return None
    kind = CONTRARY.get(target.kind, _K.REJECTED) if negative else target.kind
    subject: tuple[str, ...] = (topic, left, right)
    if topic == PARTY:
        subject = (topic, left, "")
    elif topic == FACT:
        subject = (topic, left, right, target.kind)
    return Stance(subject, kind, left, right, found)
