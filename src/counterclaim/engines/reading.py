"""One capture to the rows of its report: what a worker does, again and again."""

from __future__ import annotations

from collections.abc import Callable

from msgspec.structs import replace

from counterclaim.disputes import MOST_COMPARED, DefaultLinker, version_keys
from counterclaim.documents import read_document
from counterclaim.engines.contract import Analysed
from counterclaim.ledger.admission import check
from counterclaim.ledger.frames import rows_of
from counterclaim.ledger.searching import text_rows
from counterclaim.model import Capture, Document, InputError, Report, Snapshot, dump
from counterclaim.model.errors import Messages


def read(capture: Capture, analyse: Callable[[Document], Report]) -> Analysed:
    """Return the rows of the report that a capture holds; without a document where it holds none."""
    try:
        document, notices = read_document(capture)
    except InputError as error:
        return Analysed(problems=(error.problem,))
    report = analyse(document)
    check(capture, report)
    if len(report.statements) > MOST_COMPARED:
        notices += (Messages.statements_many(capture.name, len(report.statements), MOST_COMPARED),)
    linker = DefaultLinker(remembered=1)
    keys, form = linker.keys(report), linker.form(report)
    snapshot = Snapshot(documents=(document,), statements=report.statements)
    (row,) = rows_of(snapshot, "documents")
    texts = {each["key"]: each for each in text_rows(report, _NoPlaces())}
    row |= {
        "document_record": dump(document).decode(),
        "annotations_record": dump(report.annotations).decode() if report.annotations else None,
        "capture_record": dump(replace(capture, content=b"")).decode(),
        "capture_content": capture.content,
        "form": form.payload,
        "form_version": linker.version,
        "keys_held": keys.held,
        "keys_sought": keys.sought,
        "version_keys": version_keys(document),
        "words": texts[document.key]["words"],
        "body": texts[document.key]["body"],
    }
    statements = []
    for statement, flat in zip(report.statements, rows_of(snapshot, "statements"), strict=True):
        text = texts[statement.id]
        statements.append(
            flat
            | {"statement_record": dump(statement).decode(), "words": text["words"], "body": text["body"]}
        )
    return Analysed(
        document=row, statements=tuple(statements), problems=notices, unanalysed=not document.analysed
    )


class _NoPlaces(dict[tuple[str, str], int]):
    """Places in the log that are not known yet."""

    def __missing__(self, key: tuple[str, str]) -> int:
        return 0
