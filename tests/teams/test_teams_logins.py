"""Logging in: right and wrong passwords, and the end of guessing."""

from __future__ import annotations

import hashlib
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import select
from team_help import OTHER_PASSWORD, PASSWORD

from counterclaim.model.errors import NotKnownError, ThrottledError
from counterclaim.teams.logins import FAILURES
from counterclaim.teams.schema import attempts


@pytest.fixture(autouse=True)
def people(team):
    team.add_user("ida", password=PASSWORD)
    team.add_user("jo")


def fail(team, name="ida", password=OTHER_PASSWORD):
    with pytest.raises(NotKnownError) as refused:
        team.log_in(name, password)
    return str(refused.value)


def test_the_right_password_lets_in_and_every_other_is_refused_alike(team):
    assert team.log_in("ida", PASSWORD).name == "ida"
    said = {fail(team), fail(team, "jo", PASSWORD), fail(team, "jo", ""), fail(team, "nobody", PASSWORD)}
    said |= {fail(team, "\ud800", PASSWORD), fail(team, "", PASSWORD)}
    team.set_password("ida", OTHER_PASSWORD)
    said.add(fail(team, "ida", PASSWORD))
    assert team.log_in("ida", OTHER_PASSWORD).name == "ida"
    team.disable("ida")
    said.add(fail(team, "ida", OTHER_PASSWORD))
    assert len(said) == 1


@pytest.mark.parametrize("name", ["ida", "nobody", "jo"])
def test_after_five_failures_no_password_is_tried_for_a_while(team, clock, name):
    for _ in range(FAILURES):
        fail(team, name)
        clock.advance(minutes=1)
    with pytest.raises(ThrottledError, match="No password is tried for 600 seconds") as refused:
        team.log_in(name, PASSWORD)
    assert refused.value.seconds == 600
    if name != "ida":
        assert team.log_in("ida", PASSWORD).name == "ida"  # others are not kept out
    clock.advance(seconds=599)
    with pytest.raises(ThrottledError, match="1 seconds"):
        team.log_in(name, PASSWORD)
    clock.advance(seconds=1)
    if name == "ida":
        assert team.log_in(name, PASSWORD).name == "ida"
    else:
        fail(team, name)


def test_a_login_that_succeeds_forgets_the_failures_before(team):
    for _ in range(3):
        for _ in range(FAILURES - 1):
            fail(team)
        assert team.log_in("ida", PASSWORD).name == "ida"


def test_many_guesses_at_once_are_no_way_around(team):
    def guess(_number):
        try:
            team.log_in("ida", OTHER_PASSWORD)
        except (NotKnownError, ThrottledError) as error:
            return type(error)
        return None

    with ThreadPoolExecutor(8) as pool:
        said = list(pool.map(guess, range(12)))
    assert sorted(each.__name__ for each in said) == ["NotKnownError"] * 5 + ["ThrottledError"] * 7


def test_the_audit_has_failures_but_not_what_was_typed(team):
    fail(team)
    fail(team, PASSWORD)  # a password where the name belongs
    fail(team, "nobody")
    last = team.audit()[-3:]
    assert [(each.what, each.by, each.user) for each in last] == [
        ("login failed", "", "ida"),
        ("login failed", "", ""),
        ("login failed", "", ""),
    ]


def test_old_tries_are_not_kept(team, clock):
    for number in range(4):
        fail(team, f"nobody-{number}")
        clock.advance(minutes=16)
    with team._reading() as connection:
        assert len(connection.execute(select(attempts)).all()) == 1


def same_shelf(name):
    """Return an unknown name whose tries are counted together with those at ``name``, as anybody can find."""
    wanted = hashlib.sha256(name.encode()).hexdigest()[:4]
    return next(
        made
        for made in (f"stranger-{number}" for number in range(2_000_000))
        if hashlib.sha256(made.encode()).hexdigest()[:4] == wanted
    )


@pytest.mark.parametrize("tried_first", [True, False])
@pytest.mark.parametrize("name", ["ida", "jo", "nobody"])
def test_nobody_learns_by_the_limit_which_names_are_known(team, name, tried_first):
    other = same_shelf(name)
    first, then = (name, other) if tried_first else (other, name)
    for _ in range(FAILURES):
        fail(team, first)
    with pytest.raises(ThrottledError):
        team.log_in(then, OTHER_PASSWORD)
