"""The ledger of a project, which keeps to what its user may do there."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from contextvars import ContextVar
from datetime import datetime
from typing import Self

from sqlalchemy import Connection

from counterclaim.disputes.judging import Analyst
from counterclaim.ledger import Ledger
from counterclaim.model import Capture, Judgement, JudgementKind, Linker, Report
from counterclaim.model.errors import Messages, NotAllowedError
from counterclaim.teams.nouns import Access, Action

_K = JudgementKind
JUDGING = frozenset(
    {
        *(_K.SAME_CLAIM, _K.NOT_SAME_CLAIM, _K.OPPOSED, _K.NOT_OPPOSED, _K.REVISES),
        *(_K.COPY, _K.DERIVED, _K.SAME_ACTOR, _K.DIFFERENT_ACTORS, _K.MEMBER_OF, _K.NOT_MEMBER_OF),
        *(_K.CONFIRMED, _K.REJECTED, _K.VERIFIED, _K.RETRACTED, _K.GRADED, _K.UNDONE),
    }
)
"""Kinds of judgements that come with the right to judge. Any other, as one that protects a source, takes
the right to protect; and to take it back, which shows what it hid, takes the right to reveal too."""

_doing: ContextVar[Action | None] = ContextVar("doing", default=None)


class ProjectLedger(Ledger):
    """A ledger that one user has opened, made by :meth:`Team.open_ledger`.

    Adding reports and judging are checked here. Any other write is refused unless it is done within
    :meth:`doing`, which says what it is; so what nobody thought of is refused, and not allowed. What
    is read is not restricted by role: whoever may open it may read, search and export.
    """

    access: Access

    @classmethod
    def of(cls, access: Access, place: str, clock: Callable[[], datetime], *, reveal: bool = False) -> Self:
        """Open the ledger at a place for what ``access`` allows; with ``reveal`` protected words are shown.

        Raises NotAllowedError where the role may not see these.
        """
        if reveal:
            access.require(Action.REVEAL)
        ledger = cls.open(place, clock=clock, reveal=reveal)
        ledger.access = access
        return ledger

    @classmethod
    def sharing(cls, opened: Ledger, access: Access) -> Self:
        """Return a ledger that is open already, as one user may use it; who opened it closes it."""
        ledger = opened.again(cls)
        ledger.access = access
        return ledger

    @contextmanager
    def doing(self, action: Action) -> Iterator[None]:
        """Allow writes that are part of an action. Raises NotAllowedError where the role does not."""
        self.access.require(action)
        token = _doing.set(action)
        try:
            yield
        finally:
            _doing.reset(token)

    def analyst(self, reason: str = "") -> Analyst:
        """Return what makes the user's judgements, which carry the user's name."""
        self.access.require(Action.JUDGE)
        return Analyst(self.decided()[0], author=self.access.user, reason=reason)

    def add(self, capture: Capture, report: Report, linker: Linker) -> bool:
        """Add a report, as :meth:`Ledger.add` does, for an editor."""
        with self.doing(Action.INGEST):
            return super().add(capture, report, linker)

    def judge_all(self, judgements: Sequence[Judgement], attachments: Sequence[Capture] = ()) -> int:
        """Add judgements of the user, as :meth:`Ledger.judge_all` does.

        Raises NotAllowedError for one that carries another's name, and for one that undoes the judgement of
        another, which only an editor may.
        """
        with self.doing(Action.JUDGE):
            given = {each.id: each for each in judgements}
            for each in judgements:
                self._check(each, given)
            return super().judge_all(judgements, attachments)

    def writing(self) -> AbstractContextManager[Connection]:
        """Return a transaction, as :meth:`Ledger.writing` does, for what the user may do and is doing."""
        action = _doing.get()
        if action is None:
            raise NotAllowedError(Messages.writing_undeclared(self.access.user, self.access.project))
        self.access.require(action)
        return super().writing()

    def _check(self, judgement: Judgement, given: dict[str, Judgement]) -> None:
        if judgement.author != self.access.user:
            raise NotAllowedError(Messages.author_foreign(self.access.user, judgement.author))
        if judgement.kind not in JUDGING:
            self.access.require(Action.PROTECT)
        if judgement.kind is not JudgementKind.UNDONE:
            return
        undone = given.get(judgement.left) or self.judgement(judgement.left)
        if undone.author != self.access.user and not self.access.may(Action.UNDO_OTHERS):
            raise NotAllowedError(Messages.undo_refused(self.access.user, undone.id, undone.author))
        while undone.kind is JudgementKind.UNDONE:  # what is taken back may have taken something back
            undone = given.get(undone.left) or self.judgement(undone.left)
        if undone.kind not in JUDGING:
            self.access.require(Action.PROTECT)
            self.access.require(Action.REVEAL)
