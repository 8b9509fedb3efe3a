"""The exit codes of the program."""

from __future__ import annotations

from enum import IntEnum


class Exit(IntEnum):
    """How a run of the program ended."""

    FINE = 0
    """Everything was done."""
    PROBLEMS = 1
    """Some inputs could not be used, or verify found damage; the rest was done."""
    UNUSABLE = 2
    """Wrong usage, or a ledger that cannot be used: nothing was done."""
    INTERRUPTED = 130
    """Stopped by Ctrl-C (128 + SIGINT)."""
    READER_GONE = 141
    """The program that read our output has closed it (128 + SIGPIPE), as ``head`` does."""
