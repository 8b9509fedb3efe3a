"""Sessions of people who log in on the page: begun with a password, known by a secret, and over in time.

Of the secret its SHA-256 is kept, as of a token's. A session that is over is deleted: the audit tells of
logging in and out.
"""

from __future__ import annotations

import secrets
from datetime import timedelta

from sqlalchemy import Connection, delete, insert, select, update

from counterclaim.teams.auditing import What, record
from counterclaim.teams.credentials import SECRET_BYTES, digest
from counterclaim.teams.lookup import user_of
from counterclaim.teams.nouns import User
from counterclaim.teams.schema import sessions, users, visits

LONGEST = timedelta(hours=12)
IDLE = timedelta(hours=1)
NOTED = timedelta(minutes=1)
"""The time of the last request is kept no more exactly than this, so that reading does not always write."""
VISIT = timedelta(minutes=30)
"""Without a request for so long, the next one begins another visit."""

_MICROSECOND = timedelta(microseconds=1)


def begin(connection: Connection, user: str, now: int) -> str:
    """Begin a session of a user who has logged in, and return its secret; clear away those that are over."""
    _clear(connection, now)
    secret = secrets.token_urlsafe(SECRET_BYTES)
    connection.execute(insert(sessions).values(digest=digest(secret), user=user, made=now, used=now))
    return secret


def holder(connection: Connection, secret: str, now: int) -> tuple[User, bool] | None:
    """Return whose session it is, and whether this request is to be noted; None where it is over."""
    query = (
        select(users, sessions.c.made.label("begun"), sessions.c.used)
        .join(sessions, sessions.c.user == users.c.name)
        .where(sessions.c.digest == digest(secret), users.c.disabled.is_(None))
    )
    row = connection.execute(query).first()
    if row is None or row.begun <= now - LONGEST // _MICROSECOND or row.used <= now - IDLE // _MICROSECOND:
        return None
    return user_of(row), row.used <= now - NOTED // _MICROSECOND


def note(connection: Connection, secret: str, now: int) -> None:
    """Keep that a session is in use."""
    connection.execute(update(sessions).where(sessions.c.digest == digest(secret)).values(used=now))


def end(connection: Connection, secret: str, now: int) -> None:
    """End one session, if it goes on."""
    row = connection.execute(select(sessions.c.user).where(sessions.c.digest == digest(secret))).first()
    if row is not None:
        connection.execute(delete(sessions).where(sessions.c.digest == digest(secret)))
        record(connection, now, row.user, What.LOGGED_OUT, user=row.user)


def end_all(connection: Connection, user: str) -> int:
    """End all sessions of a user; return how many went on."""
    return connection.execute(delete(sessions).where(sessions.c.user == user)).rowcount


def visited(connection: Connection, user: str, project: str) -> tuple[int, int | None] | None:
    """Return when a user last asked for something in a project, and when the visit before that one ended."""
    query = select(visits.c.last, visits.c.before).where(visits.c.user == user, visits.c.project == project)
    row = connection.execute(query).first()
    return (row.last, row.before) if row else None


def is_noted(last: int, now: int) -> bool:
    """Tell whether the last request is near enough to this one not to be kept anew."""
    return now - last < NOTED // _MICROSECOND


def visit(connection: Connection, user: str, project: str, now: int) -> int | None:
    """Keep that a user asks for something in a project; return when the visit before this one ended."""
    known = visited(connection, user, project)
    if known is None:
        connection.execute(insert(visits).values(user=user, project=project, last=now, before=None))
        return None
    last, before = known
    before = last if now - last >= VISIT // _MICROSECOND else before
    here = (visits.c.user == user) & (visits.c.project == project)
    connection.execute(update(visits).where(here).values(last=now, before=before))
    return before


def _clear(connection: Connection, now: int) -> None:
    over = (sessions.c.made <= now - LONGEST // _MICROSECOND) | (
        sessions.c.used <= now - IDLE // _MICROSECOND
    )
    connection.execute(delete(sessions).where(over))
