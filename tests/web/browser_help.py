"""A real browser for the tests of the pages."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Browser, Page, Playwright

PLACES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
WIDTHS = (360, 1440)


def launched(playwright: Playwright) -> Browser:
    """Start the Chromium that the machine has, or the one that Playwright has fetched.

    Where there is none the test is skipped with what to do; where COUNTERCLAIM_BROWSER is ``required``, as in
    CI, it fails.
    """
    found = next((path for name in PLACES if (path := shutil.which(name))), None)
    place = found or playwright.chromium.executable_path
    if not os.path.exists(place):  # noqa: PTH110
        words = "no Chromium here: run `apt-get install chromium` or `playwright install chromium`"
        if os.environ.get("COUNTERCLAIM_BROWSER") == "required":
            pytest.fail(words)
        pytest.skip(words)
    return playwright.chromium.launch(executable_path=place, args=["--no-sandbox"])


def overflowing(page: Page) -> int:
    """Return by how many pixels a page is wider than its window."""
    width: int = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    return width


@contextmanager
def opened(browser: Browser, served: str, *, scripted: bool = True, width: int = 1440) -> Iterator[Page]:
    """Give a page; whatever goes wrong on it, or asks for something elsewhere, fails the test."""
    context = browser.new_context(
        base_url=served, java_script_enabled=scripted, viewport={"width": width, "height": 900}
    )
    wrong: list[str] = []
    page = context.new_page()
    page.on("pageerror", lambda error: wrong.append(f"error: {error}"))
    page.on("console", lambda said: wrong.append(said.text) if said.type == "error" else None)
    page.on("dialog", lambda dialog: (wrong.append(f"dialog: {dialog.message}"), dialog.dismiss()))
    page.on(
        "request", lambda asked: None if asked.url.startswith((served, "data:")) else wrong.append(asked.url)
    )
    yield page
    context.close()
    assert not wrong
