"""What a server answers: pages, errors, too much, too slow, moved, packed, unchanged."""

from __future__ import annotations

import gzip
import time
import zlib
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counterclaim.documents import read_document
from counterclaim.fetching import FetchError, fetch
from counterclaim.fetching.retrying import LONGEST, back_off, retry_after
from counterclaim.fetching.robots import Robots
from counterclaim.fetching.unpacking import PackingError, TooMuchError, unpacked
from counterclaim.sources import read_captures
from web_help import html, page, serving

TEXT = "The night boat to Orm sailed on time, the harbour master said on Monday. Nobody was on the quay."
REPORT = page("Night boat", TEXT)


def failing(web, path="/", **more):
    with pytest.raises(FetchError) as caught:
        fetch(web.url(path), web.limits(**more))
    assert web.url("") in str(caught.value)
    return caught.value


def test_a_page_becomes_the_capture_that_its_file_would_be(tmp_path):
    file = tmp_path / "page.html"
    file.write_bytes(REPORT)
    (saved,) = read_captures([file])
    with serving() as web:
        web.pages["/a"] = html(REPORT, ETag='"1"')
        done = fetch(web.url("/a#part"), web.limits())
    capture = done.capture
    assert (capture.content, capture.sha256) == (saved.content, saved.sha256)
    assert capture.media_type == saved.media_type == "text/html"
    assert (capture.name, capture.url, capture.encoding) == (web.url("/a"), web.url("/a"), "utf-8")
    assert abs((datetime.now(UTC) - datetime.fromisoformat(capture.received)).total_seconds()) < 60
    assert done.validators == ('"1"', None)
    assert "The night boat to Orm" in read_document(capture)[0].text


def test_plain_text_is_kept_and_the_charset_of_the_header_is_believed():
    with serving() as web:
        web.pages["/a"] = (200, {"Content-Type": "text/plain; charset=latin-1"}, "Café".encode("latin-1"))
        web.pages["/b"] = (200, {"Content-Type": "text/html; charset=no-such"}, REPORT)
        capture = fetch(web.url("/a"), web.limits()).capture
        assert (capture.media_type, capture.encoding) == ("text/plain", "iso8859-1")
        assert fetch(web.url("/b"), web.limits()).capture.encoding is None


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty"),
        (b"%PDF-1.7 x", "binary"),
        (b"\x89PNG\r\n\x1a\n", "binary"),
        (b'{"id": "a"}', "not-a-page"),
    ],
)
def test_what_is_no_page_is_refused(content, code):
    with serving() as web:
        web.pages["/"] = (200, {"Content-Type": "application/octet-stream"}, content)
        assert failing(web).problem.code == code


def test_an_answer_that_did_not_change_brings_nothing():
    with serving() as web:
        web.pages["/"] = (304, {}, b"")
        done = fetch(web.url("/"), web.limits(), ('"1"', "Mon, 07 Apr 2031 10:00:00 GMT"))
        sent = web.asked[0][2]
    assert done.not_modified
    assert done.validators == ('"1"', "Mon, 07 Apr 2031 10:00:00 GMT")
    assert (sent["if-none-match"], sent["if-modified-since"]) == done.validators


@pytest.mark.parametrize(("status", "passing"), [(404, False), (410, False), (429, True), (503, True)])
def test_an_error_of_the_server_is_told_with_when_to_come_back(status, passing):
    with serving() as web:
        web.pages["/"] = (status, {"Retry-After": "120"}, b"no")
        error = failing(web)
    assert (error.status, error.retry_after, error.passing) == (status, 120.0, passing)


def test_a_redirect_is_followed_and_the_last_address_kept():
    with serving() as web:
        web.pages["/a"] = (301, {"Location": "b/c"}, b"")
        web.pages["/b/c"] = html(REPORT)
        assert fetch(web.url("/a"), web.limits()).url == web.url("/b/c")


def test_redirects_in_a_circle_end():
    with serving() as web:
        web.pages["/"] = (302, {"Location": "/"}, b"")
        assert failing(web).problem.code == "too-many-redirects"
        assert len(web.asked) == 6


def test_nothing_of_a_cookie_comes_back():
    with serving() as web:
        web.pages["/"] = (302, {"Location": "/b", "Set-Cookie": "a=1"}, b"")
        web.pages["/b"] = html(REPORT)
        fetch(web.url("/"), web.limits())
        assert all("cookie" not in headers for _m, _p, headers, _b in web.asked)


def test_an_answer_that_is_too_large_is_not_read_to_its_end():
    sent = []

    def endless(handler):
        handler.send_response(200)
        handler.end_headers()
        while True:
            handler.wfile.write(b"word " * 10_000)
            sent.append(1)

    with serving() as web:
        web.pages["/"] = endless
        assert failing(web, max_bytes=200_000).problem.code == "too-large"
    assert len(sent) < 1_000


def test_a_small_answer_that_unpacks_to_much_is_stopped():
    bomb = gzip.compress(b"a" * 50_000_000)
    assert len(bomb) < 100_000
    with serving() as web:
        web.pages["/"] = html(bomb, **{"Content-Encoding": "gzip"})
        assert failing(web, max_bytes=100_000).problem.code == "too-large"


@given(st.binary(max_size=2_000), st.integers(1, 700), st.sampled_from(["gzip", "deflate", "raw", ""]))
def test_a_packed_body_is_what_was_packed(content, step, name):
    packer = zlib.compressobj(9, zlib.DEFLATED, {"gzip": 31, "deflate": 15, "raw": -15, "": 15}[name])
    packed = packer.compress(content) + packer.flush() if name else content
    pieces = [packed[at : at + step] for at in range(0, len(packed), step)]
    encoding = "deflate" if name == "raw" else name
    assert unpacked(pieces, encoding, max(len(content), len(packed))) == content
    if len(content) > 1:
        with pytest.raises(TooMuchError):
            unpacked(pieces, encoding, min(len(content), len(packed)) - 1)


def test_a_body_that_breaks_off_or_is_packed_otherwise_is_refused():
    packed = gzip.compress(b"words " * 100)
    with pytest.raises(PackingError):
        unpacked([packed[:-12]], "gzip", 10_000)
    with pytest.raises(PackingError):
        unpacked([b"x"], "br", 10_000)
    with serving() as web:
        web.pages["/"] = html(b"no gzip", **{"Content-Encoding": "gzip"})
        assert failing(web).problem.code == "bad-packing"


@pytest.mark.parametrize("where", ["headers", "body"])
def test_a_server_that_trickles_is_left_when_the_time_is_over(where):
    def slow(handler):
        if where == "body":
            handler.send_response(200)
            handler.end_headers()
        else:
            handler.wfile.write(b"HTTP/1.0 200 OK\r\n")
        for number in range(60):
            handler.wfile.write(b"X-%d: a\r\n" % number)
            handler.wfile.flush()
            time.sleep(0.05)

    with serving() as web:
        web.pages["/"] = slow
        begun = time.monotonic()
        error = failing(web, seconds=0.5)
        assert error.problem.code == "timeout"
        assert error.passing
        assert time.monotonic() - begun < 2


def test_a_server_that_is_not_there_is_told():
    with serving() as web:
        url, limits = web.url("/"), web.limits()
    with pytest.raises(FetchError) as caught:
        fetch(url, limits)
    assert (caught.value.problem.code, caught.value.passing) == ("unreachable", True)


def test_robots_are_asked_once_and_obeyed():
    with serving() as web:
        web.pages["/robots.txt"] = (200, {}, b"User-agent: counterclaim\nDisallow: /inner\nCrawl-delay: 3\n")
        robots = Robots(web.limits())
        robots.refuse(web.url("/outer"))
        assert robots.delay(web.url("/outer")) == 3
        with pytest.raises(FetchError) as caught:
            robots.refuse(web.url("/inner/a"))
        assert caught.value.problem.code == "robots"
        assert web.paths() == ["/robots.txt"]


@pytest.mark.parametrize(("status", "allowed"), [(404, True), (403, True), (503, False), (429, False)])
def test_a_missing_robots_txt_allows_all_and_a_failing_one_nothing(status, allowed):
    with serving() as web:
        web.pages["/robots.txt"] = (status, {}, b"")
        if allowed:
            Robots(web.limits()).refuse(web.url("/a"))
        else:
            with pytest.raises(FetchError) as caught:
                Robots(web.limits()).refuse(web.url("/a"))
            assert caught.value.passing


@given(st.one_of(st.none(), st.text(max_size=40), st.integers(-10, 10**12).map(str)))
def test_retry_after_is_within_a_day_or_nothing(value):
    found = retry_after(value)
    assert found is None or 0 <= found <= LONGEST


def test_retry_after_as_a_date():
    now = datetime(2031, 4, 7, 10, 0, tzinfo=UTC)
    assert retry_after("Mon, 07 Apr 2031 10:02:00 GMT", now) == 120
    assert retry_after("Mon, 07 Apr 2031 09:00:00 GMT", now) == 0


@given(st.integers(1, 200), st.randoms())
def test_the_wait_grows_and_has_an_end(failures, chance):
    wait = back_off(failures, 60, chance)
    whole = min(60 * 2.0 ** (failures - 1), LONGEST)
    assert whole / 2 <= wait <= whole
