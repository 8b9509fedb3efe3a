"""Waiting for what is new takes no more than the server can give."""

from __future__ import annotations

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from counterclaim.api.streaming import STREAMS
from counterclaim.ledger import Ledger
from counterclaim.serving import boards
from counterclaim.serving.boards import BoardPreparingError, Boards


def test_no_more_clients_wait_than_the_server_bears(client: TestClient) -> None:
    desk = client.app.state.desk  # type: ignore[attr-defined]
    desk.streams["somebody"] = STREAMS
    answer = client.get("/events")
    assert answer.status_code == 503
    assert answer.headers["retry-after"]
    assert answer.headers["content-type"] == "application/problem+json"
    assert str(STREAMS) in answer.json()["detail"]


def test_who_would_wait_for_many_past_moments_comes_again(
    copied_ledger: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(boards, "PATIENCE", 0.05)
    begun, going_on = threading.Event(), threading.Event()

    def slowly(ledger: Ledger, moment: datetime | None) -> object:
        begun.set()
        assert going_on.wait(30)
        return read(ledger, moment)

    read = boards.read_catalogue
    monkeypatch.setattr(boards, "read_catalogue", slowly)
    kept, place = Boards(20_000), str(copied_ledger)
    with Ledger.open(place) as ledger:
        first = threading.Thread(
            target=kept.catalogue, args=(place, ledger, datetime(2020, 1, 1, tzinfo=UTC))
        )
        first.start()
        assert begun.wait(30)
        with pytest.raises(BoardPreparingError):
            kept.catalogue(place, ledger, datetime(2021, 1, 1, tzinfo=UTC))
        going_on.set()
        first.join()
        assert kept.catalogue(place, ledger, datetime(2021, 1, 1, tzinfo=UTC)).documents == {}


def test_moments_between_which_nothing_came_in_are_read_once(
    copied_ledger: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else each microsecond that somebody asks for would be read off the whole ledger anew."""
    asked = []
    read = boards.read_catalogue
    monkeypatch.setattr(boards, "read_catalogue", lambda *given: asked.append(given) or read(*given))
    kept, place = Boards(20_000), str(copied_ledger)
    with Ledger.open(place) as ledger:
        last = ledger.last_recorded()
        assert last is not None
        for later in range(4):
            moment = last + timedelta(microseconds=later)
            assert len(kept.catalogue(place, ledger, moment).documents) == 20
        assert len(kept.catalogue(place, ledger, None).documents) == 20
        assert kept.catalogue(place, ledger, datetime(2001, 1, 1, tzinfo=UTC)).documents == {}
        assert kept.catalogue(place, ledger, datetime(2002, 1, 1, tzinfo=UTC)).documents == {}
    assert len(asked) == 2


def test_those_who_wait_for_past_moments_leave_room_for_others(
    copied_ledger: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(boards, "WAITING", 2)
    begun, going_on = threading.Event(), threading.Event()

    def slowly(_ledger: Ledger, _moment: datetime | None) -> object:
        begun.set()
        assert going_on.wait(30)
        raise LookupError("read enough")

    monkeypatch.setattr(boards, "read_catalogue", slowly)
    kept, place = Boards(20_000), str(copied_ledger)
    with Ledger.open(place) as ledger, ThreadPoolExecutor(2) as pool:
        for year in (2020, 2021):
            pool.submit(kept.catalogue, place, ledger, datetime(year, 1, 1, tzinfo=UTC))
        assert begun.wait(30)
        deadline = time.monotonic() + 30
        while kept.waiting < 2:
            assert time.monotonic() < deadline
            time.sleep(0.01)
        started = time.monotonic()
        with pytest.raises(BoardPreparingError):
            kept.catalogue(place, ledger, datetime(2022, 1, 1, tzinfo=UTC))
        assert time.monotonic() - started < boards.PATIENCE / 2
        kept.question(place, ledger)  # what is known now is brought up to date meanwhile
        going_on.set()
