"""The command line: thin commands over library functions, one file each."""

from counterclaim.cli.program import cli, main

__all__ = ["cli", "main"]
