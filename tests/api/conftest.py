"""The API on a copy of the samples' ledger."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from counterclaim.desk.application import make_application
from counterclaim.serving.settings import Settings


@pytest.fixture
def client(copied_ledger: Path) -> Iterator[TestClient]:
    """Give a client of the API, on a server without users."""
    application = make_application(Settings(ledger=str(copied_ledger), per_minute=100_000))
    with TestClient(application, base_url="http://127.0.0.1/api/projects/ledger") as client:
        yield client
