"""Logging in with a password, and no more than a few tries at it.

A try counts before its password is looked at, so that many at once are no way around the limit.
"""

from __future__ import annotations

import hashlib
import secrets
from datetime import timedelta

import msgspec
from sqlalchemy import Connection, delete, insert, select

from counterclaim.model.errors import Messages, ThrottledError
from counterclaim.teams.auditing import What, record
from counterclaim.teams.lookup import user_of
from counterclaim.teams.nouns import User
from counterclaim.teams.schema import attempts, users

FAILURES = 5
WINDOW = timedelta(minutes=15)
_MICROSECONDS = 1_000_000


class Attempt(msgspec.Struct, frozen=True):
    """A try that counts: against whom, whose it is where there is such a user, and the hash to compare."""

    key: str
    user: str | None
    kept: str | None


def begin(connection: Connection, name: str, now: int) -> Attempt:
    """Count a try to log in under a name. Raises ThrottledError where there were too many of late.

    Unknown names are counted together with known ones, so that nobody learns by the limit which are known.
    """
    window = WINDOW // timedelta(microseconds=1)
    connection.execute(delete(attempts).where(attempts.c.moment <= now - window))
    row = None
    if name.isascii():
        row = connection.execute(select(users).where(users.c.name == name)).first()
    key = _shelf(name)
    query = select(attempts.c.moment).where(attempts.c.key == key).order_by(attempts.c.moment)
    tried = connection.execute(query).scalars().all()
    if len(tried) >= FAILURES:
        seconds = max(1, -(-(tried[-FAILURES] + window - now) // _MICROSECONDS))
        minutes = WINDOW // timedelta(minutes=1)
        raise ThrottledError(Messages.login_throttled(FAILURES, minutes, seconds), seconds)
    connection.execute(insert(attempts).values(id=secrets.token_hex(16), key=key, moment=now))
    return Attempt(key, None if row is None else row.name, None if row is None else row.password)


def end(connection: Connection, attempt: Attempt, now: int, *, right: bool) -> User | None:
    """Return who logged in, and forget their tries; None where the password was wrong, or the user disabled.

    The user is looked up again: the password may have been changed, and the user disabled, meanwhile.
    """
    query = select(users).where(
        users.c.name == attempt.user, users.c.password == attempt.kept, users.c.disabled.is_(None)
    )
    row = connection.execute(query).first() if right and attempt.user is not None else None
    if row is None:
        # What was typed as an unknown name may be a password: it is not kept.
        record(connection, now, "", What.LOGIN_FAILED, user=attempt.user or "")
        return None
    connection.execute(delete(attempts).where(attempts.c.key == attempt.key))
    record(connection, now, row.name, What.LOGGED_IN, user=row.name)
    return user_of(row)


def _shelf(name: str) -> str:
    """Return under what the tries at a name, known or not, are counted: one of 65,536 shelves.

    What is kept tells next to nothing of a name that is not known, which may be a password, and the table
    stays small whatever is tried. A user shares a shelf with names that nobody has, or hardly ever.
    """
    return f"name:{hashlib.sha256(name.encode('utf-8', 'surrogatepass')).hexdigest()[:4]}"
