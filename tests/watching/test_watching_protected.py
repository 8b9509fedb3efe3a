"""Alerts have no words that were protected or erased, whenever that was."""

from __future__ import annotations

import pytest
from watch_help import CLOSED, DENIED

from counterclaim.disputes.judging import Analyst
from counterclaim.ledger import Ledger
from counterclaim.ledger.erasing import erase
from counterclaim.model import Snapshot

PLACE = "at Orm"
"""Words that stand in the question of the dispute."""


def protect(desk, words):
    with Ledger.open(str(desk.folder / "l.db")) as ledger:
        analyst = Analyst(Snapshot(documents=(), annotations=(), statements=(), judgements=()), author="Ada")
        ledger.judge_all(analyst.protect("ana-brel", [words]))


def erase_denial(desk):
    with Ledger.open(str(desk.folder / "l.db"), reveal=True) as ledger:
        document = next(each for each in ledger.documents() if "denied" in each.text)
        erase(ledger, document.key, author="Ada", reason="request 7")


@pytest.fixture
def inbox(desk, monkeypatch):
    monkeypatch.setenv("COUNTERCLAIM_WEBHOOK_SECRET", "a secret of the desk")
    inbox = desk.folder / "inbox"
    inbox.mkdir()
    (inbox / "a.txt").write_text(CLOSED)
    return inbox


@pytest.mark.parametrize("protecting", [True, False])
def test_what_a_watch_still_has_in_mind_of_before_is_in_no_alert(desk, inbox, protecting):
    with desk.watch(str(inbox)) as watch:
        watch.round()
        (inbox / "b.txt").write_text(DENIED)
        (opened,) = watch.round().alerts
        assert PLACE in opened.question
        if protecting:
            protect(desk, PLACE)
        erase_denial(desk)  # which ends the dispute
        assert PLACE not in str(watch.round().alerts)


def test_what_waits_to_be_sent_is_not_sent_with_words_that_were_protected_since(desk, inbox):
    hook = desk.web.url("/hook")
    (inbox / "b.txt").write_text(DENIED)
    assert desk.round(str(inbox), webhooks=(hook,)).alerts
    protect(desk, PLACE)
    desk.web.pages["/hook"] = (204, {}, b"")
    desk.web.asked.clear()
    desk.due_now()
    desk.round(str(inbox), webhooks=(hook,))
    assert [body for _m, _p, _h, body in desk.web.asked if PLACE.encode() in body] == []
    assert any(each.code == "alert-withheld" for each in desk.problems)
    desk.due_now()
    desk.web.asked.clear()
    desk.round(str(inbox), webhooks=(hook,))
    assert desk.web.asked == []


def test_what_waits_to_be_sent_is_sent_where_something_else_was_protected(desk, inbox):
    hook = desk.web.url("/hook")
    (inbox / "b.txt").write_text(DENIED)
    assert desk.round(str(inbox), webhooks=(hook,)).alerts
    protect(desk, "Mira Kessan")
    desk.web.pages["/hook"] = (204, {}, b"")
    desk.web.asked.clear()
    desk.due_now()
    desk.round(str(inbox), webhooks=(hook,))
    assert any(PLACE.encode() in body for _m, _p, _h, body in desk.web.asked)


def test_what_waits_to_be_sent_is_not_sent_once_something_was_erased(desk, inbox):
    hook = desk.web.url("/hook")
    (inbox / "b.txt").write_text(DENIED)
    assert desk.round(str(inbox), webhooks=(hook,)).alerts
    erase_denial(desk)
    desk.web.pages["/hook"] = (204, {}, b"")
    desk.web.asked.clear()
    desk.due_now()
    desk.round(str(inbox), webhooks=(hook,))
    assert [body for _m, _p, _h, body in desk.web.asked if PLACE.encode() in body] == []
    left = b"".join(each.read_bytes() for each in desk.folder.glob("s*"))
    assert PLACE.encode() not in left
