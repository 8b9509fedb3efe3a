"""What is wrong with a question that an assistant asks, or with serving it."""

from __future__ import annotations


class AssistantMessages:
    """Makers of messages, one for each thing that can go wrong."""

    @staticmethod
    def ledger_read_only() -> str:
        """Return that a ledger was opened to be read."""
        return "This ledger is open for reading only; nothing can be written to it here."

    @staticmethod
    def ledger_not_up_to_date(place: str) -> str:
        """Return that a ledger has the schema of an earlier version."""
        return (
            f"{place} has the schema of an earlier version, and is opened here for reading only. "
            f"Bring it up to date first: counterclaim board --ledger {place}"
        )

    @staticmethod
    def assistants_missing(module: str) -> str:
        """Return that the packages for assistants are not installed."""
        return f"Serving assistants needs {module}, which is not installed: pip install 'counterclaim[mcp]'."

    @staticmethod
    def cursor_invalid(cursor: str) -> str:
        """Return that a cursor is none that an answer gave."""
        return f"{cursor[:60]!r} is no cursor. Give the cursor of an earlier answer as it stands, or none."

    @staticmethod
    def something_else(name: str, kind: str, wanted: str, tool: str) -> str:
        """Return that a name is that of another kind of thing than the tool shows."""
        return f"{name[:80]!r} names another kind of thing ({kind}), not a {wanted}. Ask {tool} for it."

    @staticmethod
    def arguments_invalid(tool: str, reason: str) -> str:
        """Return that the arguments of a tool are not as its schema has them."""
        return f"The arguments of {tool} are not as its schema says: {reason}."

    @staticmethod
    def tool_unknown(name: str, known: str) -> str:
        """Return that there is no such tool."""
        return f"There is no tool {name[:60]!r}. There are: {known}."

    @staticmethod
    def resource_unknown(uri: str) -> str:
        """Return that an address is none that is served."""
        return (
            f"{uri[:120]!r} is no resource of this server. "
            "There are counterclaim://dispute/ID and counterclaim://report/ID."
        )

    @staticmethod
    def question_failed(tool: str) -> str:
        """Return that a tool failed through a fault of the program; the log has the reason."""
        return f"{tool} failed through a fault of the program. The log on its standard error has the reason."

    @staticmethod
    def start_outside(report: str, start: int, characters: int) -> str:
        """Return that a report was asked for from a place after its end."""
        return f"{report[:80]} has {characters} characters; {start} is not before its end."
