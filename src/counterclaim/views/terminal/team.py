"""Users, projects, roles, tokens and the audit of a team, for a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from counterclaim.teams import Action, Deed, Grant, Project, Role, Token, User
from counterclaim.views.terminal.pieces import clean


def users_table(users: Iterable[User]) -> RenderableType:
    """Return the users, one a row."""
    return _table(
        ("user", "directory", "password", "made", "disabled"),
        (
            (
                each.name,
                "admin" if each.admin else "",
                "yes" if each.password else "",
                when(each.made),
                when(each.disabled),
            )
            for each in users
        ),
    )


def projects_table(projects: Iterable[Project]) -> RenderableType:
    """Return the projects with their ledgers, one a row."""
    return _table(
        ("project", "made", "ledger"), ((each.name, when(each.made), each.place) for each in projects)
    )


def roles_table(grants: Iterable[Grant]) -> RenderableType:
    """Return who has which role where, one a row."""
    return _table(
        ("project", "user", "role", "given"),
        ((each.project, each.user, each.role, when(each.given)) for each in grants),
    )


def actions_table(allowed: Mapping[Role, frozenset[Action]]) -> RenderableType:
    """Return what each role may do, an action a row."""
    return _table(
        ("action", *allowed),
        ((action, *("yes" if action in allowed[role] else "" for role in allowed)) for action in Action),
    )


def tokens_table(tokens: Iterable[Token]) -> RenderableType:
    """Return the tokens without their secrets, one a row."""
    return _table(
        ("token", "project", "user", "role", "for", "expires", "revoked"),
        (
            (
                each.id,
                each.project,
                each.user,
                each.role,
                each.name,
                when(each.expires) or "never",
                when(each.revoked),
            )
            for each in tokens
        ),
    )


def audit_table(deeds: Iterable[Deed]) -> RenderableType:
    """Return what was done, one a row."""
    return _table(
        ("", "when", "by", "what", "user", "project", ""),
        (
            (str(each.number), when(each.moment), each.by, each.what, each.user, each.project, each.detail)
            for each in deeds
        ),
    )


def when(moment: datetime | None) -> str:
    """Return a moment to the second, in UTC; nothing for None."""
    return "" if moment is None else f"{moment:%Y-%m-%d %H:%M:%S}"


def _table(names: Sequence[str], rows: Iterable[Sequence[str]]) -> RenderableType:
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    for name in names:
        table.add_column(name, overflow="fold")
    for row in rows:
        table.add_row(*(Text(clean(each)) for each in row))
    return table
