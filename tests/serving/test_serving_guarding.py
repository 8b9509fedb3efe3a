"""Requests from elsewhere are refused, every answer binds the browser, and nothing is served to strangers."""

from __future__ import annotations

from pathlib import Path

import pytest
from starlette.testclient import TestClient

from counterclaim.desk.application import make_application
from counterclaim.model.errors import LedgerError
from counterclaim.serving.settings import Settings, is_loopback

CHANGES = ("/p/ledger/judgements", "/p/ledger/add", "/api/projects/ledger/judgements", "/logout", "/login")


@pytest.mark.parametrize("address", CHANGES)
@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Sec-Fetch-Site": ""},
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://127.0.0.1.evil.example"},
        {"Origin": "http://127.0.0.1:8001"},
    ],
)
def test_a_change_from_another_site_is_refused(
    client: TestClient, address: str, headers: dict[str, str]
) -> None:
    answer = client.post(address, data={"decision": "undo"}, headers=headers)
    assert answer.status_code == 403
    assert "another site" in answer.text


@pytest.mark.parametrize("headers", [{"Sec-Fetch-Site": "same-origin"}, {"Origin": "http://127.0.0.1"}, {}])
def test_a_change_from_here_is_taken(client: TestClient, headers: dict[str, str]) -> None:
    answer = client.post(
        "/p/ledger/add", data={"title": "A boat", "text": "The line said it sailed."}, headers=headers
    )
    assert answer.status_code == 200
    assert "1 report added" in answer.text


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "localhost.evil.example", ""])
def test_another_name_for_this_server_is_refused(client: TestClient, host: str) -> None:
    """A page of somebody else's, whose name is made to point here, would read everything otherwise."""
    assert client.get("/p/ledger/", headers={"Host": host}).status_code == 400


@pytest.mark.parametrize(
    "address",
    [
        "/p/ledger/",
        "/nothing",
        "/api/projects",
        "/api/nothing",
        "/static/desk.css",
        "/static/page.css",
        "/static/x",
    ],
)
def test_every_answer_binds_the_browser(client: TestClient, address: str) -> None:
    headers = client.get(address).headers
    policy = headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert "server" not in headers


def test_what_came_in_is_shown_without_any_right(client: TestClient) -> None:
    import re

    report = re.search(r'href="(/p/ledger/reports/d-[^"?#]+)', client.get("/p/ledger/reports").text)
    assert report
    for show in ("", "?show=bytes"):
        answer = client.get(f"{report[1]}/source{show}")
        assert answer.status_code == 200
        assert "sandbox" in answer.headers["content-security-policy"]
        assert "script-src" not in answer.headers["content-security-policy"]


@pytest.mark.parametrize(
    "host", ["0.0.0.0", "::", "192.168.1.5", "10.0.0.1", "example.org", "", "localhost.example.org"]
)
def test_nothing_is_served_to_others_without_users(copied_ledger: Path, host: str) -> None:
    with pytest.raises(LedgerError, match="without users"):
        make_application(Settings(ledger=str(copied_ledger), host=host))


@pytest.mark.parametrize(
    ("host", "alone"),
    [("127.0.0.1", True), ("127.8.0.1", True), ("::1", True), ("localhost", True), ("1.2.3.4", False)],
)
def test_which_addresses_are_this_machine_alone(host: str, alone: bool) -> None:
    assert is_loopback(host) is alone


@pytest.mark.parametrize(
    "path",
    [
        "/static/../application.py",
        "/static/%2e%2e/application.py",
        "/static/..%2f..%2fpyproject.toml",
        "/static//etc/passwd",
        "/p/ledger/reports/..%2f..%2f..%2fetc%2fpasswd",
        "/p/ledger/reports/%2fetc%2fpasswd/source",
        "/api/projects/ledger/captures/..%2f..%2fetc%2fpasswd",
        "/api/projects/ledger/exports/..%2fpasswd",
    ],
)
def test_no_path_leads_out(client: TestClient, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code in {400, 404}
    assert "root:" not in answer.text
    assert "[project]" not in answer.text


def test_a_request_that_carries_too_much_is_refused(copied_ledger: Path) -> None:
    settings = Settings(ledger=str(copied_ledger), upload=10_000)
    with TestClient(make_application(settings), base_url="http://127.0.0.1") as client:
        answer = client.post("/p/ledger/add", files={"files": ("big.txt", b"x" * 20_000, "text/plain")})
        assert answer.status_code == 413

        def pieces():
            for _ in range(30):
                yield b"x" * 1_000

        chunked = client.post(
            "/api/projects/ledger/judgements", content=pieces(), headers={"Content-Type": "application/json"}
        )
        assert chunked.status_code == 413


def test_who_asks_too_often_waits(copied_ledger: Path) -> None:
    settings = Settings(ledger=str(copied_ledger), per_minute=12)
    with TestClient(make_application(settings), base_url="http://127.0.0.1") as client:
        answers = [client.get("/api/projects") for _ in range(14)]
        assert [each.status_code for each in answers[:12]] == [200] * 12
        assert answers[-1].status_code == 429
        assert 0 < int(answers[-1].headers["retry-after"]) <= 60
        assert client.get("/static/desk.css").status_code == 200
        added = [client.post("/p/ledger/judgements", data={}).status_code for _ in range(4)]
        assert added[:2] == [400, 400]
        assert added[-1] == 429


def test_a_name_that_looks_like_a_style_is_counted_and_kept_from_shared_caches(copied_ledger: Path) -> None:
    """Names of reports and actors may have slashes: no name may lead around the limits."""
    settings = Settings(ledger=str(copied_ledger), per_minute=5)
    with TestClient(make_application(settings), base_url="http://127.0.0.1") as client:
        for address in ("/p/ledger/actors/static/x", "/api/projects/ledger/documents/static/x"):
            assert "private" in client.get(address).headers["cache-control"]
        answers = [client.get("/p/ledger/actors/static/x").status_code for _ in range(5)]
        assert answers[-1] == 429
