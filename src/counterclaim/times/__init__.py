"""Temporal expressions: found in a report's text and put on the calendar."""

from __future__ import annotations

from collections.abc import Sequence

from counterclaim.model import Document, Statement, TimeExpression


def find_times(document: Document) -> tuple[TimeExpression, ...]:
    """Find the temporal expressions of a document, in order of the text."""
    return ()


def time_statements(
    document: Document, statements: Sequence[Statement], times: Sequence[TimeExpression]
) -> tuple[Statement, ...]:
    """Return the statements with ``said`` and ``happened``, in the same order."""
    return tuple(statements)


__all__ = ["find_times", "time_statements"]
