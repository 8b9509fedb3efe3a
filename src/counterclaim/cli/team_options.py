"""What the commands of ``counterclaim team`` share."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import click

Function = TypeVar("Function", bound=Callable[..., Any])

DEFAULT_TEAM = "counterclaim-team.db"


def place(function: Function) -> Function:
    """Add the team directory to use, as the argument ``team_place``."""
    return click.option(
        "--team",
        "team_place",
        envvar="COUNTERCLAIM_TEAM",
        default=DEFAULT_TEAM,
        show_default=True,
        show_envvar=True,
        metavar="PATH-OR-URL",
        help="The team directory: a file, or postgresql://user@host/database (?schema=name).",
    )(function)


def of_user(function: Function) -> Function:
    """Add whose rows are wanted."""
    return click.option("--user", metavar="NAME", help="Only those of this user.")(function)


def of_project(function: Function) -> Function:
    """Add the rows of which project are wanted."""
    return click.option("--project", metavar="NAME", help="Only those of this project.")(function)


def role_type() -> click.Choice[str]:
    """Return the type of an argument that is a role."""
    return click.Choice(["reader", "analyst", "editor", "admin"])


def lists(ctx: click.Context) -> bool:
    """Tell whether a group is to list, having no subcommand; it refuses options before a subcommand.

    They would be those of the list, and not of the subcommand.
    """
    if ctx.invoked_subcommand is None:
        return True
    for name in ctx.params:
        if ctx.get_parameter_source(name) is click.core.ParameterSource.COMMANDLINE:
            raise click.UsageError(f"Give options after {ctx.invoked_subcommand}, not before it.", ctx)
    return False
