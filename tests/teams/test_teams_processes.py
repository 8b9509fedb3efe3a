"""Many at once: users and roles made by several processes are all there, once, and numbered without a gap."""

from __future__ import annotations

import itertools
import multiprocessing

from counterclaim.model.errors import TeamError
from counterclaim.teams import Role, Team

PROCESSES = 4
EACH = 10


def add_users(place: str, worker: int) -> int:
    """Make users of this worker's own and users that all want to make; return how many of the latter."""
    made = 0
    with Team.open(place, create=True) as team:
        for number in range(EACH):
            team.add_user(f"own-{worker}-{number}")
            try:
                team.add_user(f"shared-{number}")
            except TeamError as error:
                assert "already" in str(error)  # noqa: PT017
            else:
                made += 1
    return made


def test_users_made_at_once_are_made_once(places):
    context = multiprocessing.get_context("spawn")
    with context.Pool(PROCESSES) as pool:
        made = pool.starmap(add_users, [(places("team"), worker) for worker in range(PROCESSES)])
    assert sum(made) == EACH
    with Team.open(places("team")) as team:
        users = [each.name for each in team.users()]
        deeds = team.audit()
    assert len(users) == len(set(users)) == PROCESSES * EACH + EACH
    assert [each.number for each in deeds] == list(range(1, len(users) + 1))
    assert sorted(each.user for each in deeds) == sorted(users)


def test_one_user_has_one_role_however_many_give_it_at_once(places):
    with Team.open(places("team"), create=True) as team:
        team.add_user("ida")
        team.add_project("harbour", places("harbour"))
    context = multiprocessing.get_context("spawn")
    with context.Pool(PROCESSES) as pool:
        pool.starmap(give_roles, [(places("team"), worker) for worker in range(PROCESSES)])
    with Team.open(places("team")) as team:
        (grant,) = team.roles()
        given = [each for each in team.audit() if each.what == "role given"]
    assert given[-1].detail.startswith(grant.role)
    for before, after in itertools.pairwise(given):
        assert after.detail.endswith(f"was {before.detail.split(',')[0]}")


def give_roles(place: str, worker: int) -> None:
    with Team.open(place) as team:
        for number in range(EACH):
            team.give_role("ida", "harbour", list(Role)[(worker + number) % len(Role)])
