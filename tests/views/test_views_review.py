"""The review queue: order, what leaves it, and bridges against their definition."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counterclaim.cli.program import run
from counterclaim.disputes.judging import Analyst
from counterclaim.ledger import Ledger
from counterclaim.model import JudgementKind
from counterclaim.views.bridges import bridges
from counterclaim.views.reading import read_catalogue
from counterclaim.views.review import review_queue
from counterclaim.views.review_item import Item, Why

SAMPLES = Path(__file__).parents[2] / "samples" / "reports"


def _reached(start: str, pairs: set[tuple[str, str]]) -> set[str]:
    seen, todo = {start}, [start]
    while todo:
        node = todo.pop()
        ends = {b for a, b in pairs if a == node} | {a for a, b in pairs if b == node}
        todo += ends - seen
        seen |= ends
    return seen


@given(st.sets(st.tuples(st.sampled_from("abcdefgh"), st.sampled_from("abcdefgh")), max_size=14))
def test_a_bridge_is_an_edge_whose_removal_parts_its_ends(pairs: set[tuple[str, str]]) -> None:
    plain = {(min(p), max(p)) for p in pairs if p[0] != p[1]}
    found = bridges(pairs)
    for one, other in plain:
        rest = plain - {(one, other)}
        parted = other not in _reached(one, rest)
        assert ((one, other) in found) == parted
        if parted:
            assert found[one, other] in (_reached(one, rest), _reached(other, rest))


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A ledger of some samples."""
    made = tmp_path_factory.mktemp("review") / "l.db"
    assert run(["ingest", str(SAMPLES), "--ledger", str(made)]) in (0, 1)
    return made


def _queue(ledger: Ledger) -> tuple[Item, ...]:
    return review_queue(read_catalogue(ledger))


def test_the_queue_is_ordered_by_score_and_its_parts_add_up(place: Path) -> None:
    with Ledger.open(str(place)) as ledger:
        items = _queue(ledger)
    assert {each.why for each in items} >= {Why.DISPUTE, Why.COPY}
    assert [each.score for each in items] == sorted((each.score for each in items), reverse=True)
    for each in items:
        assert each.weight == each.origins + each.parties + each.statements
        assert each.score == pytest.approx(each.uncertainty * each.weight, abs=1e-4)
        assert each.id in each.commands[0]


def test_what_is_decided_leaves_comes_back_and_conflicts_come_first(place: Path, tmp_path: Path) -> None:
    copy = tmp_path / "l.db"
    copy.write_bytes(place.read_bytes())
    with Ledger.open(str(copy)) as ledger:
        before = _queue(ledger)
        item = next(each for each in before if each.why is Why.DISPUTE)

        def decide(author: str, kind: JudgementKind) -> str:
            analyst = Analyst(ledger.decided()[0], author=author)
            (made,) = analyst.answer(kind, item.id, ledger.judgement(item.id))
            assert ledger.judge(made)
            return made.id

        confirmed = decide("Ana", JudgementKind.CONFIRMED)
        assert item.id not in {each.id for each in _queue(ledger)}
        rejected = decide("Ben", JudgementKind.REJECTED)
        first = _queue(ledger)[0]
        assert first.why is Why.CONFLICT
        assert {first.id, *first.also} == {confirmed, rejected}
        for each, author in ((confirmed, "Ana"), (rejected, "Ben")):
            undoing = Analyst(ledger.decided()[0], author=author).undo(ledger.judgement(each))
            ledger.judge_all(undoing)
        assert _queue(ledger) == before
