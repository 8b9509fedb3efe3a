"""What holds for every format: each word of a text leads to the same word in the source, whatever came in."""

# ruff: noqa: E501

from __future__ import annotations

import html
import io
import json
import re

from formats_help import mail, news_item, ninjs, nitf, solid, unescaped, xhtml_content
from hypothesis import given, settings
from hypothesis import strategies as st
from reportlab.pdfgen.canvas import Canvas

from counterclaim.documents import is_mapped, read_document, source_of
from counterclaim.documents.composing import compose, joined, through
from counterclaim.documents.mapping import TextBuilder
from counterclaim.model import Capture, Document, InputError
from counterclaim.sources.news_formats import ATOM_FEED, MAIL, NEWSML_G2, NINJS, NITF, PDF, RSS

WORDS = st.lists(
    st.sampled_from(["mayor", "“no”", "Zürich", "said", "AT&T", "a < b", "\U0001f6a2", "x\u00a0y", "it’s", "1,000", "q]]"]),
    min_size=1, max_size=8,
).map(" ".join)  # fmt: skip
PARAGRAPHS = st.lists(WORDS, min_size=1, max_size=4)


def _numbers(text: str) -> str:
    return "".join(f"&#{ord(each)};" if ord(each) > 126 or each in "&<" else each for each in text)


def _cdata(text: str) -> str:
    return f"<![CDATA[{text.replace(']]', ']]]]><![CDATA[')}]]>"


ESCAPES = st.sampled_from([html.escape, _numbers, lambda text: html.escape(text, quote=False), _cdata])
SPACES = st.sampled_from([" ", "\n  ", "\r\n", "<!-- aside -->\n", "\t"])


def feed(paragraphs: list[str], *, rss: bool) -> tuple[str, str]:
    body = "".join(f"<p>{html.escape(each)}</p>" for each in paragraphs)
    if rss:
        return (
            "<rss><channel><title>x</title><item><title>A title</title><description>{}</description></item></channel></rss>",
            body,
        )
    start = "<feed xmlns='http://www.w3.org/2005/Atom'><entry><title>A title</title><content type='html'>"
    return f"{start}{{}}</content></entry></feed>", body


def check(document: Document, capture: Capture, data: st.DataObject) -> None:
    """Draw a span; its letters are those that its place in the source shows."""
    assert is_mapped(document, capture.content)
    words = list(re.finditer(r"\w+", document.text))
    first = data.draw(st.integers(0, len(words) - 1))
    last = data.draw(st.integers(first, min(len(words) - 1, first + 6)))
    start, end = words[first].start(), words[last].end()
    span = document.span(start, end)
    assert document.text[span.start : span.end] == span.quote
    begin, stop = document.offsets.to_source(start, end)
    shown = solid(unescaped(source_of(capture.content, document.encoding)[begin:stop]))
    if "\n\n" not in span.quote:
        assert shown == solid(span.quote)
    else:  # something that is no part of the report may stand between two of its paragraphs
        position = 0
        for part in map(solid, span.quote.split("\n\n")):
            position = shown.index(part, position) + len(part)


def document_of(content: bytes, media_type: str) -> tuple[Document, Capture] | None:
    capture = Capture.of("any", content, media_type)
    try:
        return read_document(capture)[0], capture
    except InputError:
        return None


@settings(max_examples=60, deadline=None)
@given(
    paragraphs=PARAGRAPHS,
    escape=ESCAPES,
    space=SPACES,
    encoding=st.sampled_from(["utf-8", "utf-16"]),
    data=st.data(),
)
def test_nitf_and_newsml(
    paragraphs: list[str], escape: object, space: str, encoding: str, data: st.DataObject
) -> None:
    body = space.join(f"<p>{escape(each)}</p>" for each in paragraphs)  # type: ignore[operator]
    item = nitf(("PLACE",)).replace("<p>PLACE</p>\n", body, 2).replace("<p>PLACE</p>", body)
    content = xhtml_content(()).replace("<body>", f"<body>{body}")
    for written, media_type in ((item, NITF), (news_item(content), NEWSML_G2)):
        found = document_of(written.replace('"UTF-8"', f'"{encoding}"').encode(encoding), media_type)
        assert found
        check(*found, data)


@settings(max_examples=60, deadline=None)
@given(paragraphs=PARAGRAPHS, escape=ESCAPES, rss=st.booleans(), data=st.data())
def test_html_that_stands_escaped_in_feeds(
    paragraphs: list[str], escape: object, rss: bool, data: st.DataObject
) -> None:
    frame, body = feed(paragraphs, rss=rss)
    written = frame.replace("{}", escape(body))  # type: ignore[operator]
    found = document_of(written.encode(), RSS if rss else ATOM_FEED)
    assert found
    check(*found, data)


@settings(max_examples=60, deadline=None)
@given(paragraphs=PARAGRAPHS, ascii_only=st.booleans(), as_html=st.booleans(), data=st.data())
def test_ninjs(paragraphs: list[str], ascii_only: bool, as_html: bool, data: st.DataObject) -> None:
    body = (
        "".join(f"<p>{html.escape(each)}</p>" for each in paragraphs) if as_html else "\n\n".join(paragraphs)
    )
    item = json.loads(ninjs(body_text=None)) | {"body_html" if as_html else "body_text": body}
    found = document_of(json.dumps(item, ensure_ascii=ascii_only).encode(), NINJS)
    assert found
    check(*found, data)


@settings(max_examples=15, deadline=None)
@given(
    lines=st.lists(
        st.tuples(st.integers(20, 200), st.integers(20, 400), st.text("abc de-", min_size=1, max_size=30)),
        min_size=1,
        max_size=20,
    )
)
def test_pdf_with_lines_anywhere(lines: list[tuple[int, int, str]]) -> None:
    stream = io.BytesIO()
    canvas = Canvas(stream, pagesize=(420, 595))
    for left, base, text in lines:
        canvas.drawString(left, base, text)
    canvas.save()
    found = document_of(stream.getvalue(), PDF)
    if found:
        document, capture = found
        assert is_mapped(document, capture.content)
        kept = solid("".join(text for _, _, text in lines))
        assert set(solid(document.text)) <= set(kept)


SAMPLES = {
    NITF: nitf().encode(),
    NEWSML_G2: news_item(xhtml_content()).encode(),
    RSS: (lambda parts: parts[0].replace("{}", _cdata(parts[1])))(
        feed(["AT&T said “no”."], rss=True)
    ).encode(),
    ATOM_FEED: (lambda parts: parts[0].replace("{}", html.escape(parts[1])))(
        feed(["AT&T said “no”."], rss=False)
    ).encode(),
    NINJS: ninjs(body_text=None, body_html='<p>AT&amp;T said "no".</p><p>He did.</p>'),
    MAIL: mail(html_text="<p>AT&amp;T said no.</p>").as_bytes(),
}


@settings(max_examples=300, deadline=None)
@given(
    media_type=st.sampled_from(sorted(SAMPLES)),
    changes=st.lists(
        st.tuples(st.integers(0, 5_000), st.binary(max_size=4), st.integers(0, 12)), min_size=1, max_size=5
    ),
)
def test_damaged_bytes_give_a_document_or_an_input_error(
    media_type: str, changes: list[tuple[int, bytes, int]]
) -> None:
    content = SAMPLES[media_type]
    for place, new, gone in changes:
        place %= len(content)
        content = content[:place] + new + content[place + gone :]
    found = document_of(content, media_type)
    if found:
        document, capture = found
        assert document.text.strip()
        document.text.encode()
        assert is_mapped(document, capture.content)


@settings(max_examples=150, deadline=None)
@given(content=st.binary(max_size=300), media_type=st.sampled_from(sorted(SAMPLES)))
def test_any_bytes_give_a_document_or_an_input_error(content: bytes, media_type: str) -> None:
    found = document_of(content, media_type)
    if found:
        assert is_mapped(found[0], found[1].content)


PIECES = st.lists(st.tuples(st.integers(1, 4), st.integers(0, 5), st.integers(0, 2)), min_size=1, max_size=12)


@given(
    outer=PIECES,
    cuts=st.lists(st.tuples(st.integers(0, 30), st.integers(1, 6), st.booleans()), min_size=1, max_size=8),
)
def test_maps_through_maps(outer: list[tuple[int, int, int]], cuts: list[tuple[int, int, bool]]) -> None:
    """A character of the inner text leads at least to all that its own characters lead to."""
    builder, position = TextBuilder(), 0
    for length, source_length, gap in outer:
        position += gap
        if source_length:
            builder.replace("x" * length, position, source_length)
            position += source_length
        else:
            builder.copy("y" * length, position)
            position += length
    text, first = builder.build()
    pieces, at = [], 0
    for gap, length, whole in cuts:
        start = min(len(text) - 1, at + gap)
        stop = min(len(text), start + length)
        pieces.append(("z" if whole else text[start:stop], start, stop - start))
        at = stop
    inner_text, inner = joined(pieces)
    made, offsets, _ = compose([list(through(pieces, first))])
    assert made == inner_text
    for index in range(len(made)):
        middle = inner.to_source(index, index + 1)
        wanted = first.to_source(*middle)
        found = offsets.to_source(index, index + 1)
        assert found[0] <= wanted[0]
        assert found[1] >= wanted[1]
