"""What is wrong with names of actors, and with what is decided about them."""

from __future__ import annotations


class ActorMessages:
    """Makers of problems and messages, one for each thing that can go wrong."""

    @staticmethod
    def aliases_unreadable(name: str, reason: str) -> str:
        """Return that a file of aliases cannot be read."""
        return f"{name}: the file of aliases cannot be read ({reason}). Check its path and its permissions."

    @staticmethod
    def aliases_wrong(name: str, line: int | None, reason: str) -> str:
        """Return that a file of aliases is not written as it must be, and where."""
        place = f"{name}, line {line}" if line else name
        return f"{place}: {reason}. The format is described in docs/actors-across.md."

    @staticmethod
    def actor_refused(reason: str) -> str:
        """Return why actors cannot be joined or told apart as asked."""
        return f"{reason} Nothing was changed. Look for names with `counterclaim actors`."

    @staticmethod
    def already_decided() -> str:
        """Return that a judgement would say what the last one says already."""
        return "That has been decided already; nothing was added."
