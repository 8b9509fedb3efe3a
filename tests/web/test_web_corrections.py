"""Corrections in place: each form of the pages is a decision that the ledger keeps, and can be undone."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from counterclaim.ledger import Ledger
from counterclaim.model import JudgementKind
from counterclaim.model.judgement import by_program

JUDGE = "/p/ledger/judgements"


@pytest.fixture
def ids(copied_ledger: Path) -> dict[str, str]:
    with Ledger.open(str(copied_ledger)) as ledger:
        dispute = ledger.board().disputes[0]
        edge = ledger.judgement(dispute.judgements[0])
        return {
            "one": edge.left,
            "other": edge.right,
            "edge": edge.id,
            "about": edge.left,
            "dispute": dispute.id,
        }


def made(place: Path) -> list[JudgementKind]:
    with Ledger.open(str(place)) as ledger:
        return [each.kind for each in ledger.judgements() if not by_program(each)]


@pytest.mark.parametrize(
    ("fields", "kind"),
    [
        ({"decision": "not-opposed", "one": "one", "other": "other"}, "not-opposed"),
        ({"decision": "opposed", "one": "one", "other": "other"}, "opposed"),
        ({"decision": "not-same-claim", "one": "one", "other": "other"}, "not-same-claim"),
        ({"decision": "rejected", "about": "about"}, "rejected"),
        ({"decision": "confirmed", "about": "edge"}, "confirmed"),
        ({"decision": "verified", "about": "about", "evidence": "=https://example.org/log"}, "verified"),
        ({"decision": "verified", "about": "about", "evidence": "=seen by me"}, "verified"),
        ({"decision": "grade", "about": "about", "grade": "=b2"}, "graded"),
    ],
)
def test_a_form_makes_its_judgement_and_undo_takes_it_back(
    client: TestClient, copied_ledger: Path, ids: dict[str, str], fields: dict[str, str], kind: str
) -> None:
    back = f"/p/ledger/disputes/{ids['dispute']}"
    data = {
        name: value[1:] if value.startswith("=") else ids.get(value, value) for name, value in fields.items()
    }
    answer = client.post(
        JUDGE, data={**data, "reason": "seen in the log", "back": back}, follow_redirects=False
    )
    assert (answer.status_code, answer.headers["location"]) == (303, back)
    assert made(copied_ledger) == [kind]
    listed = client.get(JUDGE).text
    assert "seen in the log" in listed
    judgement = re.search(r'name="judgement" value="([^"]+)"', listed)
    assert judgement
    assert client.post(JUDGE, data={"decision": "undo", "judgement": judgement[1]}).status_code == 200
    assert made(copied_ledger) == [kind, "undone"] or sorted(made(copied_ledger)) == sorted([kind, "undone"])
    assert "taken back" in client.get(JUDGE).text


def test_the_board_follows_a_correction_at_once(client: TestClient, ids: dict[str, str]) -> None:
    page = f"/p/ledger/disputes/{ids['dispute']}"
    before = client.get(page).text
    client.post(JUDGE, data={"decision": "rejected", "about": ids["about"]})
    client.post(JUDGE, data={"decision": "rejected", "about": ids["other"]})
    assert client.get(page).text != before


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"decision": "blessed"},
        {"decision": "opposed", "one": "", "other": ""},
        {"decision": "opposed", "one": "s-none", "other": "s-none"},
        {"decision": "grade", "about": "about", "grade": "Z9"},
        {"decision": "verified", "about": "about"},
        {"decision": "undo", "judgement": "j-none"},
        {"decision": "opposed", "one": "x" * 300, "other": "y"},
    ],
)
def test_what_cannot_be_decided_is_told_and_nothing_is_kept(
    client: TestClient, copied_ledger: Path, ids: dict[str, str], fields: dict[str, str]
) -> None:
    data = {name: ids.get(value, value) for name, value in fields.items()}
    answer = client.post(JUDGE, data=data)
    assert 400 <= answer.status_code < 500
    assert 'role="alert"' in answer.text
    assert made(copied_ledger) == []


@pytest.mark.parametrize(
    "back", ["https://evil.example/", "//evil.example", "/p/x\\@evil", "javascript:alert(1)"]
)
def test_nobody_is_sent_elsewhere(client: TestClient, ids: dict[str, str], back: str) -> None:
    fields = {"decision": "grade", "about": ids["about"], "grade": "B2", "back": back}
    answer = client.post(JUDGE, data=fields, follow_redirects=False)
    assert answer.status_code == 303
    assert answer.headers["location"] == "/p/ledger/"


def test_reports_are_added_as_text_and_as_files(client: TestClient, copied_ledger: Path) -> None:
    with Ledger.open(str(copied_ledger)) as ledger:
        before = ledger.counts()["documents"]
    answer = client.post(
        "/p/ledger/add",
        files=[
            ("files", ("boat.txt", b"The line said the boat sailed at noon.", "text/plain")),
            (
                "files",
                ("../../page.html", b"<html><body><p>The port denied it, a spokesman said.</p>", "text/html"),
            ),
            ("files", ("broken.bin", b"\x89PNG\r\n\x00\x00", "image/png")),
            ("files", ("nothing.txt", b"", "text/plain")),
        ],
    )
    assert answer.status_code == 200
    assert "2 reports added" in answer.text
    assert "broken.bin" in answer.text
    assert "nothing.txt" in answer.text
    with Ledger.open(str(copied_ledger)) as ledger:
        assert ledger.counts()["documents"] == before + 2
        assert all("/" not in document.id for document in ledger.documents())


def test_the_review_queue_goes_on_after_each_answer(client: TestClient) -> None:
    page = client.get("/p/ledger/review").text
    about = re.search(r'name="about" value="([^"]+)"', page)
    assert about
    client.post(JUDGE, data={"decision": "confirmed", "about": about[1], "back": "/p/ledger/review"})
    after = client.get("/p/ledger/review").text
    assert f'name="about" value="{about[1]}"' not in after
    assert "You decided" in after
