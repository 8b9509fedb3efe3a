"""Backups, restoring and going back to an earlier schema."""

from __future__ import annotations

from collections.abc import Mapping, Sequence


class CopyMessages:
    """Makers of problems and messages, one for each thing that can go wrong."""

    @staticmethod
    def backup_in_the_way(place: str) -> str:
        """Return that a file stands where a new one is to be made."""
        return f"{place}: there is a file already, and nothing is overwritten. Give another path, or move it."

    @staticmethod
    def backup_no_file(place: str) -> str:
        """Return that a backup is a file, not a server."""
        return f"{place}: a backup is a file. Make one of this ledger with `counterclaim backup FILE` first."

    @staticmethod
    def restore_over_ledger(place: str) -> str:
        """Return that a ledger is there already."""
        return (
            f"{place}: there is a ledger with entries already, and nothing is overwritten. "
            "Restore to another place, such as another ?schema=name."
        )

    @staticmethod
    def backed_up(place: str, backup: str) -> str:
        """Return the last line of a backup."""
        return f"Copied {place} to {backup} and checked the copy"

    @staticmethod
    def restored(backup: str, place: str) -> str:
        """Return the last line of restoring."""
        return f"Restored {place} from {backup} and checked it"

    @staticmethod
    def downgrade_impossible(place: str, revision: str, current: str, earlier: Sequence[str]) -> str:
        """Return that there is no way back to this schema."""
        return (
            f"{place}: there is no way from schema {current} back to {revision[:40]!r}. "
            f"Give one of {', '.join(earlier)}."
        )

    @staticmethod
    def downgrade_loses(place: str, revision: str, lost: Mapping[str, int]) -> str:
        """Return that going back would drop what cannot be made again."""
        counted = ", ".join(f"{number:,} {name}" for name, number in lost.items() if number)
        return (
            f"{place}: schema {revision} has no room for {counted}; they would be lost. Nothing was "
            "changed. Make a backup with `counterclaim backup FILE`, then give --lose."
        )

    @staticmethod
    def downgraded(place: str, revision: str, dropped: Mapping[str, int]) -> str:
        """Return what going back did."""
        counted = ", ".join(f"{number:,} {name}" for name, number in dropped.items())
        return f"Took {place} back to schema {revision}; dropped: {counted or 'nothing'}"
