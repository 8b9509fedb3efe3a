"""``counterclaim actors``: list them, and correct who is who and who speaks for whom."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

import click

from counterclaim.cli import options, output
from counterclaim.cli.documented import DocumentedCommand, DocumentedGroup
from counterclaim.cli.exits import Exit
from counterclaim.cli.options import Form

if TYPE_CHECKING:
    from counterclaim.actors.judging import Judge
    from counterclaim.model import Judgement
    from counterclaim.views.reading import KnowledgeOf

EXAMPLES = (
    "counterclaim ingest samples/reports",
    "counterclaim actors",
    'counterclaim actors show "Mira Kessan"',
    'counterclaim actors merge "Grace Addo" "Hana Brodi" --reason "her name by marriage"',
    'counterclaim actors split "Grace Addo" "Hana Brodi"',
    'counterclaim actors split "Mira Kessan" --document meridian-sorvan --reason "her sister"',
    'counterclaim actors party "Walter Finch" "Brantwater Power"',
    'counterclaim actors party "Walter Finch" "Brantwater Power" --not',
)


def judged(function: Callable[..., Any]) -> Callable[..., Any]:
    """Add who decides and why, and the ledger with what is known of its actors."""
    return options.ledger(options.reveal(options.known_actors(options.decision(function))))


@click.group(cls=DocumentedGroup, invoke_without_command=True, examples=EXAMPLES)
@options.ledger
@options.reveal
@options.as_of
@options.known_actors
@click.option("--silent", is_flag=True, help="List also those who are only spoken of.")
@options.form
@click.pass_context
def command(
    ctx: click.Context,
    ledger_place: str,
    reveal: bool,
    as_of: str | None,
    knowledge: KnowledgeOf | None,
    silent: bool,
    form: Form,
) -> int | None:
    """List who speaks: names, kind, party, in how many reports, with how many statements.

    Subcommands show one actor with every mention, and correct what the program found: merge and
    split say who is who, party says who speaks for whom. A correction is a judgement, kept in the
    ledger: it goes before whatever the program finds, also in reports that come later, and the last
    one stands.
    """
    if ctx.invoked_subcommand is not None:
        return None
    from counterclaim.ledger import Ledger, parse_moment
    from counterclaim.views.actor import actor_rows
    from counterclaim.views.reading import read_catalogue
    from counterclaim.views.terminal.actor import actors_table

    moment = parse_moment(as_of) if as_of else None
    with Ledger.open(ledger_place, reveal=reveal) as ledger:
        rows = actor_rows(read_catalogue(ledger, moment, knowledge), silent=silent)
    return output.print_rows(rows, actors_table, form)


@command.command(cls=DocumentedCommand, examples=(EXAMPLES[0], EXAMPLES[2]))
@click.argument("name")
@options.ledger
@options.reveal
@options.as_of
@options.known_actors
@options.form
def show(
    name: str,
    ledger_place: str,
    reveal: bool,
    as_of: str | None,
    knowledge: KnowledgeOf | None,
    form: Form,
) -> int:
    """Show one actor: why its names are one, every mention with its place, and everything it said."""
    from counterclaim.actors import actor_of
    from counterclaim.actors.judging import find_identity
    from counterclaim.ledger import Ledger, parse_moment
    from counterclaim.views.actor import actor_view
    from counterclaim.views.reading import read_catalogue
    from counterclaim.views.terminal.actor import actor_table, mentions_table

    moment = parse_moment(as_of) if as_of else None
    with Ledger.open(ledger_place, reveal=reveal) as ledger:
        catalogue = read_catalogue(ledger, moment, knowledge)
    view = actor_view(catalogue, actor_of(catalogue.index, find_identity(catalogue.index, name)))
    if form is Form.TABLE:
        output.show(actor_table(view))
        output.show(mentions_table(view))
    else:
        output.print_one(view, form)
    return Exit.FINE


@command.command(cls=DocumentedCommand, examples=EXAMPLES[:1] + EXAMPLES[3:4])
@click.argument("one")
@click.argument("other")
@click.option(
    "--document", "documents", multiple=True, metavar="ID", help="ONE as this report uses the name, only."
)
@judged
def merge(
    one: str,
    other: str,
    documents: tuple[str, ...],
    ledger_place: str,
    reveal: bool,
    knowledge: KnowledgeOf | None,
    author: str,
    reason: str,
) -> int:
    """Say that ONE and OTHER are one actor.

    They are names, aliases or ids of actors. A source that its report does not name is never joined.
    """
    return _decide(
        ledger_place, reveal, knowledge, author, reason, lambda judge: judge.merge(one, other, documents)
    )


@command.command(cls=DocumentedCommand, examples=EXAMPLES[:1] + EXAMPLES[4:6])
@click.argument("one")
@click.argument("other", required=False)
@click.option(
    "--document", "documents", multiple=True, metavar="ID", help="A report in which ONE is somebody else."
)
@judged
def split(
    one: str,
    other: str | None,
    documents: tuple[str, ...],
    ledger_place: str,
    reveal: bool,
    knowledge: KnowledgeOf | None,
    author: str,
    reason: str,
) -> int:
    """Say that ONE and OTHER, two names, are two actors.

    Or, with --document in place of OTHER, that the ONE of these reports is another than the ONE of
    all others. Reports that come later keep to it.
    """
    if (other is None) == (not documents):
        raise click.UsageError("Give a second name, or --document, and not both.")
    return _decide(
        ledger_place, reveal, knowledge, author, reason, lambda judge: judge.split(one, other, documents)
    )


@command.command(cls=DocumentedCommand, examples=EXAMPLES[:1] + EXAMPLES[6:])
@click.argument("actor")
@click.argument("party_name", metavar="PARTY")
@click.option("--not", "denied", is_flag=True, help="It does not speak for this party.")
@judged
def party(
    actor: str,
    party_name: str,
    denied: bool,
    ledger_place: str,
    reveal: bool,
    knowledge: KnowledgeOf | None,
    author: str,
    reason: str,
) -> int:
    """Say that ACTOR speaks for PARTY: the two count as one party in what is corroborated."""
    return _decide(
        ledger_place,
        reveal,
        knowledge,
        author,
        reason,
        lambda judge: judge.party(actor, party_name, denied=denied),
    )


def _decide(
    place: str,
    reveal: bool,
    knowledge: KnowledgeOf | None,
    author: str,
    reason: str,
    decide: Callable[[Judge], Sequence[Judgement]],
) -> int:
    """Record what a person decides, and print it."""
    from counterclaim.actors import resolve_actors, shipped_knowledge
    from counterclaim.actors.judging import Judge
    from counterclaim.ledger import Ledger
    from counterclaim.model.errors import Messages

    with Ledger.open(place, reveal=reveal) as ledger:
        snapshot = ledger.snapshot()
        known = knowledge(snapshot) if knowledge else shipped_knowledge()
        judge = Judge(snapshot, resolve_actors(snapshot, known), known, author=author, reason=reason)
        judgements = decide(judge)
        for judgement in judgements:
            ledger.judge(judgement)
            click.echo(f"{judgement.id}  {judgement.left}  {judgement.kind}  {judgement.right}")
    if not judgements:
        click.echo(Messages.already_decided())
    return Exit.FINE
