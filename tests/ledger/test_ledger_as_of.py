"""As-of, as a state machine: what the ledger showed at a moment it shows again, whatever came in since."""

from __future__ import annotations

import contextlib
import itertools
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, precondition, rule, run_state_machine_as_test
from ledger_help import START, Clock, PairLinker, board_bytes, make_report, rows

from counterclaim.actors import resolve_actors, shipped_knowledge
from counterclaim.actors.judging import Judge
from counterclaim.disputes import DefaultLinker
from counterclaim.disputes.judging import Analyst
from counterclaim.ledger import Ledger
from counterclaim.model import (
    Capture,
    Evidence,
    Grade,
    Judgement,
    JudgementKind,
    LedgerError,
    Linker,
)
from counterclaim.model.standing import Standing

K = JudgementKind
PEOPLE = st.sampled_from(["Ann", "Bo"])
WHO = st.sampled_from(["Ida Brenn", "Tom Haske", "Brenn"])
WHAT = st.sampled_from(["the night boat sailed from Larre", "12 crates were lost", "the harbour was closed"])
SAYINGS = st.lists(st.tuples(WHO, WHAT, st.booleans()), min_size=1, max_size=3, unique=True)
NUMBER = st.integers(0, 1000)
RELATION = st.sampled_from([K.SAME_CLAIM, K.OPPOSED, K.NOT_SAME_CLAIM, K.NOT_OPPOSED])
ANSWER = st.sampled_from([K.CONFIRMED, K.REJECTED])
MICROSECOND = timedelta(microseconds=1)


class Shown:
    """What a ledger showed at a moment."""

    def __init__(self, ledger: Ledger, as_of: datetime | None = None) -> None:
        self.snapshot = board_bytes(ledger.snapshot(as_of))
        self.board = board_bytes(ledger.board(as_of))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Shown) and (self.snapshot, self.board) == (other.snapshot, other.board)

    __hash__ = None  # type: ignore[assignment]


class LedgerMachine(RuleBasedStateMachine):
    """Reports come in, people judge, take back, merge and split, the clock runs on and back."""

    def __init__(self, places: Callable[[str], str], linker: Linker) -> None:
        super().__init__()
        self.places = places
        self.linker = linker
        self.clock = Clock()
        self.seconds = 0.0
        self.place = places(f"m{next(_NUMBERS)}")
        self.ledger = Ledger.open(self.place, create=True, clock=self.clock)
        self.names = itertools.count()
        self.made: list[str] = []
        self.done: list[tuple[float, Callable[[Ledger], Any]]] = []
        self.shown: list[tuple[datetime, Shown]] = [(START - timedelta(days=1), Shown(self.ledger))]

    # What happens.

    @rule(sayings=SAYINGS)
    def ingest(self, sayings: list[tuple[str, str, bool]]) -> None:
        capture, report = make_report(f"r{next(self.names)}", sayings)
        self.do(lambda ledger: ledger.add(capture, report, self.linker))

    @precondition(lambda self: self.statements())
    @rule(kind=RELATION, one=NUMBER, other=NUMBER, by=PEOPLE)
    def relate(self, kind: JudgementKind, one: int, other: int, by: str) -> None:
        held = self.statements()
        pair = held[one % len(held)], held[other % len(held)]
        if pair[0] != pair[1]:
            self.judge(self.analyst(by).relate(kind, [pair]))

    @precondition(lambda self: self.statements())
    @rule(kind=ANSWER, one=NUMBER, by=PEOPLE)
    def read_again(self, kind: JudgementKind, one: int, by: str) -> None:
        held = self.statements()
        self.judge(self.analyst(by).answer(kind, held[one % len(held)]))

    @precondition(lambda self: self.judgements())
    @rule(kind=ANSWER, one=NUMBER, by=PEOPLE)
    def answer(self, kind: JudgementKind, one: int, by: str) -> None:
        judged = self.judgements()[one % len(self.judgements())]
        if judged.kind not in (K.GRADED, K.UNDONE) and judged.author != by:
            self.judge(self.analyst(by).answer(kind, judged.id, judged))

    @precondition(lambda self: self.statements())
    @rule(one=NUMBER, by=PEOPLE, letter=st.sampled_from("ABCDEF"), number=st.integers(1, 6))
    def grade(self, one: int, by: str, letter: Any, number: Any) -> None:
        held = self.statements()
        self.judge(self.analyst(by).grade(held[one % len(held)], Grade(source=letter, information=number)))

    @precondition(lambda self: self.statements())
    @rule(one=NUMBER, by=PEOPLE, file=st.binary(max_size=6))
    def verify_by_file(self, one: int, by: str, file: bytes) -> None:
        held = self.statements()
        capture = Capture.of("letter.bin", file, "application/octet-stream")
        evidence = (Evidence(capture=capture.sha256), Evidence(url="https://example.org", note="seen"))
        self.judge(self.analyst(by).verified(held[one % len(held)], evidence), [capture])

    @precondition(lambda self: self.decisions())
    @rule(one=NUMBER, by=PEOPLE)
    def undo(self, one: int, by: str) -> None:
        held = self.decisions()
        self.judge(self.analyst(by).undo(held[-1 - one % len(held)]))

    @precondition(lambda self: len(self.ledger.board().claims) > 1)
    @rule(one=NUMBER, other=NUMBER, by=PEOPLE)
    def merge_claims(self, one: int, other: int, by: str) -> None:
        claims = self.ledger.board().claims
        pair = claims[one % len(claims)], claims[other % len(claims)]
        if pair[0].id != pair[1].id:
            self.judge(self.analyst(by).merge(*pair))

    @precondition(lambda self: any(len(claim.statements) > 1 for claim in self.ledger.board().claims))
    @rule(one=NUMBER, by=PEOPLE)
    def split_claim(self, one: int, by: str) -> None:
        claims = [claim for claim in self.ledger.board().claims if len(claim.statements) > 1]
        claim = claims[one % len(claims)]
        self.judge(self.analyst(by).split([claim], [claim.statements[one % len(claim.statements)]]))

    @precondition(lambda self: self.statements())
    @rule(one=WHO, other=WHO, act=st.sampled_from(["merge", "split", "party", "not party"]), by=PEOPLE)
    def judge_actors(self, one: str, other: str, act: str, by: str) -> None:
        snapshot = self.ledger.snapshot()
        known = shipped_knowledge()
        judge = Judge(snapshot, resolve_actors(snapshot, known), known, author=by)
        decide: dict[str, Callable[[], list[Judgement]]] = {
            "merge": lambda: judge.merge(one, other),
            "split": lambda: judge.split(one, other),
            "party": lambda: judge.party(one, other),
            "not party": lambda: judge.party(one, other, denied=True),
        }
        made: list[Judgement] = []
        with contextlib.suppress(LedgerError):  # nobody, or several, of this name
            made = decide[act]()
        self.judge(made)

    @rule(seconds=st.floats(-5, 60))
    def time_passes(self, seconds: float) -> None:
        self.seconds += seconds
        self.clock.set(self.seconds)

    # What must be so.

    @rule(one=NUMBER)
    def what_was_shown_is_shown_again(self, one: int) -> None:
        moment, shown = self.shown[one % len(self.shown)]
        assert Shown(self.ledger, moment) == shown

    @rule(one=NUMBER)
    def just_before_a_moment_stands_what_stood_before_it(self, one: int) -> None:
        place = one % len(self.shown)
        if place:
            assert Shown(self.ledger, self.shown[place][0] - MICROSECOND) == self.shown[place - 1][1]

    @rule()
    def the_ledger_is_whole(self) -> None:
        assert self.ledger.verify() == []

    def teardown(self) -> None:
        try:
            for moment, shown in self.shown:
                assert Shown(self.ledger, moment) == shown
            self.the_ledger_is_whole()
            with Ledger.open(self.place) as opened:
                assert Shown(opened) == self.shown[-1][1], "another process sees the same"
            self.replay()
        finally:
            self.ledger.close()

    def replay(self) -> None:
        """Do all again in a new ledger, at the same times: the same log, the same at every moment."""
        place = self.places(f"m{next(_NUMBERS)}")
        clock = Clock()
        with Ledger.open(place, create=True, clock=clock) as again:
            for seconds, step in self.done:
                clock.set(seconds)
                step(again)
            for moment, shown in self.shown[:: max(1, len(self.shown) // 5)]:
                assert Shown(again, moment) == shown
            assert Shown(again) == self.shown[-1][1]
        query = "SELECT sequence, recorded, kind, key, digest, chain FROM entries"
        assert rows(place, query) == rows(self.place, query)

    # How.

    def do(self, step: Callable[[Ledger], Any]) -> None:
        before = self.ledger.last_recorded()
        step(self.ledger)
        self.done.append((self.seconds, step))
        recorded = self.ledger.last_recorded()
        if recorded is not None and recorded != before:
            assert before is None or recorded > before
            self.shown.append((recorded, Shown(self.ledger)))
        else:
            assert Shown(self.ledger) == self.shown[-1][1]

    def judge(self, judgements: Sequence[Judgement], attachments: Sequence[Capture] = ()) -> None:
        if judgements:
            self.do(lambda ledger: ledger.judge_all(judgements, attachments))
            self.made += [judgement.id for judgement in judgements]
            assert self.ledger.snapshot().decisions == tuple(self.made), (
                "in the order in which they were made"
            )

    def analyst(self, by: str) -> Analyst:
        return Analyst(self.ledger.decided()[0], author=by)

    def statements(self) -> list[str]:
        return [statement.id for statement in self.ledger.statements()]

    def judgements(self) -> list[Judgement]:
        return list(self.ledger.judgements())

    def decisions(self) -> list[Judgement]:
        decided, times = self.ledger.decided()
        standing = Standing.of(decided)
        assert set(standing.order) <= set(times)
        return [standing.known[each] for each in standing.order]


_NUMBERS = itertools.count(1)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("linker", "examples"), [(PairLinker(), 25), (DefaultLinker(), 8)], ids=["rule", "default"]
)
def test_what_was_shown_at_a_moment_is_shown_again(
    places: Callable[[str], str], linker: Linker, examples: int
) -> None:
    run_state_machine_as_test(
        lambda: LedgerMachine(places, linker),
        settings=settings(
            max_examples=examples,
            stateful_step_count=25,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )


def test_a_judgement_and_its_file_come_together_and_are_not_there_before(
    places: Callable[[str], str],
) -> None:
    clock = Clock()
    capture, report = make_report("r")
    letter = Capture.of("letter.txt", b"Dear harbour", "text/plain")
    with Ledger.open(places("one"), create=True, clock=clock) as ledger:
        assert ledger.add(capture, report, PairLinker())
        before = ledger.last_recorded()
        evidence = (Evidence(capture=letter.sha256, note="their letter"),)
        (verified,) = Analyst(ledger.decided()[0], author="Ann").verified(report.statements[0].id, evidence)
        assert ledger.judge(verified, [letter])
        assert not ledger.judge(verified, [letter])
        assert ledger.capture(letter.sha256).content == b"Dear harbour"
        with pytest.raises(LedgerError):
            ledger.capture(letter.sha256, as_of=before)
        assert ledger.snapshot(before).decisions == ()
        assert ledger.verify() == []
        assert ledger.counts()["captures"] == 2
