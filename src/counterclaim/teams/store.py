"""A team: its users, projects, roles and tokens, and who may open what."""

from __future__ import annotations

import getpass
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Self, TypeVar

from sqlalchemy import Connection

from counterclaim.ledger.dialect import dialect_of
from counterclaim.ledger.moments import from_microseconds, now, to_microseconds
from counterclaim.ledger.opened import Opened
from counterclaim.ledger.transactions import Transaction, retried
from counterclaim.model.errors import Messages, NotAllowedError, NotKnownError
from counterclaim.teams import logins, lookup, members, sessions, tokens
from counterclaim.teams.auditing import deeds
from counterclaim.teams.authority import By
from counterclaim.teams.credentials import hash_password, is_password
from counterclaim.teams.nouns import Access, Deed, Grant, Project, Role, Token, User
from counterclaim.teams.opening import open_team
from counterclaim.teams.project_ledger import ProjectLedger

Result = TypeVar("Result")


class Team(Opened):
    """A team directory, made by :meth:`open`; close it, or use it as a context manager.

    Whatever changes it takes ``by``: who asks, and has to have the right to (see
    :mod:`counterclaim.teams.authority`); None stands for who runs the program on this machine. Each
    change is one transaction with its row of the audit. TeamError says what is refused and why.
    """

    @classmethod
    def open(
        cls,
        place: str = "counterclaim-team.db",
        *,
        create: bool = False,
        clock: Callable[[], datetime] = now,
    ) -> Self:
        """Open the team directory at a place: a file, or a URL as that of a ledger.

        With ``create`` a missing one is made, in a file that its owner alone may read (mode 0600). ``clock``
        gives the time. Raises LedgerError where there is none that this version can use, and TeamError
        where others have rights to the file.
        """
        return cls(open_team(str(place), create=create), clock)

    # Users.

    def add_user(self, name: str, *, admin: bool = False, password: str | None = None, by: By = None) -> None:
        """Make a user, who may log in where there is a password. ``admin``: may manage this directory."""
        kept = None if password is None else hash_password(password)
        with self._writing() as connection:
            members.add_user(connection, by, _doer(by), self._now(), name=name, admin=admin, kept=kept)

    def set_password(self, name: str, password: str, *, by: By = None) -> None:
        """Give a user another password."""
        kept = hash_password(password)
        with self._writing() as connection:
            members.set_password(connection, by, _doer(by), self._now(), name=name, kept=kept)

    def set_admin(self, name: str, *, admin: bool, by: By = None) -> None:
        """Say whether a user may manage this directory."""
        with self._writing() as connection:
            members.set_admin(connection, by, _doer(by), self._now(), name=name, admin=admin)

    def disable(self, name: str, *, by: By = None) -> None:
        """Shut a user out at once, with all tokens; what they did stays."""
        with self._writing() as connection:
            members.set_disabled(connection, by, _doer(by), self._now(), name=name, disabled=True)

    def enable(self, name: str, *, by: By = None) -> None:
        """Let a disabled user in again, with the roles and tokens that they had."""
        with self._writing() as connection:
            members.set_disabled(connection, by, _doer(by), self._now(), name=name, disabled=False)

    def users(self) -> list[User]:
        """Return all users, sorted by name."""
        with self._reading() as connection:
            return list(lookup.all_users(connection))

    # Projects and roles.

    def add_project(self, name: str, place: str, *, by: By = None) -> None:
        """Make a project with a ledger of its own, which is made where there is none yet.

        Raises TeamError where the place is another project's, or a URL that holds a password.
        """
        with self._writing() as connection:
            members.add_project(connection, by, _doer(by), self._now(), name=name, place=place)

    def projects(self) -> list[Project]:
        """Return all projects, sorted by name."""
        with self._reading() as connection:
            return list(lookup.all_projects(connection))

    def give_role(self, user: str, project: str, role: Role, *, by: By = None) -> None:
        """Give a user a role in a project, in place of the one they had there."""
        with self._writing() as connection:
            given = {"user": user, "project": project}
            members.give_role(connection, by, _doer(by), self._now(), **given, role=role)

    def take_role(self, user: str, project: str, *, by: By = None) -> None:
        """Take a user's role in a project away, and revoke their tokens for it."""
        with self._writing() as connection:
            members.take_role(connection, by, _doer(by), self._now(), user=user, project=project)

    def roles(self, *, user: str | None = None, project: str | None = None) -> list[Grant]:
        """Return who has which role where, sorted by project and user."""
        with self._reading() as connection:
            return list(lookup.grants(connection, user=user, project=project))

    # Tokens.

    def make_token(
        self, user: str, project: str, role: Role, name: str, expires: datetime | None, *, by: By = None
    ) -> str:
        """Make a token and return its secret, which is shown this once and kept nowhere.

        ``role`` is at most the user's own, ``name`` says what the token is for, ``expires`` is a moment
        with zone, or None for a token that lasts until it is revoked.
        """
        with self._writing() as connection:
            given = {"user": user, "project": project, "name": name}
            return tokens.make_token(
                connection, by, _doer(by), self._now(), **given, role=role, expires=expires
            )

    def revoke(self, token: str, *, by: By = None) -> None:
        """Make the token with this id useless for ever."""
        with self._writing() as connection:
            tokens.revoke(connection, by, _doer(by), self._now(), token=token)

    def tokens(self, *, user: str | None = None, project: str | None = None) -> list[Token]:
        """Return the tokens without their secrets, sorted by project, user and when they were made."""
        with self._reading() as connection:
            return list(lookup.all_tokens(connection, user=user, project=project))

    def audit(
        self, *, user: str | None = None, project: str | None = None, most: int | None = None
    ) -> list[Deed]:
        """Return what was done in this directory, the newest ``most`` rows, in the order it was done."""
        with self._reading() as connection:
            return list(deeds(connection, user=user, project=project, most=most))

    # Letting in.

    def authenticate(self, secret: str) -> Access:
        """Return what the bearer of a token may do. Raises NotKnownError where it lets nobody in."""

        def once() -> Access | None:
            with self._reading() as connection:
                return tokens.authenticate(connection, secret, self._now())

        access = retried(once)
        if access is None:
            raise NotKnownError(Messages.token_refused())
        return access

    def log_in(self, name: str, password: str) -> User:
        """Return the user of this name and password.

        Raises NotKnownError where one of them is wrong or the user is disabled, and ThrottledError where 5
        tries under this name have failed within 15 minutes.
        """
        return self._logged_in(name, password, lambda _connection, user: user)

    def begin_session(self, name: str, password: str) -> str:
        """Log a user in as :meth:`log_in` does, and return the secret of the session, which is kept nowhere.

        Both is one step, so that no session outlives a password that is changed meanwhile.
        """
        return self._logged_in(
            name, password, lambda connection, user: sessions.begin(connection, user.name, self._now())
        )

    def _logged_in(self, name: str, password: str, then: Callable[[Connection, User], Result]) -> Result:
        with self._writing() as connection:
            attempt = logins.begin(connection, name, self._now())
        right = is_password(password, attempt.kept)
        with self._writing() as connection:
            user = logins.end(connection, attempt, self._now(), right=right)
            result = then(connection, user) if user is not None else None
        if user is None or result is None:
            raise NotKnownError(Messages.login_refused())
        return result

    def session(self, secret: str) -> User | None:
        """Return whose session this is; None where it is over.

        It is over when it was ended, is 12 hours old, or was not used for an hour.
        """
        with self._reading() as connection:
            found = sessions.holder(connection, secret, self._now())
        if found is None:
            return None
        user, noting = found
        if noting:
            with self._writing() as connection:
                sessions.note(connection, secret, self._now())
        return user

    def end_session(self, secret: str) -> None:
        """End a session: somebody logs out."""
        with self._writing() as connection:
            sessions.end(connection, secret, self._now())

    def end_sessions(self, name: str, *, by: By = None) -> int:
        """End all sessions of a user; return how many went on."""
        with self._writing() as connection:
            return members.end_sessions(connection, by, _doer(by), self._now(), name=name)

    def visit(self, user: str, project: str) -> datetime | None:
        """Keep that a user is in a project; return when their visit before this one ended.

        None for the first. Half an hour without a request ends a visit.
        """
        now = self._now()
        with self._reading() as connection:
            known = sessions.visited(connection, user, project)
        if known is not None and sessions.is_noted(known[0], now):
            before = known[1]
        else:
            with self._writing() as connection:
                before = sessions.visit(connection, user, project, now)
        return None if before is None else from_microseconds(before)

    def access(self, user: str, project: str) -> Access:
        """Return what a user who has logged in may do in a project.

        Raises TeamError where there is no such user or project, NotAllowedError where they have no role.
        """
        with self._reading() as connection:
            lookup.find_user(connection, user)
            lookup.find_project(connection, project)
            found = lookup.standing(connection, user, project, "", self._now())
        if found is None:
            raise NotAllowedError(Messages.access_over(user, project))
        return found

    def open_ledger(self, access: Access, *, reveal: bool = False) -> ProjectLedger:
        """Open the ledger of the project, and of no other, for what ``access`` still allows.

        With ``reveal`` protected words are shown, to those who may see them. Raises NotAllowedError where it
        allows nothing any more (the token was revoked, say), or not that. Open it for
        each piece of work anew: what is open stays open.
        """
        with self._reading() as connection:
            found = lookup.standing(connection, access.user, access.project, access.token, self._now())
            if found is None:
                raise NotAllowedError(Messages.access_over(access.user, access.project))
            place = lookup.find_project(connection, access.project).place
        role = lookup.lower(access.role, found.role)
        held = Access(user=found.user, project=found.project, role=role, token=found.token)
        return ProjectLedger.of(held, place, self._clock, reveal=reveal)

    def goes_on(self, access: Access, session: str = "") -> bool:
        """Tell whether somebody may still be in a project, by role, by token and by the session they came by.

        To ask is no use of the session.
        """
        with self._reading() as connection:
            if session and sessions.holder(connection, session, self._now()) is None:
                return False
            standing = lookup.standing(connection, access.user, access.project, access.token, self._now())
        return standing is not None

    def _now(self) -> int:
        return to_microseconds(self._clock())

    def _writing(self) -> Transaction:
        return Transaction(dialect_of(self._engine).writing(self._engine))

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        with self._engine.connect() as connection, connection.begin():
            yield connection


def _doer(by: By) -> str:
    """Return who did it, as the audit has it; a name of the system's is no user's, as it has a colon."""
    if by is None:
        return f"terminal:{_system_name()}"[:80]
    return by.name if isinstance(by, User) else by.user


def _system_name() -> str:
    try:
        name = getpass.getuser()
    except (KeyError, OSError):  # a user without a name, as in some containers
        return "unknown"
    return "".join(each for each in name if each.isprintable())
