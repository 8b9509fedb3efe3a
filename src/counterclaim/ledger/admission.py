"""What may enter a ledger: a report that hangs together, so that nothing in it can break another."""

from __future__ import annotations

from counterclaim.model import Capture, Document, LedgerError, Report
from counterclaim.model.digest import sha256
from counterclaim.model.errors import Messages


def check(capture: Capture, report: Report) -> None:
    """Raise LedgerError where capture, document and statements are not of one piece.

    The capture's bytes have the SHA-256 that names them, the document is named after the capture,
    and every statement belongs to the document and stands in the report once.
    """
    document = report.document
    if sha256(capture.content) != capture.sha256:
        raise LedgerError(Messages.capture_misnamed(capture.name))
    if document.capture != capture.sha256:
        raise LedgerError(Messages.capture_mismatch(document.id))
    if document.key != Document.key_of(document.id, document.capture):
        raise LedgerError(Messages.document_misnamed(document.id, document.key))
    if report.annotations is not None and report.annotations.document != document.key:
        raise LedgerError(Messages.annotations_elsewhere(document.id, report.annotations.document))
    seen: set[str] = set()
    for statement in report.statements:
        if statement.document != document.key:
            raise LedgerError(Messages.statement_elsewhere(document.id, statement.id))
        if statement.id in seen:
            raise LedgerError(Messages.statement_repeated(document.id, statement.id))
        seen.add(statement.id)
