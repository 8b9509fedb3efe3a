"""Feeds and messages to captures, one for each item, and those to documents."""

# ruff: noqa: E501

from __future__ import annotations

import html
from pathlib import Path

import pytest

from counterclaim.documents import read_document, source_range
from counterclaim.model import Capture, Document, InputError, Problem
from counterclaim.sources import read_captures
from counterclaim.sources.feeds import read_feed
from counterclaim.sources.news_formats import ATOM_FEED, NEWSML_G2, RSS, news_media_type

SENTENCE = "The mayor of Larre denied that he’d read the letter & its annex."
BODY = f"<p>{html.escape(SENTENCE)}</p><p>“Nobody sent it,” he said.</p><figure>A photograph</figure>"


FEEDS = Path(__file__).parents[1] / "fixtures" / "feeds"


def generated(sort: str, which: str = "first") -> bytes:
    """Give a feed that feedgen made, see ``fixtures/make_feeds.py``."""
    return (FEEDS / f"{which}.{sort}").read_bytes()


def documents(content: bytes, tmp_path: Path, name: str = "feed.xml") -> list[tuple[Capture, Document]]:
    path = tmp_path / name
    path.write_bytes(content)
    found = []
    for capture in read_captures([path]):
        assert isinstance(capture, Capture), capture
        found.append((capture, read_document(capture)[0]))
    return found


@pytest.mark.parametrize("sort", ["rss", "atom"])
def test_each_item_of_a_generated_feed_is_a_report(sort: str, tmp_path: Path) -> None:
    written = generated(sort)
    found = documents(written, tmp_path)
    assert [capture.name for capture, _ in found] == [f"{tmp_path}/feed.xml#{n}" for n in (1, 2, 3)]
    for number, (capture, document) in enumerate(found, 1):
        title = f"Mayor denies letter {number} & more"
        assert document.text == f"{title}\n\n{SENTENCE}\n\n“Nobody sent it,” he said."
        assert document.title == title
        assert document.publisher == "The Larre Post"
        assert document.id == f"https://larrepost.example/{number}"
        assert document.url == f"https://larrepost.example/{number}?a=1&b=2"
        assert document.published == f"2031-04-02T08:0{number}:00+00:00"
        if sort == "atom":
            assert document.modified == f"2031-04-03T08:0{number}:00+00:00"
            assert document.byline == "Ada Quill"
        start = document.text.index("he’d")
        place = source_range(document, capture, document.span(start, start + 4))
        assert place
        shown = capture.content[slice(*place)].decode()
        assert html.unescape(html.unescape(shown)) == "he’d"


@pytest.mark.parametrize("sort", ["rss", "atom"])
def test_an_item_stands_in_its_capture_byte_for_byte_and_the_next_fetch_gives_the_same(
    sort: str, tmp_path: Path
) -> None:
    first, second = generated(sort), generated(sort, "second")
    assert first != second
    before, after = documents(first, tmp_path), documents(second, tmp_path)
    assert [each[0].sha256 for each in before] == [each[0].sha256 for each in after[1:]]
    ending = b"</item>" if sort == "rss" else b"</entry>"
    opening = ending.replace(b"/", b"").rstrip(b">")
    pieces = [opening + part.split(ending)[0] + ending for part in first.split(opening)[1:]]
    for (capture, _), piece in zip(before, pieces, strict=True):
        assert piece in capture.content


RSS_ITEM = """<item><title>{title}</title><link>/a/1</link><guid isPermaLink="false">17</guid>
<pubDate>Wed, 02 Apr 2031 08:00:00 GMT</pubDate><dc:creator>Ada Quill</dc:creator>
<description>{description}</description>{more}</item>"""


def rss(title: str = "Mayor denies letter", description: str = "He denied it.", more: str = "",
        head: str = '<?xml version="1.0"?>') -> bytes:  # fmt: skip
    item = RSS_ITEM.format(title=title, description=description, more=more)
    return (
        f'{head}<rss version="2.0"><channel><title>The Larre Post</title>'
        f"<link>https://larrepost.example/</link>{item}</channel></rss>"
    ).encode()


def one(content: bytes, media_type: str = RSS) -> Document:
    captures = list(read_feed("feed", content, media_type))
    assert len(captures) == 1
    assert isinstance(captures[0], Capture), captures[0]
    return read_document(captures[0])[0]


def test_relative_addresses_and_bare_guids_get_the_feeds_host() -> None:
    document = one(rss())
    assert document.url == "https://larrepost.example/a/1"
    assert document.id == "larrepost.example/17"
    assert document.byline == "Ada Quill"


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Mayor&#8217;s letter", "Mayor’s letter"),
        ("Mayor&amp;#8217;s letter &amp;amp; annex", "Mayor’s letter & annex"),
        ("<![CDATA[Mayor’s <em>letter</em>]]>", "Mayor’s letter"),
        ("Mayor&nbsp;Brandt &copy; 1 &lt; 2", "Mayor Brandt © 1 < 2"),
        ("Mayor &unknown; letter", "Mayor &unknown; letter"),
        ("Mayor & Sons, AT&T", "Mayor & Sons, AT&T"),
    ],
)
def test_titles_are_escaped_once_or_twice(title: str, expected: str) -> None:
    assert one(rss(title=title)).title == expected


@pytest.mark.parametrize(
    ("description", "expected"),
    [
        ("He denied it.&#xA;&#xA;She did not.", ["He denied it.", "She did not."]),
        (
            "&lt;p&gt;He denied it.&lt;/p&gt;&lt;p&gt;She &amp;amp; I.&lt;/p&gt;",
            ["He denied it.", "She & I."],
        ),
        ("<![CDATA[<p>He denied it.</p><p>She did.</p>]]>", ["He denied it.", "She did."]),
        ("<p>He denied it.</p><p>She did.</p>", ["He denied it.", "She did."]),
        ("<![CDATA[He denied]]> it<![CDATA[.]]>", ["He denied it."]),
    ],
)
def test_descriptions_are_plain_or_html(description: str, expected: list[str]) -> None:
    assert one(rss(description=description)).text.split("\n\n")[1:] == expected


def test_the_whole_text_comes_before_the_summary_and_the_source_before_the_channel() -> None:
    more = (
        "<content:encoded>&lt;p&gt;All of it.&lt;/p&gt;</content:encoded><source url='x'>Marrow Echo</source>"
    )
    document = one(rss(more=more))
    assert document.text.endswith("\n\nAll of it.")
    assert document.publisher == "Marrow Echo"


def test_html_that_is_escaped_twice_leads_through_both_to_the_bytes() -> None:
    """The example of docs/formats.md."""
    content = rss(title="Mayor&amp;#8217;s letter", description="&lt;p&gt;AT&amp;amp;T said so.&lt;/p&gt;")
    (capture,) = read_feed("feed", content, RSS)
    assert isinstance(capture, Capture)
    document = read_document(capture)[0]
    assert document.text == "Mayor’s letter\n\nAT&T said so."
    start = document.text.index("&T")
    place = source_range(document, capture, document.span(start, start + 1))
    assert place
    assert capture.content[slice(*place)] == b"&amp;amp;"


def test_rss_1_0_with_its_items_beside_the_channel() -> None:
    written = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
      xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="x"><title>The Larre Post</title></channel>
      <item rdf:about="https://larrepost.example/1"><title>Mayor denies letter</title>
      <link>https://larrepost.example/1</link><description>He denied it.</description>
      <dc:date>2031-04-02T08:00:00Z</dc:date></item>
      <item rdf:about="https://larrepost.example/2"><title>Other</title><description>It rained.</description></item>
      </rdf:RDF>"""
    captures = [each for each in read_feed("feed", written.encode(), RSS) if isinstance(each, Capture)]
    first, second = (read_document(each)[0] for each in captures)
    assert first.text == "Mayor denies letter\n\nHe denied it."
    assert (first.id, first.publisher) == ("https://larrepost.example/1", "The Larre Post")
    assert first.published == "2031-04-02T08:00:00Z"
    assert second.text == "Other\n\nIt rained."
    assert news_media_type(written.encode()) == RSS


@pytest.mark.parametrize("encoding", ["utf-16", "iso-8859-1", "gb18030", "utf-8-sig"])
def test_feeds_in_other_encodings(encoding: str) -> None:
    label = encoding.removesuffix("-sig")
    text = rss("Zürich", head=f"<?xml version='1.0' encoding='{label}'?>").decode()
    content = text.encode(encoding)
    assert news_media_type(content) == RSS
    assert one(content).title == "Zürich"


def test_xhtml_in_atom() -> None:
    written = """<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://larrepost.example/"><title>The Larre Post
      </title><entry><id>tag:larrepost.example,2031:1</id><title type="xhtml"><div xmlns="x">Mayor <b>denies</b></div>
      </title><link href="a/1"/><updated>2031-04-02T08:00:00Z</updated><content type="xhtml">
      <div xmlns="http://www.w3.org/1999/xhtml"><p>He said:<br/>“No.”</p><p>That was all.</p></div></content></entry>
      </feed>"""
    document = one(written.encode(), ATOM_FEED)
    assert document.text == "Mayor denies\n\nHe said:\n“No.”\n\nThat was all."
    assert document.url == "https://larrepost.example/a/1"
    assert (document.published, document.modified) == ("2031-04-02T08:00:00Z", None)


def test_messages_of_newsml_are_parted_and_pictures_left_out() -> None:
    def item(number: int, content: str) -> str:
        return (
            f'<newsItem guid="urn:a:{number}"><contentMeta><headline>Report {number}</headline></contentMeta>'
            f"<contentSet>{content}</contentSet></newsItem>"
        )

    text = '<inlineData contenttype="text/plain">He denied it.</inlineData>'
    items = item(1, text) + item(2, '<remoteContent href="a.jpg"/>') + item(3, text)
    written = (
        '<newsMessage xmlns="http://iptc.org/std/nar/2006-10-01/"><header><sent>2031-04-02T08:00:00Z</sent></header>'
        f"<itemSet>{items}</itemSet></newsMessage>"
    ).encode()
    assert news_media_type(written) == NEWSML_G2
    found = list(read_feed("message", written, NEWSML_G2))
    assert [each.code for each in found if isinstance(each, Problem)] == ["no-text"]
    captures = [each for each in found if isinstance(each, Capture)]
    assert [read_document(each)[0].id for each in captures] == ["urn:a:1", "urn:a:3"]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"<rss><channel><title>x</title></channel></rss>", "empty"),
        (b"<rss><channel><item>", "bad-xml"),
        (b"<!DOCTYPE rss [<!ENTITY a 'b'>]><rss><channel><item>&a;</item></channel></rss>", "bad-xml"),
        (b"<rss>" * 500, "bad-xml"),
        (b"", "bad-xml"),
    ],
)
def test_what_is_no_feed_is_named(content: bytes, code: str) -> None:
    found = list(read_feed("feed", content, RSS))
    assert [each.code for each in found if isinstance(each, Problem)] == [code]


def test_a_whole_feed_is_no_one_report() -> None:
    with pytest.raises(InputError) as refused:
        read_document(Capture.of("feed", generated("rss"), RSS))
    assert refused.value.problem.code == "not-one-item"
