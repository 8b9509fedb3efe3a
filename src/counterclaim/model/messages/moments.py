"""What is wrong with a version, a span of recorded time or a span of event time that was asked for."""

from __future__ import annotations


class MomentMessages:
    """Makers of messages, one for each thing that can go wrong."""

    @staticmethod
    def version_unknown(document: str, version: str, count: int) -> str:
        """Return that a report has no such version."""
        known = "is held in one version" if count == 1 else f"is held in versions 1 to {count}"
        return (
            f"{document} {known}, and {version[:40]!r} is none of them. "
            "Give its number (1 is the oldest) or its key, as `counterclaim show` prints them."
        )

    @staticmethod
    def version_of_something_else(name: str) -> str:
        """Return that a version was asked for of something that is no report."""
        return f"{name[:80]!r} is no report; only reports have versions. Leave --version out."

    @staticmethod
    def moments_reversed(start: str, end: str) -> str:
        """Return that a difference was asked for from a later moment to an earlier one."""
        return f"--from {start} is later than --to {end}. Give the earlier moment first."

    @staticmethod
    def period_invalid(text: str) -> str:
        """Return that a span of event time is not written as it must be."""
        return (
            f"{text[:40]!r} is not a span of event time. Write a day, a month or a year such as "
            "2021-09-06, 2021-09 or 2021, or two of them with two dots between, such as "
            "2021-09-01..2021-09-15; either may be left out."
        )

    @staticmethod
    def happening_of_a_report() -> str:
        """Return that a report and a statement are not shown by event time."""
        return "--happened takes from a dispute, a claim or an actor; a report is shown whole. Leave it out."

    @staticmethod
    def left_out(elsewhen: int, unknown: int, what: str, *, asked: bool) -> str:
        """Return how much is not shown for the event time that was asked for."""
        hint = "" if asked or not unknown else " (--happened-unknown shows these)"
        return (
            f"Left out by event time ({what}): {elsewhen} of other times, "
            f"{unknown} without an event time{hint}."
        )

    @staticmethod
    def period_reversed(text: str) -> str:
        """Return that a span of event time ends before it begins."""
        return f"{text[:40]!r} ends before it begins. Give the earlier day first."
