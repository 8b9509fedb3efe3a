"""Waiting for what is new takes no more than the server can give."""

from __future__ import annotations

import threading
from datetime import UTC, datetime
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
