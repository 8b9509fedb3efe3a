"""The options of a run over many reports, gathered into one argument."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any, NamedTuple, TypeVar, cast

import click

from counterclaim.cli import options
from counterclaim.model.errors import Messages

Function = TypeVar("Function", bound=Callable[..., Any])
MEGABYTE = 1_000_000


class Archive(NamedTuple):
    """How many reports are read: by which engine, in how many processes, and what each process may use.

    What is None has the engine's default. ``memory`` is in bytes, ``seconds`` are those of one report.
    """

    engine: str
    workers: int | None
    seconds: float | None
    memory: int | None
    address: str | None
    runs: str | None


def archive(function: Function) -> Function:
    """Add the engine and what belongs to it, as the argument ``archive``; None without an engine."""

    @click.option(
        "--engine",
        type=click.Choice(["local", "ray"]),
        help="For many reports: processes of this machine, or of a Ray cluster; the run can be resumed.",
    )
    @click.option(
        "--workers", type=click.IntRange(min=1), help="Processes of an engine.  [default: all cores]"
    )
    @click.option(
        "--time-limit",
        type=click.FloatRange(min=1),
        help="Seconds that an engine gives one report.  [default: 300]",
    )
    @click.option(
        "--memory",
        type=click.IntRange(min=300),
        help="Megabytes that a process of an engine may have.  [default: 1500]",
    )
    @click.option(
        "--address",
        envvar="RAY_ADDRESS",
        show_envvar=True,
        help="The Ray cluster to use; without, one is started on this machine.",
    )
    @options.runs
    @functools.wraps(function)
    def wrapped(
        *arguments: Any,
        engine: str | None,
        workers: int | None,
        time_limit: float | None,
        memory: int | None,
        address: str | None,
        runs_place: str | None,
        **others: Any,
    ) -> Any:
        if engine is None:
            for name, given in (("--workers", workers), ("--time-limit", time_limit), ("--memory", memory)):
                if given is not None:
                    raise click.UsageError(Messages.engine_options(name))
            return function(*arguments, archive=None, **others)
        most = memory * MEGABYTE if memory is not None else None
        chosen = Archive(engine, workers, time_limit, most, address, runs_place)
        return function(*arguments, archive=chosen, **others)

    return cast(Function, wrapped)
