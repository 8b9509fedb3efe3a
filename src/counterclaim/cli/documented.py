"""Commands and groups whose help ends in examples that run, and in lines that are printed as they are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import click

Sections = Mapping[str, Sequence[str]]
"""Title to lines."""


def write_sections(formatter: click.HelpFormatter, sections: Sections) -> None:
    """Write the sections line by line, without wrapping."""
    for title, lines in sections.items():
        with formatter.section(title):
            for line in lines:
                formatter.write(f"{'':{formatter.current_indent}}{line}\n")


class DocumentedCommand(click.Command):
    """A command with ``examples`` (without the leading ``$ ``), each of which a test runs.

    ``more`` are sections that no test runs.
    """

    def __init__(
        self, *arguments: Any, examples: Sequence[str] = (), more: Sections | None = None, **options: Any
    ) -> None:
        super().__init__(*arguments, **options)
        self.examples = examples
        self.more = more or {}

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the examples after the options."""
        examples = {"Examples": [f"$ {example}" for example in self.examples]} if self.examples else {}
        write_sections(formatter, {**examples, **self.more})
        super().format_epilog(ctx, formatter)


class DocumentedGroup(click.Group):
    """A group with ``examples``, as a command has them, and ``more`` sections, which no test runs."""

    def __init__(
        self, *arguments: Any, examples: Sequence[str], more: Sections | None = None, **options: Any
    ) -> None:
        super().__init__(*arguments, **options)
        self.examples = examples
        self.more = more or {}

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the examples after the subcommands."""
        write_sections(formatter, {"Examples": [f"$ {example}" for example in self.examples], **self.more})
        super().format_epilog(ctx, formatter)
