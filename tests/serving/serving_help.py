"""What the tests of a server with users share."""

from __future__ import annotations

from starlette.testclient import TestClient

PASSWORD = "four ferries sail at night"


def log_in(client: TestClient, name: str) -> None:
    """Log a browser in."""
    client.cookies.clear()
    answer = client.post("/login", data={"name": name, "password": PASSWORD}, follow_redirects=False)
    assert answer.status_code == 303, answer.text
