"""Feeds as hostile input: RSS and Atom, broken ones, entities."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counterclaim.fetching import Answer, FetchError
from counterclaim.watching.feeds import MAX_ITEMS, read_feed

RSS = """<?xml version="1.0"?><rss version="2.0"><channel><title>Paper</title>{}</channel></rss>"""
ATOM = """<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>P</title>
<entry><id>a</id><title>A</title><updated>2031-04-02T00:00:00Z</updated><link href="/one"/></entry>
<entry><id>b</id><title>B</title><updated>2031-04-01T00:00:00Z</updated>
<link rel="alternate" href="http://b.test/two?x=1&amp;y=2"/></entry></feed>"""
BOMB = """<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "boom">{}]><rss version="2.0"><channel>
<title>&j;</title><item><link>http://a.test/&j;</link></item></channel></rss>""".format(
    "".join(f'<!ENTITY {"abcdefghij"[n]} "{("&" + "abcdefghij"[n - 1] + ";") * 10}">' for n in range(1, 10))
)
FILE = """<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]>
<rss version="2.0"><channel><title>&x;</title><item><link>http://a.test/&x;</link></item></channel></rss>"""


def answer(content: bytes, media_type: str = "application/xml") -> Answer:
    headers = {"content-type": media_type}
    return Answer(url="https://paper.test/feed/all.xml", status=200, headers=headers, content=content)


def items(*links: str) -> bytes:
    return RSS.format("".join(f"<item><title>t</title><link>{each}</link></item>" for each in links)).encode()


def given_by(content: bytes) -> list[str]:
    """Return the addresses that a feed gives, none where it is refused; any other error is one."""
    try:
        return [each.url for each in read_feed(answer(content))]
    except FetchError:
        return []


def test_the_items_of_rss_come_oldest_first_and_once():
    found = read_feed(answer(items("http://a.test/2", "http://a.test/1", "http://a.test/2", "old")))
    assert [each.url for each in found] == [
        "https://paper.test/feed/old",
        "http://a.test/1",
        "http://a.test/2",
    ]


def test_atom_gives_when_an_item_was_changed():
    found = read_feed(answer(ATOM.encode(), "application/atom+xml"))
    assert [tuple(each) for each in found] == [
        ("http://b.test/two?x=1&y=2", "2031-04-01T00:00:00Z"),
        ("https://paper.test/one", "2031-04-02T00:00:00Z"),
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-32"])
@pytest.mark.parametrize("feed", [BOMB, FILE])
def test_a_feed_with_entities_is_refused(feed, encoding):
    with pytest.raises(FetchError) as caught:
        read_feed(answer(feed.encode(encoding)))
    assert caught.value.problem.code == "feed-entities"


def test_entities_hidden_in_another_encoding_are_not_expanded():
    hidden = FILE.replace('version="1.0"', 'version="1.0" encoding="utf-7"').encode("utf-7")
    assert [each for each in given_by(hidden) if "root" in each] == []


@pytest.mark.parametrize("content", [b"<html><p>No feed</p></html>", b"plain", b"{}", b"/etc/passwd"])
def test_what_is_no_feed_is_told(content):
    with pytest.raises(FetchError) as caught:
        read_feed(answer(content))
    assert caught.value.problem.code == "not-a-feed"


def test_a_feed_that_breaks_off_gives_what_it_has():
    assert read_feed(answer(items("http://a.test/1", "http://a.test/2")[:-30]))


@pytest.mark.parametrize(
    "link", ["javascript:alert(1)", "file:///etc/passwd", "data:text/html,x", "http://[::1"]
)
def test_only_addresses_of_pages_are_items(link):
    assert read_feed(answer(items(link, "http://a.test/1")))[-1].url == "http://a.test/1"
    assert len(read_feed(answer(items(link, "http://a.test/1")))) == 1


def test_a_long_feed_is_cut():
    assert len(read_feed(answer(items(*(f"http://a.test/{n}" for n in range(MAX_ITEMS + 9)))))) == MAX_ITEMS


@given(st.binary(max_size=300), st.integers(0, 150))
def test_a_feed_of_any_bytes_gives_addresses_or_an_error_that_is_told(noise, at):
    whole = items("http://a.test/1", "http://a.test/2")
    for content in (noise, whole[:at] + noise + whole[at:]):
        assert all(each.startswith(("http:", "https:")) for each in given_by(content))
