"""The program ``counterclaim``: its commands, loaded when they are used, and its exit codes."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from importlib import import_module
from keyword import iskeyword
from typing import Any

import click

from counterclaim import __version__
from counterclaim.cli.documented import write_sections
from counterclaim.cli.exits import Exit
from counterclaim.model import CounterclaimError
from counterclaim.model.errors import Messages

COMMANDS = {
    "ingest": "Read reports into a ledger.",
    "runs": "Show the runs of ingest --engine: state, speed, what was skipped and why.",
    "watch": "Follow feeds and folders into a ledger, and tell of disputes.",
    "board": "Show the disputes: who holds what, and on what evidence.",
    "show": "Show one document, statement, claim, dispute or actor.",
    "diff": "Show what became known between two moments.",
    "actors": "List who speaks, and correct who is who and who speaks for whom.",
    "judge": "Correct the program: same claim, opposed, wrong, verified, graded; and undo it.",
    "review": "List what is uncertain and matters most, first.",
    "agreement": "Measure how far analysts agree with each other.",
    "brief": "Write one page on a dispute, with a footnote to each word it rests on.",
    "serve": "Serve pages and an API on which people work with the disputes.",
    "search": "Find words in the reports of a ledger.",
    "refresh": "Store the board, so that board and show answer at once.",
    "export": "Write the ledger in a form that other programs or people read.",
    "import": "Read back what export wrote as JSON Lines, without loss.",
    "merge": "Add what another ledger holds to this one.",
    "mcp": "Serve assistants: the ledger's questions as tools, read-only.",
    "team": "Manage users, projects, roles and tokens.",
    "verify": "Check that a ledger is whole and unchanged.",
    "backup": "Copy a ledger into one file, while others write.",
    "restore": "Make a ledger from a backup, in a file or on a server.",
    "downgrade": "Take a ledger back to an earlier schema.",
    "erase": "Erase a report, statement, judgement or file, as the law may ask.",
    "extract": "Print who says what in each report, without a ledger.",
    "link": "Print how statements agree and conflict, without a ledger.",
    "addresses": "Print the addresses that lists of reports name, for fetching.",
    "copies": "Print which reports are not independent of each other.",
}


SECTIONS = {
    "Examples": (
        "$ counterclaim ingest samples/reports",
        "$ counterclaim board",
        "$ counterclaim export --to html -o page.html",
    ),
    "Exit codes": (
        "0    everything was done (notices may stand on stderr)",
        "1    some inputs could not be used, or verify found damage; the rest was done",
        "2    wrong usage, or a ledger that cannot be used; nothing was done",
        "130  stopped by Ctrl-C",
    ),
    "Environment": (
        "COUNTERCLAIM_LEDGER   the ledger, where --ledger is not given",
        "COUNTERCLAIM_AUTHOR   who decides, where --author is not given",
        "COUNTERCLAIM_TEAM     the team directory, where --team is not given",
        "COUNTERCLAIM_ALIASES  files of names of actors, where --aliases is not given",
        "NO_COLOR              if set, no colour even on a terminal",
    ),
}


class Unusable(click.ClickException):
    """Wrong usage, or a ledger that cannot be used."""

    exit_code = Exit.UNUSABLE


class Program(click.Group):
    """A group that imports a command's module when the command is used, and not before."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 (click's signature)
        """List the names of the commands in the order in which one meets them."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """Import the command."""
        if cmd_name not in COMMANDS:
            return None
        module = import_module(f"counterclaim.cli.{cmd_name}{'_' if iskeyword(cmd_name) else ''}")
        command: click.Command = module.command
        command.short_help = COMMANDS[cmd_name]
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """Write the list of commands without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """Write the examples, the exit codes and the environment after the commands."""
        write_sections(formatter, SECTIONS)

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; an error that ends it becomes a message and exit code 2."""
        try:
            result = super().invoke(ctx)
            sys.stdout.flush()
        except BrokenPipeError:
            _forget_output()
            return Exit.READER_GONE
        except CounterclaimError as error:
            raise Unusable(str(error)) from error
        return result


@click.group(cls=Program, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="counterclaim")
def cli() -> None:
    """Read a pile of news reports; get a ledger of who said what, and who denies it.

    counterclaim takes no side and gives no verdict: it shows positions, who holds them,
    and on what evidence, with every word traceable to its place in the source.
    """


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the program and leave with its exit code."""
    sys.exit(run(arguments))


def run(arguments: Sequence[str] | None = None) -> int:
    """Run the program and return its exit code; what goes wrong on the way ends in a message."""
    try:
        result = cli.main(args=arguments, prog_name="counterclaim", standalone_mode=False)
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except (click.Abort, KeyboardInterrupt):
        click.echo(Messages.interrupted(), err=True)
        return Exit.INTERRUPTED
    return result if isinstance(result, int) else Exit.FINE


def _forget_output() -> None:
    """Let the interpreter flush what is left of the output to nowhere, instead of failing at exit."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    os.close(nowhere)
