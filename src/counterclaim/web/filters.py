"""How the pages show what the exports do not."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from counterclaim.exports.filters import day
from counterclaim.model import DisputeStatus

STATUSES = {
    DisputeStatus.CONTESTED: "contested between parties",
    DisputeStatus.CONCEDED: "conceded by a party whom it harms",
}
SPARK_WIDTH, SPARK_HEIGHT = 96, 20


def status_words(status: DisputeStatus) -> str:
    """Return the status of a dispute in words."""
    return STATUSES[status]


def between(first: str | None, last: str | None) -> str:
    """Return the first and the last day of something."""
    one, other = day(first), day(last)
    return one if one == other else f"{one} to {other}"


def bars(counts: Sequence[int]) -> list[dict[str, float]]:
    """Return the bars of a sparkline, in units of its drawing: 96 wide, 20 high."""
    if not counts:
        return []
    width = min(12.0, SPARK_WIDTH / len(counts))
    highest = max(counts)
    return [
        {
            "x": round(number * width, 2),
            "y": round(SPARK_HEIGHT - (height := max(2.0, SPARK_HEIGHT * count / highest)), 2),
            "width": round(max(0.5, width - 1), 2),
            "height": round(height, 2),
        }
        for number, count in enumerate(counts)
        if count
    ]


def moment_words(moment: str | None) -> str:
    """Return a moment in UTC to the minute, without the letter between day and time."""
    return f"{moment[:16].replace('T', ' ')} UTC" if moment else "no date"


FILTERS: dict[str, Callable[..., Any]] = {
    each.__name__: each for each in (bars, between, moment_words, status_words)
}
