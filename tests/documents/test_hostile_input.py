"""Inputs made to break or to stall: each is stored or named, in bounded time."""

# ruff: noqa: E501

from __future__ import annotations

import time

import pytest

from counterclaim.documents import read_document
from counterclaim.documents.blocks import read_page
from counterclaim.documents.mapping import MAX_RUNS
from counterclaim.model import Capture, InputError

SENTENCE = "The mayor said on Monday that he had read the letter."


def read(content: bytes, media_type: str) -> tuple[str, list[str], float, int]:
    started = time.perf_counter()
    try:
        document, problems = read_document(Capture.of("hostile", content, media_type))
    except InputError as error:
        return "", [error.problem.code], time.perf_counter() - started, 0
    seconds = time.perf_counter() - started
    return document.text, [problem.code for problem in problems], seconds, len(document.offsets.runs)


@pytest.mark.parametrize(
    ("content", "media_type"),
    [
        (b'"' * 1_000_000, "text/plain"),
        (b"<p>" + b'"' * 1_000_000, "text/html"),
        (b'{"id": "a", "text": "' + b'\\"' * 1_000_000 + b'"}', "application/json"),
    ],
)
def test_a_million_quotation_marks(content: bytes, media_type: str) -> None:
    text, codes, seconds, runs = read(content, media_type)
    assert text == '"' * 1_000_000
    assert "unanalysed-length" in codes
    assert runs <= 2 * MAX_RUNS
    assert seconds < 30


@pytest.mark.parametrize("tag", ["div", "b", "ul><li", "blockquote", "table><tr><td", "a"])
def test_nested_ten_thousand_deep(tag: str) -> None:
    body = f"<{tag}>" * 10_000 + f"<p>{SENTENCE}</p>"
    text, _, seconds, _ = read(f"<html><body>{body}".encode(), "text/html")
    assert text == SENTENCE
    assert seconds < 20


def test_page_that_is_nothing_but_links_is_refused() -> None:
    assert read(("<li><a href=x>All the news of the day</a>" * 100).encode(), "text/html")[1] == ["no-text"]


@pytest.mark.parametrize(
    "junk",
    [
        "<a " * 300_000, "<!--" * 300_000, "<!" * 300_000, "</" * 300_000, "<p a='" * 300_000, "<script>" * 300_000,
        "<p =\"><p ='>" * 50_000, "&" * 500_000, "&" + "a" * 500_000, "&#" * 300_000, "<p" + " " * 500_000, "<![CDATA[" * 100_000,
        "</b>" * 300_000, "<title>" * 200_000, "\0" * 300_000,
    ],
)  # fmt: skip
def test_markup_that_would_take_quadratic_time(junk: str) -> None:
    started = time.perf_counter()
    page = read_page(f"<p>{SENTENCE}</p>{junk}")
    assert page.blocks[0].text == SENTENCE
    assert time.perf_counter() - started < 10


def test_entities_do_not_multiply() -> None:
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]>'
    text, _, _, _ = read(f"{bomb}<html><body><p>{SENTENCE} &b;&b;</p></body></html>".encode(), "text/html")
    assert text.endswith(f"{SENTENCE} &b;&b;")


def test_scripts_are_not_text() -> None:
    script = "<script>document.write('<p>" + SENTENCE.replace("mayor", "liar") + "</p>')</script>"
    text, _, _, _ = read(
        f"<body>{script}<p onclick=\"alert('<p>x</p>')\">{SENTENCE}</p>{script}".encode(), "text/html"
    )
    assert text == SENTENCE


def test_broken_json_ld_is_no_obstacle() -> None:
    for broken in (
        "[" * 100_000,
        '{"@type": "NewsArticle", "headline": 5, "author": [{}, null, 7], "datePublished": {}}',
        "{",
        "null",
    ):
        page = f"<script type='application/ld+json'>{broken}</script><p>{SENTENCE}</p>"
        assert read(page.encode(), "text/html")[0] == SENTENCE


def test_page_on_which_the_extraction_library_fails_is_read_without_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise AssertionError

    monkeypatch.setattr("trafilatura.bare_extraction", fail)
    text, _, _, _ = read(f"<nav>Home</nav><h1>Mayor reads letter</h1><p>{SENTENCE}</p>".encode(), "text/html")
    assert text == f"Mayor reads letter\n\n{SENTENCE}"


def test_pictures_under_a_wrong_name_do_not_crash() -> None:
    picture = b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 40
    assert read(picture, "text/plain")[1] == ["binary"]
    assert read(picture, "application/json")[1] == ["bad-json"]


def test_report_of_many_windows_lines_is_stored_with_a_bounded_map() -> None:
    text, _, _, runs = read(b"a\r\n" * 600_000, "text/plain")
    assert len(text) == 1_200_000
    assert runs <= 2 * MAX_RUNS
