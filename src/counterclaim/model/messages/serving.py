"""What the server, its pages and its API say when something cannot be done."""

from __future__ import annotations

from collections.abc import Sequence


class ServingMessages:
    """Makers of messages, one for each thing that can go wrong."""

    @staticmethod
    def choice_unknown(given: str, choices: Sequence[str]) -> str:
        """Return that something is not one of the words that may be given."""
        return f"{given[:40]!r} is not one of {', '.join(choices)}."

    @staticmethod
    def decision_unknown(name: str) -> str:
        """Return that a form asks for a decision that there is not."""
        return f"{name[:40]!r} is not a decision. Reload the page and use its buttons."

    @staticmethod
    def decision_incomplete(reason: str) -> str:
        """Return that a decision lacks something."""
        return f"this decision cannot be taken as it is: {reason}. Fill in what the form asks for."

    @staticmethod
    def parameters_wrong(reasons: str) -> str:
        """Return that parameters are not as they must be."""
        return f"{reasons}. /api/openapi.json tells what each may be."

    @staticmethod
    def format_unknown(name: str, known: Sequence[str]) -> str:
        """Return that there is no such format."""
        return f"there is no format {name[:40]!r}. Known are {', '.join(known)}."

    @staticmethod
    def fetching_off() -> str:
        """Return that this server fetches nothing."""
        return "this server does not fetch reports by their address. Save the page and add it as a file."

    @staticmethod
    def body_wrong(reason: str) -> str:
        """Return that the body of a request is not as it must be."""
        return f"the body cannot be read: {reason}. /api/openapi.json tells what it must be."

    @staticmethod
    def not_in_dispute(name: str) -> str:
        """Return that something is no dispute, and in none."""
        return f"{name[:80]!r} is in no dispute, so there is nothing to tell. See `counterclaim board`."

    @staticmethod
    def listening(host: str, port: int) -> str:
        """Return where the server listens."""
        shown = f"[{host}]" if ":" in host else host
        return f"counterclaim listens on http://{shown}:{port}/ (stop it with Ctrl-C)"

    @staticmethod
    def can_be_served(place: str) -> str:
        """Return that what is to be served can be opened."""
        return f"{place} can be served. Leave --check away to serve it."

    @staticmethod
    def desk_missing(reason: str) -> str:
        """Return that the packages which the server needs are not installed."""
        return (
            f"the packages for the server are missing ({reason}). "
            "Install them with `pip install 'counterclaim[desk]'`."
        )

    @staticmethod
    def listening_unguarded(host: str) -> str:
        """Return that the server must not listen to other machines without users."""
        return (
            f"without users, everybody who reaches {host} could read and change the ledger, so it is "
            "not served there. Serve a team directory (--team, made with `counterclaim team init`), "
            "or listen on 127.0.0.1."
        )

    @staticmethod
    def project_unknown(name: str) -> str:
        """Return that there is no such project for who asks; also where they may not see it."""
        return (
            f"there is no project {name[:64]!r} that you have a role in. Look at the list of your projects."
        )

    @staticmethod
    def not_logged_in() -> str:
        """Return that one must log in, or send a token."""
        return "log in, or send a token in the header `Authorization: Bearer TOKEN`."

    @staticmethod
    def token_elsewhere(project: str) -> str:
        """Return that a token opens another project."""
        return f"this token opens the project {project}, and no other."

    @staticmethod
    def foreign_request() -> str:
        """Return that a request that changes something came from another site, and was refused."""
        return (
            "this request came from another site, and changes are only taken from pages of this one. "
            "Open the page here and send the form again."
        )

    @staticmethod
    def form_expired() -> str:
        """Return that a form lacks the secret that was given with it."""
        return "this form was opened too long ago, or before you logged in. Go back, reload it, try again."

    @staticmethod
    def too_many_requests(limit: str, seconds: int) -> str:
        """Return that somebody asks too often."""
        return f"no more than {limit} requests are answered. Try again in {seconds} s."

    @staticmethod
    def body_too_large(most: int) -> str:
        """Return that a request carries too much."""
        return f"a request may carry {most:,} bytes at most. Send less at a time."

    @staticmethod
    def board_preparing() -> str:
        """Return that the board of a large ledger is being read for the first time."""
        return (
            "the board of this ledger is being read for the first time, which takes a while where there are "
            "many reports. Try again in a minute; `counterclaim refresh` does the same beforehand."
        )

    @staticmethod
    def past_preparing() -> str:
        """Return that other moments of this ledger are being read."""
        return "other past moments of this ledger are being read. Try again in a minute."

    @staticmethod
    def too_many_streams(most: int) -> str:
        """Return that too many wait for what is new."""
        return f"{most} clients wait for what is new already. Ask for the ledger's last moment instead."

    @staticmethod
    def ledger_failed() -> str:
        """Return that a ledger cannot be used; why, and where it lies, is for who runs the server."""
        return "the ledger cannot be used now. Try again later; the server's log says why."

    @staticmethod
    def page_missing() -> str:
        """Return that there is nothing at an address."""
        return "there is nothing at this address. Go back to the board, or search."
