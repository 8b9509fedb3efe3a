"""The ledger of a project: what each role may write there, and in whose name."""

from __future__ import annotations

import msgspec
import pytest
from team_help import NoLinker, confirmed, mark_of, small_report, undone

from counterclaim.model import Evidence, Grade, Judgement, JudgementKind
from counterclaim.model.errors import NotAllowedError
from counterclaim.teams import ALLOWED, Action, Role, project_ledger
from counterclaim.teams.project_ledger import JUDGING


def nothing(_connection):
    """Write nothing."""


def write_as(ledger, action):
    with ledger.doing(action):
        ledger.write(nothing)
    return True


def roles_with_ledgers(team, places):
    team.add_project("harbour", places("harbour"))
    for role in Role:
        team.add_user(str(role))
        team.give_role(str(role), "harbour", role)


@pytest.mark.parametrize("role", list(Role))
def test_a_ledger_does_what_the_role_allows(team, places, role):
    roles_with_ledgers(team, places)
    with team.open_ledger(team.access(str(role), "harbour")) as ledger:
        assert mark_of(ledger) == []
        tries = {
            Action.INGEST: lambda: ledger.add(*small_report("one"), NoLinker()),
            Action.JUDGE: lambda: ledger.judge(confirmed(str(role))),
            Action.ERASE: lambda: write_as(ledger, Action.ERASE),
            Action.PROTECT: lambda: write_as(ledger, Action.PROTECT),
        }
        for action, attempt in tries.items():
            if action in ALLOWED[role]:
                assert attempt()
            else:
                with pytest.raises(NotAllowedError, match=f"may not {action}"):
                    attempt()
        with pytest.raises(NotAllowedError, match="Say what is done"):
            ledger.write(nothing)
        if Action.JUDGE in ALLOWED[role]:
            (judgement,) = ledger.analyst("why").verified("s-2", [Evidence(note="seen")])
            assert judgement.author == str(role)
        else:
            with pytest.raises(NotAllowedError, match="may not judge"):
                ledger.analyst("why")
        assert ledger.counts()["documents"] == (Action.INGEST in ALLOWED[role])
        assert ledger.counts()["judgements"] == (Action.JUDGE in ALLOWED[role])


def test_a_judgement_carries_the_name_of_its_user_and_an_analyst_undoes_their_own(team, places):
    roles_with_ledgers(team, places)
    team.add_user("jo")
    team.give_role("jo", "harbour", Role.ANALYST)
    analyst, editor, jo = (
        team.open_ledger(team.access(name, "harbour")) for name in ("analyst", "editor", "jo")
    )
    mine, theirs = confirmed("analyst"), confirmed("jo")
    for author in ("jo", "program:x", "Analyst"):
        with pytest.raises(NotAllowedError, match="in the name of"):
            analyst.judge(confirmed(author))
        with pytest.raises(NotAllowedError, match="in the name of"):
            editor.judge_all([confirmed("editor"), confirmed(author)])
    assert editor.counts()["judgements"] == 0
    assert analyst.judge(mine)
    assert jo.judge(theirs)
    with pytest.raises(NotAllowedError, match="only judgements of their own"):
        analyst.judge(undone("analyst", theirs))
    with pytest.raises(NotAllowedError, match="only judgements of their own"):
        analyst.judge_all(analyst.analyst().undo(theirs))
    assert analyst.judge(undone("analyst", mine))
    by_editor = undone("editor", theirs)
    assert editor.judge(by_editor)
    with pytest.raises(NotAllowedError):  # what an editor took back stays so
        jo.judge(undone("jo", by_editor))
    both = confirmed("analyst", "s-9")
    assert analyst.judge_all([both, undone("analyst", both)]) == 2
    for ledger in (analyst, editor, jo):
        ledger.close()


def test_what_one_user_is_doing_allows_another_nothing(team, places):
    roles_with_ledgers(team, places)
    with (
        team.open_ledger(team.access("editor", "harbour")) as editor,
        team.open_ledger(team.access("reader", "harbour")) as reader,
    ):
        with editor.doing(Action.INGEST):
            editor.write(nothing)
            with pytest.raises(NotAllowedError, match="reader is reader"):
                reader.write(nothing)
        with pytest.raises(NotAllowedError, match="Say what is done"):
            editor.write(nothing)
        for action in (Action.JUDGE, Action.INGEST, Action.MANAGE):
            with pytest.raises(NotAllowedError, match=f"may not {action}"), reader.doing(action):
                pytest.fail("a reader is let in")


def test_a_judgement_of_another_kind_takes_the_right_to_protect(team, places, monkeypatch):
    """A kind that is not listed, as those will be that protect a source; graded stands for one."""
    roles_with_ledgers(team, places)
    ours = Judgement.of(
        JudgementKind.GRADED,
        "s-1",
        "",
        basis="analyst",
        author="editor",
        grade=msgspec.convert({"source": "B", "information": 2}, Grade),
    )
    with team.open_ledger(team.access("editor", "harbour")) as ledger:
        monkeypatch.setattr(project_ledger, "JUDGING", JUDGING - {JudgementKind.GRADED})
        assert ledger.judge(ours)
        again = undone("editor", ours)
        assert ledger.judge(again)
    team.give_role("editor", "harbour", Role.ANALYST)
    with team.open_ledger(team.access("editor", "harbour")) as ledger:
        for refused in (msgspec.structs.replace(ours, id="j-2"), undone("editor", again)):
            with pytest.raises(NotAllowedError, match="may not protect"):
                ledger.judge(refused)
        with pytest.raises(NotAllowedError, match="may not protect"):
            ledger.judge_all([confirmed("editor"), undone("editor", undone("editor", ours))])
        assert ledger.counts()["judgements"] == 2
        monkeypatch.undo()
        assert ledger.judge(undone("editor", again))


def test_every_kind_of_judgement_is_for_analysts_but_those_that_protect():
    assert {str(kind) for kind in frozenset(JudgementKind) - JUDGING} <= {"protected"}


def test_protected_words_are_shown_to_those_alone_who_may_see_them(team, places):
    roles_with_ledgers(team, places)
    with team.open_ledger(team.access("editor", "harbour")) as ledger:
        assert ledger.add(*small_report("Kessan"), NoLinker())
        (protected,) = ledger.analyst("asked us").protect("s-1", ["Kessan"])
        with ledger.doing(Action.PROTECT):
            assert ledger.judge(protected)
    for role in Role:
        access = team.access(str(role), "harbour")
        with team.open_ledger(access) as ledger:
            assert [document.text for document in ledger.documents()] == ["The boat ██████ sailed."]
        if Action.REVEAL in ALLOWED[role]:
            with team.open_ledger(access, reveal=True) as ledger:
                assert [document.text for document in ledger.documents()] == ["The boat Kessan sailed."]
        else:
            with pytest.raises(NotAllowedError, match="may not reveal"):
                team.open_ledger(access, reveal=True)
