"""Why a ledger cannot be opened, written or asked."""

from __future__ import annotations

from collections.abc import Sequence


class LedgerMessages:
    """Makers of problems and messages, one for each thing that can go wrong."""

    @staticmethod
    def name_unknown(name: str, near: Sequence[str] = ()) -> str:
        """Return that nothing in the ledger has this id or name, and which ones look like it."""
        hint = f"Did you mean {' or '.join(near)}? " if near else ""
        return (
            f"nothing in the ledger has the id or name {name[:80]!r}. {hint}"
            "Look for ids with `counterclaim board` or `counterclaim search`."
        )

    @staticmethod
    def name_ambiguous(name: str, candidates: list[str]) -> str:
        """Return that several things in the ledger begin with this id."""
        shown = ", ".join(candidates[:5]) + (", ..." if len(candidates) > 5 else "")
        return (
            f"{name[:80]!r} fits {len(candidates)} things in the ledger: {shown}. Give one of these in full."
        )

    @staticmethod
    def moment_invalid(text: str) -> str:
        """Return that a moment is not written as it must be."""
        return (
            f"{text[:40]!r} is not a moment. Write a date such as 2021-09-06 (the end of that day, UTC), "
            "or a time with its zone such as 2021-09-06T14:30:00+02:00."
        )

    @staticmethod
    def ledger_unsupported(place: str, what: str = "ledger") -> str:
        """Return that this kind of ledger is not there yet."""
        kind = place.split("://", 1)[0]
        return (
            f"{kind} cannot hold a {what}. Give the path of a file, or a URL such as "
            "postgresql://user@host/database."
        )

    @staticmethod
    def ledger_address(kind: str) -> str:
        """Return that a URL cannot be read; it is not shown, as it may hold a password."""
        return (
            f"the {kind} URL cannot be read. "
            "Write it as postgresql://user:password@host:5432/database?schema=name, "
            "with @, : and / in a name or password as %40, %3A and %2F."
        )

    @staticmethod
    def ledger_schema(name: str) -> str:
        """Return that a schema cannot have this name."""
        return (
            f"{name[:80]!r} cannot be the name of a schema. "
            "Use up to 63 letters a to z, digits and _, a digit not first."
        )

    @staticmethod
    def ledger_no_driver(place: str, reason: str) -> str:
        """Return that the package that talks to PostgreSQL is not installed."""
        return (
            f"{place}: the driver for PostgreSQL is missing ({reason}). "
            "Install it with `pip install 'counterclaim[postgres]'`."
        )

    @staticmethod
    def ledger_encoding(place: str, encoding: str) -> str:
        """Return that a database cannot hold every character."""
        return (
            f"{place}: the database has the encoding {encoding}, which cannot hold every text. "
            "Make one with `CREATE DATABASE name ENCODING 'UTF8' TEMPLATE template0`."
        )

    @staticmethod
    def ledger_refused(place: str, reason: str, what: str = "ledger") -> str:
        """Return that the database server refused."""
        return (
            f"{place}: the {what} cannot be used ({reason}). "
            "Check the address, that the server runs, and your rights there."
        )

    @staticmethod
    def ledger_interrupted(place: str, reason: str) -> str:
        """Return that the server broke a transaction off."""
        return (
            f"{place}: the server broke off ({reason}). Check the address and that the server runs, "
            "then run the same command again; what was stored is whole."
        )

    @staticmethod
    def ledger_is_folder(place: str, what: str = "ledger") -> str:
        """Return that the ledger's path is a folder."""
        return f"{place}: this is a folder, not a {what}. Give the path of a file in it."

    @staticmethod
    def ledger_missing(place: str) -> str:
        """Return that there is no ledger at this path."""
        made = f"`counterclaim ingest INPUT... --ledger {place}`"
        return f"{place}: there is no ledger here. Make one with {made}."

    @staticmethod
    def ledger_no_folder(place: str, folder: str) -> str:
        """Return that the folder of the ledger does not exist."""
        return f"{place}: the folder {folder} does not exist. Make it first."

    @staticmethod
    def ledger_foreign(place: str, what: str = "ledger") -> str:
        """Return that the file is something else."""
        return f"{place}: the file is not a counterclaim {what}. Give another path; the file was not changed."

    @staticmethod
    def ledger_too_new(place: str, revision: str, what: str = "ledger") -> str:
        """Return that a later version of the program made the ledger."""
        return (
            f"{place}: the {what} has schema {revision} of a later counterclaim. "
            "Update counterclaim to use it."
        )

    @staticmethod
    def ledger_unusable(place: str, reason: str, what: str = "ledger") -> str:
        """Return that the database or the system refused."""
        return (
            f"{place}: the {what} cannot be used ({reason}). Check its permissions and the space on its disk."
        )

    @staticmethod
    def ledger_busy(place: str, seconds: float, what: str = "ledger") -> str:
        """Return that another program held the ledger for too long."""
        return (
            f"{place}: another program kept the {what} locked for {seconds:g} seconds. "
            "Wait for it to end, then run the same command again; what was stored is whole."
        )

    @staticmethod
    def capture_mismatch(document: str) -> str:
        """Return that a document was not made from the capture given with it."""
        return f"{document}: the document was not made from the capture that was given with it."

    @staticmethod
    def capture_misnamed(name: str) -> str:
        """Return that a capture's bytes do not have the hash that names it."""
        return f"{name}: the bytes do not have the SHA-256 that names them. Make the capture with Capture.of."

    @staticmethod
    def document_misnamed(document: str, key: str) -> str:
        """Return that a document's key is not made of its id and capture."""
        return (
            f"{document}: the key {key!r} is not that of this id and capture. Make it with Document.key_of."
        )

    @staticmethod
    def statement_elsewhere(document: str, statement: str) -> str:
        """Return that a report holds a statement of another document."""
        return f"{document}: the statement {statement} belongs to another document. Add it with that one."

    @staticmethod
    def annotations_elsewhere(document: str, key: str) -> str:
        """Return that a report holds the actors, times and places of another document."""
        return f"{document}: its annotations belong to the document {key}. Add them with that one."

    @staticmethod
    def statement_repeated(document: str, statement: str) -> str:
        """Return that a report holds a statement twice."""
        return f"{document}: the statement {statement} stands in the report twice. Leave one of the two out."

    @staticmethod
    def text_unwritable(character: str) -> str:
        """Return that a text holds half of a character."""
        return (
            f"a text to be stored holds {character!a}, half of a character, which no file can hold. "
            "Decode the bytes again with errors='replace'."
        )
