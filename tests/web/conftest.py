"""The desk on a copy of the samples' ledger: asked in process, and by a real browser."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from browser_help import launched, opened
from playwright.sync_api import Browser, Page, sync_playwright
from starlette.testclient import TestClient

from counterclaim.desk.application import make_application
from counterclaim.serving.settings import Settings
from desk_server import serving

HERE = "http://127.0.0.1"


@pytest.fixture
def client(copied_ledger: Path) -> Iterator[TestClient]:
    """Give a browser without eyes, on a server without users."""
    settings = Settings(ledger=str(copied_ledger), per_minute=100_000)
    with TestClient(make_application(settings), base_url=HERE) as client:
        yield client


@pytest.fixture
def served(copied_ledger: Path) -> Iterator[str]:
    """Give the address of a real server on the samples."""
    yield from serving(Settings(ledger=str(copied_ledger), per_minute=100_000))


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Give a real browser, to one file of tests: while it is there, an event loop runs on this thread."""
    with sync_playwright() as playwright:
        started = launched(playwright)
        yield started
        started.close()


@pytest.fixture(params=[True, False], ids=["with-script", "without-script"])
def scripted(request: pytest.FixtureRequest) -> bool:
    """Say whether the browser runs scripts."""
    return bool(request.param)


@pytest.fixture
def page(browser: Browser, served: str) -> Iterator[Page]:
    """Give a page of the browser on the samples, which reaches nothing but this server."""
    with opened(browser, served) as page:
        yield page
