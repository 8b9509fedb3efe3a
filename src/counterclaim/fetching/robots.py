"""What sites ask of programs: their robots.txt (RFC 9309), kept for a while, got by the same safe way."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import NamedTuple

from protego import Protego

from counterclaim.fetching.getting import get
from counterclaim.fetching.limits import AGENT_NAME, FetchError, FetchLimits
from counterclaim.fetching.targets import origin_of, read_url
from counterclaim.model.errors import Messages

KEPT_SECONDS = 3600.0
"""How long a robots.txt is believed; RFC 9309 (section 2.4) allows a day at most."""

UNREACHABLE_SECONDS = 300.0
MAX_BYTES = 512_000
"""RFC 9309 (section 2.5) asks to read 500 KiB at least."""

LONGEST_DELAY = 60.0
REFUSED = "private-address"
_MOST_SITES = 1_000


class _Rules(NamedTuple):
    rules: Protego | None
    failure: str
    until: float


class Robots:
    """What the robots.txt of each site says, asked for when first needed; ``before`` is called before."""

    def __init__(self, limits: FetchLimits, before: Callable[[str], None] | None = None) -> None:
        self._limits = limits
        self._before = before
        self._known: dict[str, _Rules] = {}

    def refuse(self, url: str, limits: FetchLimits | None = None) -> None:
        """Raise FetchError where the site does not want the page at ``url`` fetched.

        A site without a robots.txt (status 400 to 499) allows all; one that cannot be reached, or fails,
        allows nothing just now (RFC 9309, section 2.3.1).
        """
        known = self._rules(url, limits or self._limits)
        if known.rules is None:
            raise FetchError(Messages.robots_unknown(url, known.failure), passing=True)
        if not known.rules.can_fetch(url, AGENT_NAME):
            raise FetchError(Messages.robots_refuse(url, AGENT_NAME))

    def delay(self, url: str) -> float:
        """Return the seconds that the site wants between two requests, as far as is known; 0 for no wish."""
        known = self._known.get(origin_of(read_url(url, self._limits)))
        wish = known.rules.crawl_delay(AGENT_NAME) if known and known.rules else None
        return min(max(float(wish or 0.0), 0.0), LONGEST_DELAY)

    def _rules(self, url: str, limits: FetchLimits) -> _Rules:
        origin = origin_of(read_url(url, limits))
        known = self._known.get(origin)
        now = time.monotonic()
        if known is None or known.until < now:
            if len(self._known) >= _MOST_SITES:
                self._known.clear()
            known = self._known[origin] = self._asked(origin, limits, now)
        return known

    def _asked(self, origin: str, limits: FetchLimits, now: float) -> _Rules:
        if self._before:
            self._before(origin)
        try:
            answer = get(f"{origin}/robots.txt", limits)
        except FetchError as error:
            if error.status is not None and 400 <= error.status < 500 and error.status != 429:
                return _Rules(Protego.parse(""), "", now + KEPT_SECONDS)
            if error.problem.code == REFUSED:
                raise  # a host that must not be reached is told as that
            return _Rules(None, error.problem.message.rstrip("."), now + UNREACHABLE_SECONDS)
        text = answer.content[:MAX_BYTES].decode("utf-8", "replace")
        return _Rules(Protego.parse(text), "", now + KEPT_SECONDS)
