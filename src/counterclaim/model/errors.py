"""Every error and every message of the program, in one file.

A message names the input and says what to do. Code raises an error made by one of the
functions of :class:`Messages`; nothing else in the package holds text meant for a user's eyes
when something fails (the pattern is spaCy's ``Errors``).
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

import msgspec


class Severity(StrEnum):
    """How bad a problem is: an error means that the input was not stored."""

    ERROR = "error"
    NOTICE = "notice"


class Problem(msgspec.Struct, frozen=True, kw_only=True, tag_field="type", tag="problem"):
    """Something wrong with one input, named, with what to do about it.

    ``name`` is the input as the user gave it (with ``#line`` for a line of JSON Lines), ``code``
    a stable machine-readable word, ``message`` what is wrong, ``advice`` what to do.
    """

    name: str
    code: str
    message: str
    advice: str
    severity: Severity = Severity.ERROR

    def __str__(self) -> str:
        return f"{self.name}: {self.message} {self.advice}".rstrip()


class CounterclaimError(Exception):
    """The root of every error that this package raises on purpose."""


class InputError(CounterclaimError):
    """One input cannot be used; the rest of the batch goes on. Carries its :class:`Problem`."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(str(problem))
        self.problem = problem


class SelectorError(CounterclaimError):
    """A span does not fit the text that it is said to stand in."""


class SchemaError(CounterclaimError):
    """Stored or received JSON does not have the form that this version reads."""


class LedgerError(CounterclaimError):
    """The ledger cannot be opened, read or written, or does not hold what was asked for."""


class Messages:
    """Makers of problems and messages, one for each thing that can go wrong."""

    @staticmethod
    def input_missing(name: str) -> Problem:
        """Return the problem of a path that does not exist."""
        return Problem(
            name=name,
            code="not-found",
            message="no such file or folder.",
            advice="Check the spelling of the path.",
        )

    @staticmethod
    def input_unreadable(name: str, reason: str) -> Problem:
        """Return the problem of a file that the system will not let us read."""
        return Problem(
            name=name,
            code="unreadable",
            message=f"the file could not be read ({reason}).",
            advice="Check its permissions.",
        )

    @staticmethod
    def input_empty(name: str) -> Problem:
        """Return the problem of a file with no bytes, or with nothing but white space."""
        return Problem(
            name=name,
            code="empty",
            message="the input is empty.",
            advice="Fetch the report again, or leave it out.",
        )

    @staticmethod
    def folder_empty(name: str) -> Problem:
        """Return the problem of a folder in which there is no file to read."""
        return Problem(
            name=name,
            code="empty",
            message="the folder holds no files (hidden ones are left out).",
            advice="Check the path, or name the files themselves.",
        )

    @staticmethod
    def input_binary(name: str) -> Problem:
        """Return the problem of bytes that are not text."""
        return Problem(
            name=name,
            code="binary",
            message="the bytes are not text.",
            advice="Give plain text, HTML or JSON Lines; turn other formats into one of these first.",
        )

    @staticmethod
    def input_too_large(name: str, size: int, limit: int) -> Problem:
        """Return the problem of an input over the size limit; ``size`` and ``limit`` in bytes."""
        return Problem(
            name=name,
            code="too-large",
            message=f"the input has {size:,} bytes; the limit for one report is {limit:,}.",
            advice="Split it into single reports, or raise the limit with --max-bytes.",
        )

    @staticmethod
    def line_broken(name: str, reason: str) -> Problem:
        """Return the problem of a line of JSON Lines that does not parse."""
        return Problem(
            name=name,
            code="bad-json",
            message=f"the line is not a JSON report ({reason}).",
            advice='Each line must be an object with at least "id" and "text", both strings.',
        )

    @staticmethod
    def html_without_text(name: str) -> Problem:
        """Return the problem of a page in which no report was found."""
        return Problem(
            name=name,
            code="no-text",
            message="no text of a report was found in the page.",
            advice="Save the page after it has loaded, or give the report as plain text.",
        )

    @staticmethod
    def date_missing(name: str) -> Problem:
        """Return the notice that a report has no publication date."""
        return Problem(
            name=name,
            code="no-date",
            message="the report has no publication date; it is stored without one.",
            advice='Give "published" in the JSON line, or a date in the page\'s metadata.',
            severity=Severity.NOTICE,
        )

    @staticmethod
    def date_invalid(name: str, value: str) -> Problem:
        """Return the notice that a publication date is not ISO 8601."""
        return Problem(
            name=name,
            code="bad-date",
            message=f"the publication date {value[:40]!r} is not ISO 8601; it is stored without one.",
            advice="Write it as 2021-09-06 or 2021-09-06T14:30:00+02:00.",
            severity=Severity.NOTICE,
        )

    @staticmethod
    def encoding_wrong(name: str, declared: str, used: str) -> Problem:
        """Return the notice that the declared encoding does not fit the bytes."""
        return Problem(
            name=name,
            code="encoding",
            message=f"declared as {declared}, but the bytes do not fit; read as {used}.",
            advice="Check the characters of names before you quote them.",
            severity=Severity.NOTICE,
        )

    @staticmethod
    def bytes_unreadable(name: str, count: int) -> Problem:
        """Return the notice that some bytes fit no encoding and stand as U+FFFD in the text."""
        return Problem(
            name=name,
            code="encoding",
            message=f"{count:,} bytes could not be decoded; each stands as \ufffd in the text.",
            advice="Fetch the report again, or save it as UTF-8.",
            severity=Severity.NOTICE,
        )

    @staticmethod
    def language_unhandled(name: str, language: str | None) -> Problem:
        """Return the notice that a text is stored but not analysed for its language."""
        which = f"the language seems to be {language!r}" if language else "no language was recognised"
        return Problem(
            name=name,
            code="unanalysed-language",
            message=f"{which}; the report is stored but was not analysed.",
            advice="This version analyses English.",
            severity=Severity.NOTICE,
        )

    @staticmethod
    def text_too_long(name: str, length: int, limit: int) -> Problem:
        """Return the notice that a text is stored but too long to analyse; lengths in characters."""
        return Problem(
            name=name,
            code="unanalysed-length",
            message=f"the text has {length:,} characters, more than the {limit:,} that one report may have; "
            "it is stored but was not analysed.",
            advice="Split it into single reports.",
            severity=Severity.NOTICE,
        )

    @staticmethod
    def gazetteer_unusable(name: str, reason: str) -> Problem:
        """Return the problem of a gazetteer that cannot be used, with why."""
        return Problem(
            name=name,
            code="gazetteer",
            message=f"the gazetteer cannot be used: {reason}.",
            advice="Install counterclaim again, or build it with training/gazetteer/build.py.",
        )

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
    def moment_invalid(text: str) -> str:
        """Return that a moment is not written as it must be."""
        return (
            f"{text[:40]!r} is not a moment. Write a date such as 2021-09-06 (the end of that day, UTC), "
            "or a time with its zone such as 2021-09-06T14:30:00+02:00."
        )

    @staticmethod
    def ledger_unsupported(place: str) -> str:
        """Return that this kind of ledger is not there yet."""
        kind = place.split("://", 1)[0]
        return f"{kind} ledgers are not supported by this version. Give the path of a file."

    @staticmethod
    def ledger_is_folder(place: str) -> str:
        """Return that the ledger's path is a folder."""
        return f"{place}: this is a folder, not a ledger. Give the path of a file in it."

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
    def ledger_foreign(place: str) -> str:
        """Return that the file is something else."""
        return f"{place}: the file is not a counterclaim ledger. Give another path; the file was not changed."

    @staticmethod
    def ledger_too_new(place: str, revision: str) -> str:
        """Return that a later version of the program made the ledger."""
        return (
            f"{place}: the ledger has schema {revision} of a later counterclaim. "
            "Update counterclaim to use it."
        )

    @staticmethod
    def ledger_unusable(place: str, reason: str) -> str:
        """Return that the database or the system refused."""
        return (
            f"{place}: the ledger cannot be used ({reason}). Check its permissions and the space on its disk."
        )

    @staticmethod
    def ledger_busy(place: str, seconds: float) -> str:
        """Return that another program held the ledger for too long."""
        return (
            f"{place}: another program kept the ledger locked for {seconds:g} seconds. "
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

    @staticmethod
    def _broken(name: str, code: str, message: str) -> Problem:
        advice = "Restore the ledger from a backup; what it says of this entry cannot be relied on."
        return Problem(name=name, code=code, message=message, advice=advice)

    @staticmethod
    def entry_missing(name: str, expected: int, found: int) -> Problem:
        """Return the problem of a gap in the log."""
        return Messages._broken(name, "entry-missing", f"entry {expected} is missing before entry {found}.")

    @staticmethod
    def chain_broken(name: str) -> Problem:
        """Return the problem of an entry that does not follow from the one before."""
        return Messages._broken(name, "chain", "the entry does not follow from the one before it.")

    @staticmethod
    def payload_changed(name: str) -> Problem:
        """Return the problem of a noun that is not the one that was logged."""
        return Messages._broken(name, "changed", "the content is not what was recorded.")

    @staticmethod
    def payload_missing(name: str) -> Problem:
        """Return the problem of a logged noun that is not there."""
        return Messages._broken(name, "missing", "the entry is logged, but its content is not there.")

    @staticmethod
    def capture_changed(name: str) -> Problem:
        """Return the problem of bytes that do not have the hash that names them."""
        return Messages._broken(name, "capture", "the bytes do not have the SHA-256 that names them.")

    @staticmethod
    def span_misplaced(name: str) -> Problem:
        """Return the problem of a span whose words do not stand at its place."""
        return Messages._broken(name, "span", "the words of a span do not stand at its place in the text.")

    @staticmethod
    def verified(counts: dict[str, int]) -> str:
        """Return what a verification looked at."""
        return "Checked " + ", ".join(f"{number:,} {name}" for name, number in counts.items())
