"""What is wrong with a decision that a person wants to record."""

from __future__ import annotations


class JudgementMessages:
    """Makers of messages, one for each thing that can go wrong."""

    @staticmethod
    def author_refused() -> str:
        """Return that a judgement needs a person's name."""
        return "The author of a judgement must be a person's name. Give it with --author."

    @staticmethod
    def judgement_refused(reason: str) -> str:
        """Return why something cannot be judged as asked."""
        return (
            f"{reason} Nothing was changed. Look with `counterclaim judge list` and `counterclaim show ID`."
        )

    @staticmethod
    def attachment_missing(sha256: str) -> str:
        """Return that evidence names a file that is not there."""
        return f"{sha256}: no file with this SHA-256 is attached or held. Attach the file with the judgement."

    @staticmethod
    def attachment_unused(name: str) -> str:
        """Return that a file is attached that no judgement names."""
        return f"{name}: no evidence names this file. Name its SHA-256 in the evidence of the judgement."

    @staticmethod
    def attachment_unreadable(name: str, reason: str) -> str:
        """Return that a file to attach cannot be read."""
        return f"{name}: the file cannot be read ({reason}). Check its path and its permissions."

    @staticmethod
    def grade_invalid(text: str) -> str:
        """Return that a grade is not written as it must be."""
        return (
            f"{text[:20]!r} is no Admiralty grade. Write the source, A to F, and the information, 1 to 6: B2."
        )
