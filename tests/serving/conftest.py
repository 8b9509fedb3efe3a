"""The desk without users, and one with a team."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from serving_help import PASSWORD
from starlette.testclient import TestClient

from counterclaim.desk.application import make_application
from counterclaim.serving.settings import Settings
from counterclaim.teams import Role, Team

HERE = "http://127.0.0.1"


@pytest.fixture
def client(copied_ledger: Path) -> Iterator[TestClient]:
    """Give a browser on a server without users."""
    with TestClient(make_application(Settings(ledger=str(copied_ledger))), base_url=HERE) as client:
        yield client


@pytest.fixture
def team_place(sample_ledger: Path, tmp_path: Path) -> str:
    """Give a team directory: ida an admin, ed an editor, ana an analyst, rea a reader, out without a role."""
    place = str(tmp_path / "team.db")
    for name in ("harbour", "river"):
        shutil.copy(sample_ledger, tmp_path / f"{name}.db")
    with Team.open(place, create=True) as team:
        for project in ("harbour", "river"):
            team.add_project(project, str(tmp_path / f"{project}.db"))
        people = {"ida": Role.ADMIN, "ed": Role.EDITOR, "ana": Role.ANALYST, "rea": Role.READER}
        for name, role in people.items():
            team.add_user(name, password=PASSWORD)
            team.give_role(name, "harbour", role)
        team.add_user("out", password=PASSWORD)
        team.give_role("ida", "river", Role.ADMIN)
    return place


@pytest.fixture
def team_client(team_place: str) -> Iterator[TestClient]:
    """Give a browser on a server with users, logged in as nobody."""
    with TestClient(make_application(Settings(team=team_place)), base_url=HERE) as client:
        yield client
