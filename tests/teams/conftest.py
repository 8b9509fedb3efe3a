"""A team on both stores."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from team_help import Clock

from counterclaim.teams import Team


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def team(places: Callable[[str], str], clock: Clock) -> Iterator[Team]:
    """Give a new team directory, without users."""
    with Team.open(places("team"), create=True, clock=clock) as made:
        yield made
