"""``counterclaim serve``."""

from __future__ import annotations

import click

from counterclaim.cli import options
from counterclaim.cli.documented import DocumentedCommand
from counterclaim.cli.exits import Exit
from counterclaim.model.errors import LedgerError, Messages


@click.command(
    cls=DocumentedCommand,
    examples=("counterclaim ingest samples/reports", "counterclaim serve --check"),
    more={
        "It runs until it is stopped with Ctrl-C": (
            "counterclaim serve",
            "counterclaim serve --ledger harbour.db --port 8080",
            "counterclaim serve --team counterclaim-team.db --host 0.0.0.0 --name desk.example.org --https",
        )
    },
)
@options.ledger
@click.option(
    "--team",
    metavar="PATH-OR-URL",
    help="Serve the projects of this team directory to its users, instead of one ledger.",
)
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option("--port", type=click.IntRange(0, 65_535), default=8000, show_default=True)
@click.option(
    "--name",
    "names",
    multiple=True,
    help="A name under which browsers reach the server; may be given several times.",
)
@click.option(
    "--per-minute",
    type=click.IntRange(min=1),
    default=600,
    show_default=True,
    help="Requests of one visitor that are answered in a minute.",
)
@click.option("--no-fetch", is_flag=True, help="Do not get reports from the net by their address.")
@click.option(
    "--allow-private",
    "private",
    multiple=True,
    metavar="NETWORK",
    help="A network that may be asked for reports though it is not public, as 10.1.0.0/16.",
)
@click.option("--check", is_flag=True, help="Open what is to be served, say so, and end.")
@click.option("--https", is_flag=True, help="Browsers come by HTTPS, through a proxy that speaks it.")
@click.option(
    "--author",
    default="analyst",
    envvar="COUNTERCLAIM_AUTHOR",
    show_default=True,
    show_envvar=True,
    help="Who decides, where there are no users.",
)
def command(
    ledger_place: str,
    team: str | None,
    host: str,
    port: int,
    names: tuple[str, ...],
    per_minute: int,
    no_fetch: bool,
    private: tuple[str, ...],
    check: bool,
    https: bool,
    author: str,
) -> int:
    """Serve the pages and the API, to this machine alone unless told otherwise.

    Without --team there are no users: whoever sits at this machine may do everything, and the server listens
    nowhere else. docs/desk.md says how to serve a team.
    """
    try:
        import uvicorn

        from counterclaim.desk.application import make_application
        from counterclaim.serving.settings import Settings
    except ModuleNotFoundError as error:
        raise LedgerError(Messages.desk_missing(str(error))) from error
    settings = Settings(
        ledger=None if team else ledger_place,
        team=team,
        host=host,
        port=port,
        hosts=names,
        secure=https,
        author=author,
        per_minute=per_minute,
        fetch=not no_fetch,
        private=private,
    )
    application = make_application(settings)
    if check:
        application.state.desk.close()
        click.echo(Messages.can_be_served(team or ledger_place))
        return Exit.FINE
    click.echo(Messages.listening(host, port))
    uvicorn.run(application, host=host, port=port, log_level="warning", server_header=False, access_log=False)
    return Exit.FINE
