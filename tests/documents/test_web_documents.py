"""Pages to documents: the region, the metadata, and the way back to the source of the page."""

# ruff: noqa: E501

from __future__ import annotations

import html
import re
from pathlib import Path

import pytest

from counterclaim.documents import read_document, source_range
from counterclaim.documents.blocks import read_page
from counterclaim.documents.markup import attributes, tokens
from counterclaim.model import Capture, Document, InputError, OriginBasis

PAGES = Path(__file__).parents[1] / "fixtures" / "html"
FURNITURE = (
    "cookies", "Subscribe", "Share on", "Related stories", "in maps", "morning briefing", "Advertisement",
    "Photograph", "Sign up", "not text", "Copy link", "Key events", "Tweet", "hidden words",
)  # fmt: skip


def read(name: str) -> tuple[Document, Capture, list[str]]:
    capture = Capture.of(name, (PAGES / name).read_bytes(), "text/html")
    document, problems = read_document(capture)
    return document, capture, [problem.code for problem in problems]


def page(body: str) -> Document:
    return read_document(Capture.of("page.html", body.encode(), "text/html"))[0]


def words(text: str) -> str:
    return "".join(character for character in text if character.isalnum())


def visible(source: str) -> str:
    """The words that a stretch of a page's source shows, scripts, tags and references resolved."""
    without = re.sub(r"(?is)<(script|style|button|aside)\b.*?</\1>|<!--.*?-->", "", source)
    return words(html.unescape(re.sub(r"<[^>]*>", " ", without)))


@pytest.mark.parametrize("name", sorted(path.name for path in PAGES.glob("*.html")))
def test_every_word_maps_to_the_same_word_in_the_bytes(name: str) -> None:
    document, capture, _ = read(name)
    assert not [furniture for furniture in FURNITURE if furniture in document.text]
    for match in re.finditer(r"[^\W\d_]+", document.text):
        span = document.span(*match.span())
        start, end = source_range(document, capture, span)
        source = capture.content[start:end].decode(document.encoding)
        assert words(html.unescape(re.sub(r"<[^>]*>", "", source))) == words(span.quote)
        assert span.find_in(document.text) == span


def test_classic_page() -> None:
    document, capture, codes = read("classic.html")
    assert codes == []
    paragraphs = document.text.split("\n\n")
    assert paragraphs[:2] == [
        "Governor denies ordering dam gates opened",
        "Operators say the call came from the palace; the palace calls that a lie",
    ]
    assert len(paragraphs) == 12
    assert document.headline
    assert document.standfirst
    assert [document.headline.quote, document.standfirst.quote] == paragraphs[:2]
    assert document.text.count("I learnt of it from the radio") == 1
    assert "“There was no siren”" in document.text
    assert "AT&T and two other" in document.text
    assert "it’s somewhere else”." in paragraphs[5]
    assert document.title == paragraphs[0]
    assert document.published == "2031-04-12T18:05:00+03:00"
    assert (document.publisher, document.byline) == ("Varda Courier", "Ines Okoro")
    assert document.url == "https://courier.example/world/2031/04/12/dam-gates"
    assert document.language == "en"
    quote = "“No such order was given, by me or by anyone in this house,” Governor Mirela Stan told reporters in Varda."
    start = document.text.index(quote)
    first, last = source_range(document, capture, document.span(start, start + len(quote)))
    assert capture.content[first:last].startswith(b"&ldquo;No such order")
    assert capture.content[first:last].endswith(b"<b>Mirela Stan</b> told reporters\nin&nbsp;Varda.")


def test_live_blog_keeps_its_posts_and_their_heads_in_order() -> None:
    document, _, _ = read("liveblog.html")
    paragraphs = document.text.split("\n\n")
    assert paragraphs[1] == "Governor to speak at noon"
    assert paragraphs.index("Army boats reach lower town") == 4
    assert paragraphs.index("Toll rises to eleven") == 7
    assert document.published == "2031-04-12T05:12:44Z"
    assert document.byline == "Noor Haddad"


def test_wire_copy_names_the_agency_in_its_dateline() -> None:
    document, _, _ = read("wire.html")
    assert document.dateline
    assert document.dateline.quote == "TARNAK, Kessel (AFP) -"
    assert document.origin
    assert (document.origin.name, document.origin.basis) == ("AFP", OriginBasis.DATELINE)
    assert document.published == "2031-06-02T21:47:10.000+0000"
    assert len(document.text.split("\n\n")) == 7


def test_page_of_tables_in_windows_1252() -> None:
    document, _, codes = read("tables.html")
    assert codes == ["no-date"]
    assert document.encoding == "cp1252"
    assert document.title == "Mayor rejects claim of bribe"
    assert document.byline == "Jane Hallam"
    assert document.origin
    assert (document.origin.name, document.origin.basis) == ("Norvik Gazette", OriginBasis.COPYRIGHT)
    assert "“so-called witness”" in document.text
    assert len(document.text.split("\n\n")) == 7


def test_wrong_declaration_is_noticed_and_the_bytes_believed() -> None:
    document, _, codes = read("wrong-encoding.html")
    assert codes == ["encoding"]
    assert "“No such order" in document.text


def test_pashto_is_stored_unanalysed() -> None:
    document, _, codes = read("pashto.html")
    assert codes == ["no-date", "unanalysed-language"]
    assert document.headline
    assert len(document.text.split("\n\n")) == 3


def test_short_page_without_frame_is_read() -> None:
    document, _, _ = read("bare.html")
    assert document.text.split("\n\n") == [
        "Ferry company admits brakes were not checked",
        "The ferry company Nordlys admitted on Friday that the brakes of the ramp had not been checked since March.",
        '"We should have done it", its director, Solveig Moe, said.',
    ]


def test_dates_are_not_guessed_from_the_text() -> None:
    assert read("runaway.html")[0].published is None


def test_title_that_does_not_stand_in_the_page_is_only_metadata() -> None:
    document = page(
        "<title>Brakes were not checked</title><body><p>The ferry company said nothing of the brakes on Monday."
    )
    assert document.headline is None
    assert document.text == "The ferry company said nothing of the brakes on Monday."
    assert document.title == "Brakes were not checked"


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("<p>a&nbsp;&amp;&#8212;&#x2014;&lt;b&gt; &copy2031", "a &——<b> ©2031"),
        ("<p>AT&T &notit; &bogus; & &", "AT&T ¬it; &bogus; & &"),
        ("<p>so\u00adft hy&shy;phen\u200b", "soft hyphen"),
        ("<p>one<b>two</b> <i> three</i>", "onetwo three"),
        ("<p>one<br>two<br/>three", "one\ntwo\nthree"),
        ("<p>one<script>two</script><style>x</style><!-- three -->", "one"),
        ("<p>one<template>two</template><noscript>x</noscript><svg><text>x</text></svg>", "one"),
        ("<p>one<span hidden>two</span><span style='display: none'>x</span>", "one"),
        ("<p>1 < 2 and 3 <4", "1 < 2 and 3 <4"),
        ("<p>one<![CDATA[two]]>", "one"),
        ("<p>one <a title='a > b'>two</a>", "one two"),
        ("<p>one<!-->two<!--->three", "onetwothree"),
        ("<p>one</nothing>two</p></p>", "onetwo"),
        ("<P>one <TEXTAREA><p>two</TEXTAREA>", "one"),
        ("<p>\ud83d\ude00".encode("utf-16", "surrogatepass").decode("utf-16"), "\U0001f600"),
    ],
)  # fmt: skip
def test_text_of_a_block(source: str, text: str) -> None:
    assert [block.text for block in read_page(source).blocks] == [text]


def test_blocks_and_breaks() -> None:
    source = "<h1>a</h1>b<p>c<p>d<br><br>e<ul><li>f<li>g</ul><table><tr><td>h<td>i</table>"
    assert [block.text for block in read_page(source).blocks] == list("abcdefghi")


def test_attributes_and_places_of_tags() -> None:
    assert attributes(" A=1 b='2 &amp; 3' c c=\"4\" d = 5") == {"a": "1", "b": "2 & 3", "c": "", "d": "5"}
    source = "x<a href='>'>y</a >z<b"
    assert [source[token.start : token.end] for token in tokens(source)] == [
        "x",
        "<a href='>'>",
        "y",
        "</a >",
        "z",
    ]


def test_page_that_a_script_is_to_uncover_is_read() -> None:
    sentences = [
        f"The ferry company said nothing of the brakes on day {day}, and nothing of the ramp."
        for day in range(9)
    ]
    hidden = "<div style='display:none'>" + "".join(f"<p>{sentence}</p>" for sentence in sentences) + "</div>"
    assert page(f"<html><body>{hidden}</body></html>").text.split("\n\n") == sentences


@pytest.mark.parametrize(
    "source",
    [
        "<html></html>",
        "<html><head><title>x</title></head></html>",
        "<script>alert(1)</script>",
        "<!-- a",
        "<p",
        "&nbsp;",
    ],
)
def test_page_without_text_is_refused_by_name(source: str) -> None:
    with pytest.raises(InputError, match=r"page\.html: no text of a report"):
        page(source)
