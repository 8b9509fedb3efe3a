"""What came in is shown harmless, and within a time, whatever it holds."""

from __future__ import annotations

import re
import time

import pytest
from starlette.testclient import TestClient

SAID = "<h1>A bridge</h1>" + 5 * "<p>Ana Brel said on Monday that the bridge at Orm was closed.</p>"


def source_of(client: TestClient, page: str) -> str:
    added = client.post("/p/ledger/add", files={"files": ("bridge.html", page.encode(), "text/html")})
    assert "1 report added" in added.text
    found = re.search(r'href="(/p/ledger/reports/d-[^"?#]+)', client.get("/p/ledger/reports").text)
    assert found
    return f"{found[1]}/source"


@pytest.mark.parametrize("more", ["", 2_000 * "<p>The market went on.</p>"])
def test_nothing_runs_in_a_small_page_and_in_a_large_one(client: TestClient, more: str) -> None:
    attack = '<script>alert(1)</script><p onclick="alert(2)">Café 橋</p><a href="javascript:alert(3)">x</a>'
    answer = client.get(source_of(client, f"<article>{SAID}{attack}{more}</article>"))
    assert answer.headers["content-type"].startswith("text/html")
    assert "alert" not in answer.text
    assert "Café 橋" in answer.text


def test_a_page_that_would_keep_the_server_busy_for_hours_is_shown_as_text(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("counterclaim.web.harmless.SECONDS", 1.0, raising=False)
    source = source_of(client, f"<article>{SAID}</article>" + 100_000 * "<div>" + "<script>alert(1)</script>")
    begun = time.monotonic()
    answer = client.get(source)
    assert time.monotonic() - begun < 8
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("text/plain")
    assert "sandbox" in answer.headers["content-security-policy"]
    assert answer.headers["x-content-type-options"] == "nosniff"
