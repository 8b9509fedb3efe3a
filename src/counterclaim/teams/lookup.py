"""Finding users, projects, roles and tokens in a team directory."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from difflib import get_close_matches
from typing import Any

from sqlalchemy import Connection, Row, select

from counterclaim.ledger.moments import from_microseconds
from counterclaim.model.errors import Messages, TeamError
from counterclaim.teams.nouns import Access, Grant, Project, Role, Token, User
from counterclaim.teams.schema import projects, roles, tokens, users

_NAMED = {"user": users.c.name, "project": projects.c.name, "token": tokens.c.id}


def find_user(connection: Connection, name: str) -> Row[Any]:
    """Return the row of a user. Raises TeamError where there is none of this name."""
    return _find(connection, "user", name)


def find_project(connection: Connection, name: str) -> Row[Any]:
    """Return the row of a project. Raises TeamError where there is none of this name."""
    return _find(connection, "project", name)


def find_token(connection: Connection, name: str) -> Row[Any]:
    """Return the row of a token. Raises TeamError where there is none of this id."""
    return _find(connection, "token", name)


def holds(connection: Connection, what: str, name: str) -> bool:
    """Tell whether there is a ``user`` or ``project`` of this name."""
    column = _NAMED[what]
    return connection.execute(select(column).where(column == name)).first() is not None


def role_of(connection: Connection, user: str, project: str) -> Role | None:
    """Return the role of a user in a project; None where there is none."""
    query = select(roles.c.role).where(roles.c.user == user, roles.c.project == project)
    found = connection.execute(query).scalar()
    return None if found is None else Role(found)


def standing(connection: Connection, user: str, project: str, token: str, now: int) -> Access | None:
    """Return what a user may do in a project at this moment, with a token or (``token`` empty) without.

    None where the user is disabled or has no role there, and where the token is revoked, has expired, or is
    of another user or project. A token's role never goes beyond its user's.
    """
    enabled = select(users.c.name).where(users.c.name == user, users.c.disabled.is_(None))
    role = role_of(connection, user, project)
    if role is None or connection.execute(enabled).first() is None:
        return None
    if token:
        query = select(tokens).where(
            tokens.c.id == token,
            tokens.c.user == user,
            tokens.c.project == project,
            tokens.c.revoked.is_(None),
        )
        row = connection.execute(query).first()
        if row is None or (row.expires is not None and row.expires <= now):
            return None
        role = lower(role, Role(row.role))
    return Access(user=user, project=project, role=role, token=token)


def lower(one: Role, other: Role) -> Role:
    """Return the lower of two roles."""
    return min(one, other, key=lambda role: role.rank)


def all_users(connection: Connection) -> Iterator[User]:
    """Give all users, sorted by name."""
    for row in connection.execute(select(users).order_by(users.c.name)):
        yield user_of(row)


def user_of(row: Row[Any]) -> User:
    """Return the user of a row."""
    return User(
        name=row.name,
        admin=row.admin,
        password=row.password is not None,
        made=from_microseconds(row.made),
        disabled=_moment(row.disabled),
    )


def all_projects(connection: Connection) -> Iterator[Project]:
    """Give all projects, sorted by name."""
    for row in connection.execute(select(projects).order_by(projects.c.name)):
        yield Project(name=row.name, place=row.place, made=from_microseconds(row.made))


def grants(connection: Connection, *, user: str | None, project: str | None) -> Iterator[Grant]:
    """Give who has which role where, sorted by project and user."""
    query = select(roles).order_by(roles.c.project, roles.c.user)
    if user is not None:
        query = query.where(roles.c.user == user)
    if project is not None:
        query = query.where(roles.c.project == project)
    for row in connection.execute(query):
        yield Grant(
            user=row.user, project=row.project, role=Role(row.role), given=from_microseconds(row.given)
        )


def all_tokens(connection: Connection, *, user: str | None, project: str | None) -> Iterator[Token]:
    """Give the tokens, sorted by project, user and when they were made; never a secret."""
    query = select(tokens).order_by(tokens.c.project, tokens.c.user, tokens.c.made, tokens.c.id)
    if user is not None:
        query = query.where(tokens.c.user == user)
    if project is not None:
        query = query.where(tokens.c.project == project)
    for row in connection.execute(query):
        yield Token(
            id=row.id,
            user=row.user,
            project=row.project,
            role=Role(row.role),
            name=row.name,
            made=from_microseconds(row.made),
            expires=_moment(row.expires),
            revoked=_moment(row.revoked),
        )


def _find(connection: Connection, what: str, name: str) -> Row[Any]:
    column = _NAMED[what]
    row = connection.execute(select(column.table).where(column == name)).first() if _plain(name) else None
    if row is None:
        near = get_close_matches(name[:80], connection.execute(select(column)).scalars().all(), n=2)
        raise TeamError(Messages.team_name_unknown(what, name, near))
    return row


def _plain(name: str) -> bool:
    """Tell whether a database can be asked for a name: half a character cannot be written."""
    return name.isascii()


def _moment(recorded: int | None) -> datetime | None:
    return None if recorded is None else from_microseconds(recorded)
