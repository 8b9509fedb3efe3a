"""Which judgements stand: undoing, the last word of one person, and what two people disagree on."""

from __future__ import annotations

import random

from hypothesis import given
from hypothesis import strategies as st

from counterclaim.model import Evidence, Grade, Judgement, JudgementKind
from counterclaim.model.standing import Standing, State

K = JudgementKind


class Log:
    """Judgements in the order in which they were made."""

    def __init__(self) -> None:
        self.made: list[Judgement] = []

    def add(self, kind: K, left: str, right: str = "", by: str = "Ann", **more: object) -> Judgement:
        follows = str(len(self.made))
        made = Judgement.of(kind, left, right, basis="analyst", author=by, follows=follows, **more)
        self.made.append(made)
        return made

    def program(self, kind: K, left: str, right: str, confidence: float = 0.6) -> Judgement:
        made = Judgement.of(kind, left, right, basis="words", author="program:x/1", confidence=confidence)
        self.made.append(made)
        return made

    def read(self) -> Standing:
        ordered = sorted(self.made, key=lambda judgement: judgement.id)
        return Standing(ordered, [each.id for each in self.made])


def effective(standing: Standing) -> set[tuple[str, str, str, str]]:
    return {(j.kind, j.left, j.right, j.author) for j in standing.judgements}


def test_without_people_nothing_is_touched():
    log = Log()
    log.program(K.OPPOSED, "s-1", "s-2")
    standing = log.read()
    assert standing.plain
    assert standing.judgements == tuple(log.made)


def test_undoing_takes_back_and_undoing_that_brings_back():
    log = Log()
    said = log.add(K.SAME_CLAIM, "s-1", "s-2")
    first = log.add(K.UNDONE, said.id)
    assert log.read().state(said.id) is State.UNDONE
    second = log.add(K.UNDONE, first.id)
    assert log.read().state(said.id) is State.STANDS
    log.add(K.UNDONE, second.id)
    standing = log.read()
    assert standing.state(said.id) is State.UNDONE
    assert (K.SAME_CLAIM, "s-1", "s-2", "Ann") not in effective(standing)


def test_a_program_undoes_nothing_of_people():
    log = Log()
    said = log.add(K.SAME_CLAIM, "s-1", "s-2")
    log.add(K.UNDONE, said.id, by="program:x/1")
    assert log.read().state(said.id) is State.STANDS


def test_of_one_persons_decisions_about_a_pair_the_last_stands_and_undoing_it_brings_back_the_first():
    log = Log()
    first = log.add(K.SAME_CLAIM, "s-1", "s-2")
    last = log.add(K.NOT_SAME_CLAIM, "s-2", "s-1")
    standing = log.read()
    assert (standing.state(first.id), standing.state(last.id)) == (State.REPLACED, State.STANDS)
    log.add(K.UNDONE, last.id)
    assert log.read().state(first.id) is State.STANDS


def test_answers_that_go_together_stand_together():
    log = Log()
    both = [log.add(K.NOT_SAME_CLAIM, "s-1", "s-2"), log.add(K.NOT_OPPOSED, "s-1", "s-2")]
    assert [log.read().state(each.id) for each in both] == [State.STANDS] * 2
    opposed = log.add(K.OPPOSED, "s-1", "s-2")
    standing = log.read()
    assert [standing.state(each.id) for each in both] == [State.STANDS, State.REPLACED]
    assert standing.state(opposed.id) is State.STANDS


def test_two_people_who_contradict_each_other_are_both_listed_and_the_program_is_followed():
    log = Log()
    program = log.program(K.SAME_CLAIM, "s-1", "s-2")
    ann = log.add(K.NOT_SAME_CLAIM, "s-1", "s-2", by="Ann")
    bo = log.add(K.SAME_CLAIM, "s-1", "s-2", by="Bo")
    standing = log.read()
    (conflict,) = standing.conflicts
    assert conflict.about == ("s-1", "s-2")
    assert conflict.decisions == (ann.id, bo.id)
    assert conflict.authors == ("Ann", "Bo")
    assert standing.judgements == (program,)
    log.add(K.UNDONE, ann.id, by="Ann")
    settled = log.read()
    assert settled.conflicts == ()
    assert settled.state(bo.id) is State.STANDS


def test_two_people_who_agree_are_no_conflict_and_a_third_against_them_is():
    log = Log()
    for by in ("Ann", "Bo"):
        log.add(K.OPPOSED, "s-1", "s-2", by=by)
    assert log.read().conflicts == ()
    log.add(K.NOT_OPPOSED, "s-1", "s-2", by="Cy")
    (conflict,) = log.read().conflicts
    assert conflict.authors == ("Ann", "Bo", "Cy")


def test_rejecting_a_programs_edge_says_the_contrary_of_the_pair_whatever_programs_find_later():
    log = Log()
    edge = log.program(K.OPPOSED, "s-1", "s-2")
    log.add(K.REJECTED, edge.id)
    log.program(K.OPPOSED, "s-1", "s-2", confidence=0.9)
    assert (K.NOT_OPPOSED, "s-1", "s-2", "Ann") in effective(log.read())


def test_confirming_a_programs_edge_makes_it_a_persons_with_full_confidence():
    log = Log()
    edge = log.program(K.OPPOSED, "s-1", "s-2")
    log.add(K.CONFIRMED, edge.id)
    (found,) = [j for j in log.read().judgements if j.id == edge.id]
    assert (found.author, found.confidence, found.basis) == ("Ann", 1.0, edge.basis)
    log.add(K.REJECTED, edge.id, by="Bo")
    standing = log.read()
    assert len(standing.conflicts) == 1
    assert [j for j in standing.judgements if j.id == edge.id] == [edge]


def test_an_answer_to_an_answer_is_followed_to_what_is_judged():
    log = Log()
    edge = log.program(K.OPPOSED, "s-1", "s-2")
    no = log.add(K.REJECTED, edge.id, by="Ann")
    log.add(K.REJECTED, no.id, by="Bo")
    standing = log.read()
    assert [c.authors for c in standing.conflicts] == [("Ann", "Bo")]
    log.add(K.CONFIRMED, no.id, by="Bo")
    assert log.read().conflicts == (), "Bo came round"


def test_copies_that_a_person_rejects_are_independent():
    log = Log()
    one, other = log.program(K.COPY, "d-1", "d-2"), log.program(K.DERIVED, "d-1", "d-2")
    no = log.add(K.REJECTED, one.id)
    standing = log.read()
    assert standing.independent == {("d-1", "d-2")}
    assert not {one.id, other.id} & {j.id for j in standing.judgements}
    log.add(K.UNDONE, no.id)
    assert {one.id, other.id} <= {j.id for j in log.read().judgements}


def test_readings_checks_and_grades():
    log = Log()
    log.add(K.REJECTED, "s-1", by="Ann")
    log.add(K.CONFIRMED, "s-2", by="Bo")
    checks = [
        log.add(K.VERIFIED, "s-3", by="Ann", evidence=(Evidence(note=note),)) for note in ("seen", "heard")
    ]
    b2, c3 = Grade(source="B", information=2), Grade(source="C", information=3)
    old = log.add(K.GRADED, "s-3", by="Ann", grade=b2)
    grades = [log.add(K.GRADED, "s-3", by=by, grade=c3) for by in ("Ann", "Bo")]
    standing = log.read()
    assert standing.rejected == {"s-1": ("Ann",)}
    assert standing.confirmed == {"s-2": ("Bo",)}
    assert standing.of_kind(K.VERIFIED, "s-3") == checks
    assert standing.of_kind(K.GRADED, "s-3") == grades
    assert standing.state(old.id) is State.REPLACED
    assert standing.conflicts == ()
    log.add(K.CONFIRMED, "s-1", by="Bo")
    standing = log.read()
    assert [c.topic for c in standing.conflicts] == ["reading"]
    assert standing.rejected == {}, "the statement is shown as the program read it"


def test_programs_cannot_confirm_reject_or_grade_over_people():
    log = Log()
    edge = log.program(K.OPPOSED, "s-1", "s-2")
    log.add(K.REJECTED, edge.id, by="program:y/1")
    log.add(K.REJECTED, "s-1", by="program:y/1")
    standing = log.read()
    assert standing.rejected == {}
    assert edge in standing.judgements


PAIRS = st.sampled_from([("s-1", "s-2"), ("s-2", "s-3"), ("s-1", "s-3")])
RELATIONS = st.sampled_from([K.SAME_CLAIM, K.OPPOSED, K.NOT_SAME_CLAIM, K.NOT_OPPOSED])
STEPS = st.lists(
    st.tuples(
        st.sampled_from(["relate", "undo", "confirm", "reject"]),
        PAIRS,
        RELATIONS,
        st.sampled_from(["Ann", "Bo", "program:x/1"]),
        st.integers(0, 30),
    ),
    max_size=25,
)


def replay(steps: list[tuple[str, tuple[str, str], K, str, int]]) -> Log:
    log = Log()
    for act, pair, kind, by, number in steps:
        if act == "relate" or not log.made:
            log.add(kind, *pair, by=by)
        else:
            answer = {"undo": K.UNDONE, "confirm": K.CONFIRMED, "reject": K.REJECTED}[act]
            log.add(answer, log.made[number % len(log.made)].id, by=by)
    return log


@given(STEPS, st.randoms(use_true_random=False))
def test_what_stands_depends_on_the_set_and_on_the_order_of_decisions_alone(steps, chance: random.Random):
    log = replay(steps)
    standing = log.read()
    mixed = list(log.made)
    chance.shuffle(mixed)
    again = Standing(mixed, [each.id for each in log.made])
    assert sorted(again.judgements, key=lambda j: j.id) == sorted(standing.judgements, key=lambda j: j.id)
    assert (again.conflicts, again.decisions) == (standing.conflicts, standing.decisions)


@given(STEPS)
def test_no_two_decisions_that_stand_contradict_each_other(steps):
    standing = replay(steps).read()
    held = [
        stance
        for each in standing.order
        if standing.state(each) is State.STANDS and (stance := standing.stance(each)) is not None
    ]
    for one in held:
        assert not any(one.subject == other.subject and one.clashes(other) for other in held)
    for conflict in standing.conflicts:
        assert len(conflict.authors) > 1


@given(STEPS)
def test_undoing_the_last_decision_and_undoing_that_leaves_what_stood(steps):
    log = replay(steps)
    people = [each for each in log.made if not each.author.startswith("program:")]
    if not people:
        return
    before = log.read()
    undoing = log.add(K.UNDONE, people[-1].id)
    log.add(K.UNDONE, undoing.id)
    after = log.read()
    kinds = (K.UNDONE,)
    assert {j.id for j in after.judgements if j.kind not in kinds} == {
        j.id for j in before.judgements if j.kind not in kinds
    } or people[-1].id in before.undone_by
    assert after.conflicts == before.conflicts or people[-1].id in before.undone_by
