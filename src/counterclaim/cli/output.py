"""What commands print: answers to standard output, everything else to standard error."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import TYPE_CHECKING, Any, TypeVar

import click
import msgspec
from rich.console import Console, RenderableType
from rich.progress import DownloadColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.text import Text

from counterclaim.cli.exits import Exit
from counterclaim.cli.options import Form
from counterclaim.model import CounterclaimError, Problem, Severity
from counterclaim.model.errors import Messages
from counterclaim.views.terminal.pieces import clean

if TYPE_CHECKING:
    from counterclaim.views.happening import Happening, LeftOut

Rows = TypeVar("Rows", bound=Iterable[Any])

_ENCODER = msgspec.json.Encoder()
PHASES = ("reading", "loading")
"""The parts of a run over many reports."""
_WIDTH_ELSEWHERE = 100
"""Columns where the output is no terminal: always the same, so that the output is, too."""


def console(*, stderr: bool = False) -> Console:
    """Return the console: colour only on a terminal, never where NO_COLOR is set."""
    stream = sys.stderr if stderr else sys.stdout
    width = None if stream.isatty() else _WIDTH_ELSEWHERE
    return Console(file=stream, width=width, highlight=False, emoji=False, markup=False)


def show(rendering: RenderableType) -> None:
    """Print something made to be read."""
    console().print(rendering)


def print_lines(values: Iterable[Any], form: Form) -> None:
    """Print values as JSON: one a line as they come, or all as one array."""
    if form is Form.JSONL:
        for value in values:
            click.echo(_ENCODER.encode(value))
    else:
        print_value(list(values))


def print_one(value: Any, form: Form) -> None:
    """Print one value as JSON: indented, or on one line."""
    if form is Form.JSONL:
        print_lines([value], form)
    else:
        print_value(value)


def print_rows(rows: Rows, table: Callable[[Rows], RenderableType], form: Form) -> Exit:
    """Print rows, as a table or as JSON; return the exit status of a command that has no more to do."""
    if form is Form.TABLE:
        show(table(rows))
    else:
        print_lines(rows, form)
    return Exit.FINE


def print_value(value: Any) -> None:
    """Print one value as indented JSON."""
    click.echo(msgspec.json.format(_ENCODER.encode(value), indent=2))


def tell_left_out(left_out: LeftOut, what: str, happening: Happening) -> None:
    """Print on standard error how much is not shown for the event time that was asked for."""
    told = Messages.left_out(left_out.elsewhen, left_out.unknown, what, asked=happening.unknown)
    click.echo(told, err=True)


@contextmanager
def written(place: str) -> Iterator[Callable[[bytes], object]]:
    """Give what writes bytes to a file, or to standard output for ``-``.

    The file appears whole when all is written; it is written beside its place until then, and a
    file that stood there before stays where anything fails. A pipe or a device is written directly.
    """
    if place == "-":
        yield sys.stdout.buffer.write
        sys.stdout.buffer.flush()
        return
    target = Path(place)
    try:
        if target.exists() and not target.is_file():
            with target.open("wb") as stream:
                yield stream.write
            return
        with NamedTemporaryFile(dir=target.parent, prefix=f".{target.name}.", delete=False) as stream:
            unfinished = Path(stream.name)
            try:
                yield stream.write
            except BaseException:
                unfinished.unlink()
                raise
        unfinished.chmod(_mode_of_new_files())
        unfinished.replace(target)
    except OSError as error:
        raise CounterclaimError(Messages.output_unwritable(place, error.strerror or str(error))) from error


def _mode_of_new_files() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask


class Reporter:
    """Tells on standard error how the work goes: problems as they come, progress, a last line."""

    def __init__(self) -> None:
        self.errors = 0
        self.notices = 0
        self._console = console(stderr=True)

    def tell(self, problem: Problem) -> None:
        """Print one problem: the input's name, what is wrong, and what to do."""
        if problem.severity is Severity.ERROR:
            self.errors += 1
            style = "bold red"
        else:
            self.notices += 1
            style = "yellow"
        line = Text.assemble((f"{problem.severity}:", style), " ", clean(str(problem)))
        self._console.print(line, soft_wrap=True)

    def summary(self, done: str) -> None:
        """Print the last line: what was done, and how many problems there were."""
        self._console.print(Messages.summary(done, self.errors, self.notices), soft_wrap=True)

    @property
    def exit_code(self) -> Exit:
        """1 where an input could not be used, 0 otherwise."""
        return Exit.PROBLEMS if self.errors else Exit.FINE

    @contextmanager
    def progress(self, what: str, *, printing: bool = False) -> Iterator[Callable[[str], None]]:
        """Show how many reports are done and which was the last, where that is a terminal.

        With ``printing`` the answer is printed meanwhile; nothing is shown where it goes to the
        terminal too, since it shows the progress itself.
        """
        if not self._console.is_terminal or (printing and sys.stdout.isatty()):
            yield lambda _name: None
            return
        columns = (
            SpinnerColumn(),
            TextColumn("{task.description}", markup=False),
            TextColumn("{task.completed:.0f} reports", markup=False),
            TimeElapsedColumn(),
            TextColumn("{task.fields[name]}", markup=False),
        )
        with Progress(*columns, console=self._console, transient=True) as bar:
            task = bar.add_task(what, total=None, name="")
            yield lambda name: bar.update(task, advance=1, name=clean(name))

    @contextmanager
    def phases(self) -> Iterator[Callable[[str, int, int | None], None]]:
        """Show which phase of a run is how far, and how fast it goes, where that is a terminal."""
        if not self._console.is_terminal:
            yield lambda _phase, _done, _of: None
            return
        columns = (
            SpinnerColumn(),
            TextColumn("{task.description}", markup=False),
            TextColumn("{task.completed:,.0f} of {task.fields[of]} reports", markup=False),
            TimeElapsedColumn(),
        )
        with Progress(*columns, console=self._console, transient=True) as bar:
            tasks = {name: bar.add_task(name.capitalize(), total=None, of="?") for name in PHASES}
            yield lambda phase, done, of: bar.update(
                tasks[phase], completed=done, total=of, of="?" if of is None else f"{of:,}"
            )

    @contextmanager
    def volume(self, what: str, *, printing: bool = False) -> Iterator[Callable[[int], None]]:
        """Show how many bytes are written, where that is a terminal and the answer goes elsewhere."""
        if not self._console.is_terminal or (printing and sys.stdout.isatty()):
            yield lambda _size: None
            return
        columns = (
            SpinnerColumn(),
            TextColumn("{task.description}", markup=False),
            DownloadColumn(),
            TimeElapsedColumn(),
        )
        with Progress(*columns, console=self._console, transient=True) as bar:
            task = bar.add_task(clean(what), total=None)
            yield lambda size: bar.update(task, advance=size)
