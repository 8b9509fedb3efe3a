"""What a run says at its end, and where its output cannot be written."""

from __future__ import annotations

from datetime import datetime


class RunMessages:
    """Makers of problems and messages, one for each thing that can go wrong."""

    @staticmethod
    def interrupted() -> str:
        """Return the last line of a run that was stopped by Ctrl-C."""
        return "Stopped. What was stored is whole; run the same command again to go on."

    @staticmethod
    def summary(done: str, errors: int, notices: int) -> str:
        """Return the last line of a run: what was done, and how many problems there were."""
        counts = []
        if errors:
            counts.append(
                "1 input could not be used" if errors == 1 else f"{errors:,} inputs could not be used"
            )
        if notices:
            counts.append("1 notice" if notices == 1 else f"{notices:,} notices")
        return f"{done}; {', '.join(counts)}." if counts else f"{done}."

    @staticmethod
    def ingested(added: int, known: int, statements: int, ledger: str) -> str:
        """Return what an ingest did."""
        reports = "1 report" if added == 1 else f"{added:,} reports"
        already = f", {known:,} already there" if known else ""
        return f"Added {reports} with {statements:,} statements to {ledger}{already}"

    @staticmethod
    def written(place: str) -> str:
        """Return the last line of an export."""
        return f"Wrote {place}."

    @staticmethod
    def output_unwritable(place: str, reason: str) -> str:
        """Return that the output cannot be written where the user wants it."""
        return (
            f"{place} could not be written ({reason}). Check that its folder exists and is yours to write to."
        )

    @staticmethod
    def verified(counts: dict[str, int]) -> str:
        """Return what a verification looked at."""
        return "Checked " + ", ".join(f"{number:,} {name}" for name, number in counts.items())

    @staticmethod
    def board_behind(moment: datetime, entries: int) -> str:
        """Return that the board shown is that of an earlier moment, and what to do for a later one."""
        return (
            f"This is the board as of {moment.isoformat(timespec='seconds')}; the ledger has {entries:,} "
            "entries since. `counterclaim refresh` stores it anew."
        )

    @staticmethod
    def refreshed(moment: datetime | None, entries: int, *, fresh: bool) -> str:
        """Return of what moment the stored board now is."""
        if moment is None:
            return "The ledger is empty; there is no board to store."
        done = "Stored the board" if fresh else "The stored board is already"
        return f"{done} as of {moment.isoformat(timespec='seconds')}, with all of {entries:,} entries."
