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

    @staticmethod
    def nothing_packed() -> str:
        """Return that entities of FollowTheMoney hold no ledger."""
        return (
            "no entity holds what a ledger stores. Export it with `counterclaim export --to ftm`, "
            "and not with `--without carried`."
        )

    @staticmethod
    def pieces_missing(batches: Sequence[str]) -> str:
        """Return that some Notes of an export to FollowTheMoney are not there."""
        shown = ", ".join(batches[:5]) + (" ..." if len(batches) > 5 else "")
        return f"Notes named 'counterclaim N' are missing, for N = {shown}. Export again, whole."

    @staticmethod
    def batch_damaged(name: str) -> str:
        """Return that the packed lines of a Note cannot be read."""
        return f"the Note {name!r} is damaged. Export again."

    @staticmethod
    def entity_unreadable(why: str) -> str:
        """Return that a line is no entity of FollowTheMoney."""
        return f"not an entity of FollowTheMoney: {why}"
