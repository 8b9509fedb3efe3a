"""What is wrong with a report, or with its file."""

from __future__ import annotations

from counterclaim.model.problems import Problem, Severity


class InputMessages:
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
            advice="Give text, HTML, PDF, mail, feeds or a news format; turn others into one of these first.",
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
            advice='It is read from metadata; give what has none as JSON, with "published".',
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
    def statements_many(name: str, count: int, most: int) -> Problem:
        """Return the notice that a report has more statements than are compared with others."""
        return Problem(
            name=name,
            code="many-statements",
            message=f"the report has {count:,} statements; all are stored, the first {most:,} are compared.",
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
