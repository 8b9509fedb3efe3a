"""When to ask again: what a server says, and what is polite where it says nothing."""

from __future__ import annotations

import random
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

LONGEST = 24 * 3600.0
"""Seconds; no server makes us wait longer than a day."""


def retry_after(value: str | None, now: datetime | None = None) -> float | None:
    """Return the seconds that a Retry-After header asks to wait (RFC 9110, section 10.2.3).

    None where there is none, or none that can be read; never less than 0 nor more than a day.
    """
    if not value:
        return None
    text = value.strip()
    if text.isascii() and text.isdigit():
        return min(float(text[:9]), LONGEST)
    try:
        moment = parsedate_to_datetime(text)
    except ValueError:
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return min(max((moment - (now or datetime.now(UTC))).total_seconds(), 0.0), LONGEST)


def back_off(failures: int, first: float, chance: random.Random, longest: float = LONGEST) -> float:
    """Return how many seconds to wait after so many failures in a row (1 or more).

    Twice as long after each, and from half of it to all of it by chance, so that many programs do not
    come back at the same moment (the "equal jitter" of M. Brooker, "Exponential Backoff and Jitter", 2015).
    """
    whole = min(first * 2.0 ** min(failures - 1, 30), longest)
    return whole / 2 + chance.random() * whole / 2
