"""Plain text and JSON Lines to documents."""

# ruff: noqa: E501

from __future__ import annotations

import json
from pathlib import Path

import pytest

from counterclaim.documents import MAX_CHARACTERS, read_document, source_range
from counterclaim.documents.dates import iso_date
from counterclaim.documents.language import identify
from counterclaim.model import Capture, Document, InputError, OriginBasis, SelectorError
from counterclaim.sources import read_captures

BODY = "The harbour master said on Tuesday that the crane had been checked twice. The union denied it."


def text_of(content: bytes, encoding: str | None = None) -> tuple[Document, list[str]]:
    document, problems = read_document(
        Capture.of("dir/The report.txt", content, "text/plain", encoding=encoding)
    )
    return document, [problem.code for problem in problems]


def record_of(raw: bytes | dict[str, object]) -> tuple[Document, list[str]]:
    content = raw if isinstance(raw, bytes) else json.dumps(raw).encode()
    document, problems = read_document(Capture.of("r.jsonl#3", content, "application/json"))
    return document, [problem.code for problem in problems]


def refused(content: bytes, media_type: str) -> tuple[str, str]:
    with pytest.raises(InputError) as caught:
        read_document(Capture.of("r.jsonl#3", content, media_type))
    return caught.value.problem.code, str(caught.value)


@pytest.mark.parametrize(
    ("encoding", "declared", "notices"),
    [
        ("utf-8", None, []), ("utf-8-sig", None, []), ("utf-16", None, []), ("utf-16-be", None, []),
        ("utf-32", None, []), ("cp1252", None, []), ("cp1252", "ISO-8859-1", []), ("utf-8", "latin-1", ["encoding"]),
        ("cp1252", "utf-8", ["encoding"]), ("utf-8", "no-such-encoding", ["encoding"]), ("utf-16", "utf-16", []),
    ],
)  # fmt: skip
def test_encodings(encoding: str, declared: str | None, notices: list[str]) -> None:
    text = BODY.replace("crane", "“cräne”") + "\nEnd."
    document, codes = text_of(text.encode(encoding), declared)
    assert document.text == text
    assert [code for code in codes if code != "no-date"] == notices
    capture = Capture.of("x", text.encode(encoding), "text/plain")
    place = text.index("“cräne”")
    start, end = source_range(document, capture, document.span(place, place + 7))
    assert capture.content[start:end] == "“cräne”".encode(document.encoding)


def test_cyrillic_without_a_declaration_is_recognised() -> None:
    text = "Губернатор области опроверг сообщения о том, что плотина была открыта ночью по его приказу. " * 4
    assert text_of(text.encode("cp1251"))[0].text == text


def test_line_ends_and_unreadable_bytes_are_mapped_one_by_one() -> None:
    content = "Tallinn – first line\r\nsecond ".encode() + b"\xff" + "lïne\rthird".encode()
    document, codes = text_of(content)
    assert document.text == "Tallinn – first line\nsecond \ufffdlïne\nthird"
    assert "encoding" in codes
    capture = Capture.of("x", content, "text/plain")
    for words in ("\ufffdlïne", "third", "line\nsecond"):
        start = document.text.index(words)
        first, last = source_range(document, capture, document.span(start, start + len(words)))
        assert content[first:last].decode("utf-8", "replace").replace("\r\n", "\n") == words


def test_file_is_named_by_stem_and_hash() -> None:
    document, _ = text_of(BODY.encode())
    assert document.id == f"The-report-{document.capture[:8]}"


def test_headline_and_standfirst_of_plain_text() -> None:
    document, _ = text_of(f"Crane was checked, port says\n\nUnion speaks of a cover-up\n\n{BODY}\n".encode())
    assert document.title == "Crane was checked, port says"
    assert document.headline
    assert document.headline.quote == document.title
    assert document.standfirst
    assert document.standfirst.quote == "Union speaks of a cover-up"
    assert text_of(f"{BODY}\n\nMore.".encode())[0].headline is None


@pytest.mark.parametrize("content", [b"", b" \n ", b"\xef\xbb\xbf\n"])
def test_blank_inputs_are_refused(content: bytes) -> None:
    for media_type in ("text/plain", "text/html", "application/json"):
        assert refused(content, media_type)[0] == "empty"


def test_text_of_a_line_is_exactly_the_one_given() -> None:
    text = '  “Caf\u00e9”\r\n\ttab \U0001f6a2 \u2028 \\ / " end  \n\n'
    for ascii_only in (True, False):
        raw = json.dumps({"x": {"text": "no"}, "id": "a", "text": text}, ensure_ascii=ascii_only).encode()
        document, _ = record_of(raw)
        assert document.text == text
        capture = Capture.of("x", raw, "application/json")
        for index in range(len(text)):
            start, end = source_range(document, capture, document.span(index, index + 1))
            assert json.loads(b'"' + raw[start:end] + b'"') == text[index]


def test_fields_of_a_line() -> None:
    document, codes = record_of({
        "id": "p-1", "title": "Crane was checked", "text": f"Crane was checked\n\n{BODY}", "publisher": "Harbour News",
        "published": "2031-05-06T07:08:09Z", "url": "https://x.example/1", "byline": "Ida Holm", "language": "en-GB",
        "unknown": [1, {"text": 5}], "credit": None,
    })  # fmt: skip
    assert codes == []
    assert (document.id, document.title, document.publisher) == ("p-1", "Crane was checked", "Harbour News")
    assert (document.published, document.url) == ("2031-05-06T07:08:09Z", "https://x.example/1")
    assert (document.byline, document.language) == ("Ida Holm", "en-GB")
    assert document.headline
    assert document.headline.quote == "Crane was checked"
    assert document.origin
    assert document.origin.basis is OriginBasis.PUBLISHER


def test_the_creation_time_of_a_corpus_is_the_date_of_publication() -> None:
    document, codes = record_of({"id": "p-1", "text": BODY, "dct": "2031-05-06"})
    assert (document.published, codes) == ("2031-05-06", [])
    document, _ = record_of({"id": "p-1", "text": BODY, "dct": "2031-05-06", "published": "2031-05-09"})
    assert document.published == "2031-05-09"


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        (b'{"id": "a", "text": "x"', "expected"), (b'{"id": "a" "text": "x"}', "expected"), (b"[1]", "expected {"),
        (b'{"id": "a", "text": "x"} more', "after the object"), (b'{"id": "a", "text": "x\ny"}', "control character"),
        (b'{"id": "a"}', '"text" is missing'), (b'{"text": "x"}', '"id" is missing'),
        (b'{"id": " ", "text": "x"}', '"id" is blank'), (b'{"id": "a", "text": " \\n "}', '"text" is blank'),
        (b'{"id": 7, "text": "x"}', '"id" is not a string'), (b'{"id": "a", "text": ["x"]}', "not a string"),
        (b'{"id": "a", "text": "x", "title": 5}', '"title" is not a string'), (b"{}", "missing"),
        (b'{"id": "a", "x": ' + b"[" * 100_000 + b"]" * 100_000 + b', "text": "x"}', "nested too deep"),
    ],
)  # fmt: skip
def test_broken_lines_say_what_is_wrong(raw: bytes, words: str) -> None:
    code, message = refused(raw, "application/json")
    assert code == "bad-json"
    assert words in message
    assert message.startswith("r.jsonl#3: ")


def test_of_two_texts_the_last_counts_for_value_and_map() -> None:
    raw = b'{"text": "first", "id": "a", "text": "sec\\u006fnd"}'
    document, _ = record_of(raw)
    assert document.text == "second"
    capture = Capture.of("x", raw, "application/json")
    start, end = source_range(document, capture, document.span(0, 6))
    assert raw[start:end] == b"sec\\u006fnd"


def test_lone_surrogates_become_replacement_characters() -> None:
    document, _ = record_of(
        b'{"id": "a", "title": "t\\ud800", "text": "one \\ud83d two \\ud83d\\ude00 \\udc00"}'
    )
    assert document.text == "one \ufffd two \U0001f600 \ufffd"
    assert document.title == "t\ufffd"
    document.text.encode()


@pytest.mark.parametrize(
    ("value", "kept"),
    [
        ("2031-05-06", "2031-05-06"), ("2031-05-06T07:08Z", "2031-05-06T07:08Z"),
        ("2031-05-06T07:08:09.123+02:00", "2031-05-06T07:08:09.123+02:00"),
        ("2031-05-06 07:08:09+0200", "2031-05-06T07:08:09+0200"), ("2031-05-06T07:08:09", "2031-05-06"),
        ("2031-02-30", None), ("2031-05-06T25:00Z", None), ("May 6, 2031", None), ("2031", None), ("", None),
    ],
)  # fmt: skip
def test_dates(value: str, kept: str | None) -> None:
    assert iso_date(value) == kept


def test_missing_and_invalid_dates_are_noticed() -> None:
    assert record_of({"id": "a", "text": BODY})[1] == ["no-date"]
    document, codes = record_of({"id": "a", "text": BODY, "published": "yesterday"})
    assert codes == ["bad-date"]
    assert document.published is None


@pytest.mark.parametrize(
    "text",
    ["Mayor denies bribe", "Rebels quit Orsk, army says", "Dam bursts, 12 dead", "Toll up to 40", "Stan: ‘No deal’", BODY],
)  # fmt: skip
def test_short_english_is_not_lost(text: str) -> None:
    document, codes = record_of({"id": "a", "text": text, "published": "2031-05-06"})
    assert document.analysed, document.language
    assert codes == []


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("چارواکو وویل چې د سیند اوبه د شپې له خوا پورته شوې دي", "ps"),
        ("Le maire a nié lundi avoir reçu de l'argent d'un entrepreneur", "fr"),
        ("El alcalde niega el soborno", None),
        ("1234 5678 !!", None),
    ],
)
def test_other_languages_are_stored_unanalysed(text: str, language: str | None) -> None:
    document, codes = record_of({"id": "a", "text": text, "published": "2031-05-06"})
    assert codes == ["unanalysed-language"]
    assert (document.analysed, document.unanalysed_because) == (False, "language")
    assert language is None or document.language == language
    assert identify(text) == document.language


def test_declared_language_is_respected() -> None:
    assert not record_of({"id": "a", "text": BODY, "language": "de"})[0].analysed
    assert record_of({"id": "a", "text": "Zzyx Qwrt", "language": "eng"})[0].analysed


def test_long_text_is_stored_unanalysed() -> None:
    document, codes = text_of((BODY + " ").encode() * (MAX_CHARACTERS // len(BODY)) + b"x" * len(BODY))
    assert len(document.text) > MAX_CHARACTERS
    assert (document.analysed, document.unanalysed_because) == (False, "length")
    assert "unanalysed-length" in codes


def test_span_of_another_document_is_refused() -> None:
    document, _ = text_of(BODY.encode())
    with pytest.raises(SelectorError):
        source_range(document, Capture.of("x", b"other", "text/plain"), document.span(0, 3))
    other, _ = text_of(b"Quite another text about nothing at all.")
    capture = Capture.of("x", BODY.encode(), "text/plain")
    with pytest.raises(SelectorError):
        source_range(document, capture, other.span(0, 5))


PANJSHIR = Path(__file__).parents[3] / "shared" / "corpora" / "panjshir"


@pytest.mark.skipif(
    not PANJSHIR.exists(), reason="needs ../shared/corpora/panjshir, which is not in this checkout"
)
def test_origin_of_the_shared_report_is_that_of_its_copyright_line() -> None:
    origin = json.loads((PANJSHIR / "gold.json").read_text())["origin"]
    names = [origin] if isinstance(origin, str) else [str(value) for value in origin.values()]
    for capture in read_captures([PANJSHIR / "report.jsonl", PANJSHIR / "report.txt"]):
        assert isinstance(capture, Capture)
        document, _ = read_document(capture)
        assert document.origin
        assert document.origin.name in names
        assert document.origin.basis is OriginBasis.COPYRIGHT
