"""What is said where a ledger cannot be given as a table."""

from __future__ import annotations

from collections.abc import Sequence


class TableMessages:
    """Makers of messages, one for each thing that can go wrong."""

    @staticmethod
    def table_unknown(kind: str, kinds: Sequence[str]) -> str:
        """Return that there is no table of this kind."""
        return f"There is no table of {kind!r}. There are {', '.join(kinds)}."

    @staticmethod
    def tables_missing(library: str) -> str:
        """Return how to install what tables need."""
        return f"Tables need {library}, which is not installed: pip install 'counterclaim[tables]'."
