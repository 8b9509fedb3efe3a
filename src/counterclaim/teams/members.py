"""Making and changing users, projects and roles, each with a row of the audit."""

from __future__ import annotations

import re
from pathlib import Path

from sqlalchemy import Connection, Row, delete, insert, make_url, select, update

from counterclaim.ledger import Ledger
from counterclaim.ledger.opening import file_of, shown_place
from counterclaim.model.errors import Messages, TeamError
from counterclaim.teams import sessions
from counterclaim.teams.auditing import What, record
from counterclaim.teams.authority import By, require_directory, require_manager, require_oneself
from counterclaim.teams.lookup import find_project, find_user, holds, role_of
from counterclaim.teams.nouns import Role
from counterclaim.teams.opening import make_private
from counterclaim.teams.schema import projects, roles, tokens, users

_NAME = re.compile(r"[a-z0-9][a-z0-9._@-]{0,63}")
"""Few characters, so that no two names look alike; none has the colon of ``program:`` and ``terminal:``."""
_PORT = 5432


def add_user(
    connection: Connection, by: By, doer: str, now: int, *, name: str, admin: bool, kept: str | None
) -> None:
    """Make a user; ``kept`` is the hash of the password, None where the user cannot log in."""
    require_directory(connection, by)
    _new_name(connection, "user", name)
    connection.execute(insert(users).values(name=name, admin=admin, password=kept, made=now))
    record(connection, now, doer, What.USER_MADE, user=name, detail="admin of the directory" if admin else "")


def set_password(connection: Connection, by: By, doer: str, now: int, *, name: str, kept: str) -> None:
    """Keep another password's hash: one's own, or anybody's for who manages the directory."""
    require_oneself(connection, by, name)
    find_user(connection, name)
    connection.execute(update(users).where(users.c.name == name).values(password=kept))
    sessions.end_all(connection, name)
    record(connection, now, doer, What.PASSWORD_SET, user=name)


def set_admin(connection: Connection, by: By, doer: str, now: int, *, name: str, admin: bool) -> None:
    """Make a user an admin of the directory, or one no more."""
    require_directory(connection, by)
    if bool(find_user(connection, name).admin) is admin:
        return
    connection.execute(update(users).where(users.c.name == name).values(admin=admin))
    record(connection, now, doer, What.ADMIN_GIVEN if admin else What.ADMIN_TAKEN, user=name)


def set_disabled(connection: Connection, by: By, doer: str, now: int, *, name: str, disabled: bool) -> None:
    """Shut a user out, tokens and all, or let them in again."""
    require_directory(connection, by)
    if (find_user(connection, name).disabled is not None) is disabled:
        return
    connection.execute(update(users).where(users.c.name == name).values(disabled=now if disabled else None))
    sessions.end_all(connection, name)
    record(connection, now, doer, What.USER_DISABLED if disabled else What.USER_ENABLED, user=name)


def end_sessions(connection: Connection, by: By, doer: str, now: int, *, name: str) -> int:
    """End all sessions of a user: one's own, or anybody's for who manages the directory."""
    require_oneself(connection, by, name)
    find_user(connection, name)
    ended = sessions.end_all(connection, name)
    record(connection, now, doer, What.SESSIONS_ENDED, user=name, detail=str(ended))
    return ended


def add_project(connection: Connection, by: By, doer: str, now: int, *, name: str, place: str) -> None:
    """Make a project; its ledger is made where there is none, in a file of mode 0600 or on the server.

    Raises TeamError where the place is another project's, and LedgerError where it cannot be used.
    """
    require_directory(connection, by)
    _new_name(connection, "project", name)
    kept = _kept_place(place)
    for row in connection.execute(select(projects)):
        if _one_place(row.place, kept):
            raise TeamError(Messages.project_place_taken(shown_place(place), row.name))
    path = file_of(kept)
    if path is not None and path.parent.is_dir():
        make_private(path)
    Ledger.open(kept, create=True).close()
    connection.execute(insert(projects).values(name=name, place=kept, made=now))
    record(connection, now, doer, What.PROJECT_MADE, project=name, detail=shown_place(kept))


def give_role(
    connection: Connection, by: By, doer: str, now: int, *, user: str, project: str, role: Role
) -> None:
    """Give a user a role in a project, in place of the one they had there."""
    _both(connection, user, project)
    require_manager(connection, by, project, now)
    before = role_of(connection, user, project)
    if before is role:
        return
    which = (roles.c.user == user, roles.c.project == project)
    if before is None:
        values = {"user": user, "project": project, "role": str(role), "given": now}
        connection.execute(insert(roles).values(values))
    else:
        connection.execute(update(roles).where(*which).values(role=str(role), given=now))
    detail = f"{role}, was {before}" if before else str(role)
    record(connection, now, doer, What.ROLE_GIVEN, user=user, project=project, detail=detail)


def take_role(connection: Connection, by: By, doer: str, now: int, *, user: str, project: str) -> None:
    """Take a user's role in a project away, and revoke their tokens for it."""
    _both(connection, user, project)
    require_manager(connection, by, project, now)
    before = role_of(connection, user, project)
    if before is None:
        raise TeamError(Messages.role_missing(user, project))
    connection.execute(delete(roles).where(roles.c.user == user, roles.c.project == project))
    record(connection, now, doer, What.ROLE_TAKEN, user=user, project=project, detail=str(before))
    theirs = (tokens.c.user == user, tokens.c.project == project, tokens.c.revoked.is_(None))
    for token in connection.execute(select(tokens.c.id).where(*theirs).order_by(tokens.c.id)).scalars().all():
        connection.execute(update(tokens).where(tokens.c.id == token).values(revoked=now))
        record(connection, now, doer, What.TOKEN_REVOKED, user=user, project=project, detail=token)


def _both(connection: Connection, user: str, project: str) -> tuple[Row[tuple[str]], Row[tuple[str]]]:
    return find_user(connection, user), find_project(connection, project)


def _new_name(connection: Connection, what: str, name: str) -> None:
    if not _NAME.fullmatch(name):
        raise TeamError(Messages.team_name_refused(what, name))
    if holds(connection, what, name):
        raise TeamError(Messages.team_name_taken(what, name))


def _kept_place(place: str) -> str:
    """Return a place as it is kept: a file by its whole path, a URL as it is, but never with a password."""
    path = file_of(place)
    if path is not None:
        return str(path.resolve())
    shown = shown_place(place)  # refuses what cannot be read
    url = make_url(place)
    if url.password or any("password" in key.casefold() for key in url.query):
        raise TeamError(Messages.project_place_password(shown))
    return place


def _one_place(one: str, other: str) -> bool:
    """Tell whether two places are one: the same file, or the same schema of the same database."""
    left, right = file_of(one), file_of(other)
    if left is not None and right is not None:
        return left == right or (left.exists() and right.exists() and Path(left).samefile(right))
    return left is right is None and _address(one) == _address(other)


def _address(place: str) -> tuple[str, int, str, str]:
    """Return host, port, database and schema of a URL, each as PostgreSQL takes it where it is not said."""
    url = make_url(place)
    host = url.host or str(url.query.get("host", ""))
    return (
        host.casefold(),
        url.port or int(str(url.query.get("port", _PORT))),
        url.database or url.username or "",
        str(url.query.get("schema", "public")),
    )
