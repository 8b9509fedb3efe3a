"""The team directory: users, projects, roles, the audit, its file and its schema, on both stores."""

from __future__ import annotations

import os
import stat
from datetime import timedelta
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import delete, insert, inspect, update
from team_help import PASSWORD, START, mark_of

from counterclaim.ledger import Ledger
from counterclaim.ledger.dialect import dialect_of
from counterclaim.ledger.opening import migration_config
from counterclaim.model import LedgerError
from counterclaim.model.errors import NotAllowedError, TeamError
from counterclaim.teams import Access, Role, Team
from counterclaim.teams.opening import TEAM
from counterclaim.teams.schema import audit, metadata


def test_users_are_made_changed_and_kept(team, places, clock):
    team.add_user("jo")
    team.add_user("ida", admin=True, password=PASSWORD)
    clock.advance(hours=1)
    team.disable("jo")
    team.set_admin("jo", admin=True)
    with Team.open(places("team"), clock=clock) as again:
        ida, jo = again.users()
    assert (ida.name, ida.admin, ida.password, ida.made, ida.disabled) == ("ida", True, True, START, None)
    assert (jo.name, jo.admin, jo.password) == ("jo", True, False)
    assert jo.disabled == START + timedelta(hours=1)
    team.enable("jo")
    assert team.users()[1].disabled is None


@pytest.mark.parametrize(
    "name", ["", "Ida", "program:test", "terminal:ida", "-ida", "i da", "a" * 65, "іda", "ida\n", "\ud800"]
)
def test_a_name_that_could_be_taken_for_another_is_refused(team, name):
    with pytest.raises(TeamError, match="cannot be the name of a user"):
        team.add_user(name)
    with pytest.raises(TeamError, match="cannot be the name of a project"):
        team.add_project(name, "nowhere")
    assert team.users() == []
    assert team.projects() == []
    assert team.audit() == []


def test_what_is_not_there_is_told_with_what_is_like_it(team, places):
    team.add_user("ida")
    with pytest.raises(TeamError, match="already"):
        team.add_user("ida")
    with pytest.raises(TeamError, match="Did you mean ida"):
        team.disable("idda")
    team.add_project("harbour", places("harbour"))
    with pytest.raises(TeamError, match="Did you mean harbour"):
        team.give_role("ida", "harbor", Role.READER)
    with pytest.raises(TeamError, match="there is no user"):
        team.give_role("\ud800", "harbour", Role.READER)
    with pytest.raises(TeamError, match="there is no token"):
        team.revoke("t-000000000000")
    with pytest.raises(TeamError, match="has no role"):
        team.take_role("ida", "harbour")


def test_a_project_has_a_ledger_of_its_own_which_no_other_has(team, places, store, tmp_path, monkeypatch):
    team.add_project("harbour", places("harbour"))
    with pytest.raises(TeamError, match="the ledger of the project harbour"):
        team.add_project("pier", places("harbour"))
    with pytest.raises(LedgerError, match="not a counterclaim ledger"):
        team.add_project("pier", places("team"))
    if store == "sqlite":
        monkeypatch.chdir(tmp_path)
        os.link("harbour.db", "linked.db")
        Path("soft.db").symlink_to("harbour.db")
        for same in ("harbour.db", "./harbour.db", "sqlite:///harbour.db", "linked.db", "soft.db"):
            with pytest.raises(TeamError, match="the ledger of the project harbour"):
                team.add_project("pier", same)
    else:
        with pytest.raises(TeamError, match="the ledger of the project harbour"):
            team.add_project("pier", places("harbour").replace("postgresql://", "postgres://"))
    team.add_project("pier", places("pier"))
    assert [each.name for each in team.projects()] == ["harbour", "pier"]
    with Ledger.open(team.projects()[1].place) as ledger:
        assert mark_of(ledger) == []


@pytest.mark.parametrize("url", ["postgresql://ida:sesame@h/d", "postgresql://h/d?password=sesame"])
def test_a_url_with_a_password_is_not_kept(team, url):
    with pytest.raises(TeamError, match="holds a password") as refused:
        team.add_project("harbour", url)
    assert "sesame" not in str(refused.value)
    assert team.projects() == []


def test_a_role_takes_the_place_of_another_and_its_tokens_end_with_it(team, places):
    for name in ("ida", "jo"):
        team.add_user(name)
    team.add_project("harbour", places("harbour"))
    team.give_role("jo", "harbour", Role.READER)
    team.give_role("jo", "harbour", Role.EDITOR)
    team.give_role("ida", "harbour", Role.READER)
    assert [(each.user, each.role) for each in team.roles()] == [("ida", Role.READER), ("jo", Role.EDITOR)]
    assert [each.user for each in team.roles(user="jo", project="harbour")] == ["jo"]
    for user in ("ida", "jo"):
        team.make_token(user, "harbour", Role.READER, "export", None)
    team.take_role("jo", "harbour")
    team.give_role("jo", "harbour", Role.EDITOR)
    assert [(each.user, each.revoked is not None) for each in team.tokens()] == [("ida", False), ("jo", True)]


def test_the_audit_tells_who_did_what_and_when(team, places, clock):
    team.add_user("ida", admin=True, password=PASSWORD)
    ida = team.log_in("ida", PASSWORD)
    clock.advance(minutes=1)
    team.add_user("jo", by=ida)
    team.add_project("harbour", places("harbour"), by=ida)
    team.give_role("jo", "harbour", Role.READER, by=ida)
    team.give_role("jo", "harbour", Role.EDITOR, by=ida)
    team.disable("jo", by=ida)
    team.disable("jo", by=ida)  # changes nothing
    deeds = team.audit()
    assert [each.number for each in deeds] == list(range(1, 8))
    assert deeds[0].by.startswith("terminal:")
    assert [(each.by, each.what, each.user, each.project) for each in deeds[2:]] == [
        ("ida", "user made", "jo", ""),
        ("ida", "project made", "", "harbour"),
        ("ida", "role given", "jo", "harbour"),
        ("ida", "role given", "jo", "harbour"),
        ("ida", "user disabled", "jo", ""),
    ]
    assert deeds[5].detail == "editor, was reader"
    assert deeds[2].moment == START + timedelta(minutes=1)
    assert [each.number for each in team.audit(most=2)] == [6, 7]
    assert [each.number for each in team.audit(user="jo", project="harbour")] == [5, 6]


def test_the_database_keeps_the_audit_as_it_is(team):
    team.add_user("ida")
    changes = (
        update(audit).values(by="nobody"),
        delete(audit),
        update(audit).where(audit.c.number == 1).values(number=2),
    )
    for change in changes:
        with pytest.raises(LedgerError, match="append-only"), team._writing() as connection:
            connection.execute(change)
    row = {"number": 1, "moment": 0, "by": "x", "what": "x", "user": "", "project": "", "detail": ""}
    with pytest.raises(LedgerError), team._writing() as connection:
        connection.execute(insert(audit).prefix_with("OR REPLACE", dialect="sqlite").values(row))
    assert len(team.audit()) == 1


def test_a_failure_leaves_neither_the_change_nor_its_audit(team):
    team.add_user("ida")
    with pytest.raises(ZeroDivisionError), team._writing() as connection:
        connection.execute(update(metadata.tables["users"]).values(admin=True)).rowcount / 0
    assert not team.users()[0].admin
    assert len(team.audit()) == 1


def test_who_may_manage_what(team, places):
    for name, admin in (("root", True), ("ida", False), ("jo", False)):
        team.add_user(name, admin=admin, password=PASSWORD)
    root, ida, jo = (team.log_in(name, PASSWORD) for name in ("root", "ida", "jo"))
    for name in ("harbour", "pier"):
        team.add_project(name, places(name), by=root)
    team.give_role("ida", "harbour", Role.ADMIN, by=root)
    team.give_role("jo", "harbour", Role.EDITOR, by=ida)
    token = team.authenticate(team.make_token("ida", "harbour", Role.ADMIN, "x", None, by=ida))
    team.give_role("jo", "harbour", Role.READER, by=token)
    lower = team.authenticate(team.make_token("ida", "harbour", Role.EDITOR, "x", None, by=ida))
    forged = Access(user="jo", project="harbour", role=Role.ADMIN)
    refused = [
        *(lambda by=by: team.add_user("new", by=by) for by in (ida, jo, token)),
        *(lambda by=by: team.add_project("new", places("new"), by=by) for by in (ida, jo, token)),
        *(lambda by=by: team.set_admin("jo", admin=True, by=by) for by in (ida, jo, token)),
        *(lambda by=by: team.disable("root", by=by) for by in (ida, jo, token)),
        *(lambda by=by: team.set_password("root", PASSWORD, by=by) for by in (ida, jo, token)),
        *(lambda by=by: team.give_role("jo", "pier", Role.READER, by=by) for by in (ida, jo, token)),
        *(lambda by=by: team.give_role("jo", "harbour", Role.ADMIN, by=by) for by in (jo, lower, forged)),
        *(lambda by=by: team.take_role("ida", "harbour", by=by) for by in (jo, lower, forged)),
        *(lambda by=by: team.revoke(token.token, by=by) for by in (jo, lower, forged)),
        *(
            lambda by=by: team.make_token("ida", "harbour", Role.READER, "x", None, by=by)
            for by in (root, jo, token)
        ),
    ]
    before = (team.users(), team.projects(), team.roles(), team.tokens(), team.audit())
    for attempt in refused:
        with pytest.raises(NotAllowedError):
            attempt()
    assert (team.users(), team.projects(), team.roles(), team.tokens(), team.audit()) == before
    team.set_password("jo", PASSWORD, by=jo)
    team.revoke(token.token, by=ida)
    team.set_admin("root", admin=False)
    with pytest.raises(NotAllowedError):  # rights are looked up anew
        team.add_user("new", by=root)
    team.disable("ida")
    with pytest.raises(NotAllowedError):
        team.give_role("jo", "harbour", Role.EDITOR, by=ida)
    with pytest.raises(NotAllowedError):
        team.set_password("ida", PASSWORD, by=ida)


def test_a_directory_that_is_not_there_or_is_a_ledger_is_told(places, store):
    with pytest.raises(LedgerError, match="there is no team directory here"):
        Team.open(places("team"))
    Ledger.open(places("l"), create=True).close()
    if store == "sqlite":
        Path(places("l")).chmod(0o600)
    with pytest.raises(LedgerError, match="not a counterclaim team directory"):
        Team.open(places("l"), create=True)
    Team.open(places("team"), create=True).close()
    with pytest.raises(LedgerError, match="not a counterclaim ledger"):
        Ledger.open(places("team"), create=True)


def test_the_file_is_for_its_owner_alone(tmp_path):
    place = tmp_path / "team.db"
    before = os.umask(0)
    try:
        with Team.open(str(place), create=True) as team:
            team.add_user("ida")
            team.add_project("harbour", str(tmp_path / "harbour.db"))
            for path in tmp_path.iterdir():  # with the log and the shared memory
                assert stat.S_IMODE(path.stat().st_mode) == 0o600, path
            assert len(list(tmp_path.iterdir())) >= 3
    finally:
        os.umask(before)
    place.chmod(0o640)
    with pytest.raises(TeamError, match="chmod 600"):
        Team.open(str(place))
    with pytest.raises(LedgerError, match=r"Make it first"):
        Team.open(str(tmp_path / "no" / "team.db"), create=True)


def test_the_migrations_make_the_schema_that_the_program_uses(team):
    with team._engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        found = [each[0] for each in compare_metadata(context, metadata) if not isinstance(each, list)]
        changed = [each[0][0] for each in compare_metadata(context, metadata) if isinstance(each, list)]
    assert not found
    assert set(changed) <= {"modify_comment"}


def test_the_migrations_go_back_to_nothing(team):
    team.add_user("ida")
    config = migration_config(TEAM)
    with dialect_of(team._engine).writing(team._engine) as connection, connection.begin():
        config.attributes["connection"] = connection
        command.downgrade(config, "base")
    with team._engine.connect() as connection:
        assert set(inspect(connection).get_table_names()) == {"alembic_version"}
