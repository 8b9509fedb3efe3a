"""Adding a report: compared with those that are held before the ledger is locked, recorded while it is.

To compare takes longer than to record, by far, and one program writes at a time. So the report is compared
with what the ledger holds at one moment, without the lock; under the lock it is compared with what came in
since, which is little, and recorded.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import Connection, Select, func, select

from counterclaim.ledger import schema
from counterclaim.ledger.dialect import dialect_of
from counterclaim.ledger.entries import Appender
from counterclaim.ledger.lookup import new_judgements
from counterclaim.ledger.neighbours import bring_up_to_date, keep, neighbours
from counterclaim.ledger.searching import text_rows
from counterclaim.ledger.tombstones import refuse_erased
from counterclaim.ledger.versions import linked_versions
from counterclaim.model import Capture, Form, Judgement, Keys, Linker, Report


class Compared(NamedTuple):
    """A report that is compared with all that the ledger held up to the place ``last`` of its log.

    ``form`` and ``keys`` are those that the linker gives, ``found`` is what it judged.
    """

    last: int
    keys: Keys
    form: Form
    found: Sequence[Judgement]


def is_held(connection: Connection, document: str) -> bool:
    """Tell whether the ledger holds this version of a document, by its key."""
    return exists(connection, select(schema.documents.c.key).where(schema.documents.c.key == document))


def compare(connection: Connection, report: Report, linker: Linker) -> Compared:
    """Compare a report with those that are held, by reading alone; all of them must have forms."""
    last = connection.execute(select(func.max(schema.entries.c.sequence))).scalar() or 0
    keys = linker.keys(report)
    found = linker.judge(report, neighbours(connection, keys, linker))
    return Compared(last, keys, linker.form(report), found)


def add(
    connection: Connection, capture: Capture, report: Report, linker: Linker, compared: Compared, now: int
) -> int | None:
    """Record a report with what follows from it; return the last place in the log, None where it is held.

    ``now`` is the time in microseconds. Raises LedgerError where the report was erased.
    """
    document = report.document
    if is_held(connection, document.key):
        return None
    refuse_erased(connection, "document", [document.key])
    refuse_erased(connection, "capture", [capture.sha256])
    found = [*_up_to_now(connection, report, linker, compared), *linked_versions(connection, document)]
    appender = Appender(connection, now)
    held = select(schema.captures.c.sha256).where(schema.captures.c.sha256 == capture.sha256)
    if not exists(connection, held):
        appender.capture(capture)
    appender.document(document)
    if report.annotations is not None:
        appender.annotations(report.annotations)
    for statement in report.statements:
        appender.statement(statement)
    for judgement in new_judgements(connection, found):
        appender.judgement(judgement)
    appender.write()
    keep(connection, report, compared.keys, linker, compared.form)
    dialect_of(connection).index_text(connection, text_rows(report, appender.places))
    return appender.last


def _up_to_now(
    connection: Connection, report: Report, linker: Linker, compared: Compared
) -> Sequence[Judgement]:
    """Return what is judged of a report, with what came in since it was compared.

    Where something was erased since, which it may have been compared with, it is compared anew.
    """
    bring_up_to_date(connection, linker, compared.last)
    entries = schema.entries
    erased = select(entries.c.key).where(entries.c.sequence > compared.last, entries.c.kind == "erasure")
    if exists(connection, erased):
        return linker.judge(report, neighbours(connection, compared.keys, linker))
    newer = neighbours(connection, compared.keys, linker, since=compared.last)
    return [*compared.found, *(linker.judge(report, newer) if newer else ())]


def exists(connection: Connection, query: Select[tuple[str]]) -> bool:
    """Tell whether a query finds anything."""
    return connection.execute(query.limit(1)).first() is not None
