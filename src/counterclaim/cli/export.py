"""``counterclaim export``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from counterclaim.cli import options, output
from counterclaim.cli.documented import DocumentedCommand
from counterclaim.cli.exits import Exit
from counterclaim.model.errors import Messages

if TYPE_CHECKING:
    from collections.abc import Sequence

    from counterclaim.views.happening import Happening
    from counterclaim.views.reading import KnowledgeOf


class FormatName(click.ParamType[str]):
    """The name of a format; the table of formats is read only when a name is given."""

    name = "format"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Return the name in lower case where there is such a format."""
        from counterclaim.exports import FORMATS

        if value.lower() not in FORMATS:
            self.fail(Messages.export_unknown(value, list(FORMATS)), param, ctx)
        return value.lower()


class SortNames(click.ParamType[list[str]]):
    """Sorts of nouns, separated by commas."""

    name = "sorts"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> list[str]:
        """Return the names where all are known."""
        from counterclaim.exports import Sort

        names = [name.strip().lower() for name in value.split(",") if name.strip()]
        if not names or not set(names) <= set(Sort):
            self.fail(Messages.sorts_unknown(value, list(Sort)), param, ctx)
        return names


@click.command(
    cls=DocumentedCommand,
    examples=(
        "counterclaim ingest samples/reports",
        "counterclaim export --to html -o page.html",
        "counterclaim export --to jsonl -o ledger.jsonl",
        "counterclaim export --to jsonl --only stored -o stored.jsonl",
        "counterclaim export --to csv --table positions",
        "counterclaim export --to geojson -o places.geojson",
        "counterclaim export --to acled -o events.csv",
        "counterclaim export --to prov -o origins.jsonld",
    ),
)
@options.ledger
@options.reveal
@options.as_of
@options.happened
@options.known_actors
@click.option(
    "--to",
    "target",
    type=FormatName(),
    metavar="FORMAT",
    required=True,
    help="jsonl: every noun, one a line. csv, parquet: a table. geojson: places. acled, ucdp: claimed "
    "events. timeline: for TimelineJS. ftm: FollowTheMoney. "
    "web-annotation: W3C annotations. claimreview: schema.org. prov: PROV-O. "
    "decisions: what people decided, to learn from. "
    "html: one page that needs no network.",
)
@click.option(
    "--table",
    type=click.Choice(["statements", "disputes", "positions", "claims", "documents"]),
    default="statements",
    show_default=True,
    help="csv, parquet: the table to write.",
)
@click.option("--bom", is_flag=True, help="csv: begin with a byte order mark, by which Excel knows UTF-8.")
@click.option(
    "--nouns",
    type=SortNames(),
    metavar="SORT,...",
    help="jsonl: these alone, of captures, documents, annotations, statements, judgements, actors, claims, "
    "disputes.",
)
@click.option(
    "--only",
    type=click.Choice(["stored"]),
    help="What the ledger stores, and nothing that is read off it: any size in constant memory.",
)
@click.option(
    "--without",
    type=click.Choice(["recorded", "carried"]),
    help="recorded: leave out when each was recorded, so that equal content gives equal bytes (jsonl). "
    "carried: leave out what `counterclaim import` needs (ftm).",
)
@click.option(
    "-o",
    "--output",
    "place",
    metavar="FILE",
    default="-",
    help="Write to this file, whole or not at all, instead of standard output.",
)
def command(
    ledger_place: str,
    reveal: bool,
    as_of: str | None,
    happening: Happening | None,
    knowledge: KnowledgeOf | None,
    target: str,
    nouns: Sequence[str] | None,
    table: str,
    bom: bool,
    only: str | None,
    without: str | None,
    place: str,
) -> int:
    """Write the ledger in a form that other programs or people read.

    JSON Lines hold every capture, document, statement, judgement, actor, claim and dispute, each
    sort in order of its ids; equal ledgers give equal lines.

    With --happened, the disputes and claims with a statement on something that is said to have
    happened then, and the reports that they stand in, each whole. Counts are those of all.
    """
    from counterclaim import exports
    from counterclaim.ledger import Ledger, parse_moment

    moment = parse_moment(as_of) if as_of else None
    sorts = [exports.Sort(name) for name in nouns] if nouns else list(exports.Sort)
    stored = only == "stored"
    choices = exports.Choices(
        nouns=tuple(sort for sort in sorts if sort in exports.STORED or not stored),
        recorded=without != "recorded",
        carried=without != "carried",
        table=exports.Table(table),
        mark=bom,
        board=not stored,
        as_of=as_of,
        happening=happening,
    )
    reporter = output.Reporter()
    with (
        Ledger.open(ledger_place, reveal=reveal) as ledger,
        exports.read_source(ledger, choices, moment, knowledge) as source,
        output.written(place) as write,
        reporter.volume(Messages.writing(place), printing=place == "-") as tell,
    ):
        for piece in exports.FORMATS[target].pieces(source):
            write(piece)
            tell(len(piece))
        if happening is not None and source.left_out is not None:
            output.tell_left_out(source.left_out, "disputes", happening)
    if place != "-":
        click.echo(Messages.written(place), err=True)
    return Exit.FINE
