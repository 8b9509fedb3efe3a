"""The judgements with which a person decides about statements, claims, documents and judgements."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Sequence
from itertools import product

import msgspec

from counterclaim.model import (
    Claim,
    Evidence,
    Grade,
    Judgement,
    JudgementKind,
    Protection,
    RefusedError,
    Snapshot,
)
from counterclaim.model.errors import Messages
from counterclaim.model.judgement import by_program
from counterclaim.model.stances import stance_of
from counterclaim.model.standing import BASIS, Standing

_UNANSWERED = frozenset({JudgementKind.GRADED, JudgementKind.PROTECTED, JudgementKind.UNDONE})
_COPIES = frozenset({JudgementKind.COPY, JudgementKind.DERIVED})


class Analyst:
    """Makes the judgements of one person, for a ledger in which ``decided`` has been decided before.

    ``decided`` holds at least the judgements of people and those that they answer, with the order of
    the former (``Ledger.decided``). What the person holds to already gives no new judgement; the
    others follow the last one on their question, so that a decision taken again is another one.
    """

    def __init__(self, decided: Snapshot, *, author: str, reason: str = "") -> None:
        if not author.strip() or author.startswith("program:"):
            raise RefusedError(Messages.author_refused())
        self._standing = Standing.of(decided)
        self._author = author
        self._reason = reason

    def relate(self, kind: JudgementKind, pairs: Iterable[tuple[str, str]]) -> list[Judgement]:
        """Say of pairs of statements (by id) that they are the same claim, opposed, or not so."""
        found = []
        for one, other in sorted({(min(pair), max(pair)) for pair in pairs}):
            if one == other:
                raise RefusedError(Messages.judgement_refused(f"{one} and {other} are one statement."))
            found += self._made(kind, one, other)
        return found

    def merge(self, one: Claim, other: Claim) -> list[Judgement]:
        """Say that all statements of two claims make one claim: each the same as the first of them."""
        if one.id == other.id:
            raise RefusedError(Messages.judgement_refused(f"{one.id} is one claim already."))
        first, *rest = sorted({*one.statements, *other.statements})
        return self.relate(JudgementKind.SAME_CLAIM, ((first, each) for each in rest))

    def split(self, claims: Sequence[Claim], statements: Sequence[str]) -> list[Judgement]:
        """Say that these statements, together, do not make the claims that others make with them."""
        rest = sorted({each for claim in claims for each in claim.statements} - set(statements))
        if not rest:
            raise RefusedError(Messages.judgement_refused(f"{claims[0].id} has no other statement."))
        return self.relate(JudgementKind.NOT_SAME_CLAIM, product(sorted(set(statements)), rest))

    def answer(self, kind: JudgementKind, about: str, judged: Judgement | None = None) -> list[Judgement]:
        """Confirm or reject a statement as it was read, or the judgement ``judged`` whose id is ``about``."""
        if judged is not None and judged.kind in _UNANSWERED:
            why = f"{about} is {judged.kind}: undo it, or judge the same thing yourself."
            raise RefusedError(Messages.judgement_refused(why))
        if judged is not None and not by_program(judged) and judged.author == self._author:
            why = f"{about} is a judgement of your own: undo it, or decide otherwise."
            raise RefusedError(Messages.judgement_refused(why))
        return self._made(kind, about, "", judged=judged)

    def copies(self, one: str, other: str, kind: JudgementKind) -> list[Judgement]:
        """Say that one of two documents (by key) is a copy of the other, or derived from it."""
        return self._made(kind, one, other)

    def independent(self, held: Iterable[Judgement], one: str, other: str) -> list[Judgement]:
        """Say that of two documents neither comes from the other, against ``held``, which say so."""
        pair = tuple(sorted((one, other)))
        found = [j for j in held if j.kind in _COPIES and (j.left, j.right) == pair]
        if not found:
            why = f"No judgement says that {one} and {other} are not independent."
            raise RefusedError(Messages.judgement_refused(why))
        return self._made(JudgementKind.REJECTED, min(each.id for each in found), "", judged=found[0])

    def verified(self, statement: str, evidence: Sequence[Evidence]) -> list[Judgement]:
        """Say that a statement was checked and is borne out, with the evidence."""
        if not evidence:
            why = "Say what bears it out: an address, a file or a note."
            raise RefusedError(Messages.judgement_refused(why))
        return self._made(JudgementKind.VERIFIED, statement, "", evidence=tuple(evidence))

    def grade(self, about: str, grade: Grade) -> list[Judgement]:
        """Give a statement or a document (by key) an Admiralty grade."""
        return self._made(JudgementKind.GRADED, about, "", grade=grade)

    def protect(self, about: str, words: Sequence[str]) -> list[Judgement]:
        """Keep words by which a source is known, a statement's speaker or an actor (by id), from readers."""
        for each in words:
            if sum(character.isalnum() for character in each) < 2:
                raise RefusedError(Messages.protection_empty(each))
        if not words:
            raise RefusedError(Messages.protection_empty(""))
        protection = Protection(words=tuple(sorted(set(words))), salt=secrets.token_hex(16))
        return [
            Judgement.of(
                JudgementKind.PROTECTED,
                about,
                "",
                basis=BASIS,
                author=self._author,
                reason=self._reason,
                protection=protection,
            )
        ]

    def undo(self, judged: Judgement) -> list[Judgement]:
        """Take back a judgement of a person, one's own or another's."""
        if by_program(judged):
            why = f"{judged.id} was made by a program: reject it instead."
            raise RefusedError(Messages.judgement_refused(why))
        if judged.id in self._standing.undone_by:
            return []
        undoings = [
            each
            for each in self._standing.order
            if self._standing.known[each].left == judged.id
            and self._standing.known[each].kind is JudgementKind.UNDONE
        ]
        return [
            Judgement.of(
                JudgementKind.UNDONE,
                judged.id,
                "",
                basis=BASIS,
                author=self._author,
                reason=self._reason,
                follows=undoings[-1] if undoings else "",
            )
        ]

    def _made(
        self,
        kind: JudgementKind,
        one: str,
        other: str,
        *,
        judged: Judgement | None = None,
        evidence: tuple[Evidence, ...] = (),
        grade: Grade | None = None,
    ) -> list[Judgement]:
        """Return the judgement, but nothing where the person holds to the very same already."""
        draft = Judgement.of(
            kind, one, other, basis=BASIS, author=self._author, evidence=evidence, grade=grade
        )
        known = {**self._standing.known, **({judged.id: judged} if judged is not None else {})}
        stance = stance_of(draft, known)
        if stance is None:
            raise RefusedError(Messages.judgement_refused(f"{one} cannot be {kind}."))
        for mine in self._standing.held_by(self._author, stance.subject):
            said = self._standing.stance(mine.id)
            alike = said is not None and (said.kind, said.right) == (stance.kind, stance.right)
            if alike and (mine.grade, mine.evidence) == (grade, evidence):
                return []
        return [
            Judgement.of(
                kind,
                one,
                other,
                basis=BASIS,
                author=self._author,
                reason=self._reason,
                follows=self._standing.last_about(stance.subject),
                evidence=evidence,
                grade=grade,
            )
        ]


def parse_grade(text: str) -> Grade:
    """Read an Admiralty grade such as ``B2``. Raises LedgerError for anything else."""
    written = text.strip().upper()
    if len(written) != 2 or written[0] not in "ABCDEF" or written[1] not in "123456":
        raise RefusedError(Messages.grade_invalid(text))
    return msgspec.convert({"source": written[0], "information": int(written[1])}, Grade)
