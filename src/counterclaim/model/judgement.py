"""A decision, by program or analyst, that is added and never changed, and what it rests on."""

from __future__ import annotations

from enum import StrEnum
from typing import Literal

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
    REVISES = "revises"
    """The left document is a later version of the right one."""
    CONFIRMED = "confirmed"
    """What the left judgement says, or the left statement as it was read, is right."""
    REJECTED = "rejected"
    """What the left judgement says, or the left statement as it was read, is wrong."""
    GRADED = "graded"
    """An analyst's Admiralty grade of the left statement or document."""
    UNDONE = "undone"
    """The left judgement is taken back."""
    PROTECTED = "protected"
    """Names of the left actor, or of the left statement's speaker, are to be kept from readers."""


DIRECTED = frozenset({JudgementKind.MEMBER_OF, JudgementKind.NOT_MEMBER_OF, JudgementKind.REVISES})
"""Kinds in which it matters which of the two is the left one."""


class Evidence(msgspec.Struct, frozen=True, kw_only=True):
    """What an analyst attaches to a judgement: an address, a file that the ledger keeps, or a note.

    ``capture`` is the SHA-256 of the file's bytes, which stand in the ledger as a capture. At least
    one of the three is given.
    """

    url: str | None = None
    capture: str | None = None
    note: str = ""


class Grade(msgspec.Struct, frozen=True, kw_only=True):
    """An Admiralty grade (NATO AJP-2.1), set by an analyst and never computed.

    ``source`` is the reliability of the source, A (completely reliable) to F (cannot be judged);
    ``information`` the credibility of the information, 1 (confirmed) to 6 (cannot be judged).
    """

    source: Literal["A", "B", "C", "D", "E", "F"]
    information: Literal[1, 2, 3, 4, 5, 6]

    def __str__(self) -> str:
        return f"{self.source}{self.information}"


class Protection(msgspec.Struct, frozen=True, kw_only=True):
    """The words that are to be kept from readers: names by which a source is known, as people write them.

    ``salt`` is a secret of random characters from which the names are made that are shown instead. Both are
    empty wherever a protection is read by somebody who may not see them.
    """

    words: tuple[str, ...] = ()
    salt: str = ""


class Judgement(msgspec.Struct, frozen=True, kw_only=True, tag_field="type", tag="judgement"):
    """That ``left`` and ``right`` stand in the relation ``kind``, who decided so, and why.

    ``left`` and ``right`` are ids of statements (same-claim, opposed), of document versions (copy,
    derived) or of actors: an actor's id as reports give it, which means all the reports where it
    has this id, or ``KEY/ID`` for the one in the document with this key. They stand in sorted order
    where the relation is symmetric; for a judgement about one thing ``right`` is empty. ``follows``
    is the id of the earlier judgement that this one answers, so that a decision that is taken
    back and taken again is another judgement each time. ``basis`` is a short stable word for the rule
    or evidence (``denial``, ``negation``, ``reference``, ``rival-value``, ``paraphrase``, ``shingles``,
    ``analyst``). ``evidence`` is what a person attaches, ``grade`` what one sets,
    ``protection`` the words that one protects. ``author`` is
    ``program:NAME/VERSION`` or a person's name. The time is kept by
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
    evidence: tuple[Evidence, ...] = ()
    grade: Grade | None = None
    protection: Protection | None = None

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
        evidence: tuple[Evidence, ...] = (),
        grade: Grade | None = None,
        protection: Protection | None = None,
    ) -> Judgement:
        """Make a judgement whose id depends on what is judged, by whom and why.

        It does not depend on the order of the two, but where the relation has a direction. Of protected
        words the salt alone stands in it, so that nobody can try words on it.
        """
        left, right = sorted((one, other)) if other and kind not in DIRECTED else (one, other)
        parts = [kind, left, right, basis, author, reason]
        # What is left empty stands in no id, so that ids from before these fields stay as they were.
        parts += [follows] if follows or evidence or grade else []
        parts += [str(grade or "")] if evidence or grade else []
        parts += [part for each in evidence for part in (each.url or "", each.capture or "", each.note)]
        parts += [protection.salt] if protection else []
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
            evidence=evidence,
            grade=grade,
            protection=protection,
        )


def by_program(judgement: Judgement) -> bool:
    """Tell whether a program made the judgement."""
    return judgement.author.startswith("program:")
