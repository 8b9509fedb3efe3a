"""Erasing what the law says must go, and keeping sources protected."""

from __future__ import annotations

from collections.abc import Sequence

from counterclaim.model.problems import Problem


class ProtectionMessages:
    """Makers of problems and messages, one for each thing that can go wrong."""

    @staticmethod
    def erased(name: str, when: str, author: str, reason: str) -> str:
        """Return that what is asked for was erased."""
        return f"{name} was erased on {when} by {author}: {reason}. It cannot be brought back."

    @staticmethod
    def erased_again(name: str, when: str, author: str, reason: str) -> str:
        """Return that what is to be added was erased before."""
        return (
            f"{name} was erased on {when} by {author}: {reason}. "
            "It is not taken in again; nothing was changed."
        )

    @staticmethod
    def input_erased(name: str, message: str) -> Problem:
        """Return the problem of a report that was erased before."""
        advice = "Take it out of what you ingest; docs/protection.md tells more."
        return Problem(name=name, code="erased", message=message, advice=advice)

    @staticmethod
    def not_an_erasure(found: str) -> str:
        """Return that the record of an erasure is damaged."""
        return f"an erasure was expected, not {found}. Look with `counterclaim verify`."

    @staticmethod
    def erasure_unsigned(part: str) -> str:
        """Return that an erasure needs a person and a reason."""
        return f"An erasure needs the {part}: it is all that is left to tell. Give it with --{part}."

    @staticmethod
    def erasure_of_source(capture: str, document: str) -> str:
        """Return that a document was made from the capture."""
        return (
            f"the document {document} was made from the capture {capture[:16]}. "
            f"Erase the document, and its capture goes with it: `counterclaim erase {document}`."
        )

    @staticmethod
    def erased_still_read(place: str) -> str:
        """Return that another program keeps old pages alive."""
        return (
            f"{place}: the content is erased, but another program still reads an earlier state, and the "
            "words can stand in the file's write-ahead log. Close it, then run the same command again."
        )

    @staticmethod
    def erasure_done(counts: Sequence[tuple[str, int]], place: str) -> str:
        """Return the last line of an erasure."""
        return f"Erased from {place}: {_counted(counts)}"

    @staticmethod
    def erasure_server(place: str) -> str:
        """Return that a server clears its files itself."""
        return (
            f"{place}: the rows are deleted; the server clears them from its files when it next vacuums. "
            "Run VACUUM there to have it now, and mind its archived logs."
        )

    @staticmethod
    def erasure_backups() -> str:
        """Return that copies made before are not touched."""
        return "Backups and exports made before still hold it. Delete them, or make them again."

    @staticmethod
    def erasure_leaves_judgement(judgement: str) -> str:
        """Return that a person's judgement about what is erased stays."""
        return f"{judgement} is about it, and stays with its reason. Erase it too if it must go."

    @staticmethod
    def erasure_leaves_capture(capture: str) -> str:
        """Return that a capture stays."""
        return f"capture {capture[:16]} stays: another document or judgement needs it, and it has the words."

    @staticmethod
    def erasure_leaves_text(document: str) -> str:
        """Return that the report's text still has the words of the statement."""
        return f"{document} still has the words in its text. Erase it too if they must go."

    @staticmethod
    def erasure_asked(counts: Sequence[tuple[str, int]]) -> str:
        """Return the question before an erasure."""
        return f"Erase {_counted(counts)} for good?"

    @staticmethod
    def capture_withheld(sha256: str) -> str:
        """Return that a capture has protected words in it."""
        return (
            f"the capture {sha256[:16]} is withheld: words are protected that stand in it. "
            "Who may see them gives --reveal (Python: Ledger.open(place, reveal=True))."
        )

    @staticmethod
    def judged_unseen(left: str, right: str) -> str:
        """Return that a judgement names a protected actor by the name that is shown instead."""
        return (
            f"{' and '.join(filter(None, (left, right)))}: a protected source cannot be judged by the name "
            "that is shown in its place. Give the command with --reveal, if you may see it."
        )

    @staticmethod
    def protection_empty(words: str) -> str:
        """Return that there is nothing to protect in some words."""
        return f"{words[:40]!r} has fewer than two letters. Give the name as reports write it, with --words."

    @staticmethod
    def board_revealed() -> str:
        """Return that a board with protected words is not stored."""
        return "a board with protected words is not stored. Open the ledger without reveal to store one."

    @staticmethod
    def board_overtaken() -> str:
        """Return that a board was read before something was erased or protected."""
        return (
            "something was erased or protected while the board was being stored; it is not used. "
            "Run `counterclaim refresh` again."
        )

    @staticmethod
    def tombstone_wrong(name: str) -> Problem:
        """Return the problem of a tombstone and an erasure that do not fit."""
        return Problem(
            name=name,
            code="tombstone",
            message="what is said to be erased and what is gone are not the same.",
            advice="Restore the ledger from a backup; what it says of this entry cannot be relied on.",
        )


def _counted(counts: Sequence[tuple[str, int]]) -> str:
    return ", ".join(
        f"{number} {name}{'s' if number != 1 and name != 'annotations' else ''}" for name, number in counts
    )
