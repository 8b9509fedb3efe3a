"""The nouns of a team: users, projects, roles, what each role may do, tokens, and what was done."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from types import MappingProxyType

import msgspec

from counterclaim.model.errors import Messages, NotAllowedError


class Action(StrEnum):
    """Something that a user does in a project."""

    READ = "read"
    SEARCH = "search"
    EXPORT = "export"
    JUDGE = "judge"
    REVIEW = "review"
    INGEST = "ingest"
    UNDO_OTHERS = "undo-others"
    PROTECT = "protect"
    ERASE = "erase"
    REVEAL = "reveal"
    MANAGE = "manage"


class Role(StrEnum):
    """What a user is in a project; each role may all that the one before it may."""

    READER = "reader"
    ANALYST = "analyst"
    EDITOR = "editor"
    ADMIN = "admin"

    @property
    def rank(self) -> int:
        """How many roles stand below."""
        return list(Role).index(self)


_READER = frozenset({Action.READ, Action.SEARCH, Action.EXPORT})
_ANALYST = _READER | {Action.JUDGE, Action.REVIEW}
_EDITOR = _ANALYST | {Action.INGEST, Action.UNDO_OTHERS, Action.PROTECT, Action.ERASE, Action.REVEAL}

ALLOWED = MappingProxyType(
    {
        Role.READER: _READER,
        Role.ANALYST: _ANALYST,
        Role.EDITOR: _EDITOR,
        Role.ADMIN: _EDITOR | {Action.MANAGE},
    }
)
"""What each role may do. Nothing else decides about it."""


class Access(msgspec.Struct, frozen=True, kw_only=True):
    """What somebody may do in one project, as it stood when the token or the role was looked up.

    ``token`` is the id of the token by which it was got; empty for a user who logged in.
    """

    user: str
    project: str
    role: Role
    token: str = ""

    def may(self, action: Action) -> bool:
        """Tell whether the role allows an action."""
        return action in ALLOWED[self.role]

    def require(self, action: Action) -> None:
        """Raise NotAllowedError where the role does not allow an action."""
        if not self.may(action):
            raise NotAllowedError(Messages.action_refused(self.user, self.project, self.role, action))


class User(msgspec.Struct, frozen=True, kw_only=True):
    """A person of the team. ``admin``: makes users and projects, and gives roles in all of them."""

    name: str
    admin: bool = False
    password: bool = False
    """Whether there is one; it is kept as a hash and never shown."""
    made: datetime
    disabled: datetime | None = None


class Project(msgspec.Struct, frozen=True, kw_only=True):
    """A name, and the place of a ledger that no other project has."""

    name: str
    place: str
    made: datetime


class Grant(msgspec.Struct, frozen=True, kw_only=True):
    """The role of a user in a project."""

    user: str
    project: str
    role: Role
    given: datetime


class Token(msgspec.Struct, frozen=True, kw_only=True):
    """A token for programs, without its secret. ``role`` is the most that it may be used for."""

    id: str
    user: str
    project: str
    role: Role
    name: str
    made: datetime
    expires: datetime | None = None
    revoked: datetime | None = None


class Deed(msgspec.Struct, frozen=True, kw_only=True):
    """One row of the audit: who did what, when, to which user in which project.

    ``by`` is a user, or ``terminal:`` with the name that the system gives who ran the command. The
    rows are numbered from 1, without a gap.
    """

    number: int
    moment: datetime
    by: str
    what: str
    user: str = ""
    project: str = ""
    detail: str = ""
