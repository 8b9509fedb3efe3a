"""Rounds over real feeds and folders: what comes in, once and politely."""

from __future__ import annotations

import os
import threading
import time

from watch_help import CLOSED, DENIED, RULES, feed

from counterclaim.ledger import Ledger
from counterclaim.watching import Watch, WatchSettings, open_state
from web_help import html, page


def test_new_items_are_fetched_once_and_over_a_restart(desk):
    url = feed(desk, "/a")
    desk.web.pages["/a"] = html(page("Bridge", CLOSED))
    assert desk.round(url).added == 1
    desk.due_now()
    feed(desk, "/b", "/a")
    desk.web.pages["/b"] = html(page("Ferry", DENIED))
    assert desk.round(url).added == 1
    paths = desk.web.paths()
    assert (paths.count("/a"), paths.count("/b"), paths.count("/feed")) == (1, 1, 2)
    assert desk.web.most_at_once == 1
    assert {each.url for each in desk.documents()} == {desk.web.url("/a"), desk.web.url("/b")}


def test_a_feed_is_not_asked_before_it_is_due(desk):
    url = feed(desk)
    desk.round(url)
    desk.round(url)
    assert desk.web.paths().count("/feed") == 1


def test_a_feed_that_did_not_fail_is_asked_before_it_is_due_where_everything_is_wanted(desk):
    url, failing = feed(desk), desk.web.url("/missing")
    for _ in range(2):
        with desk.watch(url, failing) as watch:
            watch.round(everything=True)
    assert desk.web.paths().count("/feed") == 2
    assert desk.web.paths().count("/missing") == 1


def test_a_feed_is_asked_whether_it_changed(desk):
    url = feed(desk, ETag='"7"', **{"Last-Modified": "Mon, 07 Apr 2031 10:00:00 GMT"})
    desk.round(url)
    desk.web.pages["/feed"] = (304, {}, b"")
    for _ in range(2):
        desk.due_now()
        desk.round(url)
        sent = [headers for _m, path, headers, _b in desk.web.asked if path == "/feed"][-1]
        assert sent["if-none-match"] == '"7"'
        assert sent["if-modified-since"] == "Mon, 07 Apr 2031 10:00:00 GMT"
    assert desk.problems == []


def test_robots_keep_the_watch_away(desk):
    url = feed(desk, "/inner/a", "/b")
    desk.web.pages["/robots.txt"] = (200, {}, b"User-agent: *\nDisallow: /inner/\n")
    desk.web.pages["/inner/a"] = desk.web.pages["/b"] = html(page("Bridge", CLOSED))
    assert desk.round(url).added == 1
    assert "/inner/a" not in desk.web.paths()
    assert desk.errors() == ["robots"]


def test_one_broken_feed_does_not_stop_the_others(desk):
    desk.web.pages["/bomb"] = (200, {}, b'<!DOCTYPE rss [<!ENTITY a "b">]><rss version="2.0"></rss>')
    desk.web.pages["/no"] = (200, {}, b"<html>no feed</html>")
    good = feed(desk, "/a", path="/good")
    desk.web.pages["/a"] = html(page("Bridge", CLOSED))
    bad = [desk.web.url(each) for each in ("/bomb", "/no", "/missing")]
    assert desk.round(*bad, "http://10.0.0.1/feed", str(desk.folder / "nowhere"), good).added == 1
    assert desk.errors() == ["feed-entities", "not-a-feed", "http-error", "private-address", "not-found"]


def test_a_failing_feed_waits_longer_each_time_and_as_long_as_the_server_says(desk):
    url = desk.web.url("/feed")
    desk.web.pages["/feed"] = (503, {"Retry-After": "7200"}, b"")
    desk.round(url)
    with open_state(desk.folder / "s") as state:
        assert 7000 < state.source(url).due - time.time() <= 7200
    desk.web.pages["/feed"] = (503, {}, b"")
    waits = []
    for _ in range(4):
        desk.due_now()
        desk.round(url)
        with open_state(desk.folder / "s") as state:
            waits.append(state.source(url).due - time.time())
    assert waits[-1] > 2 * waits[0] > 60
    feed(desk)
    desk.due_now()
    desk.round(url)
    with open_state(desk.folder / "s") as state:
        assert state.source(url).failures == 0


def test_an_item_that_fails_for_now_is_tried_again_and_one_that_is_gone_is_not(desk):
    url = feed(desk, "/a", "/gone")
    desk.web.pages["/a"] = (503, {}, b"")
    assert desk.round(url).added == 0
    desk.due_now()
    desk.web.pages["/a"] = html(page("Bridge", CLOSED))
    assert desk.round(url).added == 1
    assert desk.web.paths().count("/gone") == 1


def test_what_a_public_feed_names_in_an_inner_network_is_not_fetched(desk):
    url = feed(desk, "/a")
    desk.web.pages["/a"] = html(page("Bridge", CLOSED))
    with desk.watch(url) as watch:
        state = watch._state
        state.keep_source(
            state.source(url)._replace(due=time.time() + 99), [(desk.web.url("/a"), None, False)]
        )
        assert watch.round().added == 0
    assert desk.errors() == ["private-address"]
    assert desk.web.asked == []


def test_a_host_is_left_alone_between_two_requests(desk):
    url = feed(desk, "/a", "/b")
    moments = []

    def slow(handler):
        moments.append(time.monotonic())
        content = page("Bridge", CLOSED + handler.path)
        handler.send_response(200)
        handler.send_header("Content-Type", "text/html")
        handler.end_headers()
        handler.wfile.write(content)

    desk.web.pages["/a"] = desk.web.pages["/b"] = slow
    desk.round(url, pause=0.3)
    assert moments[1] - moments[0] > 0.28


def test_a_changed_file_is_a_new_version_and_another_report_is_not(desk):
    inbox = desk.folder / "inbox"
    inbox.mkdir()
    file = inbox / "bridge.txt"
    file.write_text(CLOSED)
    assert desk.round(str(inbox)).added == 1
    assert desk.round(str(inbox)).added == 0
    file.write_text(CLOSED + " It is open again, the council said on Tuesday.")
    assert desk.round(str(inbox)).added == 1
    first, second = desk.documents()
    assert first.id == second.id
    with Ledger.open(str(desk.folder / "l.db")) as ledger:
        assert "revises" in {each.kind for each in ledger.snapshot().judgements}
    file.write_text("Rain fell over Larre for nine days, the weather office reported in its bulletin.")
    assert desk.round(str(inbox)).added == 1
    assert len({each.id for each in desk.documents()}) == 2
    os.utime(file)
    assert desk.round(str(inbox)).added == 0


def test_a_file_that_is_still_written_to_is_read_soon_after(desk):
    inbox = desk.folder / "inbox"
    inbox.mkdir()
    (inbox / "a.txt").write_text(CLOSED)
    stop = threading.Event()
    rounds = []

    def each(done):
        rounds.append(done.added)
        if done.added or len(rounds) > 5:
            stop.set()

    settings = WatchSettings(sources=(str(inbox),), settled=1.0, every=900.0)
    with (
        Ledger.open(str(desk.folder / "l.db"), create=True) as ledger,
        open_state(desk.folder / "s") as state,
    ):
        Watch(ledger, state, settings, desk.problems.append, extraction=RULES, stop=stop).run(each)
    assert rounds[0] == 0
    assert rounds[-1] == 1
