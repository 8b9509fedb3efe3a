"""What holds for any input: spans quote their text and lead to the same words in the bytes."""

# ruff: noqa: E501

from __future__ import annotations

import html
import json
import re

from hypothesis import given, settings
from hypothesis import strategies as st

from counterclaim.documents import read_document, source_range
from counterclaim.documents.mapping import TextBuilder, join_pairs
from counterclaim.model import Capture, Document, InputError, OffsetMap, Run

WORDS = st.lists(
    st.sampled_from(["mayor", "“no”", "Zürich", "said", "AT&T", "a<b", "\U0001f6a2", "x\u00a0y", "it’s", '"', "\\", "1,000"]),
    min_size=1, max_size=12,
)  # fmt: skip
SPACES = st.sampled_from([" ", "  ", "\n", "\r\n", "\t", " \n "])
MARKS = st.sampled_from(
    [("", ""), ("<b>", "</b>"), ("<a href='x>y'>", "</a>"), ("<!-- c -->", ""), ("<br>", ""), ("<i>", "")]
)


def read(content: bytes, media_type: str) -> tuple[Document, Capture] | None:
    capture = Capture.of("any", content, media_type)
    try:
        return read_document(capture)[0], capture
    except InputError:
        return None


def check_spans(document: Document, capture: Capture, data: st.DataObject) -> tuple[str, bytes]:
    """Draw a span of the document, check it, and return its words and its bytes."""
    start = data.draw(st.integers(0, len(document.text) - 1))
    end = data.draw(st.integers(start + 1, min(len(document.text), start + 40)))
    span = document.span(start, end)
    assert document.text[span.start : span.end] == span.quote
    found = span.find_in(document.text)
    assert found
    assert found.quote == span.quote
    first, last = source_range(document, capture, span)
    assert 0 <= first <= last <= len(capture.content)
    return span.quote, capture.content[first:last]


@settings(max_examples=200, deadline=None)
@given(
    content=st.binary(max_size=400),
    media_type=st.sampled_from(["text/plain", "text/html", "application/json"]),
    data=st.data(),
)
def test_any_bytes_give_a_document_or_an_input_error(
    content: bytes, media_type: str, data: st.DataObject
) -> None:
    result = read(content, media_type)
    if result:
        document, capture = result
        assert document.text.strip()
        document.text.encode()
        source = capture.content.decode(document.encoding, "surrogateescape")
        assert source.encode(document.encoding, "surrogateescape") == capture.content
        check_spans(document, capture, data)


@settings(max_examples=150, deadline=None)
@given(
    text=st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=60),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]), data=st.data(),
)  # fmt: skip
def test_plain_text_maps_to_its_bytes(text: str, encoding: str, data: st.DataObject) -> None:
    result = read(text.encode(encoding), "text/plain")
    if result is None or result[0].encoding not in ("utf-8", "utf-16-le"):
        return
    document, capture = result
    quote, found = check_spans(document, capture, data)
    back = found.decode(document.encoding).replace("\r\n", "\n").replace("\r", "\n")
    assert back.replace("\r", "\n") == quote


@settings(max_examples=200, deadline=None)
@given(text=st.text(min_size=1, max_size=60), ascii_only=st.booleans(), data=st.data())
def test_json_text_is_exact_and_maps_to_its_bytes(text: str, ascii_only: bool, data: st.DataObject) -> None:
    raw = json.dumps({"id": "a", "text": text, "title": text}, ensure_ascii=ascii_only)
    result = read(raw.encode("utf-8", "surrogatepass"), "application/json")
    if result is None:
        assert not text.strip()
        return
    document, capture = result
    if ascii_only or not re.search("[\ud800-\udfff]", text):
        exact: str = json.loads(raw)["text"]
        assert document.text == re.sub("[\ud800-\udfff]", "\ufffd", exact)
        quote, found = check_spans(document, capture, data)
        back = json.loads(b'"' + found + b'"')
        assert re.sub("[\ud800-\udfff]", "\ufffd", back) == quote


@settings(max_examples=150, deadline=None)
@given(
    paragraphs=st.lists(st.lists(st.tuples(WORDS, SPACES, MARKS, st.booleans()), min_size=1, max_size=4), min_size=1, max_size=4),
    data=st.data(),
)  # fmt: skip
def test_page_text_maps_to_its_bytes(
    paragraphs: list[list[tuple[list[str], str, tuple[str, str], bool]]], data: st.DataObject
) -> None:
    body = ""
    for paragraph in paragraphs:
        parts = []
        for given_words, space, (opening, closing), numeric in paragraph:
            text = html.escape(space.join(given_words))
            parts.append(
                opening
                + (re.sub(r"[“”’]", lambda mark: f"&#{ord(mark.group())};", text) if numeric else text)
                + closing
            )
        body += f"<p>{' '.join(parts)}</p>\n"
    result = read(f"<html><body><article>{body}</article></body></html>".encode(), "text/html")
    if result is None:
        return
    quote, found = check_spans(*result, data)
    shown = html.unescape(re.sub(r"<!--.*?-->|<(?:[^>']|'[^']*')*>", " ", found.decode()))
    solid, parts = "".join(shown.split()), ["".join(part.split()) for part in quote.split("\n")]
    # Between two paragraphs of the text there may be one in the page that is not part of the report.
    position = 0
    for part in parts:
        position = solid.index(part, position) + len(part)
    assert len(parts) > 1 or solid == parts[0]


@given(
    pieces=st.lists(
        st.tuples(st.integers(1, 4), st.integers(0, 6), st.integers(0, 3)), min_size=1, max_size=30
    )
)
def test_joined_runs_still_cover_the_source(pieces: list[tuple[int, int, int]]) -> None:
    builder, position = TextBuilder(), 0
    for length, source_length, gap in pieces:
        position += gap
        if source_length:
            builder.replace("x" * length, position, source_length)
            position += source_length
        else:
            builder.insert("\n" * length)
    text, offsets = builder.build()
    runs = list(offsets.runs) or [Run(0, len(text), 0, len(text))]
    joined = OffsetMap(tuple(join_pairs(runs)))
    assert sum(run.text_length for run in joined.runs) == len(text)
    for index in range(len(text)):
        start, end = OffsetMap(tuple(runs)).to_source(index, index + 1)
        wide_start, wide_end = joined.to_source(index, index + 1)
        assert wide_start <= start <= end <= max(wide_end, wide_start)
