"""What each page is made of, as assistive technology sees it, is as it was kept.

COUNTERCLAIM_SNAPSHOTS=write makes the kept ones anew; look at the difference before you commit it.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest
from browser_help import opened
from playwright.sync_api import Browser

ROOT = Path(__file__).parents[2]
KEPT = Path(__file__).parent / "snapshots"
MOMENTS = re.compile(r"\d{4}-\d\d-\d\d[ T]\d\d:\d\d(?::\d\d)?(?:\.\d+)?(?:\+00:00)?(?: UTC)?")
ADDRESSES = re.compile(r"as_of=[^\"\s]+")


@pytest.mark.parametrize(
    "name", ["board", "dispute", "report", "statement", "actor", "review", "brief", "timeline"]
)
def test_a_page_is_made_of_the_same_parts(browser: Browser, served: str, name: str) -> None:
    with opened(browser, served) as page:
        page.goto("/p/ledger/?words=siren")
        dispute = page.locator("article.dispute h2 a").first.get_attribute("href") or ""
        report = page.locator("figcaption a").first.get_attribute("href") or ""
        addresses = {
            "board": "/p/ledger/?words=siren",
            "dispute": dispute,
            "report": report,
            "review": "/p/ledger/review",
            "brief": f"{dispute}/brief",
            "timeline": f"{dispute}/timeline",
        }
        page.goto(addresses.get(name, report))
        if name == "statement":
            page.goto(page.locator(".margin .ways a").first.get_attribute("href") or "")
        if name == "actor":
            page.goto("/p/ledger/actors")
            page.goto(page.locator("td a").first.get_attribute("href") or "")
        seen = page.locator("main").aria_snapshot().replace(str(ROOT), "ROOT")
        found = ADDRESSES.sub("as_of=MOMENT", MOMENTS.sub("MOMENT", seen)) + "\n"
    place = KEPT / f"{name}.yaml"
    if os.environ.get("COUNTERCLAIM_SNAPSHOTS") == "write":
        KEPT.mkdir(exist_ok=True)
        place.write_text(found, encoding="utf-8")
    assert found == place.read_text(encoding="utf-8")
