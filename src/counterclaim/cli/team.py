"""``counterclaim team``: users, projects, roles and tokens, and the audit of what was done to them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, TypeVar, cast

import click

from counterclaim.cli import options, output
from counterclaim.cli.documented import DocumentedCommand, write_sections
from counterclaim.cli.exits import Exit
from counterclaim.cli.options import Form

Function = TypeVar("Function", bound=Callable[..., Any])

DEFAULT_TEAM = "counterclaim-team.db"
EXAMPLES = (
    "counterclaim team init",
    "counterclaim team users add ida --admin",
    "counterclaim team users add jo",
    "counterclaim team projects add harbour harbour.db",
    "counterclaim team roles give jo harbour analyst",
    'counterclaim team tokens make jo harbour --role reader --name "nightly export"',
    "counterclaim team audit",
)


class Group(click.Group):
    """A group whose help ends in examples that run, and that takes its options after the subcommand."""

    def __init__(self, *arguments: Any, examples: Sequence[str], **others: Any) -> None:
        super().__init__(*arguments, **others)
        self.examples = examples

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the examples after the subcommands."""
        write_sections(formatter, {"Examples": [f"$ {example}" for example in self.examples]})
        super().format_epilog(ctx, formatter)


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


@click.group(cls=Group, examples=EXAMPLES)
def command() -> None:
    """Manage a team: who may do what in which project.

    A project is a name and a ledger of its own. A user has one role in each project: reader, analyst,
    editor or admin. Programs come in by tokens, of which only a hash is kept.

    Roles hold where people come in through the server. They do not hold on the machine itself: whoever
    can read a ledger's file can read all of it, and whoever can write the team directory's file can
    give roles. docs/teams.md has the rules.
    """


@command.command(cls=DocumentedCommand, examples=EXAMPLES[:1])
@place
def init(team_place: str) -> int:
    """Make a team directory, in a file that its owner alone may read; one that is there is kept."""
    from counterclaim.ledger import shown_place
    from counterclaim.model.errors import Messages
    from counterclaim.teams import Team

    Team.open(team_place, create=True).close()
    click.echo(Messages.team_ready(shown_place(team_place)))
    return Exit.FINE


@command.command(cls=DocumentedCommand, examples=(EXAMPLES[0], EXAMPLES[2], EXAMPLES[6]))
@of_user
@of_project
@click.option("--limit", type=click.IntRange(min=1), help="Only the newest so many.")
@place
@options.form
def audit(user: str | None, project: str | None, limit: int | None, team_place: str, form: Form) -> int:
    """List who did what and when: the oldest first, and none is ever changed."""
    from counterclaim.teams import Team
    from counterclaim.views.terminal.team import audit_table

    with Team.open(team_place) as team:
        deeds = team.audit(user=user, project=project, most=limit)
    return shown(deeds, audit_table, form)


Row = TypeVar("Row")


def shown(rows: Sequence[Row], table: Callable[[Sequence[Row]], Any], form: Form) -> int:
    """Print rows in the form that is wanted."""
    if form is Form.TABLE:
        output.show(table(rows))
    else:
        output.print_lines(rows, form)
    return Exit.FINE


def _add_groups() -> None:
    from counterclaim.cli import team_projects, team_tokens, team_users

    for group in (team_users.users, team_projects.projects, team_projects.roles, team_tokens.tokens):
        command.add_command(cast(click.Command, group))


_add_groups()
