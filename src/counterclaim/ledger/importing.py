"""Taking in what ``counterclaim export --to jsonl`` wrote, without loss.

The lines are checked one by one and put in the order of their log in a scratch file
(:mod:`counterclaim.ledger.staged_lines`). Then each transaction of that log is one transaction here: a report
comes in whole or not at all, what is held already is left alone, and nothing is judged again. Keys, forms
and full text are made from the reports.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

import msgspec
from sqlalchemy import Connection, func, select

from counterclaim.ledger import schema
from counterclaim.ledger.admission import check_map, check_report, check_words
from counterclaim.ledger.dialect import dialect_of
from counterclaim.ledger.entries import Appender
from counterclaim.ledger.lookup import capture_content, holds_capture, new_judgements, reports
from counterclaim.ledger.moments import from_microseconds, to_microseconds
from counterclaim.ledger.neighbours import keep
from counterclaim.ledger.searching import text_rows
from counterclaim.ledger.staged_lines import Given, Tell, Telling, stage
from counterclaim.ledger.staging import Row, Staging
from counterclaim.ledger.staging_order import units
from counterclaim.ledger.store import Ledger
from counterclaim.ledger.tombstones import ErasedError, erased_among, refuse_erased
from counterclaim.model import (
    Annotations,
    Capture,
    Document,
    Judgement,
    LedgerError,
    Linker,
    Problem,
    Report,
    Statement,
    load,
)
from counterclaim.model.errors import Messages
from counterclaim.model.judgement import by_program


class Imported(msgspec.Struct, frozen=True, kw_only=True):
    """What an import did: reports added and already held, statements and judgements added, errors told."""

    added: int = 0
    known: int = 0
    statements: int = 0
    judgements: int = 0
    errors: int = 0

    def __add__(self, other: Imported) -> Imported:
        """Return what both did."""
        return Imported(
            **{name: getattr(self, name) + getattr(other, name) for name in self.__struct_fields__}
        )


def import_lines(
    ledger: Ledger,
    lines: Iterable[Given],
    linker: Linker,
    *,
    name: str = "-",
    keep_times: bool = False,
    problem: Tell | None = None,
    progress: Callable[[str], None] | None = None,
) -> Imported:
    """Add what JSON Lines of a ledger hold; ``name`` is that of the file, for what is told of it.

    ``linker`` makes the keys and forms under which later reports find these; it judges nothing, so it need
    not remember more than one report. With
    ``keep_times`` everything is recorded at the time that the file tells, else now. ``problem`` is told each
    problem as it comes: a line that cannot be used is left out, and with it the report that it is a part of;
    the rest goes on. Raises LedgerError where times are to be kept and cannot be.
    """
    tell = Telling(problem)
    with Staging() as staging:
        read = stage(lines, name, staging, tell)
        if not read.usable:
            return Imported(errors=tell.errors)
        log = staging.is_log()
        if keep_times and not log:
            raise LedgerError(Messages.times_missing(name))
        if read.cut and not log:
            tell(Messages.file_cut(name))
            return Imported(errors=tell.errors)
        if log:
            staging.find_gaps(suspicious=read.suspicious)
        done = _Import(ledger, linker, staging, name, tell, progress)
        done.refuse_orphans()
        for unit in units(staging, log=log, whole=keep_times):
            done.add(unit, keep_times=keep_times)
        if not tell.errors and (unused := staging.unnamed_captures()):  # else it follows from what was told
            tell(Messages.captures_unused(name, unused))
        return Imported(
            added=done.added,
            known=done.known,
            statements=done.statements,
            judgements=done.judgements,
            errors=tell.errors,
        )


class _Outcome(msgspec.Struct, kw_only=True):
    """What one transaction did; counted and told once it is committed."""

    added: list[Report] = []
    known: list[Document] = []
    judgements: int = 0
    problems: list[Problem] = []
    refused: list[str] = []


class _Import:
    """One import into a ledger: what is counted, and what each transaction needs."""

    def __init__(
        self,
        ledger: Ledger,
        linker: Linker,
        staging: Staging,
        name: str,
        tell: Tell,
        progress: Callable[[str], None] | None,
    ) -> None:
        self._ledger = ledger
        self._linker = linker
        self._staging = staging
        self._name = name
        self._tell = tell
        self._progress = progress
        self.added = self.known = self.statements = self.judgements = 0

    def refuse_orphans(self) -> None:
        """Tell which parts belong to documents that the file does not have."""
        for parts in self._staging.orphans():
            first = parts[0]
            if first.document is not None and not self._ledger.holds(first.document):
                self._tell(Messages.report_headless(self._at(first), first.document, len(parts)))
                self._staging.refuse([first.document, *(row.key for row in parts)])

    def add(self, unit: list[Row], *, keep_times: bool) -> None:
        """Add what is new of some nouns, in one transaction."""
        recorded = unit[0].recorded if keep_times else None
        outcome = self._ledger.write(lambda connection: self._write(connection, unit, recorded))
        for each in outcome.problems:
            self._tell(each)
        self._staging.refuse(outcome.refused)
        self.added += len(outcome.added)
        self.known += len(outcome.known)
        self.judgements += outcome.judgements
        self.statements += sum(s.part_of is None for report in outcome.added for s in report.statements)
        for document in (*(report.document for report in outcome.added), *outcome.known):
            if self._progress:
                self._progress(document.id)

    def _write(self, connection: Connection, unit: list[Row], recorded: int | None) -> _Outcome:
        outcome = _Outcome()
        captures: dict[str, Capture] = {}
        new: dict[str, Report] = {}
        for row in unit:
            if row.kind == "document":
                report = self._report(row, unit)
                if self._fits(connection, row, report, captures, outcome):
                    new[report.document.key] = report
        judgements = self._judgements(connection, unit, captures, outcome)
        outcome.added = list(new.values())
        outcome.judgements = len(judgements)
        if not new and not judgements:
            return outcome
        now = recorded if recorded is not None else to_microseconds(self._ledger.clock())
        appender = Appender(connection, now)
        if recorded is not None and appender.recorded != recorded:
            raise LedgerError(self._behind(connection, recorded))
        self._append(appender, unit, new, judgements, captures)
        appender.write()
        for report in new.values():
            keep(connection, report, self._linker.keys(report), self._linker)
            dialect_of(connection).index_text(connection, text_rows(report, appender.places))
        return outcome

    @staticmethod
    def _append(
        appender: Appender,
        unit: list[Row],
        new: dict[str, Report],
        judgements: dict[str, Judgement],
        captures: dict[str, Capture],
    ) -> None:
        """Add everything in the order of the log; a capture that stood elsewhere in it comes first."""
        here = {row.key for row in unit if row.kind == "capture"}
        for sha256 in sorted(captures.keys() - here):
            appender.capture(captures[sha256])
        statements = {each.id: each for report in new.values() for each in report.statements}
        for row in unit:
            if row.kind == "capture" and row.key in captures:
                appender.capture(captures[row.key])
            elif row.kind == "document" and row.key in new:
                appender.document(new[row.key].document)
            elif row.kind == "annotations" and row.key in new:
                annotations = new[row.key].annotations
                if annotations is not None:
                    appender.annotations(annotations)
            elif row.kind == "statement" and row.key in statements:
                appender.statement(statements[row.key])
            elif row.kind == "judgement" and row.key in judgements:
                appender.judgement(judgements[row.key])

    def _report(self, row: Row, unit: list[Row]) -> Report:
        """Return the report of a document with its parts, which are all in this unit."""
        parts = [load(self._staging.body(each.line)) for each in unit if each.document == row.key]
        (document,) = (part for part in parts if isinstance(part, Document))
        return Report(
            document=document,
            statements=tuple(part for part in parts if isinstance(part, Statement)),
            annotations=next((part for part in parts if isinstance(part, Annotations)), None),
        )

    def _fits(
        self,
        connection: Connection,
        row: Row,
        report: Report,
        captures: dict[str, Capture],
        outcome: _Outcome,
    ) -> bool:
        """Tell whether a report is to be added; its capture is put to the others if it is to be, too."""
        document = report.document
        held = reports(connection, [document.key])
        if held:
            outcome.known.append(document)
            whole = not self._staging.is_damaged(document.key)
            if whole and in_order(held[0]) != in_order(report):
                outcome.problems.append(Messages.report_differs(self._at(row), document.id))
            return False
        wrong = self._what_is_wrong(connection, row, report, captures)
        if wrong is not None:
            outcome.problems.append(wrong)
            outcome.refused += [document.key, *(statement.id for statement in report.statements)]
        return wrong is None

    def _what_is_wrong(
        self, connection: Connection, row: Row, report: Report, captures: dict[str, Capture]
    ) -> Problem | None:
        document = report.document
        if self._staging.is_damaged(document.key):
            return Messages.report_incomplete(self._at(row), document.id)
        try:
            check_report(report)
            check_words(report)
            refuse_erased(connection, "document", [document.key])
            refuse_erased(connection, "capture", [document.capture])
        except LedgerError as error:
            return Messages.report_refused(self._at(row), str(error))
        if not self._obtain(connection, document.capture, captures):
            reason = Messages.capture_absent(document.id, document.capture)
            return Messages.report_refused(self._at(row), reason)
        try:
            given = captures.get(document.capture)
            check_map(document, given.content if given else capture_content(connection, document.capture))
        except LedgerError as error:
            return Messages.report_refused(self._at(row), str(error))
        return None

    def _judgements(
        self, connection: Connection, unit: list[Row], captures: dict[str, Capture], outcome: _Outcome
    ) -> dict[str, Judgement]:
        """Return the judgements that are to be added, by id; the files that they rest on go to the captures.

        What a program judged of a report that is left out is left out with it.
        """
        rows = {row.key: row for row in unit if row.kind == "judgement"}
        found = (load(self._staging.body(row.line)) for row in rows.values())
        refused = set(outcome.refused)
        wanted = {}
        for each in new_judgements(connection, (noun for noun in found if isinstance(noun, Judgement))):
            about = {side.partition("/")[0] for side in (each.left, each.right)}
            if by_program(each) and (about & refused or self._staging.is_refused(*sorted(about))):
                continue
            try:
                refuse_erased(connection, "judgement", [each.id])
            except ErasedError as error:
                outcome.problems.append(Messages.report_refused(self._at(rows[each.id]), str(error)))
                continue
            named = [evidence.capture for evidence in each.evidence if evidence.capture]
            files: dict[str, Capture] = {}
            missing = [name for name in named if not self._obtain(connection, name, files)]
            if missing:
                at = self._at(rows[each.id])
                outcome.problems += [Messages.evidence_absent(at, each.id, name) for name in missing]
            else:
                wanted[each.id] = each
                captures.update(files)
        return wanted

    def _obtain(self, connection: Connection, sha256: str, captures: dict[str, Capture]) -> bool:
        """Tell whether a capture is held, or can be added: it is put to those that are to be added."""
        if sha256 in captures or holds_capture(connection, sha256):
            return True
        if erased_among(connection, "capture", [sha256]):
            return False
        line = self._staging.capture(sha256)
        noun = load(line) if line is not None else None
        if isinstance(noun, Capture):
            captures[sha256] = noun
        return isinstance(noun, Capture)

    def _behind(self, connection: Connection, recorded: int) -> str:
        last = connection.execute(select(func.max(schema.entries.c.recorded))).scalar() or 0
        return Messages.times_behind(
            self._name, from_microseconds(recorded).isoformat(), from_microseconds(last).isoformat()
        )

    def _at(self, row: Row) -> str:
        return f"{self._name}#{row.line}"


def in_order(report: Report) -> Report:
    """Return a report with its statements in order of their ids, so that two can be compared."""
    ordered = tuple(sorted(report.statements, key=lambda statement: statement.id))
    return msgspec.structs.replace(report, statements=ordered)
