"""The source that a document's text is mapped to, made from its capture.

A document's ``encoding`` is the name of an encoding, or a recipe where the characters of the text do not
stand in the bytes: ``mail/...`` (:mod:`counterclaim.documents.mail_parts`) and ``pdf/...``
(:mod:`counterclaim.documents.pdf_source`).
"""

from __future__ import annotations

from collections.abc import Iterator

from counterclaim.documents.mail_parts import RECIPE as MAIL
from counterclaim.documents.mail_parts import MailRefusedError, mail_source, mail_words
from counterclaim.documents.pdf_source import RECIPE as PDF
from counterclaim.documents.pdf_source import pdf_source
from counterclaim.model import Capture, Document, InputError
from counterclaim.model.errors import Messages
from counterclaim.sources.news_formats import MAIL as MAIL_TYPE
from counterclaim.sources.news_formats import PDF as PDF_TYPE


def is_recipe(encoding: str) -> bool:
    """Tell whether the source is made by a recipe, so that places in it are no places in the bytes."""
    return encoding.startswith((MAIL, PDF))


def source_of(content: bytes, encoding: str) -> str:
    """Return the source that a document with this ``encoding`` is mapped to, from its capture's bytes.

    Bytes that could not be decoded are lone surrogates. Raises InputError where the source cannot be made
    here: the extra for PDF is not installed, or the bytes are others than those of the document.
    """
    if encoding.startswith(PDF):
        return pdf_source("the capture", content)
    if encoding.startswith(MAIL):
        try:
            return mail_source(content, encoding)
        except (MailRefusedError, ValueError, LookupError) as error:
            raise InputError(Messages.mail_refused("the capture", str(error))) from error
    return content.decode(encoding, "surrogateescape")


def readable(capture: Capture) -> Iterator[str]:
    """Give all words that can be read in a capture: also those that are no part of its document's text.

    Of a mail these are its headers and each of its parts that is text, of a PDF all of its pages. Raises
    InputError where they cannot be made here.
    """
    yield capture.content.decode("utf-8", "replace")
    if capture.media_type == PDF_TYPE:
        yield pdf_source(capture.name, capture.content)
    elif capture.media_type == MAIL_TYPE:
        try:
            yield from mail_words(capture.content)
        except MailRefusedError as error:
            raise InputError(Messages.mail_refused(capture.name, str(error))) from error


def is_mapped(document: Document, content: bytes) -> bool:
    """Tell whether each word of a document stands where its map says in the source that ``content`` gives.

    What is mapped character by character is compared, white space with white space; what was made as a
    whole (a reference, an escape) must lie within the source. Raises InputError as :func:`source_of` does.
    """
    source = source_of(content, document.encoding)
    text = document.text
    if not document.offsets.runs:
        return len(text) <= len(source) and _same(text, source[: len(text)])
    for start, length, source_start, source_length in (
        (run.text_start, run.text_length, run.source_start, run.source_length)
        for run in document.offsets.runs
    ):
        end = source_start + source_length
        if source_start < 0 or end > len(source) or start + length > len(text):
            return False
        if length == source_length and not _same(text[start : start + length], source[source_start:end]):
            return False
    return True


def _same(text: str, source: str) -> bool:
    return text == source or all(map(_alike, text, source))


def _alike(one: str, other: str) -> bool:
    return (
        one == other
        or (one.isspace() and other.isspace())
        or (one == "\ufffd" and "\ud800" <= other <= "\udfff")
    )
