"""How far a fetch may go, and what it brings back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeAlias

import msgspec

from counterclaim import __version__
from counterclaim.model import Capture, InputError, Problem
from counterclaim.sources import MAX_BYTES

AGENT_NAME = "counterclaim"
"""What a robots.txt calls this program."""

USER_AGENT = f"{AGENT_NAME}/{__version__} (reads news reports for its user)"

Validators: TypeAlias = tuple[str | None, str | None]
"""The ETag and the Last-Modified of an earlier answer, to ask for what is newer."""


class FetchLimits(msgspec.Struct, frozen=True, kw_only=True):
    """How far a fetch may go.

    ``max_bytes`` holds for what is received and for what it unpacks to; ``seconds`` for everything from
    the name's resolution to the last byte, redirects included. ``allow_private`` are networks as an
    administrator writes them (``10.1.0.0/16``) that may be reached although they are not public.
    """

    max_bytes: int = MAX_BYTES
    seconds: float = 30.0
    redirects: int = 5
    ports: tuple[int, ...] = (80, 443)
    allow_private: tuple[str, ...] = ()
    agent: str = USER_AGENT


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """What a server answered: ``url`` is where the last redirect led, ``headers`` have names in lower case.

    ``private`` tells that the address was not public but one of those that an administrator allows.
    """

    url: str
    status: int
    headers: Mapping[str, str]
    content: bytes
    private: bool = False

    @property
    def validators(self) -> Validators:
        """What to send along the next time."""
        return self.headers.get("etag"), self.headers.get("last-modified")


class Fetched(msgspec.Struct, frozen=True, kw_only=True):
    """A report that was fetched; ``capture`` is None where it is what it was (``not_modified``)."""

    asked: str
    url: str
    capture: Capture | None
    validators: Validators
    private: bool = False

    @property
    def not_modified(self) -> bool:
        """Whether the server said that nothing changed."""
        return self.capture is None


class FetchError(InputError):
    """A fetch that brought nothing: ``status`` is the server's where it answered.

    ``retry_after`` says in how many seconds the server wants to be asked again, where it says so.
    ``passing`` tells that the same may well succeed later.
    """

    def __init__(
        self,
        problem: Problem,
        *,
        status: int | None = None,
        retry_after: float | None = None,
        passing: bool = False,
    ) -> None:
        super().__init__(problem)
        self.status = status
        self.retry_after = retry_after
        self.passing = passing
