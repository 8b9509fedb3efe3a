"""Who may change what in a team directory.

``by`` says who asks: a user who logged in, somebody's access to one project, or None for who runs the
program on the machine, and so has the directory's file or database in their hands anyway. Rights are
looked up in the transaction that makes the change, and not taken from what ``by`` held before.
"""

from __future__ import annotations

from sqlalchemy import Connection

from counterclaim.model.errors import Messages, NotAllowedError
from counterclaim.teams.lookup import find_user, lower, role_of, standing
from counterclaim.teams.nouns import Access, Action, Role, User

By = User | Access | None


def require_directory(connection: Connection, by: By) -> None:
    """Raise NotAllowedError unless ``by`` may make and change users and projects; no token may."""
    if by is None or (isinstance(by, User) and _is_admin(connection, by)):
        return
    raise NotAllowedError(Messages.directory_refused(by.user if isinstance(by, Access) else by.name))


def require_oneself(connection: Connection, by: By, user: str) -> None:
    """Raise NotAllowedError unless ``by`` is this user, logged in, or may manage the directory."""
    if isinstance(by, User) and by.name == user and _is_enabled(connection, by):
        return
    require_directory(connection, by)


def require_manager(connection: Connection, by: By, project: str, now: int) -> None:
    """Raise NotAllowedError unless ``by`` may manage a project: its admin, or one of the directory."""
    if by is None:
        return
    if isinstance(by, User):
        role = role_of(connection, by.name, project) if _is_enabled(connection, by) else None
        if role is Role.ADMIN or _is_admin(connection, by):
            return
        shown = "without a role" if role is None else str(role)
        raise NotAllowedError(Messages.action_refused(by.name, project, shown, Action.MANAGE))
    found = standing(connection, by.user, by.project, by.token, now) if by.project == project else None
    if found is None:
        raise NotAllowedError(Messages.access_over(by.user, project))
    Access(user=by.user, project=project, role=lower(by.role, found.role)).require(Action.MANAGE)


def _is_enabled(connection: Connection, user: User) -> bool:
    return find_user(connection, user.name).disabled is None


def _is_admin(connection: Connection, user: User) -> bool:
    row = find_user(connection, user.name)
    return row.disabled is None and bool(row.admin)
