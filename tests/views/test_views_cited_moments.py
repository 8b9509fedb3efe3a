"""One reader asked again and again: each answer is of one moment, and forgets what must be forgotten."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from counterclaim import pipeline
from counterclaim.disputes.judging import Analyst
from counterclaim.ledger import Ledger
from counterclaim.ledger.erasing import erase
from counterclaim.model import LedgerError
from counterclaim.statements import Extraction
from counterclaim.views.cited.disputes import list_disputes
from counterclaim.views.cited.known import KEPT, Reader
from counterclaim.views.cited.paging import Place
from counterclaim.views.cited.reports import read_report, search

RULES = Extraction(extractor="rules")
TEXTS = {
    "quay": 'Ida Brenn said that 20 people were killed in the fire. "The gate was open," she said.',
    "echo": "Tom Haske denied that 20 people were killed in the fire.",
}


def add(ledger: Ledger, folder: Path, name: str) -> None:
    line = {"id": name, "publisher": name, "published": "2031-04-02", "text": TEXTS[name]}
    (folder / f"{name}.jsonl").write_text(json.dumps(line), encoding="utf-8")
    assert pipeline.ingest(ledger, folder / f"{name}.jsonl", extraction=RULES).added == 1


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with Ledger.open(str(tmp_path / "moments.db"), create=True) as ledger:
        add(ledger, tmp_path, "quay")
        yield ledger


def test_the_stored_board_is_taken_though_behind_where_that_is_wanted(ledger: Ledger, tmp_path: Path) -> None:
    pipeline.refresh(ledger)
    add(ledger, tmp_path, "echo")
    reader = Reader(ledger, stored=True)
    with reader.known() as known:
        assert list_disputes(known, None, Place(), 5).reports_read == 1
        behind = known.as_of
    with reader.known(ledger.last_recorded()) as known:
        assert list_disputes(known, None, Place(), 5).reports_read == 2
        assert known.as_of > behind
    with Reader(ledger).known() as known:
        assert list_disputes(known, None, Place(), 5).reports_read == 2


def test_what_is_erased_is_gone_from_what_was_kept(ledger: Ledger, tmp_path: Path) -> None:
    add(ledger, tmp_path, "echo")
    moment = ledger.last_recorded()
    reader = Reader(ledger)
    with reader.known(moment) as known:
        assert "20 people" in read_report(known, "quay", None, 0, 100).text.words
    erase(ledger, "quay", author="Ito", reason="court order")
    with reader.known(moment) as known:
        with pytest.raises(LedgerError, match="erased"):
            read_report(known, "quay", None, 0, 100)
        assert known.board().documents == 1


def test_what_is_protected_is_masked_in_what_was_kept(ledger: Ledger) -> None:
    moment = ledger.last_recorded()
    reader = Reader(ledger)
    with reader.known(moment) as known:
        before = read_report(known, "quay", None, 0, 100)
        assert "Brenn" in before.text.words
        speaker = next(each.actor for each in before.statements if each.actor)
    analyst = Analyst(ledger.decided()[0], author="Ito", reason="asked us")
    assert ledger.judge_all(analyst.protect(speaker, ("Ida Brenn",)))
    with reader.known(moment) as known:
        after = read_report(known, "quay", None, 0, 100)
        assert "Brenn" not in str(msgspec.to_builtins(after))
        assert len(after.text.words) == len(before.text.words)
        assert search(known, "Brenn", Place(), 5).found == ()


def test_few_catalogues_are_kept(ledger: Ledger, tmp_path: Path) -> None:
    reader = Reader(ledger)
    first = ledger.last_recorded()
    add(ledger, tmp_path, "echo")
    for as_of in (first, None, first, None):
        with reader.known(as_of) as known:
            assert known.board().documents == (1 if as_of else 2)
            assert known.catalogue is known.catalogue
    assert len(reader._kept) == KEPT


def test_an_empty_ledger_answers_that_it_knows_nothing(tmp_path: Path) -> None:
    with (
        Ledger.open(str(tmp_path / "empty.db"), create=True) as ledger,
        Reader(ledger).known() as known,
    ):
        answer = list_disputes(known, None, Place(), 5)
        assert (answer.reports_read, answer.found, answer.page.cursor) == (0, 0, None)
        assert search(known, "fire", Place(), 5).found == ()
