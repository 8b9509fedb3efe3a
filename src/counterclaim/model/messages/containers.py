"""What is wrong with an archive, a packed file or a list of addresses, or with something inside."""

from __future__ import annotations

from counterclaim.model.problems import Problem, Severity


class ContainerMessages:
    """Makers of problems and messages, one for each thing that can go wrong."""

    @staticmethod
    def input_damaged(name: str, reason: str, place: int | None = None) -> Problem:
        """Return the problem of packed bytes that cannot be unpacked; ``place`` is an offset in bytes."""
        where = "" if place is None else f" from byte {place:,} on"
        return Problem(
            name=name,
            code="damaged",
            message=f"the file is damaged{where} ({reason}); whole reports before that were used.",
            advice="Fetch or copy the file again.",
        )

    @staticmethod
    def unpacks_too_far(name: str, received: int, unpacked: int) -> Problem:
        """Return the problem of a file that unpacks to far more bytes than reports ever do."""
        return Problem(
            name=name,
            code="bomb",
            message=f"{received:,} bytes have unpacked to more than {unpacked:,}; reading was stopped there.",
            advice="Check where the file comes from; if all is well, unpack it and give the files.",
        )

    @staticmethod
    def unpacked_too_large(name: str, limit: int) -> Problem:
        """Return the problem of a report in an archive that is over the size limit, in bytes."""
        return Problem(
            name=name,
            code="too-large",
            message=f"unpacked, the report has more than the {limit:,} bytes that one may have.",
            advice="Split it into single reports, or raise the limit with --max-bytes.",
        )

    @staticmethod
    def nested_too_deep(name: str, limit: int) -> Problem:
        """Return the problem of an archive inside too many others."""
        return Problem(
            name=name,
            code="too-deep",
            message=f"archives are opened at most {limit} deep; this one lies deeper.",
            advice="Unpack the outer archives and give what is in them.",
        )

    @staticmethod
    def too_many_members(name: str, limit: int) -> Problem:
        """Return the problem of an archive with more members than are read."""
        return Problem(
            name=name,
            code="too-many",
            message=f"the archive has more than {limit:,} members; the rest was not read.",
            advice="Split it into several archives, or unpack it and give the folder.",
        )

    @staticmethod
    def archive_empty(name: str) -> Problem:
        """Return the problem of an archive in which there is no file."""
        return Problem(
            name=name,
            code="empty",
            message="the archive holds no files (hidden ones are left out).",
            advice="Check how it was made.",
        )

    @staticmethod
    def archive_damaged(name: str, reason: str) -> Problem:
        """Return the problem of an archive, or the rest of one, that cannot be read."""
        return Problem(
            name=name,
            code="damaged",
            message=f"the archive is damaged ({reason}); what could be read of it was used.",
            advice="Fetch or copy it again.",
        )

    @staticmethod
    def archive_without_pages(name: str) -> Problem:
        """Return the notice that a web archive holds nothing that could be a report."""
        return Problem(
            name=name,
            code="no-pages",
            message="the web archive holds no page and no text: other files, requests and notes alone.",
            advice="Look at its records if there should be one; damage can change what they say they are.",
            severity=Severity.NOTICE,
        )

    @staticmethod
    def archive_too_large_for_stream(name: str, limit: int) -> Problem:
        """Return the problem of an archive that must be read from its end and came in as a stream."""
        return Problem(
            name=name,
            code="too-large",
            message=f"a ZIP archive that comes in as a stream may have {limit:,} bytes; this one has more.",
            advice="Save it as a file and give its name.",
        )

    @staticmethod
    def member_encrypted(name: str) -> Problem:
        """Return the problem of a member that is locked with a password."""
        return Problem(
            name=name,
            code="encrypted",
            message="the file is encrypted.",
            advice="Unpack the archive with its password and give the files themselves.",
        )

    @staticmethod
    def members_overlapping(name: str, first: str, count: int) -> Problem:
        """Return the problem of an archive of which ``count`` members have bytes of others; the first."""
        return Problem(
            name=name,
            code="damaged",
            message=(
                f"{count:,} of its files, from {first} on, share bytes with one another, as only in harmful "
                "archives; they were not read."
            ),
            advice="Check where the archive comes from.",
        )

    @staticmethod
    def packing_unknown(name: str, packing: str) -> Problem:
        """Return the problem of a way of packing that this program does not read."""
        return Problem(
            name=name,
            code="packing",
            message=f"it is packed in a way that is not read ({packing}).",
            advice="Unpack it with the program that packed it, and give the files themselves.",
        )

    @staticmethod
    def packing_missing(name: str, packing: str) -> Problem:
        """Return the problem of a way of packing whose library is not installed."""
        return Problem(
            name=name,
            code="packing",
            message=f"it is packed with {packing}, and the library for that is not installed.",
            advice="Install it: pip install 'counterclaim[archives]'.",
        )

    @staticmethod
    def office_document(name: str) -> Problem:
        """Return the problem of a document of an office program or an electronic book."""
        return Problem(
            name=name,
            code="binary",
            message="this is a document of an office program or an electronic book, which is not read.",
            advice="Save it as plain text, HTML or PDF and give that.",
        )

    @staticmethod
    def record_damaged(name: str, reason: str) -> Problem:
        """Return the problem of a record of a web archive that cannot be read."""
        return Problem(
            name=name,
            code="damaged",
            message=f"the record is damaged ({reason}); it was left out, and reading goes on after it.",
            advice="Fetch or copy the archive again if the page matters.",
        )

    @staticmethod
    def digest_wrong(name: str, algorithm: str) -> Problem:
        """Return the notice that bytes do not have the digest that the archive states."""
        return Problem(
            name=name,
            code="digest",
            message=f"the bytes do not have the {algorithm} that the archive states for them.",
            advice="They may have been changed since they were archived; compare with another copy.",
            severity=Severity.NOTICE,
        )

    @staticmethod
    def record_cut(name: str, reason: str) -> Problem:
        """Return the notice that the crawler stored only the beginning of a page."""
        return Problem(
            name=name,
            code="cut",
            message=f"the crawler stored only the beginning of the page (WARC-Truncated: {reason}).",
            advice="Fetch the page itself if its end matters.",
            severity=Severity.NOTICE,
        )

    @staticmethod
    def index_is_no_report(name: str, index: str) -> Problem:
        """Return the problem of a list of addresses that was given as if it were a report."""
        return Problem(
            name=name,
            code="index",
            message=f"this is a list of addresses ({index}), not a report.",
            advice=f"Print them with `counterclaim addresses {name.partition('!')[0]} > urls.txt`, "
            "fetch what you want, and ingest that.",
        )

    @staticmethod
    def no_index(name: str) -> Problem:
        """Return the problem of a file that holds no list of addresses."""
        return Problem(
            name=name,
            code="no-index",
            message="this is no list of addresses that is known.",
            advice="Give GDELT exports or file lists, Common Crawl path lists, CDX or CDXJ; "
            "reports are read by `counterclaim ingest`.",
        )

    @staticmethod
    def index_line_broken(name: str, reason: str) -> Problem:
        """Return the problem of a line in a list of addresses that does not have its form."""
        return Problem(
            name=name,
            code="bad-line",
            message=f"the line does not have the form of its list ({reason}).",
            advice="Fetch or copy the list again.",
        )
