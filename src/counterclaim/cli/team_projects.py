"""``counterclaim team projects`` and ``counterclaim team roles``."""

from __future__ import annotations

import click

from counterclaim.cli import options, output, team_options
from counterclaim.cli.documented import DocumentedCommand, DocumentedGroup
from counterclaim.cli.exits import Exit
from counterclaim.cli.options import Form

_INIT = "counterclaim team init"
_ADD = "counterclaim team projects add harbour harbour.db"
_GIVE = (
    _INIT,
    "counterclaim team users add jo",
    _ADD,
    "counterclaim team roles give jo harbour analyst",
)


@click.group(
    cls=DocumentedGroup, invoke_without_command=True, examples=(_INIT, _ADD, "counterclaim team projects")
)
@team_options.place
@options.form
@click.pass_context
def projects(ctx: click.Context, team_place: str, form: Form) -> int | None:
    """List the projects, or make one."""
    if not team_options.lists(ctx):
        return None
    from counterclaim.teams import Team
    from counterclaim.views.terminal.team import projects_table

    with Team.open(team_place) as directory:
        rows = directory.projects()
    return output.print_rows(rows, projects_table, form)


@projects.command("add", cls=DocumentedCommand, examples=(_INIT, _ADD))
@click.argument("name")
@click.argument("place", metavar="LEDGER")
@team_options.place
def add_project(name: str, place: str, team_place: str) -> int:
    """Make a project with LEDGER for its own: a file, or a URL with ?schema= and without a password.

    The ledger is made where there is none yet, a file with the mode 0600. No other project can have it.
    """
    from counterclaim.teams import Team

    with Team.open(team_place) as directory:
        directory.add_project(name, place)
    click.echo(name)
    return Exit.FINE


@click.group(cls=DocumentedGroup, invoke_without_command=True, examples=(*_GIVE, "counterclaim team roles"))
@team_options.of_user
@team_options.of_project
@team_options.place
@options.form
@click.pass_context
def roles(
    ctx: click.Context, user: str | None, project: str | None, team_place: str, form: Form
) -> int | None:
    """List who has which role where, or give and take them."""
    if not team_options.lists(ctx):
        return None
    from counterclaim.teams import Team
    from counterclaim.views.terminal.team import roles_table

    with Team.open(team_place) as directory:
        rows = directory.roles(user=user, project=project)
    return output.print_rows(rows, roles_table, form)


@roles.command(cls=DocumentedCommand, examples=_GIVE)
@click.argument("user")
@click.argument("project")
@click.argument("role", type=team_options.role_type())
@team_options.place
def give(user: str, project: str, role: str, team_place: str) -> int:
    """Give USER this ROLE in PROJECT, in place of the one they had there."""
    from counterclaim.teams import Role, Team

    with Team.open(team_place) as directory:
        directory.give_role(user, project, Role(role))
    click.echo(f"{user}  {role}  {project}")
    return Exit.FINE


@roles.command(cls=DocumentedCommand, examples=(*_GIVE, "counterclaim team roles take jo harbour"))
@click.argument("user")
@click.argument("project")
@team_options.place
def take(user: str, project: str, team_place: str) -> int:
    """Take the role of USER in PROJECT away, and revoke their tokens for it."""
    from counterclaim.teams import Team

    with Team.open(team_place) as directory:
        directory.take_role(user, project)
    click.echo(f"{user}  no role  {project}")
    return Exit.FINE


@roles.command(cls=DocumentedCommand, examples=("counterclaim team roles actions",))
@options.form
def actions(form: Form) -> int:
    """List what each role may do."""
    from counterclaim.teams import ALLOWED
    from counterclaim.views.terminal.team import actions_table

    if form is Form.TABLE:
        output.show(actions_table(ALLOWED))
    else:
        output.print_lines(({"role": role, "may": sorted(ALLOWED[role])} for role in ALLOWED), form)
    return Exit.FINE
