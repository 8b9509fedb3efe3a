"""The audit: who did what and when, one row each, which the database refuses to change."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum

from sqlalchemy import Connection, func, insert, select

from counterclaim.ledger.moments import from_microseconds
from counterclaim.teams.nouns import Deed
from counterclaim.teams.schema import audit


class What(StrEnum):
    """What can be done in a team directory."""

    USER_MADE = "user made"
    USER_DISABLED = "user disabled"
    USER_ENABLED = "user enabled"
    ADMIN_GIVEN = "admin given"
    ADMIN_TAKEN = "admin taken"
    PASSWORD_SET = "password set"  # noqa: S105  the name of a deed
    PROJECT_MADE = "project made"
    ROLE_GIVEN = "role given"
    ROLE_TAKEN = "role taken"
    TOKEN_MADE = "token made"  # noqa: S105  the name of a deed
    TOKEN_REVOKED = "token revoked"  # noqa: S105  the name of a deed
    LOGGED_IN = "logged in"
    LOGGED_OUT = "logged out"
    SESSIONS_ENDED = "sessions ended"
    LOGIN_FAILED = "login failed"


def record(
    connection: Connection,
    now: int,
    by: str,
    what: What,
    *,
    user: str = "",
    project: str = "",
    detail: str = "",
) -> None:
    """Add a row, within a transaction that holds the write lock. Nothing given here may be a secret."""
    last = connection.execute(select(func.max(audit.c.number))).scalar()
    connection.execute(
        insert(audit).values(
            number=(last or 0) + 1,
            moment=now,
            by=by,
            what=str(what),
            user=user,
            project=project,
            detail=detail,
        )
    )


def deeds(
    connection: Connection, *, user: str | None, project: str | None, most: int | None
) -> Iterator[Deed]:
    """Give the newest rows, ``most`` at most, in the order in which they were added.

    ``user`` keeps those that this user did, or that were done to them.
    """
    query = select(audit).order_by(audit.c.number.desc())
    if user is not None:
        query = query.where((audit.c.user == user) | (audit.c.by == user))
    if project is not None:
        query = query.where(audit.c.project == project)
    if most is not None:
        query = query.limit(most)
    for row in reversed(connection.execute(query).all()):
        yield Deed(
            number=row.number,
            moment=from_microseconds(row.moment),
            by=row.by,
            what=row.what,
            user=row.user,
            project=row.project,
            detail=row.detail,
        )
