"""Moments: as users write them, and as the ledger keeps them (microseconds since 1970, UTC)."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

from counterclaim.model import QuestionError
from counterclaim.model.errors import Messages

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


def now() -> datetime:
    """Return the present moment, in UTC."""
    return datetime.now(UTC)


def parse_moment(text: str) -> datetime:
    """Read an ISO 8601 moment with zone, or a date, which stands for the end of that day in UTC.

    Raises LedgerError, with what to write instead, for anything else.
    """
    written = text.strip()
    try:
        if len(written) == 10:
            return datetime.combine(date.fromisoformat(written), time.max, tzinfo=UTC)
        moment = datetime.fromisoformat(written)
        if moment.tzinfo is None:
            raise QuestionError(Messages.moment_invalid(text))
        return moment.astimezone(UTC)
    except (ValueError, OverflowError):
        raise QuestionError(Messages.moment_invalid(text)) from None


def to_microseconds(moment: datetime) -> int:
    """Return a moment as microseconds since 1970, UTC. Raises LedgerError where it has no zone."""
    if moment.utcoffset() is None:
        raise QuestionError(Messages.moment_invalid(moment.isoformat()))
    return (moment - _EPOCH) // _MICROSECOND


def from_microseconds(recorded: int) -> datetime:
    """Return the moment, in UTC, of microseconds since 1970."""
    return _EPOCH + timedelta(microseconds=recorded)


def written(moment: datetime, timespec: str = "microseconds") -> str:
    """Return a moment in UTC as ISO 8601 with ``Z``; ``timespec`` is that of ``datetime.isoformat``."""
    return moment.astimezone(UTC).isoformat(timespec=timespec).replace("+00:00", "Z")
