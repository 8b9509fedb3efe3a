"""``counterclaim mcp``."""

from __future__ import annotations

import logging

import click

from counterclaim.cli import options
from counterclaim.cli.documented import DocumentedCommand
from counterclaim.cli.exits import Exit
from counterclaim.model import LedgerError
from counterclaim.model.errors import Messages


@click.command(
    cls=DocumentedCommand,
    examples=(
        "counterclaim ingest samples/reports",
        "counterclaim mcp --check",
    ),
)
@options.ledger
@options.stored
@click.option("--check", is_flag=True, help="Print the tools that would be served, and serve nothing.")
def command(ledger_place: str, stored: bool, check: bool) -> int:
    """Serve assistants by the Model Context Protocol, on standard input and output.

    An assistant's program starts this and asks: what is contested, who says so, in which words of
    which report. Nothing is ever written to the ledger, and protected words stay masked.
    docs/assistants.md has what to put into the configuration of a desktop client.
    """
    try:
        from counterclaim.assistants.server import serve_on_pipes
    except ModuleNotFoundError as error:
        if error.name is None or error.name.partition(".")[0] not in {"mcp", "mcp_types", "anyio"}:
            raise
        raise LedgerError(Messages.assistants_missing(error.name)) from error
    from counterclaim.assistants.tools import TOOLS
    from counterclaim.ledger.read_only import open_read_only
    from counterclaim.views.cited.known import Reader

    with open_read_only(ledger_place) as ledger:
        if check:
            for tool in TOOLS.values():
                click.echo(f"{tool.name:16}{tool.title}")
            return Exit.FINE
        logging.basicConfig(format="%(levelname)s %(name)s: %(message)s")  # standard error
        serve_on_pipes(Reader(ledger, stored=stored))
    return Exit.FINE
