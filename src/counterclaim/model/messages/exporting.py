"""What is said about exports."""

from __future__ import annotations

from collections.abc import Sequence


class ExportMessages:
    """Makers of messages about the formats a ledger is written in."""

    @staticmethod
    def export_unknown(name: str, known: Sequence[str]) -> str:
        """Return that there is no such format, and which there are."""
        return f"'{name}' is no format of an export. There are: {', '.join(known)}."

    @staticmethod
    def sorts_unknown(names: str, known: Sequence[str]) -> str:
        """Return that some of the names are no sorts of nouns, and which there are."""
        return f"'{names}' names something that an export does not hold. There are: {', '.join(known)}."

    @staticmethod
    def writing(place: str) -> str:
        """Return what is shown while an export is written."""
        return f"Writing {place}"

    @staticmethod
    def extra_missing(name: str) -> str:
        """Return that a format needs a package that is not installed, and how to install it."""
        return f"This needs packages that are not installed. Install them: pip install 'counterclaim[{name}]'"
