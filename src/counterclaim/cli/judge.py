"""``counterclaim judge``: what people decide, each decision a judgement that the ledger keeps."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

import click

from counterclaim.cli import options, output
from counterclaim.cli.documented import DocumentedGroup
from counterclaim.cli.exits import Exit
from counterclaim.cli.options import Form

if TYPE_CHECKING:
    from counterclaim.disputes.judging import Analyst
    from counterclaim.ledger import Ledger
    from counterclaim.model import Capture, Judgement
    from counterclaim.views.reading import KnowledgeOf

EXAMPLES = (
    "counterclaim ingest samples/reports",
    "counterclaim judge list",
    'counterclaim judge grade meridian-sorvan B2 --author "R. Ito" --reason "their own correspondent"',
    "counterclaim judge list --as-of 2021-09-06",
)
MORE = {
    "With ids as show prints them (a unique beginning will do)": (
        'counterclaim judge same s-12ab s-34cd --reason "one letter, told twice"',
        "counterclaim judge not-opposed s-12ab s-34cd",
        'counterclaim judge reject j-56ef --reason "two different bridges"',
        "counterclaim judge verified s-12ab --url https://example.org/letter --file letter.pdf",
        "counterclaim judge undo j-78aa",
    )
}


def judged(function: Callable[..., Any]) -> Callable[..., Any]:
    """Add who decides and why, and the ledger."""
    return options.ledger(options.decision(function))


@click.group(cls=DocumentedGroup, examples=EXAMPLES, more=MORE)
def command() -> None:
    """Decide what the program got wrong, or could not know.

    Every decision is a judgement that is kept with its author, time and reason, and none is ever
    changed: undo adds another. What a person decides goes before whatever a program finds, also in
    reports that come later. Where two people contradict each other neither is followed until one
    of them takes it back; both are shown. docs/judgements.md has the rules.
    """


def _pair(name: str, kind: str, said: str) -> None:
    """Add the subcommand that says one thing of two statements."""

    @command.command(name, help=f"Say that statements A and B {said}.", short_help=f"A and B {said}.")
    @click.argument("one", metavar="A")
    @click.argument("other", metavar="B")
    @judged
    def decide(one: str, other: str, ledger_place: str, author: str, reason: str) -> int:
        from counterclaim.model import JudgementKind

        def made(analyst: Analyst, ledger: Ledger) -> list[Judgement]:
            return analyst.relate(
                JudgementKind(kind), [(ledger.statement(one).id, ledger.statement(other).id)]
            )

        return _decide(ledger_place, author, reason, made)


_pair("same", "same-claim", "make the same claim")
_pair("opposed", "opposed", "cannot both be true")
_pair("not-same", "not-same-claim", "do not make the same claim")
_pair("not-opposed", "not-opposed", "do not contradict each other")


@command.command()
@click.argument("identifier", metavar="ID")
@judged
def confirm(identifier: str, ledger_place: str, author: str, reason: str) -> int:
    """Say that a judgement, or a statement as it was read, is right."""
    return _answer("confirmed", identifier, ledger_place, author, reason)


@command.command()
@click.argument("identifier", metavar="ID")
@judged
def reject(identifier: str, ledger_place: str, author: str, reason: str) -> int:
    """Say that a judgement is wrong, or that a statement was read wrongly.

    A rejected statement makes no claim and takes no side; it is still kept and shown.
    """
    return _answer("rejected", identifier, ledger_place, author, reason)


@command.command()
@click.argument("one", metavar="CLAIM")
@click.argument("other", metavar="CLAIM")
@options.known_actors
@judged
def merge(one: str, other: str, ledger_place: str, knowledge: KnowledgeOf, author: str, reason: str) -> int:
    """Say that two claims are one: that all their statements make the same claim."""

    def made(analyst: Analyst, ledger: Ledger) -> list[Judgement]:
        from counterclaim.views.find import find_claim
        from counterclaim.views.reading import read_catalogue

        catalogue = read_catalogue(ledger, None, knowledge)
        return analyst.merge(find_claim(catalogue, one), find_claim(catalogue, other))

    return _decide(ledger_place, author, reason, made)


@command.command()
@click.argument("statements", metavar="STATEMENT...", nargs=-1, required=True)
@options.known_actors
@judged
def split(
    statements: tuple[str, ...], ledger_place: str, knowledge: KnowledgeOf, author: str, reason: str
) -> int:
    """Say that statements do not make the claim in which they stand.

    Several statements are taken out together: nothing is said of how they stand to each other.
    """

    def made(analyst: Analyst, ledger: Ledger) -> list[Judgement]:
        from counterclaim.views.find import claims_of_all
        from counterclaim.views.reading import read_catalogue

        ids = [ledger.statement(each).id for each in statements]
        return analyst.split(claims_of_all(read_catalogue(ledger, None, knowledge), ids), ids)

    return _decide(ledger_place, author, reason, made)


@command.command()
@click.argument("one", metavar="DOCUMENT")
@click.argument("other", metavar="DOCUMENT")
@click.option("--derived", is_flag=True, help="Not the same text, but made from it.")
@click.option("--not", "denied", is_flag=True, help="Neither comes from the other, whatever programs found.")
@judged
def copies(
    one: str, other: str, derived: bool, denied: bool, ledger_place: str, author: str, reason: str
) -> int:
    """Say that of two reports one is a copy of the other, so that they count as one origin."""
    if derived and denied:
        raise click.UsageError("Give --derived or --not, and not both.")

    def made(analyst: Analyst, ledger: Ledger) -> list[Judgement]:
        from counterclaim.model import JudgementKind

        left, right = ledger.document(one).key, ledger.document(other).key
        if denied:
            return analyst.independent(ledger.judgements(), left, right)
        return analyst.copies(left, right, JudgementKind.DERIVED if derived else JudgementKind.COPY)

    return _decide(ledger_place, author, reason, made)


@command.command()
@click.argument("statement")
@click.option(
    "--url", "urls", multiple=True, help="An address that bears it out; may be given several times."
)
@click.option(
    "--file",
    "files",
    multiple=True,
    type=click.Path(),
    help="A file that bears it out: its bytes are kept, named by their SHA-256.",
)
@click.option("--note", "notes", multiple=True, help="What bears it out, in words.")
@judged
def verified(
    statement: str,
    urls: tuple[str, ...],
    files: tuple[str, ...],
    notes: tuple[str, ...],
    ledger_place: str,
    author: str,
    reason: str,
) -> int:
    """Say that what STATEMENT claims was checked and is borne out, and by what."""
    from counterclaim.sources.attaching import attach

    evidence, attachments = attach(urls, files, notes)

    def made(analyst: Analyst, ledger: Ledger) -> list[Judgement]:
        return analyst.verified(ledger.statement(statement).id, evidence)

    return _decide(ledger_place, author, reason, made, attachments)


@command.command()
@click.argument("identifier", metavar="ID")
@click.argument("grade", metavar="GRADE")
@judged
def grade(identifier: str, grade: str, ledger_place: str, author: str, reason: str) -> int:
    """Give a statement or a report an Admiralty grade, such as B2.

    The letter is the reliability of the source, A (completely reliable) to F (cannot be judged); the
    number is the credibility of the information, 1 (confirmed) to 6 (cannot be judged). Grades of
    several people stand side by side; none is ever computed.
    """

    def made(analyst: Analyst, ledger: Ledger) -> list[Judgement]:
        from counterclaim.disputes.judging import parse_grade

        about = (
            ledger.statement(identifier).id if _is_statement(identifier) else ledger.document(identifier).key
        )
        return analyst.grade(about, parse_grade(grade))

    return _decide(ledger_place, author, reason, made)


@command.command()
@click.argument("identifier", metavar="STATEMENT|ACTOR")
@click.option(
    "--words",
    multiple=True,
    required=True,
    help="A name by which reports know the source; may be given several times.",
)
@judged
def protect(identifier: str, words: tuple[str, ...], ledger_place: str, author: str, reason: str) -> int:
    """Keep the name of a source from readers, in every view and export, at every moment.

    It is masked wherever it stands, and its parts (of 4 letters and more) in the reports that have the whole;
    the bytes of these reports are withheld. Do not write the name in --reason. Commands with --reveal show
    it. Take it back with undo. docs/protection.md has the rules, and what this does not do.
    """

    def made(analyst: Analyst, ledger: Ledger) -> list[Judgement]:
        from counterclaim.views.find import find_speaking
        from counterclaim.views.reading import read_catalogue

        return analyst.protect(find_speaking(read_catalogue(ledger), identifier).id, words)

    return _decide(ledger_place, author, reason, made, reveal=True)


@command.command()
@click.argument("judgement")
@judged
def undo(judgement: str, ledger_place: str, author: str, reason: str) -> int:
    """Take back a judgement of a person; undo the undoing to bring it back."""
    return _decide(
        ledger_place, author, reason, lambda analyst, ledger: analyst.undo(ledger.judgement(judgement))
    )


@command.command("list")
@options.ledger
@options.as_of
@options.form
def list_(ledger_place: str, as_of: str | None, form: Form) -> int:
    """List all that people decided, as it was recorded, with what no longer stands and what conflicts."""
    from counterclaim.ledger import Ledger, parse_moment
    from counterclaim.views.decisions import decision_rows
    from counterclaim.views.terminal.decisions import decisions_table

    moment = parse_moment(as_of) if as_of else None
    with Ledger.open(ledger_place) as ledger:
        rows = decision_rows(*ledger.decided(moment))
    return output.print_rows(rows, decisions_table, form)


def _answer(kind: str, identifier: str, place: str, author: str, reason: str) -> int:
    from counterclaim.model import JudgementKind

    def made(analyst: Analyst, ledger: Ledger) -> list[Judgement]:
        if _is_statement(identifier):
            return analyst.answer(JudgementKind(kind), ledger.statement(identifier).id)
        judged = ledger.judgement(identifier)
        return analyst.answer(JudgementKind(kind), judged.id, judged)

    return _decide(place, author, reason, made)


def _is_statement(identifier: str) -> bool:
    return identifier.startswith("s-")


def _decide(
    place: str,
    author: str,
    reason: str,
    decide: Callable[[Analyst, Ledger], Sequence[Judgement]],
    attachments: Sequence[Capture] = (),
    *,
    reveal: bool = False,
) -> int:
    """Record what a person decides, all of it or nothing, and print it."""
    from counterclaim.disputes.judging import Analyst
    from counterclaim.ledger import Ledger
    from counterclaim.model.errors import Messages

    with Ledger.open(place, reveal=reveal) as ledger:
        decided, _times = ledger.decided()
        judgements = decide(Analyst(decided, author=author, reason=reason), ledger)
        ledger.judge_all(judgements, attachments if judgements else ())
    for each in judgements:
        click.echo("  ".join(filter(None, (each.id, each.left, str(each.kind), each.right))))
    if not judgements:
        click.echo(Messages.already_decided())
    return Exit.FINE
