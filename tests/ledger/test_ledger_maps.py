"""``verify`` checks that the words of every report stand in its capture where the map says."""

from __future__ import annotations

from email.message import EmailMessage
from pathlib import Path

import msgspec
import pytest
from ledger_help import PairLinker, make_report

from counterclaim.disputes.judging import Analyst
from counterclaim.documents import pdf_source, read_document
from counterclaim.ledger import Ledger
from counterclaim.ledger.redaction import WithheldError
from counterclaim.model import Capture, Document, OffsetMap, Report, Run, Severity
from counterclaim.sources.news_formats import MAIL, PDF, RSS

PRINTED = Path(__file__).parents[1] / "fixtures" / "pdf" / "libreoffice.pdf"
FEED = (
    b"<rss><channel><title>Larre Post</title><item><title>Mayor denies letter</title><guid>https://l.example/1</guid>"
    b"<description>&lt;p&gt;He said it &amp;amp; meant it.&lt;/p&gt;</description></item></channel></rss>"
)


def message() -> bytes:
    mail = EmailMessage()
    mail["Subject"], mail["Message-ID"], mail["From"] = (
        "Statement",
        "<1@b.example>",
        "Ada Quill <a@b.example>",
    )
    mail.set_content("The harbour authority “denies” it.", cte="base64")
    return mail.as_bytes()


CAPTURES = (
    Capture.of("feed#1", FEED, RSS),
    Capture.of("mail", message(), MAIL),
    Capture.of("printed.pdf", PRINTED.read_bytes(), PDF),
    Capture.of("page", b"<h1>Mayor denies letter</h1><p>He said it &amp; meant it.", "text/html"),
    Capture.of("line", b'{"id": "a", "text": "He said \\u201cno\\u201d."}', "application/json"),
)


def shifted(document: Document) -> Document:
    runs = document.offsets.runs or (Run(0, len(document.text), 0, len(document.text)),)
    moved = tuple(
        Run(run.text_start, run.text_length, run.source_start + 1, run.source_length) for run in runs
    )
    return msgspec.structs.replace(document, offsets=OffsetMap(moved))


@pytest.mark.parametrize("capture", CAPTURES, ids=lambda capture: capture.name)
def test_a_map_that_leads_elsewhere_is_found(capture: Capture, tmp_path: Path) -> None:
    document = read_document(capture)[0]
    with Ledger.open(str(tmp_path / "whole.db"), create=True) as ledger:
        ledger.add(capture, Report(document=document), PairLinker())
        assert ledger.verify() == []
    with Ledger.open(str(tmp_path / "moved.db"), create=True) as ledger:
        ledger.add(capture, Report(document=shifted(document)), PairLinker())
        assert [(problem.name, problem.code) for problem in ledger.verify()] == [
            (f"document {document.key}", "map")
        ]


def test_what_cannot_be_checked_here_is_a_notice(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    capture = CAPTURES[2]
    with Ledger.open(str(tmp_path / "a.db"), create=True) as ledger:
        ledger.add(capture, Report(document=read_document(capture)[0]), PairLinker())
        monkeypatch.setattr(pdf_source, "_pages", lambda _content: pdf_source.Pdf(error="missing"))
        problems = ledger.verify()
    assert [(problem.code, problem.severity) for problem in problems] == [("map-unchecked", Severity.NOTICE)]
    assert "not installed" in problems[0].message


def with_name_elsewhere() -> tuple[Capture, Capture]:
    """A mail that names a source in a part that is not its text, and another that does not."""
    mails = []
    for name in ("Ida Brenn", "the office"):
        mail = EmailMessage()
        mail["Subject"], mail["Message-ID"] = "Statement", f"<{len(name)}@b.example>"
        mail.set_content("The harbour authority denies it.")
        mail.add_attachment(f"Seen by {name} on Monday.", filename="notes.txt", cte="base64")
        mails.append(Capture.of("mail", mail.as_bytes(), MAIL))
    return mails[0], mails[1]


def test_a_protected_name_in_any_part_of_a_mail_withholds_its_bytes(tmp_path: Path) -> None:
    place = str(tmp_path / "a.db")
    named, other = with_name_elsewhere()
    about = make_report("ida", [("Ida Brenn", "the boat sailed", True)])
    with Ledger.open(place, create=True) as ledger:
        for capture in (named, other):
            ledger.add(capture, Report(document=read_document(capture)[0]), PairLinker())
        ledger.add(*about, PairLinker())
        (made,) = Analyst(ledger.decided()[0], author="Ada").protect("ida", ["Ida Brenn"])
        assert ledger.judge(made)
    with Ledger.open(place) as ledger:
        assert ledger.capture(other.sha256).content == other.content
        with pytest.raises(WithheldError):
            ledger.capture(named.sha256)
