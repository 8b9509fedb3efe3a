"""``counterclaim addresses``."""

from __future__ import annotations

from collections.abc import Iterator

import click

from counterclaim.cli import options, output
from counterclaim.cli.documented import DocumentedCommand
from counterclaim.cli.options import Form
from counterclaim.model import Problem
from counterclaim.sources import Address, read_addresses


@click.command(
    cls=DocumentedCommand,
    examples=(
        "counterclaim addresses samples/lists",
        "counterclaim addresses samples/lists --format jsonl",
    ),
)
@click.argument("inputs", nargs=-1, required=True, metavar="INPUT...")
@options.form
def command(inputs: tuple[str, ...], form: Form) -> int:
    """Print the addresses that lists of reports name, one a line, each once.

    INPUT is an export of GDELT (events, mentions, knowledge graph; versions 1 and 2), its list of files,
    a list of paths of Common Crawl, or a CDX or CDXJ index, packed or not; a folder of these, or - for
    standard input. Of an index, the addresses of pages that were fetched are printed. As JSON, each
    comes with the date that the list gives, and with the line that names it. Fetch what you want with a
    program of your choice, and ingest that.

    Exit code 1 where an input is no such list or has broken lines; the rest is printed.
    """
    reporter = output.Reporter()

    def found() -> Iterator[Address]:
        for item in read_addresses(inputs):
            if isinstance(item, Problem):
                reporter.tell(item)
            else:
                yield item

    if form is Form.TABLE:
        for address in found():
            click.echo(address.url)
    else:
        output.print_lines(found(), form)
    return reporter.exit_code
