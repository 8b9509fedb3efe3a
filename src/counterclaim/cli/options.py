"""Arguments and options that several commands share."""

from __future__ import annotations

import functools
from collections.abc import Callable
from enum import StrEnum
from typing import Any, TypeVar, cast

import click

Function = TypeVar("Function", bound=Callable[..., Any])

DEFAULT_LEDGER = "counterclaim.db"


class Form(StrEnum):
    """How an answer is printed."""

    TABLE = "table"
    JSON = "json"
    JSONL = "jsonl"


def inputs(function: Function) -> Function:
    """Add the reports to read, and how large one may be."""
    function = click.option(
        "--max-bytes",
        type=click.IntRange(min=1),
        default=20_000_000,
        show_default=True,
        help="Leave out reports with more bytes.",
    )(function)
    return click.argument("inputs", nargs=-1, required=True, metavar="INPUT...")(function)


def extraction(function: Function) -> Function:
    """Add how statements are found, as the argument ``extraction``."""

    @click.option(
        "--extractor",
        type=click.Choice(["accurate", "fast", "rules"]),
        default="accurate",
        show_default=True,
        help="What finds the statements: the trained model, a smaller one for archives, or rules alone.",
    )
    @click.option(
        "--min-confidence",
        type=click.FloatRange(0, 1),
        default=0.0,
        show_default=True,
        help="Leave out statements found with less confidence.",
    )
    @functools.wraps(function)
    def wrapped(*arguments: Any, extractor: str, min_confidence: float, **others: Any) -> Any:
        from counterclaim.statements import Extraction

        chosen = Extraction(extractor=extractor, min_confidence=min_confidence)
        return function(*arguments, extraction=chosen, **others)

    return cast(Function, wrapped)


def form(function: Function) -> Function:
    """Add the form of the output."""
    return click.option(
        "--format",
        "form",
        type=click.Choice(Form, case_sensitive=False),
        default=Form.TABLE,
        show_default="table",
        help="A table to read, one JSON value, or one JSON value a line.",
    )(function)


def ledger(function: Function) -> Function:
    """Add the ledger to use."""
    return click.option(
        "--ledger",
        "ledger_place",
        envvar="COUNTERCLAIM_LEDGER",
        default=DEFAULT_LEDGER,
        show_default=True,
        show_envvar=True,
        metavar="PATH-OR-URL",
        help="The ledger: a file, or postgresql://user@host/database (?schema=name for one of several).",
    )(function)


def runs(function: Function) -> Function:
    """Add where runs over many reports are kept, as the argument ``runs_place``."""
    return click.option(
        "--runs",
        "runs_place",
        type=click.Path(file_okay=False),
        envvar="COUNTERCLAIM_RUNS",
        show_envvar=True,
        metavar="FOLDER",
        help="Where runs are kept.  [default: beside the ledger, its name with .runs]",
    )(function)


def known_actors(function: Function) -> Function:
    """Add what the user knows of actors, as the argument ``knowledge``."""

    @click.option(
        "--aliases",
        type=click.Path(),
        multiple=True,
        envvar="COUNTERCLAIM_ALIASES",
        show_envvar=True,
        metavar="FILE",
        help="Names, parties and roles of actors beside those known (TOML); may be given several times.",
    )
    @click.option(
        "--wikidata",
        type=click.Path(),
        metavar="FILE",
        help="A local extract of Wikidata in JSON Lines, from which names are taken that occur.",
    )
    @functools.wraps(function)
    def wrapped(*arguments: Any, aliases: tuple[str, ...], wikidata: str | None, **others: Any) -> Any:
        from counterclaim.actors import local_knowledge

        knowledge = local_knowledge(aliases, wikidata) if aliases or wikidata else None
        return function(*arguments, knowledge=knowledge, **others)

    return cast(Function, wrapped)


def decision(function: Function) -> Function:
    """Add who decides and why, as the arguments ``author`` and ``reason``."""
    function = click.option(
        "--author",
        default="analyst",
        envvar="COUNTERCLAIM_AUTHOR",
        show_default=True,
        show_envvar=True,
        help="Who decides.",
    )(function)
    return click.option("--reason", default="", help="Why, in a few words; kept with the judgement.")(
        function
    )


def stored(function: Function) -> Function:
    """Add whether the stored board will do."""
    return click.option(
        "--stored",
        is_flag=True,
        help="Show the board as `counterclaim refresh` stored it last, at once, even if it is behind.",
    )(function)


def happened(function: Function) -> Function:
    """Add the stretch of event time that is wanted, as the argument ``happening``; None for all."""

    @click.option(
        "--happened",
        metavar="FROM..TO",
        help="Only what is said to have happened then: 2021-09-06, 2021-09, 2021-09-01..2021-09-15, 2021..",
    )
    @click.option("--happened-unknown", is_flag=True, help="With --happened, also what gives no event time.")
    @functools.wraps(function)
    def wrapped(*arguments: Any, happened: str | None, happened_unknown: bool, **others: Any) -> Any:
        from counterclaim.views.happening import parse_happening

        happening = parse_happening(happened, unknown=happened_unknown) if happened is not None else None
        return function(*arguments, happening=happening, **others)

    return cast(Function, wrapped)


def as_of(function: Function) -> Function:
    """Add the moment whose knowledge is wanted."""
    return click.option(
        "--as-of",
        "as_of",
        metavar="MOMENT",
        help="Show what the ledger knew then: 2021-09-06, or 2021-09-06T14:30:00+02:00.",
    )(function)


def reveal(function: Function) -> Function:
    """Add whether protected words are shown."""
    return click.option(
        "--reveal",
        is_flag=True,
        help="Show words that `judge protect` keeps from readers; for who may see them.",
    )(function)
