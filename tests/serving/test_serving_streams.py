"""Whoever waits for what is new waits no longer than they may, and leaves room for others."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import httpx
import pytest
from serving_help import PASSWORD

from counterclaim.api import streaming
from counterclaim.serving.settings import Settings
from counterclaim.teams import Role, Team
from desk_server import serving

ENDINGS: dict[str, Callable[[Team], object]] = {
    "the role is taken": lambda team: team.take_role("rea", "harbour"),
    "the user is disabled": lambda team: team.disable("rea"),
    "all sessions are ended": lambda team: team.end_sessions("rea"),
}


@pytest.fixture
def address(team_place: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    monkeypatch.setattr(streaming, "LOOK", 0.05)
    yield from serving(Settings(team=team_place))


@contextmanager
def logged_in(address: str, name: str) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=address, timeout=10) as client:
        assert client.post("/login", data={"name": name, "password": PASSWORD}).status_code == 303
        yield client


def read_to_its_end(stream: httpx.Response) -> None:
    for _line in stream.iter_lines():
        pass


@pytest.mark.parametrize("ending", ENDINGS)
def test_a_stream_ends_when_its_session_or_its_role_does(address: str, team_place: str, ending: str) -> None:
    with (
        logged_in(address, "rea") as client,
        client.stream("GET", "/api/projects/harbour/events") as stream,
    ):
        assert stream.status_code == 200
        with Team.open(team_place) as team:
            ENDINGS[ending](team)
        begun = time.monotonic()
        read_to_its_end(stream)
        assert time.monotonic() - begun < 5


def test_a_stream_ends_when_its_token_does(address: str, team_place: str) -> None:
    with Team.open(team_place) as team:
        until = datetime.now(UTC) + timedelta(days=1)
        secret = team.make_token("rea", "harbour", Role.READER, "a script", until)
        with (
            httpx.Client(headers={"Authorization": f"Bearer {secret}"}, timeout=10) as client,
            client.stream("GET", f"{address}/api/projects/harbour/events") as stream,
        ):
            assert stream.status_code == 200
            team.revoke(team.tokens()[0].id)
            read_to_its_end(stream)


def test_one_user_does_not_take_the_streams_of_all(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(streaming, "OF_ONE", 2)
    with logged_in(address, "rea") as rea, logged_in(address, "ana") as ana:
        events = "/api/projects/harbour/events"
        with rea.stream("GET", events) as first, rea.stream("GET", events) as second:
            assert (first.status_code, second.status_code) == (200, 200)
            refused = rea.get(events)
            assert refused.status_code == 503
            assert refused.headers["retry-after"]
            with ana.stream("GET", events) as other:
                assert other.status_code == 200
        deadline = time.monotonic() + 5
        while True:
            with rea.stream("GET", events) as again:
                if again.status_code == 200:
                    break
            assert time.monotonic() < deadline, "streams that ended still count"
