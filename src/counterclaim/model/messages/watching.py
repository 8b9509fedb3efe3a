"""What a watch says: about its feeds and folders, its state, and the messages that it sends."""

from __future__ import annotations

from counterclaim.model.problems import Problem, Severity


class WatchMessages:
    """Makers of problems and messages, one for each thing that can go wrong while watching."""

    @staticmethod
    def feed_entities(url: str) -> Problem:
        """Return the problem of a feed that declares XML entities."""
        return Problem(
            name=url,
            code="feed-entities",
            message="the feed declares XML entities, which are not read: they can fill the memory.",
            advice="Ask the publisher for a feed without them, or leave it out.",
        )

    @staticmethod
    def feed_unreadable(url: str) -> Problem:
        """Return the problem of what is no feed."""
        return Problem(
            name=url,
            code="not-a-feed",
            message="this is no RSS or Atom feed.",
            advice="Give the address of the feed itself, not that of the page that links to it.",
        )

    @staticmethod
    def watch_state_unusable(place: str, reason: str) -> str:
        """Return that the file in which a watch remembers cannot be used."""
        return (
            f"{place}: what the watch remembers cannot be read or written there ({reason}). Another watch "
            "may be running on it: stop that one, or give another file with --state."
        )

    @staticmethod
    def watch_state_other(place: str) -> str:
        """Return that the file was written by another version."""
        return f"{place} was written by another version of counterclaim. Give another file with --state."

    @staticmethod
    def watch_nothing() -> str:
        """Return that nothing was named to watch."""
        return "Nothing to watch. Name feeds and folders, or a file of them with --sources."

    @staticmethod
    def watch_sources_unreadable(place: str, reason: str) -> str:
        """Return that a file of sources cannot be read."""
        return (
            f"{place} could not be read ({reason}). It is TOML with a list: "
            'sources = ["https://example.org/feed", "inbox"]'
        )

    @staticmethod
    def duration_unreadable(given: str) -> str:
        """Return that a length of time is not written as one."""
        return f"{given!r} is no length of time. Write 30s, 15m, 2h or 1d; at least one second."

    @staticmethod
    def watched(added: int, alerts: int, ledger: str) -> str:
        """Return the line after a round: what was added, and how many disputes there is news of."""
        reports = "1 report" if added == 1 else f"{added:,} reports"
        disputes = "1 dispute" if alerts == 1 else f"{alerts:,} disputes"
        return f"Added {reports} to {ledger}; news of {disputes}"

    @staticmethod
    def alert_line(turns: list[str], question: str) -> str:
        """Return a line about a dispute that opened or turned."""
        return f"{', '.join(dict.fromkeys(turns))}: {' '.join(question.split())}"

    @staticmethod
    def message_unsent(target: str, reason: str, seconds: float) -> Problem:
        """Return the notice of a message that is tried again later."""
        return Problem(
            name=target,
            code="alert-delayed",
            message=f"the alert could not be sent ({reason}).",
            advice=f"It is kept, and tried again in {seconds:,.0f} seconds.",
            severity=Severity.NOTICE,
        )

    @staticmethod
    def message_given_up(target: str, reason: str, days: int) -> Problem:
        """Return the problem of a message that could not be sent for days."""
        return Problem(
            name=target,
            code="alert-lost",
            message=f"the alert could not be sent for {days} days ({reason}), and is given up.",
            advice="`counterclaim diff` shows what it was about.",
        )

    @staticmethod
    def message_withheld(target: str) -> Problem:
        """Return the notice of a message that waited while its words were protected, or something erased."""
        return Problem(
            name=target,
            code="alert-withheld",
            message="words were protected, or something was erased, while an alert waited to be sent.",
            advice="What had to do with it is left out. `counterclaim diff` shows what may still be shown.",
            severity=Severity.NOTICE,
        )

    @staticmethod
    def secret_missing(what: str, variable: str) -> str:
        """Return that a secret is needed, and where it is read from."""
        return f"{what} needs a secret: put it into the environment as {variable}, or into a file."

    @staticmethod
    def secret_unreadable(place: str, reason: str) -> str:
        """Return that a file with a secret cannot be read, or is empty."""
        return f"{place}: the secret could not be read ({reason})."

    @staticmethod
    def mail_incomplete() -> str:
        """Return that mail needs a server."""
        return "--mail needs --smtp HOST:PORT, the server that takes the mail."

    @staticmethod
    def smtp_unreadable(given: str) -> str:
        """Return that a mail server is not written as host and port."""
        return f"{given!r} is no mail server. Write it as mail.example.org:587."

    @staticmethod
    def smtp_bare(host: str) -> str:
        """Return that mail is not sent in the clear to another machine."""
        return f"Mail to {host} would go unencrypted. --smtp-tls none is for this machine (127.0.0.1) only."

    @staticmethod
    def address_unreadable(given: str) -> str:
        """Return that a mail address is none."""
        return f"{given!r} is no mail address."
