"""Many reports at once into a ledger: read and compared elsewhere, recorded as if added one by one.

Each report gets its own time and its own place in the log, in the order given, with what follows from it:
the log is the same as if :meth:`Ledger.add` had been called for each.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence, Set
from typing import Any, Protocol

import msgspec
from sqlalchemy import Column, Connection, func, select

from counterclaim.ledger import schema
from counterclaim.ledger.adding import exists
from counterclaim.ledger.derived_check import form_digest
from counterclaim.ledger.dialect import dialect_of
from counterclaim.ledger.entries import Appender
from counterclaim.ledger.lookup import AT_ONCE, decode
from counterclaim.ledger.neighbours import bring_up_to_date, neighbours
from counterclaim.ledger.tombstones import erased_among
from counterclaim.ledger.versions import linked_versions
from counterclaim.model import Document, Form, Judgement, Keys, Linker, dump


class Prepared(msgspec.Struct, frozen=True, kw_only=True):
    """A report ready to be recorded: the ledger's JSON of each noun, what it is found by, what was judged.

    ``statements`` are their ids and JSON, in order of the text; ``texts`` for each noun that the full-text
    table holds kind, key, number of words and folded words; ``found`` what the linker judged, by id, as JSON.
    """

    key: str
    id: str
    name: str
    capture: str
    capture_record: str
    capture_content: bytes
    document_record: str
    annotations_record: str | None
    statements: tuple[tuple[str, str], ...]
    form: Form
    keys: Keys
    version_keys: tuple[str, ...]
    texts: tuple[tuple[str, str, int, str], ...]
    found: Mapping[str, bytes]


class FormLinker(Linker, Protocol):
    """A linker that can judge a report by its form alone."""

    def judge_form(self, form: Form, neighbours: Sequence[Form]) -> Sequence[Judgement]:
        """Return what ``judge`` returns for the report of which this is the form."""
        ...


class Loaded(msgspec.Struct, frozen=True, kw_only=True):
    """How many reports were added, how many were held, and which were refused since they were erased."""

    added: int
    held: int
    erased: tuple[Prepared, ...] = ()


def last_place(connection: Connection) -> int:
    """Return the last place in the log; 0 for an empty one."""
    return connection.execute(select(func.max(schema.entries.c.sequence))).scalar() or 0


def load(
    connection: Connection,
    reports: Sequence[Prepared],
    linker: FormLinker,
    compared: Set[str],
    since: int,
    now: Callable[[], int],
) -> Loaded:
    """Record reports with what follows from each, in order; those that are held change nothing.

    They are compared with all that the log held up to place ``since``, and with the documents ``compared``.
    What somebody else added since is looked up and compared here. ``now`` gives the time in microseconds.
    """
    bring_up_to_date(connection, linker, since)
    held = _among(connection, schema.documents.c.key, [each.key for each in reports])
    gone = erased_among(connection, "document", [each.key for each in reports])
    lost = erased_among(connection, "capture", [each.capture for each in reports])
    refused = tuple(each for each in reports if each.key in gone or each.capture in lost)
    seen = held | {each.key for each in refused}
    wanted = []
    for each in reports:
        if each.key not in seen:
            seen.add(each.key)
            wanted.append(each)
    missed = _missed(connection, since, compared)
    erased = _erased_since(connection, since)
    batch = _Batch(connection, wanted, linker.version, now)
    for each in wanted:
        found = dict(each.found)
        if missed:
            found |= _found_since(connection, each, linker, since, missed)
        if erased:
            found = _without_erased(connection, found)
        batch.add(each, found)
    batch.write()
    return Loaded(added=len(wanted), held=len(reports) - len(wanted) - len(refused), erased=refused)


class _Batch:
    """What is recorded in one transaction, sent to the database in few statements."""

    def __init__(
        self, connection: Connection, reports: Sequence[Prepared], version: str, now: Callable[[], int]
    ) -> None:
        self._connection = connection
        self._version = version
        self._now = now
        captures = schema.captures.c.sha256
        self._captures = _among(connection, captures, [each.capture for each in reports])
        judged = sorted({key for each in reports for key in each.found})
        self._judged = _among(connection, schema.judgements.c.id, judged)
        self._judged |= erased_among(connection, "judgement", judged)
        versions = [key for each in reports for key in each.version_keys]
        self._versions = _among(connection, schema.report_keys.c.key, versions)
        self._begin()

    def _begin(self) -> None:
        self._appender = Appender(self._connection, self._now())
        self._texts: list[tuple[str, str, str, int, str]] = []
        self._keys: list[dict[str, str]] = []
        self._forms: list[dict[str, Any]] = []

    def add(self, report: Prepared, found: dict[str, bytes]) -> None:
        """Add a report and what was judged about it."""
        if not self._versions.isdisjoint(report.version_keys):
            self.write()  # what it is a version of must be in the database to be found
            for each in linked_versions(self._connection, decode(report.document_record, Document)):
                found[each.id] = dump(each)
            self._judged |= _among(self._connection, schema.judgements.c.id, sorted(found))
            self._judged |= erased_among(self._connection, "judgement", found)
        self._versions.update(report.version_keys)
        appender = self._appender
        appender.next_report(self._now())
        if report.capture not in self._captures:
            self._captures.add(report.capture)
            described = report.capture_record.encode()
            appender.dumped("capture", report.capture, described, content=report.capture_content)
        columns = {"id": report.id, "capture": report.capture}
        appender.dumped("document", report.key, report.document_record.encode(), columns)
        if report.annotations_record is not None:
            appender.dumped("annotations", report.key, report.annotations_record.encode())
        for key, statement in report.statements:
            appender.dumped("statement", key, statement.encode(), {"document": report.key})
        for key in sorted(found.keys() - self._judged):
            self._judged.add(key)
            appender.dumped("judgement", key, found[key])
        self._texts += [(kind, key, report.key, words, body) for kind, key, words, body in report.texts]
        held = (*report.keys.held, *report.version_keys)
        self._keys += [{"key": key, "document": report.key} for key in held]
        form = report.form.payload
        row = {"document": report.key, "version": self._version, "payload": form}
        self._forms.append(row | {"digest": form_digest(report.key, self._version, form, held)})

    def write(self) -> None:
        """Send what was added so far to the database."""
        if not self._forms:
            return
        self._appender.write()
        dialect = dialect_of(self._connection)
        dialect.insert(self._connection, schema.report_keys, self._keys)
        dialect.insert(self._connection, schema.forms, self._forms)
        places = self._appender.places
        rows = [
            {
                "sequence": places[kind, key],
                "kind": kind,
                "key": key,
                "document": document,
                "words": words,
                "body": body,
            }
            for kind, key, document, words, body in self._texts
        ]
        dialect.index_text(self._connection, rows)
        self._begin()


def _among(connection: Connection, column: Column[str], values: Sequence[str]) -> set[str]:
    """Return those of the values that a column of a table has."""
    found: set[str] = set()
    for start in range(0, len(values), AT_ONCE):
        query = select(column).where(column.in_(values[start : start + AT_ONCE])).distinct()
        found.update(connection.execute(query).scalars())
    return found


def _missed(connection: Connection, since: int, compared: Set[str]) -> set[str]:
    """Return the documents that came in after a place of the log and were not compared with."""
    table = schema.documents
    query = select(table.c.key).where(table.c.sequence > since)
    return set(connection.execute(query).scalars()) - compared


def _found_since(
    connection: Connection, report: Prepared, linker: FormLinker, since: int, missed: Set[str]
) -> dict[str, bytes]:
    near = neighbours(connection, report.keys, linker, since)
    found = linker.judge_form(report.form, [form for form in near if form.document in missed])
    return {each.id: dump(each) for each in found}


def _erased_since(connection: Connection, since: int) -> bool:
    entries = schema.entries
    query = select(entries.c.key).where(entries.c.sequence > since, entries.c.kind == "erasure")
    return exists(connection, query)


def _without_erased(connection: Connection, found: Mapping[str, bytes]) -> dict[str, bytes]:
    """Leave out what was judged of something that was erased meanwhile."""
    ends = {key: _ends(decode(record.decode(), Judgement)) for key, record in found.items()}
    named = {end for pair in ends.values() for end in pair}
    gone = erased_among(connection, "statement", named) | erased_among(connection, "document", named)
    return {key: record for key, record in found.items() if gone.isdisjoint(ends[key])}


def _ends(judgement: Judgement) -> tuple[str, ...]:
    return (judgement.left, judgement.right) if judgement.right else (judgement.left,)
