"""The client against a real server: every question, lists page by page, errors as exceptions, what is new."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from counterclaim.client import ApiError, Client
from counterclaim.exports import FORMATS
from counterclaim.ledger import Ledger
from counterclaim.model.errors import (
    NotAllowedError,
    NotKnownError,
    QuestionError,
    RefusedError,
    ThrottledError,
    UnavailableError,
    UnknownNameError,
)
from counterclaim.serving.deciding import Answer, GradeSet
from counterclaim.serving.settings import Settings
from counterclaim.teams import Role, Team
from counterclaim.views.board import board_view
from counterclaim.views.brief import board_brief
from counterclaim.views.reading import read_catalogue
from desk_server import serving


@pytest.fixture
def client(copied_ledger: Path) -> Iterator[Client]:
    for address in serving(Settings(ledger=str(copied_ledger), per_minute=100_000, private=("127.0.0.0/8",))):
        with Client(address) as client:
            yield client


def test_it_gives_what_the_ledger_has(client: Client, copied_ledger: Path) -> None:
    with Ledger.open(str(copied_ledger)) as ledger:
        catalogue = read_catalogue(ledger)
        board = board_view(catalogue)
        assert tuple(client.disputes(limit=2)) == board_brief(board).disputes
        assert client.dispute(board.disputes[0].id) == board.disputes[0]
        assert {each.id for each in client.claims(limit=7)} == set(catalogue.claims)
        assert {each.id for each in client.actors(limit=9)} == set(catalogue.actors)
        documents = {each.document for each in client.documents(limit=3)}
        assert documents == set(ledger.documents())
        statements = [each.statement for each in client.statements(limit=100)]
        assert sorted(statements, key=lambda each: each.id) == sorted(ledger.statements(), key=lambda e: e.id)
        some = statements[0]
        assert client.statement(some.id).id == some.id
        assert all(each.statement.document == some.document for each in client.statements(some.document))
        assert client.document(some.document).key == some.document
        assert (
            client.capture(client.document(some.document).capture)
            == ledger.capture(ledger.document(some.document).capture).content
        )
        assert client.claim(next(client.claims()).id).quotes
        assert client.actor(next(client.actors()).id).quotes
        edge = next(client.judgements(limit=5)).judgement
        assert client.judgement(edge.id) == edge
    assert client.search("siren")
    assert client.review()
    assert client.brief(board.disputes[0].id).notes
    assert client.timeline(board.disputes[0].id).lanes
    assert client.map().statements
    assert client.ledger().counts["statements"]
    assert [each.name for each in client.projects()] == ["ledger"]
    assert len(client.diff("2020-01-01").disputes) == len(board.disputes)


def test_what_is_known_is_not_sent_again(client: Client) -> None:
    statuses = []
    client._transport.http.event_hooks = {"response": [lambda answer: statuses.append(answer.status_code)]}
    assert client.board() == client.board()
    assert statuses == [200, 304]


def test_who_asks_too_often_is_told_how_long_to_wait(copied_ledger: Path) -> None:
    for address in serving(Settings(ledger=str(copied_ledger), per_minute=3)):
        with Client(address, wait=0) as client:
            for _ in range(3):
                client.projects()
            with pytest.raises(ThrottledError) as refused:
                client.projects()
            assert 0 < refused.value.seconds <= 60
            assert isinstance(refused.value.__cause__, ApiError)
            assert refused.value.__cause__.details.status == 429


def test_an_export_that_is_refused_leaves_no_file(client: Client, tmp_path: Path) -> None:
    with pytest.raises(UnknownNameError):
        client.export("no-such-format", tmp_path / "export")
    with Client("http://127.0.0.1:9") as nobody, pytest.raises(UnavailableError):
        nobody.export("csv", tmp_path / "export")
    assert list(tmp_path.glob("*export*")) == []


def test_a_decision_is_made_and_undone(client: Client) -> None:
    moment = datetime.now(UTC)
    edge = next(each.judgement for each in client.judgements() if each.judgement.kind == "opposed")
    (made,) = client.decide(Answer(kind="rejected", about=edge.id, reason="two bridges"))
    assert made.author == "analyst"
    assert client.decide(Answer(kind="rejected", about=edge.id)) == ()
    assert len(client.undo(made.id)) == 1
    before = [each.id for each in client.disputes(as_of=moment)]
    assert before == [each.id for each in client.disputes()]


def test_reports_are_added(client: Client, tmp_path: Path) -> None:
    (tmp_path / "boat.txt").write_text("The line said the boat sailed at noon.")
    (tmp_path / "empty.txt").write_text("")
    done = client.add([tmp_path / "boat.txt", tmp_path / "empty.txt"])
    assert (done.added, len([each for each in done.problems if each.severity == "error"])) == (1, 1)


@pytest.mark.parametrize(
    "url",
    [
        "http://localhost/", "http://10.0.0.1/", "http://[::1]/", "http://169.254.169.254/latest/meta-data/",
        "http://2130706433/", "http://0x7f.1/", "file:///etc/passwd", "ftp://example.org/", "http://user:pw@example.org/",
        "gopher://127.0.0.1/", "http://[::ffff:10.0.0.1]/", "http://100.64.0.1/", "not an address",
    ],
)  # fmt: skip
def test_no_inner_network_is_asked_for_a_report(copied_ledger: Path, url: str) -> None:
    for address in serving(Settings(ledger=str(copied_ledger))):
        with Client(address) as client:
            done = client.add_address(url)
            assert done.added == 0
            assert len(done.problems) == 1


def test_a_server_that_fetches_nothing_says_so(copied_ledger: Path) -> None:
    for address in serving(Settings(ledger=str(copied_ledger), fetch=False)):
        with Client(address) as client, pytest.raises(RefusedError, match="does not fetch"):
            client.add_address("https://example.org/")


def test_what_is_refused_is_raised(client: Client) -> None:
    with pytest.raises(UnknownNameError):
        client.dispute("q-none")
    with pytest.raises(QuestionError):
        client.ledger(as_of="yesterday")
    with pytest.raises(RefusedError):
        client.decide(GradeSet(about="s-1", grade="ZZZ"))
    with Client("http://127.0.0.1:9") as nobody, pytest.raises(UnavailableError):
        nobody.projects()


@pytest.mark.parametrize("form", sorted(FORMATS))
def test_every_export_comes_through(client: Client, form: str, tmp_path: Path) -> None:
    size = client.export(form, tmp_path / "export")
    assert size == (tmp_path / "export").stat().st_size > 0 or form == "decisions"


def test_what_comes_in_is_told(client: Client, copied_ledger: Path, tmp_path: Path) -> None:
    (tmp_path / "boat.txt").write_text("The line said the boat sailed at noon.")
    last = client.ledger().last_recorded
    events = client.events(after=0)
    first = next(events)
    assert first.recorded == last
    adding = threading.Thread(target=_add, args=(client, tmp_path / "boat.txt"))
    adding.start()
    second = next(events)
    assert second.sequence > first.sequence
    events.close()
    adding.join()


def _add(client: Client, path: Path) -> None:
    with Client(str(client._transport.http.base_url).removesuffix("/api/")) as other:
        other.add([path])


def test_a_token_opens_what_it_may(tmp_path: Path, copied_ledger: Path) -> None:
    place = str(tmp_path / "team.db")
    with Team.open(place, create=True) as team:
        team.add_user("ana")
        team.add_project("harbour", str(copied_ledger))
        team.give_role("ana", "harbour", Role.READER)
        token = team.make_token("ana", "harbour", Role.READER, "t", datetime.now(UTC) + timedelta(days=1))
    for address in serving(Settings(team=place)):
        with Client(address, project="harbour", token=token) as client:
            assert list(client.disputes())
            with pytest.raises(NotAllowedError):
                client.decide(GradeSet(about="s-1", grade="B2"))
        with Client(address, project="harbour") as stranger, pytest.raises(NotKnownError):
            stranger.board()
