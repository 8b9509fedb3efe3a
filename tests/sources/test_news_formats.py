"""Formats are told by what stands in the bytes, whatever the name of the file."""

# ruff: noqa: E501

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counterclaim.model import Capture
from counterclaim.sources import read_captures
from counterclaim.sources.news_formats import (
    ATOM_FEED,
    MAIL,
    NEWSML_G2,
    NINJS,
    NITF,
    PDF,
    RSS,
    news_media_type,
)
from counterclaim.sources.xml_parsing import MAX_DEPTH, MAX_TAGS, XmlRefused, parse_xml

MESSAGE = b"From: a@b.example\r\nTo: c@d.example\r\nSubject: x\r\nMIME-Version: 1.0\r\n\r\nText."
G2 = 'xmlns="http://iptc.org/std/nar/2006-10-01/"'


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("<nitf><body/></nitf>", NITF),
        (
            "\ufeff<?xml version='1.0'?>\n<!-- <rss> -->\n<!DOCTYPE nitf SYSTEM 'nitf.dtd'><n:nitf xmlns:n='x'/>",
            NITF,
        ),
        ("<!DOCTYPE nitf [ <!-- ]> --> <!ELEMENT a (b)> ]><nitf>", NITF),
        (f"<newsItem {G2}>", NEWSML_G2),
        ("<g:newsMessage xmlns:g='http://iptc.org/std/nar/2006-10-01/'>", NEWSML_G2),
        ("<newsItem>", None),
        ("<rss version='2.0'>", RSS),
        ("<rdf:RDF xmlns='http://purl.org/rss/1.0/'>", RSS),
        ("<rdf:RDF xmlns='http://xmlns.com/foaf/0.1/'>", None),
        ("<feed xmlns='http://www.w3.org/2005/Atom'>", ATOM_FEED),
        ("<feed>", None),
        ("<html><body>", None),
        ('{"uri": "a", "body_text": "b"}', NINJS),
        ('{"uri": "a", "bodies": [{"value": "text of it"}]', NINJS),
        ('{"id": "a", "text": "b", "uri": "c", "headline": "d"}', None),
        ('{"id": "a", "text": "\\"uri\\": 1, \\"body_text\\": 2"}', None),
        ('{"$standard": {"name": "ninjs", "version": "1.4"}, "uri": "a"}', NINJS),
        ('{"uri": "a", "inside": {"body_text": "b"}}', None),
        ("%PDF-1.7\n", PDF),
        ("From the mayor: a letter.\n\nHe denied it.", None),
        ("From: the mayor\nSubject: a letter\n\nHe denied it.", None),
        ("", None),
    ],
)
def test_each_format_by_its_content(content: str, expected: str | None) -> None:
    assert news_media_type(content.encode()) == expected
    if content and not content.startswith("%"):
        assert news_media_type(("\ufeff" + content.lstrip("\ufeff")).encode("utf-16-le")) == expected


def test_mail_is_told_by_headers_that_programs_write() -> None:
    assert news_media_type(MESSAGE) == MAIL
    assert news_media_type(MESSAGE.replace(b"\r\n", b"\n")) == MAIL
    assert news_media_type(MESSAGE.replace(b"MIME-Version: 1.0\r\n", b"")) is None


@given(st.binary(max_size=300))
def test_no_bytes_are_too_strange(content: bytes) -> None:
    news_media_type(content)
    news_media_type(b"<" + content)
    news_media_type(b"{" + content)


@pytest.mark.parametrize(
    "content",
    [
        b"<!--" * 16_000, b"<?" * 30_000, b"<!DOCTYPE " + b"'" * 60_000, b"<!DOCTYPE [" + b"]" * 60_000, b"<a " * 20_000,
        b'{"' + b"\\" * 65_000, b"{" * 65_000, b'{"a":"b",' * 7_000, b"a:\n " * 16_000, b"A: b\n" * 13_000, b" " * 65_000,
        b"<a " + b"b='" * 20_000,
    ],
)  # fmt: skip
def test_hostile_heads_take_no_time(content: bytes) -> None:
    started = time.perf_counter()
    news_media_type(content)
    assert time.perf_counter() - started < 2


def test_xml_places_are_those_of_the_source() -> None:
    source = "\ufeff <?xml version='1.0'?><!-- ü --><a:b xmlns:a='u:x' c='>é'>é&amp;<d/>z<!-- > -->y<![CDATA[<e>]]></a:b >"
    tree = parse_xml(source)
    texts = [source[token.start : token.end] for token in tree.tokens if not token.name]
    assert texts == ["é&amp;", "z", "y", "<e>"]
    assert [token.literal for token in tree.tokens if not token.name] == [False, False, False, True]
    assert (tree.root.name, tree.root.space, tree.root.attributes["c"]) == ("b", "u:x", ">é")
    assert source[tree.root.start : tree.root.end] == source[source.index("<a:b") :]
    assert source[tree.root.children[0].start : tree.root.children[0].end] == "<d/>"


@given(
    st.recursive(
        st.text(
            st.characters(codec="utf-8", exclude_characters="<>&\r", exclude_categories=["Cc", "Cs"]),
            max_size=8,
        ),
        lambda inner: st.lists(inner, max_size=3).map(lambda parts: f"<tag>{''.join(parts)}</tag>"),
        max_leaves=12,
    )
)
def test_tags_and_texts_together_are_the_source(inner: str) -> None:
    source = f"<root>{inner}</root>"
    tree = parse_xml(source)
    assert "".join(source[token.start : token.end] for token in tree.tokens) == source


BOMB = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        (f'<!DOCTYPE a [<!ENTITY e0 "ha">{BOMB}]><a>&e11;</a>', "entity"),
        ('<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/hostname">]><a>&x;</a>', "entity"),
        ('<!DOCTYPE a [<!ENTITY % x SYSTEM "http://127.0.0.1/x.dtd"> %x;]><a/>', "entity"),
        ("<a>" * (MAX_DEPTH + 1) + "</a>" * (MAX_DEPTH + 1), "nested"),
        ("<a>" + "<b/>" * (MAX_TAGS + 1) + "</a>", "tags"),
        ("<a><b></a></b>", "mismatched"),
        ("<a>&#0;</a>", "character"),
    ],
)
def test_xml_that_could_do_harm_is_refused(source: str, reason: str) -> None:
    started = time.perf_counter()
    with pytest.raises(XmlRefused, match=reason):
        parse_xml(source)
    assert time.perf_counter() - started < 20


def test_external_files_are_never_loaded() -> None:
    tree = parse_xml('<!DOCTYPE a SYSTEM "file:///etc/hostname"><a>&undeclared; text</a>')
    assert len(tree.tokens) == 3


def test_ninjs_on_lines_is_read_line_by_line(tmp_path: Path) -> None:
    path = tmp_path / "items.jsonl"
    ours = {"id": "a", "text": "He denied it."}
    theirs = {"uri": "urn:b", "headline": "Mayor denies", "body_text": "He denied it."}
    path.write_text(json.dumps(ours) + "\n" + json.dumps(theirs) + "\n")
    found = [each.media_type for each in read_captures([path]) if isinstance(each, Capture)]
    assert found == ["application/json", NINJS]
