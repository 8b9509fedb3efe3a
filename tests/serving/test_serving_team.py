"""Users see their projects and no others, do what their role allows, and are out when they log out."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from serving_help import PASSWORD, log_in
from starlette.testclient import TestClient

from counterclaim.desk.application import make_application
from counterclaim.model.errors import Messages, UnavailableError
from counterclaim.serving import desk
from counterclaim.serving.settings import Settings
from counterclaim.teams import Role, Team


def test_nobody_gets_in_without_logging_in(team_client: TestClient) -> None:
    answer = team_client.get("/p/harbour/", follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (303, "/login?next=%2Fp%2Fharbour%2F")
    assert team_client.get("/api/projects").status_code == 401
    assert team_client.get("/api/projects/harbour/disputes").status_code == 401
    assert team_client.post("/p/harbour/judgements", data={}).status_code == 401
    for secret in ("", "x", "cc_000000000000_" + "A" * 43):
        team_client.cookies.set("counterclaim", secret)
        assert team_client.get("/api/projects").status_code == 401


def test_the_session_is_in_a_cookie_that_no_script_reads(team_client: TestClient, team_place: str) -> None:
    answer = team_client.post("/login", data={"name": "rea", "password": PASSWORD}, follow_redirects=False)
    cookie = answer.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=lax" in cookie
    assert "domain" not in cookie
    with TestClient(
        make_application(Settings(team=team_place, secure=True)), base_url="https://127.0.0.1"
    ) as other:
        secure = other.post("/login", data={"name": "rea", "password": PASSWORD}, follow_redirects=False)
        assert secure.headers["set-cookie"].startswith("__Host-")
        assert "secure" in secure.headers["set-cookie"].lower()
        assert secure.headers["strict-transport-security"]


def test_logging_in_leads_where_one_wanted_and_nowhere_else(team_client: TestClient) -> None:
    for wanted, expected in (
        ("/p/harbour/reports", "/p/harbour/reports"),
        ("https://evil.example", "/"),
        ("//evil.example", "/"),
        ("/\\evil.example", "/"),
    ):
        answer = team_client.post(
            "/login", data={"name": "rea", "password": PASSWORD, "next": wanted}, follow_redirects=False
        )
        assert answer.headers["location"] == expected


def test_a_wrong_password_is_refused_and_then_throttled(team_client: TestClient) -> None:
    answers = [team_client.post("/login", data={"name": "rea", "password": "ferryless"}) for _ in range(7)]
    assert [each.status_code for each in answers] == [401] * 5 + [429] * 2
    assert "retry-after" in answers[-1].headers
    assert "ferryless" not in answers[0].text


def test_a_logged_out_session_is_over_even_for_who_kept_the_cookie(team_client: TestClient) -> None:
    log_in(team_client, "rea")
    kept = team_client.cookies["counterclaim"]
    assert team_client.get("/p/harbour/").status_code == 200
    team_client.post("/logout")
    team_client.cookies.set("counterclaim", kept)
    assert team_client.get("/p/harbour/", follow_redirects=False).status_code == 303


def test_projects_are_kept_apart(team_client: TestClient) -> None:
    log_in(team_client, "rea")
    assert team_client.get("/p/harbour/").status_code == 200
    missing = team_client.get("/p/nowhere/")
    foreign = team_client.get("/p/river/")
    assert missing.status_code == foreign.status_code == 404
    assert foreign.text.replace("river", "nowhere") == missing.text
    assert [each["name"] for each in team_client.get("/api/projects").json()["projects"]] == ["harbour"]
    log_in(team_client, "out")
    assert team_client.get("/p/harbour/").status_code == 404


@pytest.mark.parametrize(
    ("name", "judges", "adds"), [("rea", 403, 403), ("ana", 200, 403), ("ed", 200, 200), ("ida", 200, 200)]
)
def test_a_role_may_what_it_may(
    team_client: TestClient, team_place: str, name: str, judges: int, adds: int
) -> None:
    log_in(team_client, name)
    statement = team_client.get("/api/projects/harbour/statements").json()["statements"][0]["statement"]["id"]
    decision = {"decision": "grade", "about": statement, "grade": "B2", "reason": "a reason"}
    assert team_client.post("/p/harbour/judgements", data=decision).status_code == judges
    again = {**decision, "grade": "C3"}
    assert team_client.post("/api/projects/harbour/judgements", json=again).status_code == judges
    added = team_client.post("/p/harbour/add", data={"title": "A boat", "text": "The line said it sailed."})
    assert added.status_code == adds
    page = team_client.get("/p/harbour/").text
    assert ("Review</a>" in page) is (judges == 200)
    assert (">Add</a>" in page) is (adds == 200)
    if judges == 200:
        assert f"<bdi>{name}</bdi>" in team_client.get("/p/harbour/judgements").text


def test_a_token_opens_its_project_for_its_role(team_client: TestClient, team_place: str) -> None:
    with Team.open(team_place) as team:
        until = datetime.now(UTC) + timedelta(days=1)
        secret = team.make_token("ed", "harbour", Role.READER, "a script", until)
        headers = {"Authorization": f"Bearer {secret}"}
        assert team_client.get("/api/projects/harbour/disputes", headers=headers).status_code == 200
        assert team_client.get("/api/projects/river/disputes", headers=headers).status_code == 403
        foreign = {**headers, "Sec-Fetch-Site": "cross-site"}
        refused = team_client.post("/api/projects/harbour/judgements", json={}, headers=foreign)
        assert refused.status_code == 403
        assert "another site" not in refused.text
        team.revoke(team.tokens()[0].id)
        assert team_client.get("/api/projects/harbour/disputes", headers=headers).status_code == 401


def test_who_is_disabled_is_out_at_once(team_client: TestClient, team_place: str) -> None:
    log_in(team_client, "rea")
    with Team.open(team_place) as team:
        team.disable("rea")
    assert team_client.get("/p/harbour/", follow_redirects=False).status_code == 303


def test_the_board_tells_what_is_new_since_the_last_visit(team_place: str) -> None:
    time = [datetime.now(UTC) + timedelta(minutes=1)]
    desk_application = make_application(Settings(team=team_place), clock=lambda: time[0])
    with TestClient(desk_application, base_url="http://127.0.0.1") as client:
        log_in(client, "ana")
        assert "since your last visit" not in client.get("/p/harbour/").text
        time[0] += timedelta(hours=2)
        log_in(client, "ed")
        edge = client.get("/api/projects/harbour/judgements").json()["judgements"][0]["judgement"]
        opposed = next(
            each["judgement"]
            for each in client.get("/api/projects/harbour/judgements?limit=200").json()["judgements"]
            if each["judgement"]["kind"] == "opposed"
        )
        assert edge["author"].startswith("program:")
        decision = {"decision": "answer", "kind": "confirmed", "about": opposed["id"]}
        assert client.post("/api/projects/harbour/judgements", json=decision).status_code == 200
        time[0] += timedelta(hours=2)
        log_in(client, "ana")
        board = client.get("/p/harbour/").text
        assert "since your last visit" in board
        assert '<span class="tag new">changed</span>' in board
        narrowed = client.get("/p/harbour/?news=1").text
        assert 1 <= narrowed.count('<article class="dispute"') < board.count('<article class="dispute"')


@pytest.mark.parametrize(("damage", "status"), [("missing", 500), ("foreign", 500), ("locked", 503)])
def test_a_ledger_that_cannot_be_used_is_told_without_its_place(
    team_client: TestClient,
    tmp_path: Path,
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
    damage: str,
    status: int,
) -> None:
    """Where a ledger lies and what the system says of it stands in the log of the server."""
    place = tmp_path / "harbour.db"
    if damage == "locked":

        def unusable(*_arguments: object, **_more: object) -> None:
            raise UnavailableError(Messages.ledger_unusable(str(place), "disk I/O error"))

        monkeypatch.setattr(desk.Ledger, "open", unusable)
    else:
        for each in tmp_path.glob("harbour.db*"):
            each.unlink()
        if damage == "foreign":
            place.write_bytes(b"no ledger at all" * 100)
    log_in(team_client, "rea")
    for address in ("/p/harbour/", "/api/projects/harbour/disputes"):
        answer = team_client.get(address)
        assert answer.status_code == status
        assert str(tmp_path) not in answer.text
        assert "harbour.db" not in answer.text
        assert "log" in answer.text
    assert str(place) in caplog.text


@pytest.mark.parametrize("name", [None, "rea", "out"])
def test_what_somebody_sends_who_may_not_is_not_taken_in(
    team_client: TestClient, monkeypatch: pytest.MonkeyPatch, name: str | None
) -> None:
    """Files would be unpacked to the server's disk for anybody otherwise."""
    if name:
        log_in(team_client, name)

    def parsed(*_arguments: object) -> None:
        raise AssertionError("the form was read")

    monkeypatch.setattr("starlette.formparsers.MultiPartParser.parse", parsed)
    files = {"files": ("a.txt", b"The line said it sailed.", "text/plain")}
    status = {None: 401, "rea": 403, "out": 404}[name]
    for address in ("/p/harbour/add", "/api/projects/harbour/documents"):
        assert team_client.post(address, files=files).status_code == status


@pytest.mark.parametrize("field", ["name", "password", "next", "other"])
def test_a_login_takes_no_more_than_a_login_needs(team_client: TestClient, field: str) -> None:
    """Anybody can send one; each character of a password is looked at, and millions take seconds."""
    fields = {"name": "rea", "password": PASSWORD, field: "x" * 2_000_000}
    assert team_client.post("/login", data=fields, follow_redirects=False).status_code == 413
    files = {"file": ("a.txt", b"x" * 2_000_000, "text/plain")}
    assert team_client.post("/login", files=files, follow_redirects=False).status_code == 413
    log_in(team_client, "rea")
