"""``counterclaim team users``."""

from __future__ import annotations

import click

from counterclaim.cli import options, output, team_options
from counterclaim.cli.documented import DocumentedCommand, DocumentedGroup
from counterclaim.cli.exits import Exit
from counterclaim.cli.options import Form

_INIT = "counterclaim team init"
_ADD = "counterclaim team users add jo"


@click.group(
    cls=DocumentedGroup, invoke_without_command=True, examples=(_INIT, _ADD, "counterclaim team users")
)
@team_options.place
@options.form
@click.pass_context
def users(ctx: click.Context, team_place: str, form: Form) -> int | None:
    """List the users, or make and change them."""
    if not team_options.lists(ctx):
        return None
    from counterclaim.teams import Team
    from counterclaim.views.terminal.team import users_table

    with Team.open(team_place) as directory:
        rows = directory.users()
    return output.print_rows(rows, users_table, form)


@users.command(cls=DocumentedCommand, examples=(_INIT, _ADD))
@click.argument("name")
@click.option("--admin", is_flag=True, help="May manage users, projects and roles through the server.")
@click.option("--password-file", metavar="FILE", help="A file whose first line is the password; - for input.")
@team_options.place
def add(name: str, admin: bool, password_file: str | None, team_place: str) -> int:
    """Make a user. Without a password they come in by tokens alone, until `users password` sets one."""
    from counterclaim.teams import Team
    from counterclaim.teams.credentials import read_password

    password = None if password_file is None else read_password(password_file)
    with Team.open(team_place) as directory:
        directory.add_user(name, admin=admin, password=password)
    click.echo(name)
    return Exit.FINE


@users.command(
    cls=DocumentedCommand,
    examples=(_INIT, _ADD, "counterclaim team users disable jo", "counterclaim team users enable jo"),
)
@click.argument("name")
@team_options.place
def disable(name: str, team_place: str) -> int:
    """Shut a user out at once, with all tokens. What they judged stays."""
    from counterclaim.teams import Team

    with Team.open(team_place) as directory:
        directory.disable(name)
    click.echo(f"{name}  disabled")
    return Exit.FINE


@users.command(cls=DocumentedCommand, examples=(_INIT, _ADD, "counterclaim team users enable jo"))
@click.argument("name")
@team_options.place
def enable(name: str, team_place: str) -> int:
    """Let a disabled user in again, with the roles and tokens that they had."""
    from counterclaim.teams import Team

    with Team.open(team_place) as directory:
        directory.enable(name)
    click.echo(f"{name}  enabled")
    return Exit.FINE


@users.command(
    cls=DocumentedCommand,
    examples=(_INIT, _ADD, "counterclaim team users admin jo", "counterclaim team users admin jo --not"),
)
@click.argument("name")
@click.option("--not", "denied", is_flag=True, help="An admin no more.")
@team_options.place
def admin(name: str, denied: bool, team_place: str) -> int:
    """Make a user an admin of the team directory: of users, projects and roles."""
    from counterclaim.teams import Team

    with Team.open(team_place) as directory:
        directory.set_admin(name, admin=not denied)
    click.echo(f"{name}  {'no admin' if denied else 'admin'}")
    return Exit.FINE


@users.command()
@click.argument("name")
@click.option("--password-file", metavar="FILE", help="A file whose first line is the password; - for input.")
@team_options.place
def password(name: str, password_file: str | None, team_place: str) -> int:
    """Set a user's password: asked for on the terminal, or the first line of a file."""
    from counterclaim.teams import Team
    from counterclaim.teams.credentials import read_password

    with Team.open(team_place) as directory:
        if password_file is None:
            given = click.prompt("Password", hide_input=True, confirmation_prompt=True, err=True)
        else:
            given = read_password(password_file)
        directory.set_password(name, given)
    click.echo(f"{name}  password set")
    return Exit.FINE


@users.command("log-out", cls=DocumentedCommand, examples=(_INIT, _ADD, "counterclaim team users log-out jo"))
@click.argument("name")
@team_options.place
def log_out(name: str, team_place: str) -> int:
    """End all sessions of a user on the page; they may log in again."""
    from counterclaim.teams import Team

    with Team.open(team_place) as directory:
        ended = directory.end_sessions(name)
    click.echo(f"{name}  {ended} {'session' if ended == 1 else 'sessions'} ended")
    return Exit.FINE
