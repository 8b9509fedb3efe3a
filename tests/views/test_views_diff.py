"""What became known between two moments: everything that did, nothing that did not, whatever the ids."""

from __future__ import annotations

import tempfile
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from counterclaim import pipeline
from counterclaim.disputes import DefaultLinker
from counterclaim.ledger import Ledger
from counterclaim.model import (
    Capture,
    ClaimStatus,
    Document,
    Judgement,
    JudgementKind,
    LedgerError,
    Report,
)
from counterclaim.views.catalogue import Catalogue
from counterclaim.views.diff import DiffView, DisputeFate, diff_view
from counterclaim.views.matching import match
from counterclaim.views.reading import read_catalogue, read_diff
from counterclaim.views.terminal.diff import diff_table

START = datetime(2031, 5, 1, tzinfo=UTC)
TEXTS = (
    ("sunk", "Larre Post", "2031-04-02", "The Larre Union said that the night ferry to Ostholm had sunk."),
    ("deny", "Echo", "2031-04-03", "Larre Lines denied that the night ferry to Ostholm had sunk."),
    ("again", "Tide", "2031-04-04", "In the harbour, Ana Brel said the night ferry to Ostholm had sunk."),
    ("sunk", "Larre Post", "2031-04-05", "The Larre Union said that the day ferry to Kalm was late."),
    (
        "note",
        "Larre Post",
        "2031-04-06",
        "Correction: An earlier report wrongly said that the night ferry to Ostholm had sunk. It was late.",
    ),
    ("other", "Echo", "2031-04-06", "Jan Kest denied that the bridge at Orm was closed on Monday."),
)


@cache
def reports() -> tuple[tuple[Capture, Report], ...]:
    found = []
    for name, publisher, published, text in TEXTS:
        capture = Capture.of(f"{name}.txt", text.encode(), "text/plain")
        document = Document(
            id=name,
            key=Document.key_of(name, capture.sha256),
            capture=capture.sha256,
            text=text,
            publisher=publisher,
            published=published,
        )
        found.append((capture, pipeline.analyse(document)))
    return tuple(found)


class Told:
    """A ledger to which reports and decisions are added, one a minute."""

    def __init__(self, folder: str) -> None:
        self.now = START
        self.ledger = Ledger.open(str(Path(folder) / "l.db"), create=True, clock=lambda: self.now)
        self.moments = [self.now]

    def _tick(self) -> None:
        self.moments.append(self.now)

    def report(self, number: int) -> None:
        self.now += timedelta(minutes=1)
        self.ledger.add(*reports()[number], DefaultLinker())
        self._tick()

    def part(self, *, author: str = "Ida Holm") -> bool:
        """Say of the first dispute's first edge that it is none."""
        board = self.ledger.board()
        edges = {j.id: j for j in self.ledger.judgements()}
        if not board.disputes:
            return False
        edge = edges[board.disputes[0].judgements[0]]
        self.now += timedelta(minutes=1)
        self.ledger.judge(
            Judgement.of(
                JudgementKind.NOT_OPPOSED,
                edge.left,
                edge.right,
                basis="analyst",
                author=author,
                reason="two boats",
            )
        )
        self._tick()
        return True

    def at(self, moment: datetime) -> Catalogue:
        return read_catalogue(self.ledger, moment)

    def diff(self, first: datetime, last: datetime) -> DiffView:
        return diff_view(self.at(first), self.at(last))


@pytest.fixture
def told(tmp_path: Path):
    found = Told(str(tmp_path))
    yield found
    found.ledger.close()


def empty(view: DiffView) -> bool:
    return list(view.news) == []


@settings(max_examples=12, deadline=None)
@given(
    st.lists(st.sampled_from([*range(len(TEXTS)), "part"]), min_size=1, max_size=6, unique=True), st.data()
)
def test_a_diff_lists_what_came_and_nothing_else(steps: list[int | str], data: st.DataObject) -> None:
    with tempfile.TemporaryDirectory() as folder:
        told = Told(folder)
        for step in steps:
            if isinstance(step, int):
                told.report(step)
            else:
                told.part()
        places = st.integers(0, len(told.moments) - 1)
        first, second, third = sorted(data.draw(st.tuples(places, places, places)))
        a, b, c = (told.at(told.moments[n]) for n in (first, second, third))
        for each in (a, b, c):
            assert empty(diff_view(each, each))
        one, two, both = diff_view(a, b), diff_view(b, c), diff_view(a, c)
        assert {r.key for r in both.reports} == {r.key for r in (*one.reports, *two.reports)}
        assert {r.key for r in both.reports} == c.documents.keys() - a.documents.keys()
        assert {d.id for d in both.decisions} == {d.id for d in (*one.decisions, *two.decisions)}
        beginning = diff_view(told.at(START - timedelta(days=1)), c)
        assert {r.key for r in beginning.reports} == c.documents.keys()
        assert {s for r in beginning.reports for s in r.statements} == {
            s.id for s in c.statements.values() if s.part_of is None
        }
        assert {(d.id, d.fate) for d in beginning.disputes} == {(d, DisputeFate.NEW) for d in c.disputes}
        assert {d.id for d in beginning.decisions} == set(c.snapshot.decisions)
        quoted = {
            place
            for d in beginning.disputes
            for p in d.positions
            for q in p.quotes
            for place in (q.statement, *(r.statement for r in q.reprints))
        }
        assert quoted <= c.statements.keys()
        for view in (one, two, both, beginning):
            assert diff_table(view) is not None
            for claim in view.claims:
                counted = c.claims.get(claim.id) or b.claims[claim.id]
                assert claim.attested.after in {
                    counted.attestation.attested,
                    b.claims[claim.id].attestation.attested if claim.id in b.claims else -1,
                }
        told.ledger.close()


def test_a_denial_makes_a_claim_contested(told: Told) -> None:
    told.report(0)
    told.report(1)
    (dispute,) = (view := told.diff(told.moments[1], told.moments[2])).disputes
    assert dispute.fate is DisputeFate.NEW
    assert {p.attested.after for p in dispute.positions} == {1}
    became = {note.status for claim in view.claims for note in claim.became}
    assert became == {ClaimStatus.CONTESTED}
    assert empty(told.diff(told.moments[2], told.moments[2]))


def test_a_claim_is_known_again_though_its_id_changed(told: Told) -> None:
    """Whichever statement has the smaller id, the claim that was known is the one that is counted on."""
    for first, second in ((0, 2), (2, 0)):
        with tempfile.TemporaryDirectory() as folder:
            other = Told(folder)
            other.report(1)
            other.report(first)
            other.report(second)
            view = other.diff(other.moments[2], other.moments[3])
            (dispute,) = view.disputes
            assert dispute.fate is DisputeFate.CHANGED
            assert len(dispute.before) == 1
            (side,) = [p for p in dispute.positions if p.quotes]
            assert (side.attested.before, side.attested.after) == (1, 2)
            assert not side.new
            told_twice = [c for c in view.claims if c.attested.before == 1 and c.attested.after == 2]
            assert {note.status for c in told_twice for note in c.became} >= {ClaimStatus.CORROBORATED}
            assert all(c.before is not None for c in told_twice)
            other.ledger.close()


def test_a_new_version_is_named_and_what_it_withdraws(told: Told) -> None:
    told.report(0)
    told.report(3)
    view = told.diff(told.moments[1], told.moments[2])
    (report,) = view.reports
    assert report.revises == reports()[0][1].document.key
    withdrawn = [c for c in view.claims if ClaimStatus.WITHDRAWN in {n.status for n in c.became}]
    assert withdrawn
    assert {
        s for c in withdrawn for n in c.became if n.status is ClaimStatus.WITHDRAWN for s in n.statements
    } == {s.id for s in reports()[0][1].statements}


def test_a_correction_is_news_of_the_claim(told: Told) -> None:
    told.report(0)
    told.report(4)
    view = told.diff(told.moments[1], told.moments[2])
    assert ClaimStatus.CORRECTED in {n.status for c in view.claims for n in c.became}


def test_a_decision_and_the_dispute_that_it_ends(told: Told) -> None:
    told.report(0)
    told.report(1)
    assert told.part()
    view = told.diff(told.moments[2], told.moments[3])
    (decision,) = view.decisions
    assert (decision.kind, decision.author, decision.reason) == (
        JudgementKind.NOT_OPPOSED,
        "Ida Holm",
        "two boats",
    )
    assert decision.undoes is None
    assert [d.fate for d in view.disputes] == [DisputeFate.GONE]
    assert ClaimStatus.CONTESTED in {status for c in view.claims for status in c.no_longer}
    undone = Judgement.of(JudgementKind.UNDONE, decision.id, "", basis="analyst", author="Jan")
    told.now += timedelta(minutes=1)
    told.ledger.judge(undone)
    (back,) = told.diff(told.moments[3], told.now).decisions
    assert back.undoes == decision.id


def test_what_was_told_of_two_moments_stays_told(told: Told) -> None:
    told.report(0)
    told.report(1)
    before = told.diff(told.moments[0], told.moments[1])
    told.report(2)
    told.part()
    assert told.diff(told.moments[0], told.moments[1]) == before


def test_moments_are_written_as_users_write_them(told: Told) -> None:
    told.report(0)
    view = read_diff(told.ledger, "2001-01-01")
    assert len(view.reports) == 1
    assert empty(read_diff(told.ledger, "2099-01-01"))
    assert empty(read_diff(told.ledger, "2001-01-01", "2001-01-02"))
    with pytest.raises(LedgerError, match="earlier moment first"):
        read_diff(told.ledger, "2031-05-02", "2031-05-01")
    with pytest.raises(LedgerError, match="not a moment"):
        read_diff(told.ledger, "yesterday")


GROUPS = st.dictionaries(
    st.sampled_from([f"c-{n}" for n in range(5)]), st.frozensets(st.sampled_from("abcdefgh"), min_size=1)
)


@given(GROUPS, GROUPS)
def test_matching_is_one_to_one_and_of_what_is_common(before, after) -> None:
    found = match(before, after)
    assert len(set(found.same.values())) == len(found.same)
    for new, old in found.same.items():
        assert before[old] & after[new]
    fates = [set(found.same.values()), {o for s in found.joined.values() for o in s}, set(found.gone)]
    assert set().union(*fates) == before.keys()
    assert sum(map(len, fates)) == len(before)
    assert match(before, before).same == {name: name for name in before} or any(
        one != other and before[one] == before[other] for one in before for other in before
    )
    for new in after:
        if new not in found.same:
            known = {old for old in before if before[old] & after[new]}
            assert known <= set(found.same.values())


def test_two_that_became_one_are_joined_and_one_that_became_two_is_split() -> None:
    one, two = frozenset("abc"), frozenset("de")
    found = match({"x": one, "y": two}, {"z": one | two})
    assert (found.same, found.joined, found.gone) == ({"z": "x"}, {"z": ("y",)}, ())
    found = match({"z": one | two}, {"x": one, "y": two})
    assert (found.same, found.split) == ({"x": "z"}, {"y": ("z",)})
