"""Who gets in where: a state machine on both stores, against a plain model of what was granted."""

from __future__ import annotations

import itertools
from datetime import datetime, timedelta
from pathlib import Path

import msgspec
import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from team_help import PASSWORD, START, Clock, mark_of, marked

from counterclaim.model.errors import NotAllowedError, NotKnownError, TeamError
from counterclaim.teams import ALLOWED, Access, Action, Role, Team

PROJECTS = ("harbour", "pier", "quay")
ROLES = list(Role)
TABLE = {
    Role.READER: "read search export",
    Role.ANALYST: "read search export judge review",
    Role.EDITOR: "read search export judge review ingest undo-others protect erase reveal",
    Role.ADMIN: "read search export judge review ingest undo-others protect erase reveal manage",
}
"""What each role may do, as docs/teams.md has it."""
NUMBER = st.integers(0, 1000)
PROJECT = st.sampled_from(PROJECTS)
ROLE = st.sampled_from(ROLES)
_EXAMPLES = itertools.count()


class Granted(msgspec.Struct):
    """A token as the model knows it."""

    secret: str
    user: str
    project: str
    role: Role
    expires: datetime | None
    revoked: bool = False
    access: Access | None = None


class TeamMachine(RuleBasedStateMachine):
    """Roles come and go, users too, tokens are made, revoked and expire; after each step all are tried."""

    def __init__(self, team: Team, clock: Clock) -> None:
        super().__init__()
        self.team, self.clock = team, clock
        example = next(_EXAMPLES)
        self.users = [f"u{example}-{number}" for number in range(3)]
        self.roles: dict[tuple[str, str], Role] = {}
        self.disabled: set[str] = set()
        self.tokens: list[Granted] = []
        for user in self.users:
            team.add_user(user)

    def user(self, number: int) -> str:
        return self.users[number % len(self.users)]

    def expected(self, token: Granted) -> Role | None:
        """Return what a token is good for; None where it lets nobody in."""
        role = self.roles.get((token.user, token.project))
        over = token.expires is not None and token.expires <= self.clock()
        if role is None or token.revoked or over or token.user in self.disabled:
            return None
        return ROLES[min(ROLES.index(role), ROLES.index(token.role))]

    @rule(number=NUMBER, project=PROJECT, role=ROLE)
    def give(self, number: int, project: str, role: Role) -> None:
        self.team.give_role(self.user(number), project, role)
        self.roles[self.user(number), project] = role

    @precondition(lambda self: self.roles)
    @rule(number=NUMBER)
    def take(self, number: int) -> None:
        user, project = sorted(self.roles)[number % len(self.roles)]
        self.team.take_role(user, project)
        del self.roles[user, project]
        for token in self.tokens:
            token.revoked |= (token.user, token.project) == (user, project)

    @rule(number=NUMBER)
    def disable_or_enable(self, number: int) -> None:
        user = self.user(number)
        if user in self.disabled:
            self.team.enable(user)
        else:
            self.team.disable(user)
        self.disabled ^= {user}

    @precondition(lambda self: self.roles)
    @rule(number=NUMBER, role=ROLE, hours=st.none() | st.integers(1, 5))
    def make(self, number: int, role: Role, hours: int | None) -> None:
        user, project = sorted(self.roles)[number % len(self.roles)]
        expires = None if hours is None else self.clock() + timedelta(hours=hours)
        try:
            secret = self.team.make_token(user, project, role, "test", expires)
        except TeamError:
            assert user in self.disabled or ROLES.index(role) > ROLES.index(self.roles[user, project])
        else:
            assert ROLES.index(role) <= ROLES.index(self.roles[user, project])
            self.tokens.append(Granted(secret, user, project, role, expires))

    @precondition(lambda self: self.tokens)
    @rule(number=NUMBER)
    def revoke(self, number: int) -> None:
        token = self.tokens[number % len(self.tokens)]
        try:
            self.team.revoke(f"t-{token.secret.split('_')[1]}")
        except TeamError:
            assert token.revoked
        token.revoked = True

    @rule(hours=st.integers(1, 3))
    def wait(self, hours: int) -> None:
        self.clock.advance(hours=hours)

    @precondition(lambda self: self.tokens)
    @rule(number=NUMBER, other=NUMBER)
    def try_a_token_put_together(self, number: int, other: int) -> None:
        one, two = (self.tokens[each % len(self.tokens)].secret for each in (number, other))
        if one == two:
            two = one[:-1] + ("A" if one[-1] != "A" else "B")
        _prefix, identifier, _random = one.split("_", 2)
        with pytest.raises(NotKnownError):
            self.team.authenticate(f"cc_{identifier}_{two.split('_', 2)[2]}")

    @invariant()
    def each_token_opens_its_project_and_no_more_than_its_role(self) -> None:
        for token in self.tokens:
            role = self.expected(token)
            if role is None:
                with pytest.raises(NotKnownError):
                    self.team.authenticate(token.secret)
                if token.access is not None:  # what was let in before is out, too
                    with pytest.raises(NotAllowedError):
                        self.team.open_ledger(token.access)
                continue
            access = self.team.authenticate(token.secret)
            assert (access.user, access.project, access.role) == (token.user, token.project, role)
            assert {action for action in Action if access.may(action)} == set(TABLE[role].split())
            token.access = token.access or access
            with self.team.open_ledger(token.access) as ledger:
                assert mark_of(ledger) == [token.project]
                assert ROLES.index(ledger.access.role) <= ROLES.index(role)
            for project in PROJECTS:
                if project != token.project:  # a token's access cannot be bent to another project
                    bent = msgspec.structs.replace(access, project=project, role=Role.ADMIN)
                    with pytest.raises(NotAllowedError):
                        self.team.open_ledger(bent)

    @invariant()
    def each_user_has_access_by_role_alone(self) -> None:
        for user, project in itertools.product(self.users, PROJECTS):
            role = None if user in self.disabled else self.roles.get((user, project))
            if role is None:
                with pytest.raises(NotAllowedError):
                    self.team.access(user, project)
            else:
                assert self.team.access(user, project) == Access(user=user, project=project, role=role)


@pytest.mark.slow
def test_nobody_gets_in_but_where_they_may(team, places, clock):
    for project in PROJECTS:
        marked(places(project), project)
        team.add_project(project, places(project))
    run_state_machine_as_test(
        lambda: TeamMachine(team, clock),
        settings=settings(
            max_examples=40, stateful_step_count=20, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )


def test_the_table_of_actions_is_the_one_of_the_manual():
    assert {role: set(actions) for role, actions in ALLOWED.items()} == {
        role: set(actions.split()) for role, actions in TABLE.items()
    }
    manual = (Path(__file__).parent.parent.parent / "docs" / "teams.md").read_text(encoding="utf-8")
    for action in Action:
        (row,) = [line for line in manual.splitlines() if line.startswith(f"| {action} |")]
        said = [cell.strip() == "yes" for cell in row.strip("|").split("|")[1:5]]
        assert said == [action in ALLOWED[role] for role in Role], row


@pytest.mark.parametrize("past", [timedelta(0), timedelta(seconds=1)])
def test_a_token_that_is_over_already_is_not_made(team, places, clock, past):
    team.add_user("ida")
    team.add_project("harbour", places("harbour"))
    team.give_role("ida", "harbour", Role.READER)
    with pytest.raises(TeamError, match="is past"):
        team.make_token("ida", "harbour", Role.READER, "x", START - past)
    for name in ("", "  ", "a\nb", "a" * 81, "\ud800"):
        with pytest.raises(TeamError, match="name of a token"):
            team.make_token("ida", "harbour", Role.READER, name, None)
    assert team.tokens() == []


def test_no_secret_is_in_the_database(team, places, store, clock):
    team.add_user("ida", password=PASSWORD)
    team.add_project("harbour", places("harbour"))
    team.give_role("ida", "harbour", Role.ADMIN)
    secret = team.make_token("ida", "harbour", Role.ADMIN, "export", None)
    team.log_in("ida", PASSWORD)
    with pytest.raises(NotKnownError):
        team.log_in(PASSWORD, PASSWORD)
    with pytest.raises(NotKnownError):
        team.log_in(secret, secret)
    if store == "sqlite":
        files = sorted(Path(places("team")).parent.glob("*.db*"))
        assert any(b"ida" in path.read_bytes() for path in files)
        kept = b"".join(path.read_bytes() for path in files)
    else:
        with team._reading() as connection:
            names = connection.exec_driver_sql(
                "SELECT table_name FROM information_schema.tables WHERE table_schema = current_schema()"
            )
            kept = b"".join(
                repr(connection.exec_driver_sql(f'SELECT * FROM "{name}"').all()).encode()
                for name in names.scalars().all()
            )
    assert b"token made" in kept
    for hidden in (secret, secret.split("_", 2)[2], PASSWORD):
        assert hidden.encode() not in kept
    assert secret not in repr(team.audit()) + repr(team.tokens()) + repr(team.users())
