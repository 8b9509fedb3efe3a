"""``counterclaim team tokens``."""

from __future__ import annotations

from datetime import timedelta

import click

from counterclaim.cli import options, output, team_options
from counterclaim.cli.documented import DocumentedCommand, DocumentedGroup
from counterclaim.cli.exits import Exit
from counterclaim.cli.options import Form

_MAKE = (
    "counterclaim team init",
    "counterclaim team users add jo",
    "counterclaim team projects add harbour harbour.db",
    "counterclaim team roles give jo harbour analyst",
    'counterclaim team tokens make jo harbour --role reader --name "nightly export"',
)
_LASTS = 90
"""Days, where nothing else is said."""


@click.group(cls=DocumentedGroup, invoke_without_command=True, examples=(*_MAKE, "counterclaim team tokens"))
@team_options.of_user
@team_options.of_project
@team_options.place
@options.form
@click.pass_context
def tokens(
    ctx: click.Context, user: str | None, project: str | None, team_place: str, form: Form
) -> int | None:
    """List the tokens, never their secrets; or make and revoke them."""
    if not team_options.lists(ctx):
        return None
    from counterclaim.teams import Team
    from counterclaim.views.terminal.team import tokens_table

    with Team.open(team_place) as directory:
        rows = directory.tokens(user=user, project=project)
    return output.print_rows(rows, tokens_table, form)


@tokens.command(cls=DocumentedCommand, examples=_MAKE)
@click.argument("user")
@click.argument("project")
@click.option(
    "--role",
    type=team_options.role_type(),
    required=True,
    help="The most that it may be used for; at most USER's own.",
)
@click.option("--name", required=True, help="What it is for.")
@click.option(
    "--expires",
    metavar="MOMENT",
    help=f"When it ends: 2031-09-06, 2031-09-06T14:30:00+02:00, or never; else in {_LASTS} days.",
)
@team_options.place
def make(user: str, project: str, role: str, name: str, expires: str | None, team_place: str) -> int:
    """Make a token for USER in PROJECT and print it, this once. Only its SHA-256 is kept."""
    from counterclaim.ledger import parse_moment
    from counterclaim.ledger.moments import now
    from counterclaim.model.errors import Messages
    from counterclaim.teams import Role, Team
    from counterclaim.teams.credentials import token_id
    from counterclaim.views.terminal.team import when

    until = now() + timedelta(days=_LASTS) if expires is None else None
    if expires is not None and expires != "never":
        until = parse_moment(expires)
    with Team.open(team_place) as directory:
        secret = directory.make_token(user, project, Role(role), name, until)
    click.echo(secret)
    lasts = f"until {when(until)} UTC" if until else "until it is revoked"
    click.echo(Messages.token_shown(str(token_id(secret)), user, role, project, lasts), err=True)
    return Exit.FINE


@tokens.command()
@click.argument("token")
@team_options.place
def revoke(token: str, team_place: str) -> int:
    """Make the token with this id, such as t-12ab34cd56ef, useless for ever."""
    from counterclaim.teams import Team

    with Team.open(team_place) as directory:
        directory.revoke(token)
    click.echo(f"{token}  revoked")
    return Exit.FINE
