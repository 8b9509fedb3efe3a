"""What is said where one ledger's contents come into another."""

from __future__ import annotations

from counterclaim.model.problems import Problem, Severity

_AGAIN = "Export it again, and import that: what is held already is left alone."


class ExchangeMessages:
    """Makers of problems and messages about imports and merges."""

    @staticmethod
    def noun_misnamed(kind: str, name: str) -> str:
        """Return that a noun has not the id that is made of it."""
        return f"the {kind} {name[:80]!r} does not have the id that is made of its content."

    @staticmethod
    def statement_empty(name: str) -> str:
        """Return that a statement has no content."""
        return f"the statement {name[:80]!r} has no content."

    @staticmethod
    def span_elsewhere(name: str) -> str:
        """Return that a span does not quote the text."""
        return f"{name}: the words of a span do not stand at its place in the text."

    @staticmethod
    def text_elsewhere(name: str) -> str:
        """Return that a text is not that of its capture."""
        return f"{name}: its words do not stand in its capture where its map says."

    @staticmethod
    def line_unknown_part(path: str) -> str:
        """Return that a line has a part that this version does not know."""
        return f"this version does not know {path[:80]!r}, and would lose it; update counterclaim."

    @staticmethod
    def line_too_long(most: int) -> str:
        """Return that a line is longer than any that is read."""
        return f"the line has more than {most:,} bytes."

    @staticmethod
    def line_place(reason: str) -> str:
        """Return that the place in the log is not written as it must be."""
        return f"its place in the log cannot be read ({reason})."

    @staticmethod
    def line_not_stored(kind: str) -> str:
        """Return that a noun is none that belongs in a ledger."""
        return f"a ledger holds no {kind}."

    @staticmethod
    def line_second(kind: str, name: str) -> str:
        """Return that two lines that differ have one name."""
        return f"an earlier line has another {kind} with the same name {name[:80]!r}; that one is taken."

    @staticmethod
    def line_unusable(name: str, reason: str) -> Problem:
        """Return the problem of a line that cannot be used."""
        message = f"{reason.rstrip('.')}."
        return Problem(name=name, code="line-unusable", message=message, advice=_AGAIN)

    @staticmethod
    def file_newer(name: str, reason: str) -> Problem:
        """Return the problem of a file that another version wrote."""
        return Problem(
            name=name, code="file-schema", message=reason, advice="Nothing of this file was imported."
        )

    @staticmethod
    def file_cut(name: str) -> Problem:
        """Return the problem of a file that ends in the middle of a line and does not say what is missing."""
        return Problem(
            name=name,
            code="file-cut",
            message="the file ends in the middle of a line, and its lines do not tell what else is missing.",
            advice=f"Nothing of it was imported. {_AGAIN}",
        )

    @staticmethod
    def report_incomplete(name: str, document: str) -> Problem:
        """Return the problem of a report of which lines are missing or cannot be used."""
        return Problem(
            name=name,
            code="report-incomplete",
            message=f"{document}: lines of this report are missing or unusable; all of it was left out.",
            advice=_AGAIN,
        )

    @staticmethod
    def report_headless(name: str, document: str, lines: int) -> Problem:
        """Return the problem of parts whose document is not there."""
        counted = "1 line belongs" if lines == 1 else f"{lines:,} lines belong"
        return Problem(
            name=name,
            code="document-missing",
            message=f"{counted} to the document {document[:80]}, which is not in the file.",
            advice=_AGAIN,
        )

    @staticmethod
    def report_refused(name: str, reason: str) -> Problem:
        """Return the problem of a report that does not hang together."""
        return Problem(name=name, code="report-refused", message=reason, advice="All of it was left out.")

    @staticmethod
    def report_differs(name: str, document: str) -> Problem:
        """Return the problem of a report that is held already, but read otherwise."""
        return Problem(
            name=name,
            code="report-differs",
            message=f"{document}: this version of the report is held already, but was read otherwise.",
            advice="What is held was left as it is. Another version of counterclaim may have read the two.",
        )

    @staticmethod
    def capture_absent(document: str, sha256: str) -> str:
        """Return that the capture of a document is not there."""
        return f"{document}: its capture {sha256[:80]} is neither in the file nor in the ledger."

    @staticmethod
    def evidence_absent(name: str, judgement: str, sha256: str) -> Problem:
        """Return the problem of a judgement whose evidence is not there."""
        return Problem(
            name=name,
            code="evidence-missing",
            message=f"{judgement}: the file {sha256[:80]} that its evidence names is neither here nor held.",
            advice=f"The judgement was left out. {_AGAIN}",
        )

    @staticmethod
    def evidence_lost(name: str, sha256: str) -> Problem:
        """Return the problem of a judgement in the ledger whose evidence is not there."""
        return Problem(
            name=name,
            code="evidence",
            message=f"its evidence names the file {sha256[:80]}, which the ledger does not hold.",
            advice="Attach the file with a new judgement, or restore the ledger from a backup.",
        )

    @staticmethod
    def captures_unused(name: str, captures: int) -> Problem:
        """Return the notice that bytes stand in a file that nothing names."""
        counted = "1 capture" if captures == 1 else f"{captures:,} captures"
        return Problem(
            name=name,
            code="captures-unused",
            message=f"{counted} that no document and no evidence names; left out.",
            advice="",
            severity=Severity.NOTICE,
        )

    @staticmethod
    def times_missing(name: str) -> str:
        """Return that times cannot be kept since the file is not one log."""
        return (
            f"{name}: the times cannot be kept: the lines are not those of one log, each with its time and "
            "number. Export without `--without recorded`, or import without --keep-times."
        )

    @staticmethod
    def times_behind(name: str, recorded: str, last: str) -> str:
        """Return that times cannot be kept since the ledger has later entries."""
        return (
            f"{name}: the times cannot be kept: something was recorded at {recorded}, which the ledger does "
            f"not hold, and its last entry is of {last}. Import into a new ledger, or without --keep-times."
        )

    @staticmethod
    def scratch_unusable(folder: str, reason: str) -> str:
        """Return that the file in which lines are sorted cannot be written."""
        return (
            f"{folder}: the lines cannot be sorted here ({reason}). "
            "Make room, or set TMPDIR to a folder with room for what is imported."
        )

    @staticmethod
    def decision_replaced(author: str, judgement: str, by: str) -> Problem:
        """Return the notice that one person decided a question differently in two ledgers."""
        return Problem(
            name=judgement,
            code="decision-replaced",
            message=f"{author} decided this otherwise in the other ledger ({by}), and that now counts.",
            advice="Decide it again where this is wrong: the last word of a person counts.",
            severity=Severity.NOTICE,
        )

    @staticmethod
    def imported(added: int, known: int, judgements: int, ledger: str) -> str:
        """Return what an import or a merge did."""
        reports = "1 report" if added == 1 else f"{added:,} reports"
        decided = "1 judgement" if judgements == 1 else f"{judgements:,} judgements"
        already = f", {known:,} reports already there" if known else ""
        return f"Added {reports} and {decided} to {ledger}{already}"
