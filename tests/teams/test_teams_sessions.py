"""Sessions end when they should, and a visit knows when the one before it ended."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select
from team_help import PASSWORD, Clock

from counterclaim.model.errors import NotAllowedError, NotKnownError
from counterclaim.teams import Role, Team
from counterclaim.teams.schema import sessions
from counterclaim.teams.sessions import IDLE, LONGEST, VISIT


@pytest.fixture
def known(team: Team) -> Team:
    team.add_user("jo", password=PASSWORD)
    team.add_user("ida", admin=True)
    return team


def begun(team: Team) -> str:
    return team.begin_session("jo", PASSWORD)


def test_a_session_tells_whose_it_is_and_no_other_secret_does(known: Team) -> None:
    secret = begun(known)
    user = known.session(secret)
    assert user is not None
    assert user.name == "jo"
    assert known.session(secret[:-1] + ("A" if secret[-1] != "A" else "B")) is None
    assert known.session("") is None
    assert begun(known) != secret


def test_it_ends_without_use_and_after_half_a_day_of_use(known: Team, clock: Clock) -> None:
    secret = begun(known)
    clock.time += IDLE + timedelta(seconds=1)
    assert known.session(secret) is None
    secret = begun(known)
    step = timedelta(minutes=50)
    for _ in range(LONGEST // step):
        clock.time += step
        assert known.session(secret) is not None
    clock.time += step
    assert known.session(secret) is None


def test_logging_out_ends_this_session_alone(known: Team) -> None:
    one, other = begun(known), begun(known)
    known.end_session(one)
    known.end_session(one)
    assert known.session(one) is None
    assert known.session(other) is not None
    assert [deed.what for deed in known.audit(user="jo")].count("logged out") == 1


@pytest.mark.parametrize("cause", ["password", "disabled", "ended"])
def test_what_shuts_a_user_out_ends_all_their_sessions(known: Team, cause: str) -> None:
    secrets = [begun(known), begun(known)]
    if cause == "password":
        known.set_password("jo", PASSWORD + " and after")
    elif cause == "disabled":
        known.disable("jo")
        known.enable("jo")
    else:
        assert known.end_sessions("jo") == 2
    assert [known.session(each) for each in secrets] == [None, None]


def test_nobody_ends_the_sessions_of_somebody_else(known: Team) -> None:
    known.add_user("tom")
    users = {user.name: user for user in known.users()}
    with pytest.raises(NotAllowedError):
        known.end_sessions("jo", by=users["tom"])
    assert known.end_sessions("jo", by=users["jo"]) == 0
    assert known.end_sessions("jo", by=users["ida"]) == 0


def test_no_secret_is_kept(known: Team) -> None:
    secret = begun(known)
    assert all(secret not in str(deed) for deed in known.audit())
    with known._reading() as connection:
        rows = connection.execute(select(sessions)).all()
    assert len(rows) == 1
    assert secret not in str(rows)


def test_a_wrong_password_begins_no_session(known: Team) -> None:
    with pytest.raises(NotKnownError):
        known.begin_session("jo", PASSWORD + "x")
    with pytest.raises(NotKnownError):
        known.begin_session("nobody", PASSWORD)


def test_sessions_that_are_over_are_cleared_away(known: Team, clock: Clock) -> None:
    begun(known)
    clock.time += LONGEST
    begun(known)
    with known._reading() as connection:
        assert len(connection.execute(select(sessions)).all()) == 1


def test_ending_them_stands_in_the_audit(known: Team) -> None:
    begun(known)
    known.end_sessions("jo")
    assert [deed.detail for deed in known.audit(user="jo") if deed.what == "sessions ended"] == ["1"]


def test_a_visit_ends_after_half_an_hour_without_a_request(
    known: Team, clock: Clock, tmp_path: object
) -> None:
    known.add_project("harbour", f"{tmp_path}/harbour.db")
    known.give_role("jo", "harbour", Role.READER)
    assert known.visit("jo", "harbour") is None
    first = clock()
    clock.advance(minutes=29)
    assert known.visit("jo", "harbour") is None
    ended = clock()
    assert ended > first
    clock.time += VISIT
    assert known.visit("jo", "harbour") == ended
    clock.advance(seconds=5)
    assert known.visit("jo", "harbour") == ended
    assert known.visit("ida", "harbour") is None
