"""Tokens: made once, kept as a digest, and checked."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, insert, select, update

from counterclaim.ledger.moments import to_microseconds
from counterclaim.model.errors import Messages, NotAllowedError, TeamError
from counterclaim.teams.auditing import What, record
from counterclaim.teams.authority import By, require_manager, require_oneself
from counterclaim.teams.credentials import digest, new_token, same_digest, token_id
from counterclaim.teams.lookup import find_project, find_token, find_user, role_of, standing
from counterclaim.teams.nouns import Access, Role, User
from counterclaim.teams.schema import tokens

LONGEST_NAME = 80
_NO_DIGEST = "0" * 64


def make_token(
    connection: Connection,
    by: By,
    doer: str,
    now: int,
    *,
    user: str,
    project: str,
    role: Role,
    name: str,
    expires: datetime | None,
) -> str:
    """Make a token for a user, who alone may (or who runs the program here), and return its secret.

    No token makes a token, so that one that leaked does not outlive being revoked.
    """
    row = find_user(connection, user)
    find_project(connection, project)
    if by is not None:
        if not isinstance(by, User) or by.name != user:
            raise NotAllowedError(Messages.token_of_other(by.name if isinstance(by, User) else by.user, user))
        require_oneself(connection, by, user)
    if row.disabled is not None:
        raise TeamError(Messages.user_disabled(user))
    held = role_of(connection, user, project)
    if held is None:
        raise TeamError(Messages.role_missing(user, project))
    if role.rank > held.rank:
        raise TeamError(Messages.role_exceeded(user, project, held, role))
    if len(name) > LONGEST_NAME or not (name.isprintable() and name.strip()):
        raise TeamError(Messages.token_name_refused(LONGEST_NAME))
    until = None if expires is None else to_microseconds(expires)
    if expires is not None and until is not None and until <= now:
        raise TeamError(Messages.token_over(expires.isoformat()))
    identifier, secret = new_token()
    values = {
        "id": identifier,
        "digest": digest(secret),
        "user": user,
        "project": project,
        "role": str(role),
        "name": name,
        "made": now,
        "expires": until,
    }
    connection.execute(insert(tokens).values(values))
    record(connection, now, doer, What.TOKEN_MADE, user=user, project=project, detail=f"{identifier}, {role}")
    return secret


def revoke(connection: Connection, by: By, doer: str, now: int, *, token: str) -> None:
    """Make a token useless for ever: one's own, or one of a project that ``by`` manages."""
    row = find_token(connection, token)
    if not (isinstance(by, User) and by.name == row.user):
        require_manager(connection, by, row.project, now)
    if row.revoked is not None:
        raise TeamError(Messages.token_revoked(token))
    connection.execute(update(tokens).where(tokens.c.id == token).values(revoked=now))
    record(connection, now, doer, What.TOKEN_REVOKED, user=row.user, project=row.project, detail=token)


def authenticate(connection: Connection, secret: str, now: int) -> Access | None:
    """Return what a token's bearer may do at this moment; None where the token lets nobody in."""
    identifier = token_id(secret)
    if identifier is None:
        return None
    row = connection.execute(select(tokens).where(tokens.c.id == identifier)).first()
    alike = same_digest(digest(secret), _NO_DIGEST if row is None else row.digest)
    if row is None or not alike:
        return None
    return standing(connection, row.user, row.project, identifier, now)
