"""Protected sources: no reading, view or export has the words; with reveal all is as before."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest
from ledger_help import START, Clock, PairLinker, make_report, raw_engine
from sqlalchemy import text
from views_help import ask, every_view

from counterclaim.cli.program import run
from counterclaim.disputes.judging import Analyst
from counterclaim.ledger import Ledger
from counterclaim.ledger.backup import back_up, restore
from counterclaim.ledger.downgrading import downgrade
from counterclaim.ledger.redaction import WithheldError
from counterclaim.model import (
    Annotations,
    Capture,
    Document,
    Judgement,
    JudgementKind,
    LedgerError,
    Report,
    Statement,
    dump,
)

NAME = "Mira Kessan"
WORDS = ("kessan", "mira-", "mira ")
PROTECT = ["judge", "protect", NAME, "--words", NAME, "--author", "Ada", "--reason", "Kessan asked us"]


def leaks(shown: str) -> list[str]:
    return [shown[max(0, at - 60) : at + 40] for word in WORDS if (at := shown.casefold().find(word)) >= 0]


@pytest.mark.slow
def test_no_view_and_no_export_has_the_words_and_with_reveal_all_is_as_before(
    ledger_place: str, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    with Ledger.open(ledger_place) as ledger:
        moment = ledger.last_recorded()
    assert moment is not None
    then = ["--as-of", moment.isoformat()]
    views = [[*view, *then] for view in every_view(ledger_place)]
    before = [ask(ledger_place, capfdbinary, *view) for view in views]
    assert any(leaks(shown) for shown in before)
    ask(ledger_place, capfdbinary, *PROTECT)
    for view in every_view(ledger_place):
        assert leaks(ask(ledger_place, capfdbinary, *view)) == [], view
    for view in (["board"], ["show", "meridian-sorvan"], ["export", "--to", "jsonl"], ["search", "said"]):
        assert leaks(ask(ledger_place, capfdbinary, *view, *then)) == [], (view, "as of before")
    assert leaks(ask(ledger_place, capfdbinary, "judge", "list", "--format", "json")) == []
    assert leaks(ask(ledger_place, capfdbinary, "diff", "--from", "2001-01-01")) == []
    assert leaks(ask(ledger_place, capfdbinary, "verify")) == []
    ask(ledger_place, capfdbinary, "refresh")
    assert leaks(ask(ledger_place, capfdbinary, "board", "--stored", "--format", "json")) == []
    with Ledger.open(ledger_place) as ledger:
        for name in [document.id for document in ledger.documents()][::4]:
            assert leaks(ask(ledger_place, capfdbinary, "show", name, "--stored", "--format", "json")) == []
    for view, shown in zip(views, before, strict=True):
        reveal = ["--reveal"] if view[0] != "agreement" else []  # which shows numbers and analysts
        assert ask(ledger_place, capfdbinary, *view, *reveal) == shown, view


def test_no_reading_of_python_has_the_words(ledger_place: str) -> None:
    assert run([*PROTECT, "--ledger", ledger_place]) == 0
    with Ledger.open(ledger_place) as ledger:
        seen = [str(ledger.snapshot()), str(ledger.board()), str(ledger.decided())]
        for kind in (Annotations, Capture, Document, Judgement, Statement):
            seen += [dump(each.noun).decode() for each in ledger.stream(kind)]
        with ledger.streams() as streams:
            seen += [str(report) for report in streams.reports()]
        for document in ledger.documents():
            assert ledger.document(document.id).key == document.key
            assert ledger.document(document.key) == document
            seen += [str(ledger.report(document.key)), str(ledger.annotations(document.key))]
        for statement in ledger.statements():
            seen.append(str(ledger.statement(statement.id)))
        seen += [ledger.to_arrow(kind).to_pylist().__str__() for kind in FRAMES]
        for shown in seen:
            assert leaks(shown) == []
        assert ledger.verify() == []
        spans = {each.key: each.text for each in ledger.documents()}
        for statement in ledger.statements():
            assert all(span.fits(spans[statement.document]) for span in statement.content + statement.source)
    with Ledger.open(ledger_place, reveal=True) as ledger:
        assert leaks(str(ledger.snapshot()))


FRAMES = ("documents", "statements", "judgements", "claims", "disputes", "actors")


def test_the_captures_are_withheld_and_search_finds_nothing_by_the_words(ledger_place: str) -> None:
    with Ledger.open(ledger_place) as ledger:
        named = [hit.document for hit in ledger.search("Kessan", 500)]
        assert named
        others = {document.capture for document in ledger.documents()}
    assert run([*PROTECT, "--ledger", ledger_place]) == 0
    with Ledger.open(ledger_place) as ledger:
        for query in ("Kessan", "kessan said", '"Mira Kessan"', "mira kessan"):
            assert ledger.search(query) == []
        assert ledger.search("said")
        for document in named:
            with pytest.raises(WithheldError, match="--reveal"):
                ledger.capture(document.capture)
            others.discard(document.capture)
        assert others
        for capture in others:
            assert ledger.capture(capture).content
        assert {each.noun.sha256 for each in ledger.stream(Capture)} == others
    with Ledger.open(ledger_place, reveal=True) as ledger:
        assert [hit.document for hit in ledger.search("Kessan", 500)] == named
        assert ledger.capture(named[0].capture).content


@pytest.mark.parametrize(
    "content",
    [
        b"<p>The boat sailed.</p><aside>Written with Ida <b>Br</b>enn</aside>",
        b"<p>The boat sailed.</p><aside>Written with Ida&nbsp;Brenn</aside>",
        b"<p>The boat sailed.</p><aside>Written with &#73;da &#x42;renn</aside>",
        b'{"text": "The boat sailed.", "editor": "\\u0049da \\u0042renn"}',
        "The boat sailed. Written with Ida Brenn".encode("utf-16"),
        "The boat sailed. Written with Ida Brenn".encode("utf-16-be"),
        b"<p>The boat sailed.</p><aside>Written with Ida\xadBrenn</aside>",
    ],
)
def test_bytes_are_withheld_however_the_name_is_written_in_them(tmp_path: Path, content: bytes) -> None:
    """The name may stand beside the text of the report, where the bytes alone have it."""
    place = str(tmp_path / "l.db")
    with Ledger.open(place, create=True) as ledger:
        _capture, report = make_report("a")
        capture = Capture.of("a", content, "text/html", encoding="iso-8859-1")
        document = msgspec.structs.replace(
            report.document, capture=capture.sha256, key=Document.key_of("a", capture.sha256)
        )
        ledger.add(capture, Report(document=document, statements=()), PairLinker())
        _protect(ledger, "Ida Brenn")
        with pytest.raises(WithheldError):
            ledger.capture(capture.sha256)
        assert list(ledger.stream(Capture)) == []


def test_search_finds_nothing_by_a_short_part_of_a_name(place: str) -> None:
    with Ledger.open(place, create=True) as ledger:
        for name, who in (("a", "Li Wu"), ("b", "Tom Wu")):
            assert ledger.add(*make_report(name, [(who, f"the boat sailed {name}", True)]), PairLinker())
        _protect(ledger, "Li Wu")
        for query in ("wu", "li", "sailed wu", "boat li"):
            assert all("Tom Wu" in hit.document.text for hit in ledger.search(query)), query
        assert ledger.search("wu")
        assert len({hit.document.key for hit in ledger.search("sailed")}) == 2


def test_what_is_not_of_the_source_stays_as_it_is(ledger_place: str) -> None:
    with Ledger.open(ledger_place) as ledger:
        board = ledger.board()
    assert run([*PROTECT, "--ledger", ledger_place]) == 0
    with Ledger.open(ledger_place) as ledger:
        masked = ledger.board()
    assert [each.id for each in masked.claims] == [each.id for each in board.claims]
    assert [(d.id, [p.statements for p in d.positions]) for d in masked.disputes] == [
        (d.id, [p.statements for p in d.positions]) for d in board.disputes
    ]
    assert len(masked.actors) == len(board.actors)


def _protect(ledger: Ledger, words: str, about: str = "ida") -> Judgement:
    (made,) = Analyst(ledger.decided()[0], author="Ada").protect(about, [words])
    assert ledger.judge(made)
    return made


def _small(place: str) -> None:
    with Ledger.open(place, create=True, clock=Clock(START)) as ledger:
        for name, who in (("one", "Ida Brenn"), ("two", "Tom Haske"), ("ida-brenn-speaks", "Ida Brenn")):
            assert ledger.add(*make_report(name, [(who, "the boat sailed", True)]), PairLinker())


def test_undo_lifts_it_and_undoing_that_brings_it_back(place: str) -> None:
    _small(place)
    with Ledger.open(place) as ledger:
        made = _protect(ledger, "Ida Brenn")
        assert "Brenn" not in str(ledger.snapshot())
        (undone,) = Analyst(ledger.decided()[0], author="Bo").undo(ledger.judgement(made.id))
        assert ledger.judge(undone)
        assert "Brenn" in str(ledger.snapshot())
        (again,) = Analyst(ledger.decided()[0], author="Ada").undo(undone)
        assert ledger.judge(again)
        assert "Brenn" not in str(ledger.snapshot())
        assert ledger.verify() == []


def test_a_report_is_found_by_the_id_that_is_shown(place: str) -> None:
    _small(place)
    with Ledger.open(place) as ledger:
        _protect(ledger, "Ida Brenn")
        ids = [document.id for document in ledger.documents()]
        (shown,) = [each for each in ids if each.startswith("protected-")]
        assert ledger.document(shown).id == shown
        assert ledger.document(shown[:-3]).id == shown
        for name in ("ida-brenn-speaks", "ida", "ida-brenn-speak"):
            with pytest.raises(LedgerError) as refused:
                ledger.document(name)
            assert "brenn" not in str(refused.value).replace(name, "")


def test_two_protected_sources_of_one_length_stay_two(place: str) -> None:
    with Ledger.open(place, create=True) as ledger:
        for name, who in (("a", "Ida Brenn"), ("b", "Tom Haske"), ("c", "Ida Brenn")):
            assert ledger.add(*make_report(name, [(who, f"the boat sailed {name}", True)]), PairLinker())
        before = sorted(len(actor.statements) for actor in ledger.board().actors)
        _protect(ledger, "Ida Brenn")
        _protect(ledger, "Tom Haske")
        actors = ledger.board().actors
        assert sorted(len(actor.statements) for actor in actors) == before
        assert len({actor.name for actor in actors}) == len(actors)


def test_a_protection_tells_nothing_by_its_own_id_or_payload(place: str) -> None:
    _small(place)
    with Ledger.open(place) as ledger:
        made = _protect(ledger, "Ida Brenn")
        shown = ledger.judgement(made.id)
        assert shown.kind is JudgementKind.PROTECTED
        assert shown.author == "Ada"
        assert shown.protection is not None
        assert not shown.protection.words
        assert not shown.protection.salt
        other = Judgement.of(JudgementKind.PROTECTED, "ida", "", basis="analyst", author="Ada")
        assert other.id != made.id
    with Ledger.open(place, reveal=True) as ledger:
        assert ledger.judgement(made.id) == made


def test_a_protected_source_cannot_be_judged_by_the_name_that_is_shown(place: str) -> None:
    _small(place)
    with Ledger.open(place) as ledger:
        _protect(ledger, "Ida Brenn")
        actor = next(each.id for each in ledger.board().actors if each.id.startswith("protected-"))
        note = Judgement.of(
            JudgementKind.SAME_ACTOR, actor, "tom haske", basis="analyst", author="Ada", reason=""
        )
        with pytest.raises(LedgerError, match="--reveal"):
            ledger.judge(note)


def test_adding_goes_on_with_the_truth(place: str) -> None:
    _small(place)
    with Ledger.open(place) as ledger:
        _protect(ledger, "Ida Brenn")
        assert ledger.add(*make_report("four", [("Ida Brenn", "the boat sailed", False)]), PairLinker())
        assert "Brenn" not in str(ledger.snapshot())
        assert len(ledger.search("sailed")) == 4
        assert ledger.verify() == []
    with Ledger.open(place, reveal=True) as ledger:
        assert str(ledger.snapshot()).count("source=(Span(start=0, end=9, quote='Ida Brenn'") == 3


def test_backup_and_restore_keep_it_and_a_forgotten_note_is_found(
    places: Callable[[str], str], tmp_path: Path
) -> None:
    place = places("l")
    _small(place)
    with Ledger.open(place) as ledger:
        _protect(ledger, "Ida Brenn")
    saved = str(tmp_path / "saved.db")
    assert back_up(place, saved) == []
    again = places("again")
    assert restore(saved, again) == []
    for each in (saved, again):
        with Ledger.open(each) as ledger:
            assert "Brenn" not in str(ledger.snapshot())
    downgrade(place, "0006")
    with Ledger.open(place) as ledger:
        assert "Brenn" not in str(ledger.snapshot())
        assert ledger.verify() == []
    engine = raw_engine(place)
    with engine.begin() as connection:
        connection.execute(text("DELETE FROM protections"))
    engine.dispose()
    with Ledger.open(place) as ledger:
        assert [problem.code for problem in ledger.verify()] == ["derived"]


def test_the_stored_board_of_before_is_not_shown(
    ledger_place: str, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    ask(ledger_place, capfdbinary, "refresh")
    assert leaks(ask(ledger_place, capfdbinary, "board", "--stored"))
    ask(ledger_place, capfdbinary, *PROTECT)
    shown = ask(ledger_place, capfdbinary, "board", "--stored")
    assert leaks(shown) == []
    ask(ledger_place, capfdbinary, "refresh")
    assert leaks(ask(ledger_place, capfdbinary, "board", "--stored")) == []
    assert leaks(ask(ledger_place, capfdbinary, "board", "--stored", "--reveal"))
    listed = json.loads(ask(ledger_place, capfdbinary, "judge", "list", "--format", "json"))
    assert [row["kind"] for row in listed] == ["protected"]
