"""What is wrong with a report in one of the formats of agencies, feeds, offices and mail."""

from __future__ import annotations

from counterclaim.model.problems import Problem, Severity

_PDF = {
    "missing": (
        "no-pdf-reader",
        "the program that reads PDF is not installed.",
        "Install it with: pip install 'counterclaim[pdf]'",
    ),
    "encrypted": ("encrypted", "the PDF is locked with a password.", "Save it without one, and give that."),
    "broken": ("bad-pdf", "the PDF is broken: it has no pages that can be read.", "Fetch it again."),
    "pages": ("too-large", "the PDF has more than 3,000 pages.", "Split it into single reports."),
    "characters": ("too-large", "the PDF has over 5 million characters.", "Split it into single reports."),
    "costly": (
        "bad-pdf",
        "the PDF takes more time or memory to read than any report should.",
        "Open it and print it into a new PDF, and give that.",
    ),
}  # fmt: skip


class FormatMessages:
    """Makers of problems and messages, one for each thing that can go wrong."""

    @staticmethod
    def xml_refused(name: str, reason: str) -> Problem:
        """Return the problem of XML that is broken, or that could do harm."""
        return Problem(
            name=name,
            code="bad-xml",
            message=f"the XML cannot be read ({reason}).",
            advice="Fetch it again. A file that declares entities of its own is never read.",
        )

    @staticmethod
    def feed_without_items(name: str) -> Problem:
        """Return the problem of a feed or a message that holds no item."""
        return Problem(
            name=name,
            code="empty",
            message="the feed or message holds no news item.",
            advice="Check its address; packages that only name other items hold no report.",
        )

    @staticmethod
    def items_without_text(name: str, number: int) -> Problem:
        """Return the notice that items of a message are pictures and such, and were left out."""
        return Problem(
            name=name,
            code="no-text",
            message=f"{number:,} items hold no text (pictures, say); they were left out.",
            advice="",
            severity=Severity.NOTICE,
        )

    @staticmethod
    def report_without_text(name: str) -> Problem:
        """Return the problem of an item that has neither headline nor body."""
        return Problem(
            name=name,
            code="no-text",
            message="the item holds no text: no headline and no body.",
            advice="Pictures, calendars and packages that only name other items have none; leave them out.",
        )

    @staticmethod
    def ninjs_broken(name: str, reason: str) -> Problem:
        """Return the problem of an item of ninjs that is no JSON object."""
        return Problem(
            name=name,
            code="bad-json",
            message=f"the ninjs item is no JSON ({reason}).",
            advice="Fetch it again; each item must be an object in braces.",
        )

    @staticmethod
    def mail_refused(name: str, reason: str) -> Problem:
        """Return the problem of a mail that cannot be taken apart."""
        return Problem(
            name=name,
            code="bad-mail",
            message=f"the mail cannot be read ({reason}).",
            advice="Save it again from the mail program, as a single message (.eml).",
        )

    @staticmethod
    def mail_without_text(name: str) -> Problem:
        """Return the problem of a mail that has only attachments."""
        return Problem(
            name=name,
            code="no-text",
            message="the mail holds no text of its own.",
            advice="Save its attachments, and give those.",
        )

    @staticmethod
    def mail_encrypted(name: str) -> Problem:
        """Return the problem of a mail whose text is encrypted."""
        return Problem(
            name=name,
            code="encrypted",
            message="the mail is encrypted.",
            advice="Decrypt it in the mail program, and save it from there.",
        )

    @staticmethod
    def attachments_unread(name: str, attachments: list[str]) -> Problem:
        """Return the notice that parts of a mail were not read."""
        shown = ", ".join(attachments[:5]) + (f" and {len(attachments) - 5} more" if attachments[5:] else "")
        return Problem(
            name=name,
            code="attachments",
            message=f"attached to the mail, and not read: {shown}.",
            advice="Save what holds a report, and give it on its own.",
            severity=Severity.NOTICE,
        )

    @staticmethod
    def pdf_unreadable(name: str, reason: str) -> Problem:
        """Return the problem of a PDF that cannot be read, for a reason that the reader of PDF gives."""
        code, message, advice = _PDF.get(reason, _PDF["broken"])
        return Problem(name=name, code=code, message=message, advice=advice)

    @staticmethod
    def pdf_scanned(name: str) -> Problem:
        """Return the problem of a PDF that holds pictures of pages."""
        return Problem(
            name=name,
            code="no-text",
            message="the PDF holds no text; it may be a scan.",
            advice="Recognise its text first (with ocrmypdf, say), and check names before you quote them.",
        )

    @staticmethod
    def pdf_pages_empty(name: str, pages: list[int]) -> Problem:
        """Return the notice that pages of a PDF hold no text."""
        shown = ", ".join(map(str, pages[:8])) + (f" and {len(pages) - 8} more" if pages[8:] else "")
        return Problem(
            name=name,
            code="pages-without-text",
            message=f"pages without text: {shown}.",
            advice="Where they are scans, recognise their text first.",
            severity=Severity.NOTICE,
        )

    @staticmethod
    def item_expected(name: str, kind: str, found: str) -> Problem:
        """Return the problem of a file that is not one item of its format."""
        return Problem(
            name=name,
            code="not-one-item",
            message=f"one item of {kind} was expected, and there is {found}.",
            advice="Give the file itself to counterclaim, which parts it into its items.",
        )

    @staticmethod
    def item_withdrawn(name: str, status: str) -> Problem:
        """Return the notice that the provider cancelled or withholds an item."""
        return Problem(
            name=name,
            code=f"provider-{status}",
            message=f"the provider says of it: {status}; it is stored but was not read for statements.",
            advice="Do not publish it. Earlier versions stay on the board until somebody judges them.",
            severity=Severity.NOTICE,
        )

    @staticmethod
    def item_embargoed(name: str, until: str) -> Problem:
        """Return the notice that an item must not be published before a moment."""
        return Problem(
            name=name,
            code="embargo",
            message=f"the provider embargoes this item until {until}.",
            advice="Publish nothing of it before.",
            severity=Severity.NOTICE,
        )
