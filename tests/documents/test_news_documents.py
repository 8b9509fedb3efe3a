"""NITF, NewsML-G2 and ninjs: text, fields, status, and every word back to its source."""

from __future__ import annotations

import html
import json

import NewsMLG2
import pytest
from formats_help import (
    PARAGRAPHS,
    TITLE,
    check_words,
    news_item,
    ninjs,
    nitf,
    read,
    xhtml_content,
)

from counterclaim.disputes.versions import basis_of, moment
from counterclaim.model import InputError, OriginBasis
from counterclaim.sources.news_formats import NEWSML_G2, NINJS, NITF, news_media_type

TEXT = "\n\n".join((TITLE, *PARAGRAPHS))


def test_nitf() -> None:
    document, capture, codes = read(nitf().encode(), NITF)
    assert codes == []
    assert document.text.split("\n\n") == [
        TITLE,
        "Inspectors say nobody asked them",
        "HALDEN, Norrland",
        *PARAGRAPHS,
        "Editing by Tomas Weyland",
    ]
    assert document.headline
    assert document.headline.quote == document.title == TITLE
    assert document.standfirst
    assert document.standfirst.quote == "Inspectors say nobody asked them"
    assert document.dateline
    assert document.dateline.quote == "HALDEN, Norrland"
    assert document.id == "NLN:20310304-17"
    assert document.byline == "Ines Marwick, Harbour correspondent"
    assert document.publisher == "The Halden Courier"
    assert document.published == "2031-03-04T09:12:00+01:00"
    assert document.modified == "2031-03-04T10:45:00+01:00"
    assert document.language == "en"
    assert document.origin
    assert (document.origin.name, document.origin.basis) == ("Northlight News Service", OriginBasis.CREDIT)
    check_words(document, capture)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "iso-8859-1"])
def test_nitf_in_other_encodings(encoding: str) -> None:
    words = ("Zürich said it was “fine”, said Orla Brandvik of the harbour.",)
    written = nitf(words).replace('"UTF-8"', f'"{encoding.removesuffix("-sig")}"').replace("’", "&#8217;")
    written = written.replace("“", "&ldquo;").replace("”", "&#x201d;")
    document, capture, codes = read(written.encode(encoding), NITF)
    assert codes == []
    assert words[0] in document.text
    check_words(document, capture)


def test_newsml_with_each_sort_of_content() -> None:
    escaped = html.escape("".join(f"<p>{html.escape(each)}</p>" for each in PARAGRAPHS))
    plain = html.escape("\n\n".join(PARAGRAPHS))
    contents = {
        "xhtml": xhtml_content(),
        "html": f'<inlineData contenttype="text/html">{escaped}</inlineData>',
        "cdata": '<inlineData contenttype="text/html"><![CDATA['
        + "".join(f"<p>{html.escape(each)}</p>" for each in PARAGRAPHS)
        + "]]></inlineData>",
        "plain": f'<inlineData contenttype="text/plain">{plain}</inlineData>',
    }
    for content in contents.values():
        document, capture, codes = read(news_item(content).encode(), NEWSML_G2)
        assert codes == []
        assert document.text == TEXT
        assert document.id == "urn:newsml:northlight.example:20310304:ferry"
        assert (document.byline, document.publisher) == ("Ines Marwick", "Northlight News Service")
        assert document.published == "2031-03-04T09:12:00+01:00"
        assert document.modified == "2031-03-04T10:45:00+01:00"
        assert document.language == "en-GB"
        assert document.origin
        assert document.origin.name == "Northlight / Halden Courier"
        check_words(document, capture)


def test_the_iptcs_own_library_reads_the_same_from_the_item() -> None:
    written = news_item(xhtml_content()).encode()
    document, _, _ = read(written, NEWSML_G2)
    item = NewsMLG2.NewsMLG2Document(written).get_item()
    assert item.guid == document.id
    assert str(item.itemmeta.versioncreated) == document.modified
    assert str(item.itemmeta.firstcreated) == document.published


def test_nitf_within_newsml_fills_what_the_item_leaves_open() -> None:
    inner = nitf().partition("?>")[2].partition('.dtd">')[2]
    item = news_item(f'<inlineXML contenttype="application/nitf+xml">{inner}</inlineXML>')
    item = item.replace('<creator literal="im"><name>Ines Marwick</name></creator>', "")
    document, capture, _ = read(item.encode(), NEWSML_G2)
    assert document.byline == "Ines Marwick, Harbour correspondent"
    assert document.publisher == "Northlight News Service"
    assert document.standfirst
    check_words(document, capture)


@pytest.mark.parametrize(
    ("content", "media_type"),
    [
        (nitf(status="canceled").encode(), NITF),
        (news_item(xhtml_content(), status="canceled").encode(), NEWSML_G2),
        (ninjs(pubstatus="canceled"), NINJS),
    ],
)
def test_a_cancelled_item_is_stored_and_not_read_for_statements(content: bytes, media_type: str) -> None:
    document, _, codes = read(content, media_type)
    assert codes == ["provider-canceled"]
    assert (document.analysed, document.unanalysed_because) == (False, "canceled")


def test_an_embargo_is_told() -> None:
    extra = "<embargoed>2031-03-05T00:00:00Z</embargoed>"
    document, _, codes = read(news_item(xhtml_content(), extra=extra).encode(), NEWSML_G2)
    assert codes == ["embargo"]
    assert document.analysed
    assert read(ninjs(embargoed="2031-03-05T00:00:00Z"), NINJS)[2] == ["embargo"]


def test_a_correction_is_a_later_version_of_the_same_report() -> None:
    first, _, _ = read(news_item(xhtml_content()).encode(), NEWSML_G2)
    corrected = news_item(xhtml_content(PARAGRAPHS[1:]), version="4").replace("10:45:00", "12:30:00")
    second, _, _ = read(corrected.encode(), NEWSML_G2)
    assert basis_of(first, second) == "same-id"
    assert moment(first) < moment(second)


@pytest.mark.parametrize(
    "members",
    [
        {},
        {"headline": None, "headline_main": TITLE},
        {"body_text": None, "body_html": "".join(f"<p>{html.escape(each)}</p>" for each in PARAGRAPHS)},
        {
            "headline": None, "body_text": None,
            "headlines": [{"role": "short", "value": "Ferry"}, {"role": "main", "value": TITLE}],
            "bodies": [
                {"role": "main", "contenttype": "text/html",
                 "value": "".join(f"<p>{html.escape(each)}</p>" for each in PARAGRAPHS)},
                {"role": "summary", "contenttype": "text/plain", "value": "Something much longer. " * 40},
            ],
        },
        {
            "headline": None, "body_text": None, "byline": None, "versioncreated": None, "firstcreated": None,
            "copyrightholder": None, "copyrightHolder": "Northlight News Service", "by": "Ines Marwick",
            "versionCreated": "2031-03-04T10:45:00+01:00", "firstCreated": "2031-03-04T09:12:00+01:00",
            "headlines": [{"value": TITLE}],
            "bodies": [{"contentType": "text/plain", "value": "\r\n\r\n".join(PARAGRAPHS)}],
        },
    ],
)  # fmt: skip
def test_ninjs_of_each_generation(members: dict[str, object]) -> None:
    content = ninjs(**members)
    assert news_media_type(content) == NINJS
    for written in (content, json.dumps(json.loads(content), ensure_ascii=False, indent=1).encode()):
        document, capture, codes = read(written, NINJS)
        assert codes == []
        assert document.text == TEXT
        assert document.title == TITLE
        assert document.id == "https://northlight.example/items/20310304-ferry"
        assert (document.byline, document.publisher) == ("Ines Marwick", "Northlight News Service")
        assert document.published == "2031-03-04T09:12:00+01:00"
        assert document.modified == "2031-03-04T10:45:00+01:00"
        check_words(document, capture)


def test_ninjs_names_who_has_it_from_whom() -> None:
    document, _, _ = read(ninjs(infosource=[{"name": "Marrow Valley Echo"}]), NINJS)
    assert document.origin
    assert document.origin.name == "Marrow Valley Echo"
    document, _, _ = read(ninjs(source="Marrow Valley Echo"), NINJS)
    assert document.origin
    assert document.origin.basis is OriginBasis.CREDIT


def test_a_picture_is_no_report() -> None:
    picture = '<remoteContent href="ferry.jpg" contenttype="image/jpeg"/>'
    for content, media_type in (
        (news_item(picture).encode(), NEWSML_G2),
        (ninjs(type="picture", body_text=None, description_text="The ferry."), NINJS),
    ):
        with pytest.raises(InputError) as refused:
            read(content, media_type)
        assert refused.value.problem.code == "no-text"


def test_several_items_are_no_one_report() -> None:
    items = news_item(xhtml_content()) + news_item(xhtml_content(), guid="urn:other")
    with pytest.raises(InputError) as refused:
        read(f"<newsMessage><itemSet>{items}</itemSet></newsMessage>".encode(), NEWSML_G2)
    assert refused.value.problem.code == "not-one-item"
