"""What points to erased things breaks no view: decisions of people about them, and answers to those."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from views_help import ask, every_view

from counterclaim.cli.program import run
from counterclaim.disputes.judging import Analyst, parse_grade
from counterclaim.ledger import Ledger
from counterclaim.ledger.erasing import erase
from counterclaim.model import Evidence, Judgement, JudgementKind, LedgerError, Statement
from counterclaim.model.judgement import by_program

WHY = {"author": "R. Ito", "reason": "court order 12/31"}
ERASED = "meridian-sorvan"


def _decide(ledger: Ledger, author: str, one: Statement, other: Statement) -> Iterator[Judgement]:
    """Give decisions of every kind about a statement, the other, and what programs say of them."""

    def analyst() -> Analyst:
        return Analyst(ledger.decided()[0], author=author, reason="as I see it")

    yield from analyst().relate(JudgementKind.OPPOSED, [(one.id, other.id)])
    yield from analyst().answer(JudgementKind.REJECTED, one.id)
    yield from analyst().verified(one.id, [Evidence(note="a letter")])
    yield from analyst().grade(one.document, parse_grade("B2"))
    yield from analyst().grade(one.id, parse_grade("C3"))
    yield from analyst().copies(one.document, other.document, JudgementKind.COPY)
    yield from analyst().protect(one.id, ["Dario Venn"])
    found = [j for j in ledger.judgements() if by_program(j) and one.id in (j.left, j.right)]
    for judged, kind in zip(found, (JudgementKind.CONFIRMED, JudgementKind.REJECTED), strict=False):
        yield from analyst().answer(kind, judged.id, judged)


@pytest.mark.slow
def test_no_view_breaks_on_what_points_to_erased_things(
    ledger_place: str, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    with Ledger.open(ledger_place) as ledger:
        key = ledger.document(ERASED).key
        about = {end for j in ledger.judgements() if by_program(j) for end in (j.left, j.right)}
        one = next(s for s in ledger.statements(key) if s.id in about)
        other = next(s for s in ledger.statements() if s.document != key)
        for author in ("Ada", "Bo"):
            for judgement in _decide(ledger, author, one, other):
                ledger.judge(judgement)
        last = ledger.judgement(ledger.decided()[0].decisions[-1])
        for judgement in Analyst(ledger.decided()[0], author="Cy").undo(last):
            ledger.judge(judgement)
        plan, _erasure = erase(ledger, ERASED, **WHY)
        assert len(plan.pointing) >= 10
        erase(ledger, other.id, **WHY)
        erase(ledger, last.id, **WHY)
        assert ledger.verify() == []
        board = ledger.board()
    for view in every_view(ledger_place):
        shown = ask(ledger_place, capfdbinary, *view)
        assert one.id not in shown or "judgement" in shown or view[0] == "export", view
    for view in (["judge", "list"], ["judge", "list", "--format", "json"], ["diff", "--from", "2001-01-01"]):
        ask(ledger_place, capfdbinary, *view)
    ask(ledger_place, capfdbinary, "refresh")
    assert b"Traceback" not in ask(ledger_place, capfdbinary, "board", "--stored").encode()
    with Ledger.open(ledger_place) as ledger:
        assert ledger.board() == board
        for name in (ERASED, one.id, last.id):
            assert run(["show", name, "--ledger", ledger_place]) == 2
            assert b"was erased on" in capfdbinary.readouterr().err
        with pytest.raises(LedgerError, match="was erased"):
            ledger.judgement(last.id)
