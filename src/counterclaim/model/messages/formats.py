"""What is wrong with a report in one of the formats of agencies, feeds, offices and mail."""

from __future__ import annotations

from counterclaim.model.problems import Problem, Severity


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
