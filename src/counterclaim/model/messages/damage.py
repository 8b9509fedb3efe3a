"""What is broken in a ledger."""

from __future__ import annotations

from counterclaim.model.problems import Problem, Severity


class DamageMessages:
    """Makers of problems and messages, one for each thing that can go wrong."""

    @staticmethod
    def _broken(name: str, code: str, message: str) -> Problem:
        advice = "Restore the ledger from a backup; what it says of this entry cannot be relied on."
        return Problem(name=name, code=code, message=message, advice=advice)

    @staticmethod
    def entry_missing(name: str, expected: int, found: int) -> Problem:
        """Return the problem of a gap in the log."""
        return DamageMessages._broken(
            name, "entry-missing", f"entry {expected} is missing before entry {found}."
        )

    @staticmethod
    def chain_broken(name: str) -> Problem:
        """Return the problem of an entry that does not follow from the one before."""
        return DamageMessages._broken(name, "chain", "the entry does not follow from the one before it.")

    @staticmethod
    def payload_changed(name: str) -> Problem:
        """Return the problem of a noun that is not the one that was logged."""
        return DamageMessages._broken(name, "changed", "the content is not what was recorded.")

    @staticmethod
    def payload_missing(name: str) -> Problem:
        """Return the problem of a logged noun that is not there."""
        return DamageMessages._broken(name, "missing", "the entry is logged, but its content is not there.")

    @staticmethod
    def capture_changed(name: str) -> Problem:
        """Return the problem of bytes that do not have the hash that names them."""
        return DamageMessages._broken(name, "capture", "the bytes do not have the SHA-256 that names them.")

    @staticmethod
    def span_misplaced(name: str) -> Problem:
        """Return the problem of a span whose words do not stand at its place."""
        return DamageMessages._broken(
            name, "span", "the words of a span do not stand at its place in the text."
        )

    @staticmethod
    def map_wrong(name: str, encoding: str) -> Problem:
        """Return the problem of a text that does not stand in its capture where its map says.

        Of a text made by a recipe it may be that another version of a library reads the capture otherwise.
        """
        if "/" not in encoding:
            return DamageMessages._broken(name, "map", "its words do not stand where its map says.")
        return Problem(
            name=name,
            code="map",
            message=f"its words do not stand where its map says; it was made with {encoding}.",
            advice="Where this machine reads such files with another version, install that one; "
            "otherwise restore the ledger from a backup.",
        )

    @staticmethod
    def map_unchecked(name: str, reason: str) -> Problem:
        """Return the notice that a map could not be checked, since the source cannot be made here."""
        return Problem(
            name=name,
            code="map-unchecked",
            message=f"whether its words stand in the file could not be checked ({reason}).",
            advice="Everything else of it was.",
            severity=Severity.NOTICE,
        )

    @staticmethod
    def derived_changed(name: str) -> Problem:
        """Return the problem of something made from the reports that is not as it was made."""
        return DamageMessages._broken(
            name, "derived", "what was made from the reports is not as it was made."
        )

    @staticmethod
    def file_damaged(name: str, reason: str) -> Problem:
        """Return the problem of a database file that is not sound."""
        return DamageMessages._broken(name, "file", f"the file is not sound: {reason}.")

    @staticmethod
    def unreadable(reason: str) -> Problem:
        """Return the problem of a part of a ledger that the database cannot read."""
        return DamageMessages._broken("ledger", "unreadable", reason)
