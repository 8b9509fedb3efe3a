"""Adding what another ledger holds to this one.

The other's reports come in as if they were ingested here, in the order of its log, so that reports of both
are compared with one another. Then come its judgements that are not held yet, of people with the files that
they rest on, in the same order. Each report, and each decision of a person, is one transaction; what
is held is left alone, so that a merge that was stopped is run again, and merging twice is merging once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from sqlalchemy import Connection, Table, func, select

from counterclaim.ledger import schema
from counterclaim.ledger.admission import check, check_words
from counterclaim.ledger.importing import Imported, in_order
from counterclaim.ledger.lookup import decode, reports
from counterclaim.ledger.staged_lines import Tell
from counterclaim.ledger.store import Ledger
from counterclaim.ledger.tombstones import ErasedError, refuse_erased
from counterclaim.model import (
    Capture,
    Judgement,
    LedgerError,
    Linker,
    Problem,
    Report,
    Severity,
)
from counterclaim.model.errors import Messages
from counterclaim.model.judgement import by_program
from counterclaim.model.standing import Standing, State

_AT_ONCE = 500


def merge(
    ledger: Ledger,
    other: Ledger,
    linker: Linker,
    *,
    name: str = "other",
    problem: Tell | None = None,
    progress: Callable[[str], None] | None = None,
) -> Imported:
    """Add what ``other`` holds to ``ledger``, all of it recorded now; ``name`` is that of the other.

    Both ledgers must be open to reveal, as what is compared and taken over is the truth. ``problem`` is told
    what cannot be taken over: what was erased here, a report that does not hang together, one that both hold
    but that was read differently (each ledger keeps its own reading), a judgement whose evidence is not
    there; and where a person's last word is now another. The rest goes on.
    """
    errors = 0

    def tell(each: Problem) -> None:
        nonlocal errors
        errors += each.severity is Severity.ERROR
        if problem:
            problem(each)

    before, judgements = Standing.of(ledger.decided()[0]), ledger.counts()["judgements"]
    added = known = statements = 0
    with other.reading() as connection:
        last = connection.execute(select(func.max(schema.entries.c.sequence))).scalar() or 0
        for key in _in_log_order(connection, schema.documents, "key", last):
            (report,) = reports(connection, [key])
            if _add(ledger, other, report, linker, name, tell):
                added += 1
                statements += sum(each.part_of is None for each in report.statements)
            else:
                known += ledger.holds(key)
            if progress:
                progress(report.document.id)
        _judge(ledger, other, connection, last, name, tell)
    judgements = ledger.counts()["judgements"] - judgements
    for notice in _replaced(before, Standing.of(ledger.decided()[0])):
        tell(notice)
    return Imported(added=added, known=known, statements=statements, judgements=judgements, errors=errors)


def _add(ledger: Ledger, other: Ledger, report: Report, linker: Linker, name: str, tell: Tell) -> bool:
    """Add a report where it is not held; tell why not where it cannot be, or was read differently here."""
    document = report.document
    if ledger.holds(document.key):
        if in_order(ledger.report(document.key)) != in_order(report):
            tell(Messages.report_differs(name, document.id))
        return False
    try:
        capture = other.capture(document.capture)
        check(capture, report)
        check_words(report)
        with ledger.reading() as connection:
            refuse_erased(connection, "document", [document.key])
            refuse_erased(connection, "capture", [document.capture])
    except LedgerError as error:
        tell(Messages.report_refused(name, str(error)))
        return False
    return ledger.add(capture, report, linker)


def _judge(ledger: Ledger, other: Ledger, connection: Connection, last: int, name: str, tell: Tell) -> None:
    """Add the judgements that are not held, in the order of the other's log."""
    batch: list[Judgement] = []
    table = schema.judgements
    for payload in _in_log_order(connection, table, "payload", last):
        judgement = decode(payload, Judgement)
        if by_program(judgement) and not judgement.evidence:
            batch.append(judgement)
            if len(batch) < _AT_ONCE:
                continue
        ledger.judge_all(batch)
        batch = []
        if judgement.evidence or not by_program(judgement):
            files = _evidence(other, judgement, name, tell)
            if files is not None:
                try:
                    ledger.judge(judgement, files)
                except ErasedError as error:
                    tell(Messages.report_refused(name, str(error)))
    ledger.judge_all(batch)


def _evidence(other: Ledger, judgement: Judgement, name: str, tell: Tell) -> list[Capture] | None:
    """Return the files that a judgement rests on; None, and it is told, where one is not there."""
    files = []
    for sha256 in sorted({each.capture for each in judgement.evidence if each.capture}):
        try:
            files.append(other.capture(sha256))
        except LedgerError:
            tell(Messages.evidence_absent(name, judgement.id, sha256))
            return None
    return files


def _replaced(before: Standing, after: Standing) -> Iterator[Problem]:
    """Give the decisions to which a person held here, and which another of the same person now replaces."""
    for each in before.order:
        held = before.state(each) in (State.STANDS, State.CONFLICT)
        stance = after.stance(each)
        if held and stance is not None and after.state(each) is State.REPLACED:
            by = after.last_about(stance.subject)
            yield Messages.decision_replaced(after.known[each].author, each, by)


def _in_log_order(connection: Connection, table: Table, column: str, last: int) -> Iterator[str]:
    """Give a column of all rows up to an entry, in the order of the log, page by page."""
    query = select(table.c.sequence, table.c[column].label("value"))
    query = query.where(table.c.sequence <= last).order_by(table.c.sequence).limit(_AT_ONCE)
    after = 0
    while True:
        rows = connection.execute(query.where(table.c.sequence > after)).all()
        yield from (row.value for row in rows)
        if len(rows) < _AT_ONCE:
            return
        after = rows[-1].sequence
