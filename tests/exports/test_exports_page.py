"""The HTML page: complete in itself, safe with hostile text, every quote linked to its place."""

from __future__ import annotations

import re
from base64 import b64encode
from hashlib import sha256
from html.parser import HTMLParser

import msgspec
import pytest

from counterclaim.exports import page
from counterclaim.model import (
    Board,
    Capture,
    Document,
    Evidence,
    Judgement,
    JudgementKind,
    Snapshot,
)
from counterclaim.views.catalogue import Catalogue

VOID = {"meta", "link", "br", "input", "img", "hr", "source"}


class Page(HTMLParser):
    """Elements, attributes and balance of a page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.html = html
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.faults: list[str] = []
        self.text: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.faults.append(tag)

    def handle_data(self, data: str) -> None:
        self.text.append(data)

    def values(self, attribute: str) -> list[str]:
        return [value for _tag, attributes in self.elements if (value := attributes.get(attribute))]


@pytest.fixture(scope="module")
def made(example) -> Page:
    return Page("".join(page(example.catalogue)))


def test_the_page_is_well_formed(made):
    assert made.html.startswith("<!doctype html>")
    assert not made.faults
    assert not made.open
    ids = made.values("id")
    assert len(ids) == len(set(ids))


def test_the_page_loads_nothing_and_runs_nothing(made):
    assert "script" not in {tag for tag, _attributes in made.elements}
    assert not made.values("src")
    assert [href for tag, a in made.elements if tag == "link" and (href := a.get("href"))] == ["data:,"]
    assert not re.search(r"@import|url\(", made.html)
    assert not [name for _tag, attributes in made.elements for name in attributes if name.startswith("on")]
    assert not made.values("style")


def test_the_policy_allows_the_style_of_the_page_only(made):
    style = re.search(r"<style>(.*?)</style>", made.html, re.DOTALL)
    assert style
    digest = b64encode(sha256(style[1].encode()).digest()).decode()
    policy = next(a["content"] for _tag, a in made.elements if a.get("http-equiv"))
    assert policy
    assert policy.startswith("default-src 'none';")
    assert f"style-src 'sha256-{digest}'" in policy
    assert "unsafe" not in policy


def test_every_link_leads_to_a_place_in_the_page(made, example):
    ids = set(made.values("id"))
    inner = [href[1:] for href in made.values("href") if href.startswith("#")]
    assert set(inner) <= ids
    for statement in example.statements:
        assert {statement.id, f"n-{statement.id}"} <= ids
        if example.catalogue.sides(statement.id):
            assert statement.id in inner


def test_both_numbers_stand_for_every_position(made):
    assert made.html.count("attested by") == made.html.count("corroborated by") == 2


def test_the_same_catalogue_gives_the_same_page(example, made):
    assert "".join(page(example.catalogue)) == made.html


def test_an_empty_ledger_gives_a_page_that_says_so():
    html = "".join(page(Catalogue(Snapshot(), Board())))
    assert not Page(html).faults
    assert "No claim conflicts with another." in html


HOSTILE = (
    '<script>alert(1)</script>"><img src=x onerror=alert(1)> {{ 7*7 }} </style> &amp; \x00\x1b[2J \u202e'
)


def hostile_catalogue(url: str) -> Catalogue:
    text = f"{HOSTILE}\n\nمرحبا بالعالم، قال المتحدث.\n"
    capture = Capture.of("x", text.encode(), "text/plain")
    document = Document(
        id=HOSTILE,
        key=Document.key_of("x", capture.sha256),
        capture=capture.sha256,
        text=text,
        title=HOSTILE,
        byline=HOSTILE,
        publisher=HOSTILE,
        published=HOSTILE,
        url=url,
        language='en" onclick="x',
        analysed=False,
        unanalysed_because="language",
    )
    return Catalogue(Snapshot(documents=(document,)), Board())


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "data:text/html,x", "http://[bad", f"https://x/{HOSTILE}"]
)
def test_hostile_text_stays_text(url):
    made = Page("".join(page(hostile_catalogue(url), title=HOSTILE)))
    assert not made.faults
    assert {"script", "img"}.isdisjoint(tag for tag, _attributes in made.elements)
    assert not [name for _tag, attributes in made.elements for name in attributes if name.startswith("on")]
    assert "<script>alert(1)</script>" in "".join(made.text)
    assert "{{ 7*7 }}" in "".join(made.text)
    assert not re.search(r"[\x00-\x08\x0b-\x1f]", made.html)
    assert not [href for href in made.values("href") if href.startswith(("javascript", "data:text"))]


def test_text_from_right_to_left_finds_its_direction():
    html = "".join(page(hostile_catalogue("https://example.org/a")))
    assert re.search(r'<p dir="auto"[^>]*>مرحبا', html)
    assert 'href="https://example.org/a" rel="noreferrer noopener nofollow"' in html


def test_overlapping_marks_stay_well_formed(example):
    shifted = [
        msgspec.structs.replace(
            statement,
            id=f"{statement.id}-x",
            content=tuple(
                example.first.span(span.start + 4, min(span.end + 9, len(example.first.text)))
                for span in statement.content
            ),
        )
        for statement in example.catalogue.statements_of(example.first.key)
    ]
    snapshot = msgspec.structs.replace(
        example.catalogue.snapshot, statements=(*example.catalogue.snapshot.statements, *shifted)
    )
    made = Page("".join(page(Catalogue(snapshot, example.catalogue.board))))
    assert not made.faults
    assert not made.open


def test_what_people_decided_stands_on_the_page_and_cannot_break_it(example):
    hostile = "<script>alert(1)</script>\"'&\x00"
    statement = example.statements[0]
    judged = [
        Judgement.of(
            JudgementKind.VERIFIED,
            statement.id,
            "",
            basis="analyst",
            author=f"Ann {hostile}",
            reason=hostile,
            evidence=(
                Evidence(url="javascript:alert(1)", note=hostile),
                Evidence(url="https://example.org/a?b=1&c=2"),
            ),
        ),
        Judgement.of(JudgementKind.REJECTED, statement.id, "", basis="analyst", author="Bo"),
        Judgement.of(JudgementKind.CONFIRMED, statement.id, "", basis="analyst", author="Cy"),
    ]
    snapshot = example.catalogue.snapshot
    held = msgspec.structs.replace(
        snapshot,
        judgements=tuple(sorted([*snapshot.judgements, *judged], key=lambda each: each.id)),
        decisions=tuple(each.id for each in judged),
    )
    made = Page("".join(page(Catalogue(held, example.catalogue.board))))
    assert not made.faults
    assert not made.open
    assert "script" not in {tag for tag, _attributes in made.elements}
    hrefs = made.values("href")
    assert "https://example.org/a?b=1&c=2" in hrefs
    assert not [href for href in hrefs if href.startswith("javascript:")]
    words = " ".join("".join(made.text).split())
    assert "What people decided (3)" in words
    assert f"Bo read wrongly: Ida Brenn {statement.id}contradicted by Cy; neither stands" in words
    assert "read rightly by Cy (contradicted by Bo; neither stands)" in words
