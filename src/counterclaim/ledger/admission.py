"""What may enter a ledger: nouns that hang together, so that nothing in one can break another."""

from __future__ import annotations

from counterclaim.documents import is_mapped
from counterclaim.ledger.verifying import spans_in
from counterclaim.model import Capture, Document, Judgement, LedgerError, RefusedError, Report, Statement
from counterclaim.model.digest import sha256
from counterclaim.model.errors import Messages


def check(capture: Capture, report: Report) -> None:
    """Raise LedgerError where capture, document and statements are not of one piece.

    The capture's bytes have the SHA-256 that names them, the document is named after the capture,
    and every statement belongs to the document and stands in the report once.
    """
    check_capture(capture)
    if report.document.capture != capture.sha256:
        raise LedgerError(Messages.capture_mismatch(report.document.id))
    check_report(report)


def check_capture(capture: Capture) -> None:
    """Raise LedgerError where the bytes do not have the SHA-256 that names them."""
    if sha256(capture.content) != capture.sha256:
        raise RefusedError(Messages.capture_misnamed(capture.name))


def check_report(report: Report) -> None:
    """Raise LedgerError where document, annotations and statements are not of one piece."""
    document = report.document
    check_document(document)
    if report.annotations is not None and report.annotations.document != document.key:
        raise LedgerError(Messages.annotations_elsewhere(document.id, report.annotations.document))
    seen: set[str] = set()
    for statement in report.statements:
        if statement.document != document.key:
            raise LedgerError(Messages.statement_elsewhere(document.id, statement.id))
        if statement.id in seen:
            raise LedgerError(Messages.statement_repeated(document.id, statement.id))
        seen.add(statement.id)


def check_document(document: Document) -> None:
    """Raise LedgerError where the key is not that of id and capture."""
    if document.key != Document.key_of(document.id, document.capture):
        raise LedgerError(Messages.document_misnamed(document.id, document.key))


def check_statement(statement: Statement) -> None:
    """Raise LedgerError where a statement has no content, or an id that is not its own."""
    if not statement.content:
        raise LedgerError(Messages.statement_empty(statement.id))
    if statement.id != Statement.id_of(statement.document, statement.cue, statement.content):
        raise LedgerError(Messages.noun_misnamed("statement", statement.id))


def check_judgement(judgement: Judgement) -> None:
    """Raise LedgerError where a judgement is not named after what is judged, by whom and why."""
    made = Judgement.of(
        judgement.kind,
        judgement.left,
        judgement.right,
        basis=judgement.basis,
        author=judgement.author,
        confidence=judgement.confidence,
        reason=judgement.reason,
        follows=judgement.follows,
        evidence=judgement.evidence,
        grade=judgement.grade,
    )
    if made != judgement:
        raise LedgerError(Messages.noun_misnamed("judgement", judgement.id))


def check_map(document: Document, content: bytes) -> None:
    """Raise LedgerError where the text does not stand in the bytes of its capture where its map says.

    A text made by a recipe is let in: another version of a library may read its capture otherwise, which
    ``verify`` tells.
    """
    if "/" in document.encoding:
        return
    try:
        mapped = is_mapped(document, content)
    except (LookupError, ValueError):  # an encoding that there is not, or that cannot be of these bytes
        mapped = False
    if not mapped:
        raise LedgerError(Messages.text_elsewhere(document.id))


def check_words(report: Report) -> None:
    """Raise LedgerError where a span of a report does not quote the document's text."""
    text = report.document.text
    for noun in (report.document, report.annotations, *report.statements):
        if not all(span.fits(text) for span in spans_in(noun)):
            name = noun.id if isinstance(noun, Statement) else report.document.id
            raise LedgerError(Messages.span_elsewhere(name))
