"""``counterclaim team``: users, projects, roles and tokens, and the audit of what was done to them."""

from __future__ import annotations

import click

from counterclaim.cli import options, output, team_options
from counterclaim.cli.documented import DocumentedCommand, DocumentedGroup
from counterclaim.cli.exits import Exit
from counterclaim.cli.options import Form
from counterclaim.cli.team_projects import projects, roles
from counterclaim.cli.team_tokens import tokens
from counterclaim.cli.team_users import users

EXAMPLES = (
    "counterclaim team init",
    "counterclaim team users add ida --admin",
    "counterclaim team users add jo",
    "counterclaim team projects add harbour harbour.db",
    "counterclaim team roles give jo harbour analyst",
    'counterclaim team tokens make jo harbour --role reader --name "nightly export"',
    "counterclaim team audit",
)


@click.group(cls=DocumentedGroup, examples=EXAMPLES)
def command() -> None:
    """Manage a team: who may do what in which project.

    A project is a name and a ledger of its own. A user has one role in each project: reader, analyst,
    editor or admin. Programs come in by tokens, of which only a hash is kept.

    Roles hold where people come in through the server. They do not hold on the machine itself: whoever
    can read a ledger's file can read all of it, and whoever can write the team directory's file can
    give roles. docs/teams.md has the rules.
    """


@command.command(cls=DocumentedCommand, examples=EXAMPLES[:1])
@team_options.place
def init(team_place: str) -> int:
    """Make a team directory, in a file that its owner alone may read; one that is there is kept."""
    from counterclaim.ledger import shown_place
    from counterclaim.model.errors import Messages
    from counterclaim.teams import Team

    Team.open(team_place, create=True).close()
    click.echo(Messages.team_ready(shown_place(team_place)))
    return Exit.FINE


@command.command(cls=DocumentedCommand, examples=(EXAMPLES[0], EXAMPLES[2], EXAMPLES[6]))
@team_options.of_user
@team_options.of_project
@click.option("--limit", type=click.IntRange(min=1), help="Only the newest so many.")
@team_options.place
@options.form
def audit(user: str | None, project: str | None, limit: int | None, team_place: str, form: Form) -> int:
    """List who did what and when: the oldest first, and none is ever changed."""
    from counterclaim.teams import Team
    from counterclaim.views.terminal.team import audit_table

    with Team.open(team_place) as team:
        deeds = team.audit(user=user, project=project, most=limit)
    return output.print_rows(deeds, audit_table, form)


for group in (users, projects, roles, tokens):
    command.add_command(group)
