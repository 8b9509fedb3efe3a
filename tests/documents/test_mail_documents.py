"""Mails to documents: the right part, the fields, and every word back to the source made by the recipe."""

# ruff: noqa: E501

from __future__ import annotations

import quopri
import time
from email import policy
from email.message import EmailMessage

import pytest
from formats_help import PARAGRAPHS, TITLE, check_words, mail, read
from hypothesis import given, settings
from hypothesis import strategies as st

from counterclaim.documents import is_mapped, read_document, source_of, source_place, source_range
from counterclaim.model import Capture, InputError
from counterclaim.sources.news_formats import MAIL, news_media_type

TEXT = "\n\n".join((TITLE, *PARAGRAPHS))
PAGE = "<html><body><div style='display:none'>Preheader</div>" + "".join(
    f"<p>{each}</p>" for each in PARAGRAPHS
)


def refused(message: bytes) -> str:
    with pytest.raises(InputError) as raised:
        read(message, MAIL)
    return raised.value.problem.code


@pytest.mark.parametrize("transfer", ["base64", "quoted-printable", "8bit"])
def test_a_press_release(transfer: str) -> None:
    message = mail()
    message.set_content("\n\n".join(PARAGRAPHS), cte=transfer)
    content = message.as_bytes()
    assert news_media_type(content) == MAIL
    document, capture, codes = read(content, MAIL)
    assert codes == []
    assert document.text == TEXT
    assert document.title == TITLE
    assert document.headline
    assert document.id == "20310304.17@harbour.example"
    assert document.byline == "Harbour Press Office Brändt"
    assert document.publisher == "Harbour Press Office Brändt"
    assert document.published == "2031-03-04T09:12:00+01:00"
    assert document.encoding == "mail/1/utf-8"
    check_words(document, capture)
    assert is_mapped(document, capture.content)


def test_a_place_is_in_the_source_and_not_in_the_bytes() -> None:
    document, capture, _ = read(mail().as_bytes(), MAIL)
    start = document.text.index("Orla Brandvik")
    span = document.span(start, start + 13)
    assert source_range(document, capture, span) is None
    place = source_place(document, capture, span)
    source = source_of(capture.content, document.encoding)
    assert source[place.start : place.end] == "Orla Brandvik"
    assert place.page is None
    assert source.startswith(f"Fwd: {TITLE}\n\n")


def test_plain_text_comes_before_html() -> None:
    document, capture, _ = read(mail(html_text=PAGE + "<p>More in HTML.</p>").as_bytes(), MAIL)
    assert document.text == TEXT
    assert document.encoding == "mail/1/utf-8"
    check_words(document, capture)


@pytest.mark.parametrize(
    "hint",
    ["", "View this email in your browser: https://x.example/1", "Your mail program does not show HTML."],
)
def test_html_is_read_where_the_plain_text_is_only_a_hint(hint: str) -> None:
    document, capture, _ = read(mail(hint, html_text=PAGE).as_bytes(), MAIL)
    assert document.text == TEXT
    assert document.encoding == "mail/2/utf-8"
    check_words(document, capture)


def test_a_short_plain_text_of_its_own_is_no_hint() -> None:
    short = "The harbour authority denies the report of the Halden Courier in full. Nobody was invited."
    assert read(mail(short, html_text=PAGE).as_bytes(), MAIL)[0].text == f"{TITLE}\n\n{short}"


def test_attachments_are_told_and_not_read() -> None:
    message = mail()
    message.add_attachment(b"%PDF-1.7", maintype="application", subtype="pdf", filename="Erklärung.pdf")
    message.add_attachment("Not to be read.", filename="notes.txt")
    capture = Capture.of("mail", message.as_bytes(), MAIL)
    document, problems = read_document(capture)
    assert document.text == TEXT
    assert [problem.code for problem in problems] == ["attachments"]
    assert "Erklärung.pdf, notes.txt" in problems[0].message
    assert document.encoding == "mail/1/utf-8"


def test_a_forwarded_message_is_read_where_nothing_else_is_there() -> None:
    outer = EmailMessage(policy=policy.SMTP)
    outer["From"], outer["Subject"], outer["Message-ID"] = "a@b.example", TITLE, "<1@b.example>"
    outer["MIME-Version"] = "1.0"
    outer.make_mixed()
    outer.add_attachment(mail())
    document, capture, _ = read(outer.as_bytes(), MAIL)
    assert document.text == TEXT
    assert document.encoding == "mail/1.1/utf-8"
    check_words(document, capture)


def test_quotations_stay_and_flowed_lines_are_joined() -> None:
    text = "The company denied \nthat the siren had failed. \n> A reader wrote: \n> it had\n\n-- \nPress office\n"
    message = mail(text)
    message.set_param("format", "flowed")
    document, capture, _ = read(message.as_bytes(), MAIL)
    assert document.text == (
        f"{TITLE}\n\nThe company denied that the siren had failed. \n> A reader wrote: \n> it had\n\n-- \nPress office"
    )
    check_words(document, capture)


def test_mails_as_programs_of_old_write_them() -> None:
    words = "Die Fähre said “no”."
    for charset, content in (
        ("windows-1252", words.encode("cp1252")),
        ("nonsense-8", words.encode()),
        ("us-ascii", words.encode()),
    ):
        written = (
            b"Received: by x\r\nFrom: press@harbour.example\r\nSubject: =?utf-8?q?F=C3=A4hre?= =?nonsense?q?x?=\r\n"
            b"Date: Tue, 4 Mar 31 09:12:00 GMT\r\nContent-Type: text/plain; charset=" + charset.encode()
            + b"\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n" + quopri.encodestring(content)
        )  # fmt: skip
        document, capture, _ = read(written, MAIL)
        assert document.text.endswith(words)
        assert document.publisher == "harbour.example"
        assert document.published == "2031-03-04T09:12:00+00:00"
        check_words(document, capture)


def test_what_holds_no_text_is_named() -> None:
    message = mail()
    message.set_content(b"\x00\x01", maintype="application", subtype="octet-stream")
    assert refused(message.as_bytes()) == "no-text"
    message = mail()
    message.set_content(b"abc", maintype="application", subtype="pkcs7-mime")
    assert refused(message.as_bytes()) == "encrypted"


def test_hostile_mails_are_refused_in_bounded_time() -> None:
    head = b"From: a@b.example\r\nMIME-Version: 1.0\r\n"
    nested = b"".join(
        b'Content-Type: multipart/mixed; boundary="%d"\r\n\r\n--%d\r\n' % (n, n) for n in range(3_000)
    )
    many = b"Content-Type: multipart/mixed; boundary=x\r\n\r\n" + b"--x\r\n\r\n" * 100_000
    for body in (nested, many):
        started = time.perf_counter()
        assert refused(head + body) in ("bad-mail", "no-text")
        assert time.perf_counter() - started < 20


@settings(max_examples=60, deadline=None)
@given(
    paragraphs=st.lists(
        st.text(st.sampled_from("abc é“”&<>=.\U0001f6a2 \t"), min_size=1, max_size=120).filter(str.strip),
        min_size=1, max_size=4,
    ),
    transfer=st.sampled_from(["base64", "quoted-printable", "8bit"]), as_html=st.booleans(), data=st.data(),
)  # fmt: skip
def test_words_lead_to_the_source(
    paragraphs: list[str], transfer: str, as_html: bool, data: st.DataObject
) -> None:
    message = mail()
    text = "\n\n".join(paragraphs)
    message.set_content(text, subtype="html" if as_html else "plain", cte=transfer)
    try:
        document, capture, _ = read(message.as_bytes(), MAIL)
    except InputError:
        return
    assert is_mapped(document, capture.content)
    start = data.draw(st.integers(0, len(document.text) - 1))
    end = data.draw(st.integers(start + 1, len(document.text)))
    place = source_place(document, capture, document.span(start, end))
    if not as_html:
        shown = source_of(capture.content, document.encoding)[place.start : place.end]
        assert "".join(document.text[start:end].split()) in "".join(shown.split())
