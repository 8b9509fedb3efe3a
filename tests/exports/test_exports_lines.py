"""JSON Lines: every noun once and in order, with its place in the log; nothing of a later moment."""

from __future__ import annotations

import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from exports_help import source_of, stored

from counterclaim.exports import STORED, Choices, Sort, lines, read_source
from counterclaim.ledger import Ledger
from counterclaim.ledger.entries import GENESIS, chain_of, digest_of
from counterclaim.model import Capture, Document, Judgement, JudgementKind, Statement, dump, load, load_line
from counterclaim.views.happening import parse_happening

sys.path.insert(0, str(Path(__file__).parent.parent / "ledger"))
from ledger_help import START, Clock, PairLinker, make_report


@pytest.fixture
def place(tmp_path):
    clock = Clock()
    place = tmp_path / "ledger.db"
    linker = PairLinker()
    with Ledger.open(str(place), create=True, clock=clock) as ledger:
        for number, name in enumerate("cab"):
            clock.set(number * 10)
            report = make_report(
                name, [("Ida", "the boat sailed", number % 2 == 0), ("Tom", f"it was {name}", True)]
            )
            assert ledger.add(*report, linker)
        ids = sorted(statement.id for statement in ledger.statements())
        clock.set(100)
        for left in ids[:3]:
            assert ledger.judge(
                Judgement.of(JudgementKind.VERIFIED, left, "", basis="analyst", author="Ann", reason="seen")
            )
    return place


def test_every_noun_comes_once_in_order_and_reads_back(place):
    with source_of(place) as source:
        written = list(lines(source))
        catalogue = source.catalogue
    nouns = [load(line) for line in written]
    kinds = [type(noun).__name__ for noun in nouns]
    assert kinds == sorted(
        kinds,
        key=[
            "Capture",
            "Document",
            "Annotations",
            "Statement",
            "Judgement",
            "Actor",
            "Claim",
            "Dispute",
        ].index,
    )
    stored = [
        noun for noun in nouns if type(noun).__name__ in ("Document", "Annotations", "Statement", "Judgement")
    ]
    snapshot = catalogue.snapshot
    assert stored == [*snapshot.documents, *snapshot.annotations, *snapshot.statements, *snapshot.judgements]
    assert nouns[-len(catalogue.board.disputes) :] == list(catalogue.board.disputes)
    assert {noun.sha256 for noun in nouns if isinstance(noun, Capture)} == {
        document.capture for document in snapshot.documents
    }
    assert all(line.endswith(b"\n") and line.count(b"\n") == 1 for line in written)


def test_the_places_in_the_log_give_back_the_order_and_the_chain(place):
    with source_of(place, nouns=STORED) as source:
        read = [load_line(line) for line in lines(source)]
    with Ledger.open(str(place)) as ledger:
        decisions = ledger.snapshot().decisions
        with ledger.reading() as connection:
            chain = connection.exec_driver_sql(
                "SELECT chain FROM entries ORDER BY sequence DESC LIMIT 1"
            ).scalar_one()
    read.sort(key=lambda line: line.sequence)
    assert [line.sequence for line in read] == list(range(1, len(read) + 1))
    assert [line.recorded for line in read] == sorted(line.recorded for line in read)
    assert decisions == tuple(
        line.noun.id for line in read if isinstance(line.noun, Judgement) and line.noun.author == "Ann"
    )
    previous = GENESIS
    for line in read:
        noun = line.noun
        recorded = (datetime.fromisoformat(line.recorded) - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(
            microseconds=1
        )
        kind = type(noun).__name__.lower()
        if isinstance(noun, Capture):
            bare = Capture(name=noun.name, content=b"", sha256=noun.sha256, media_type=noun.media_type)
            key, digest = noun.sha256, digest_of(dump(bare), noun.content)
        else:
            key = {"document": "key", "annotations": "document"}.get(kind, "id")
            key, digest = getattr(noun, key), digest_of(dump(noun))
        previous = chain_of(previous, recorded, kind, key, digest)
    assert previous == chain


def test_as_of_gives_what_was_held_then(place):
    with Ledger.open(str(place)) as ledger:
        moment = START + timedelta(seconds=10)
        with read_source(ledger, Choices(), moment) as source:
            written = b"".join(lines(source))
            assert source.streams.moment == moment
            assert source.catalogue.snapshot == ledger.snapshot(moment)
        early = [load_line(line) for line in written.splitlines()]
        assert max(line.recorded for line in early if line.recorded) == "2031-04-02T08:00:10.000000Z"
        with read_source(ledger, Choices(), START - timedelta(days=1)) as source:
            assert list(lines(source)) == []


def test_sorts_are_chosen_and_stored_ones_need_no_board(place):
    with source_of(place, nouns=(Sort.JUDGEMENTS, Sort.DOCUMENTS)) as source:
        kinds = [type(load(line)).__name__ for line in lines(source)]
        assert set(kinds) == {"Document", "Judgement"}
        assert kinds == sorted(kinds)
        assert "catalogue" not in source.__dict__


def test_without_times_equal_content_gives_equal_bytes(tmp_path):
    written = []
    for order in ("ab", "ba"):
        place = tmp_path / f"{order}.db"
        with Ledger.open(str(place), create=True) as ledger:
            for name in order:
                assert ledger.add(*make_report(name), PairLinker())
        with source_of(place, recorded=False) as source:
            written.append(b"".join(lines(source)))
    assert written[0] == written[1]


def test_pages_join_without_loss(place, monkeypatch):
    with source_of(place) as source:
        whole = list(lines(source))
        reports = list(source.streams.reports())
    for name in ("_PAGE", "_TEXTS", "_CONTENT"):
        monkeypatch.setattr(f"counterclaim.ledger.streaming.{name}", 1)
    with source_of(place) as source:
        assert list(lines(source)) == whole
        assert list(source.streams.reports()) == reports
    assert len(reports) == 3


def test_what_is_added_meanwhile_does_not_come(place):
    with Ledger.open(str(place)) as ledger:
        stream = ledger.streams()
        with stream as streams:
            before = streams.moment
            with Ledger.open(str(place)) as other:
                assert other.add(*make_report("new"), PairLinker())
            assert len(list(streams.reports())) == 3
            assert streams.moment == before
        assert len([each.noun for each in ledger.stream(Capture)]) == 4


def test_a_whole_ledger_can_be_read_back(tmp_path, example):
    with source_of(
        stored(tmp_path / "ledger.db", example.catalogue, example.capture), example.catalogue
    ) as source:
        nouns = [load(line) for line in lines(source)]
    kinds = [type(noun).__name__ for noun in nouns]
    assert [kinds.count(kind) for kind in ("Capture", "Document", "Statement", "Judgement")] == [3, 3, 10, 2]
    assert [kinds.count(kind) for kind in ("Actor", "Claim", "Dispute")] == [4, 2, 1]


def test_only_what_is_said_to_have_happened_then_is_given(example, tmp_path):
    place = stored(tmp_path / "l.db", example.catalogue, example.capture)
    for unknown, expected in ((False, 0), (True, 3)):
        happening = parse_happening("1999", unknown=unknown)
        with source_of(place, happening=happening) as source:
            nouns = [load(line) for line in lines(source)]
            assert source.left_out is not None
        kinds = [type(noun) for noun in nouns]
        assert (kinds.count(Document), kinds.count(Capture)) == (expected, expected)
        held = {noun.key for noun in nouns if isinstance(noun, Document)}
        assert all(noun.document in held for noun in nouns if isinstance(noun, Statement))
