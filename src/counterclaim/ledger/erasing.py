"""Erasing what the law says must go: contents are deleted, the log stays whole and says so.

The entry in the log (number, kind, key, digest, chain) stays. The row with the content is deleted, a row
in ``tombstones`` takes its place, and an erasure, an entry of the log itself, tells who asked and why. No
reader has to know of it: what is erased is in no table of nouns, at any moment. The tables refuse to be
changed but within the one transaction of an erasure.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import Column, Connection, delete, insert, select

from counterclaim.ledger import schema
from counterclaim.ledger.dialect import dialect_of
from counterclaim.ledger.entries import TABLES, Appender
from counterclaim.ledger.judging import find_judgement
from counterclaim.ledger.lookup import AT_ONCE, can_be_held, decode, find_document, find_statement
from counterclaim.ledger.moments import to_microseconds
from counterclaim.ledger.tombstones import ErasedError
from counterclaim.model import AmbiguousNameError, Judgement, LedgerError, Statement
from counterclaim.model.erasure import Erased, Erasure
from counterclaim.model.errors import Messages
from counterclaim.model.judgement import by_program
from counterclaim.model.standing import protecting

if TYPE_CHECKING:
    from counterclaim.ledger.store import Ledger

_LAST = "\U0010ffff"
_SHORTEST = 8
"""Characters of a capture's SHA-256 that must be given at least."""
_ORDER = ("statement", "annotations", "judgement", "document", "capture")
"""Kinds in the order in which they can be deleted: what refers to another before that other."""


class Plan(NamedTuple):
    """What an erasure would take, and what it would leave.

    ``pointing`` are the ids of people's judgements about what goes; they stay. ``kept`` are captures that
    other documents or judgements need, which stay too. ``texts`` are the keys of documents that stay and
    whose text has the words of a statement that goes.
    """

    kind: str
    key: str
    erased: tuple[Erased, ...]
    pointing: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()
    texts: tuple[str, ...] = ()


def plan_erasure(ledger: Ledger, name: str) -> Plan:
    """Return what would be erased with ``name``; nothing is changed.

    ``name`` is the id or key of a document, the id of a statement or a judgement, or the SHA-256 of a
    capture; a unique beginning will do (8 digits of a SHA-256). A document's id means all of its
    versions, a key that one. Raises LedgerError where nothing or several things have the name, and where
    a document was made from the capture: erase that one.
    """
    with ledger.writing() as connection:
        return _plan(connection, name)


def erase(ledger: Ledger, name: str, *, author: str, reason: str) -> tuple[Plan, Erasure]:
    """Erase what has this name, with what belongs to it; return what went and what was recorded of it.

    When this returns, the words are in no file of an SQLite ledger any more; a server gives the space
    free when it next vacuums. Raises LedgerError as :func:`plan_erasure` does. Where it was erased
    before, the space is cleared once more, for a run that was broken off, and ErasedError raised.
    """
    if not author.strip() or author.startswith("program:"):
        raise LedgerError(Messages.erasure_unsigned("author"))
    if not reason.strip():
        raise LedgerError(Messages.erasure_unsigned("reason"))
    now = ledger.clock
    try:
        done = ledger.write(lambda c: _erase(c, _plan(c, name), author, reason, to_microseconds(now())))
    except ErasedError:
        ledger.clear_space()
        raise
    ledger.clear_space()
    return done


def _plan(connection: Connection, name: str) -> Plan:
    kind, key, documents, statements, judgements, captures = _meant(connection, name)
    said = schema.statements
    if kind == "statement":
        documents_kept = [_one(connection, said.c.document, said.c.id, key)]
        for row in _rows(connection, said.c.document, documents_kept, said.c.payload):
            statement = decode(row.payload, Statement)
            if statement.part_of == key:
                statements.append(statement.id)
    else:
        documents_kept = []
        statements += [row.id for row in _rows(connection, said.c.document, documents, said.c.id)]
    table = schema.documents
    captures += [row.capture for row in _rows(connection, table.c.key, documents, table.c.capture)]
    gone = {*documents, *statements}
    pointing, needed = set(), set()
    all_judgements = select(schema.judgements.c.payload)
    for payload in connection.execute(all_judgements, execution_options={"yield_per": AT_ONCE}).scalars():
        judgement = decode(payload, Judgement)
        files = [each.capture for each in judgement.evidence if each.capture]
        if judgement.id in judgements:
            captures += files
            continue
        about = {judgement.left, judgement.right}
        if about & gone or any(end.split("/", 1)[0] in gone for end in about if "/" in end):
            if by_program(judgement):
                judgements.append(judgement.id)
                continue
            pointing.add(judgement.id)
        elif about & set(judgements):
            pointing.add(judgement.id)
        needed.update(files)
    for row in _rows(connection, table.c.capture, captures, table.c.key, table.c.capture):
        if row.key not in gone:
            needed.add(row.capture)
            if kind == "capture":
                raise LedgerError(Messages.erasure_of_source(key, row.key))
    targets = {
        "document": documents,
        "annotations": [row.document for row in _rows(connection, schema.notes.c.document, documents)],
        "statement": statements,
        "judgement": judgements,
        "capture": captures if kind == "capture" else sorted(set(captures) - needed),
    }
    return Plan(
        kind=kind,
        key=key,
        erased=tuple(sorted(_entries(connection, targets))),
        pointing=tuple(sorted(pointing - set(judgements))),
        kept=tuple(sorted(set(captures) & needed)) if kind != "capture" else (),
        texts=tuple(documents_kept),
    )


def _meant(connection: Connection, name: str) -> tuple[str, str, list[str], list[str], list[str], list[str]]:
    """Return the kind and key of what has a name, and the documents, statements, judgements and captures."""
    table = schema.captures
    if len(name) >= _SHORTEST and can_be_held(name):
        query = select(table.c.sha256).where(table.c.sha256 >= name, table.c.sha256 < name + _LAST)
        found = list(connection.execute(query.limit(2)).scalars())
        if len(found) > 1:
            raise AmbiguousNameError(Messages.name_ambiguous(name, found))
        if found:
            return "capture", found[0], [], [], [], found
    try:
        if name.startswith("s-"):
            statement = find_statement(connection, name, None)
            return "statement", statement.id, [], [statement.id], [], []
        if name.startswith("j-"):
            judgement = find_judgement(connection, name, None)
            return "judgement", judgement.id, [], [], [judgement.id], []
    except ErasedError:
        raise
    except LedgerError:
        if not _is_document(connection, name):
            raise
    document = find_document(connection, name, None)
    keys = [document.key]
    if not document.key.startswith(name):
        versions = select(schema.documents.c.key).where(schema.documents.c.id == document.id)
        keys = sorted(connection.execute(versions).scalars())
    return "document", document.key, keys, [], [], []


def _is_document(connection: Connection, name: str) -> bool:
    query = select(schema.documents.c.key).where(schema.documents.c.id == name)
    return can_be_held(name) and connection.execute(query.limit(1)).first() is not None


def _entries(connection: Connection, targets: dict[str, list[str]]) -> Iterable[Erased]:
    for kind, keys in targets.items():
        table, name = TABLES[kind]
        for row in _rows(connection, table.c[name], keys, table.c.sequence):
            yield Erased(row.sequence, kind, getattr(row, name))


def _erase(connection: Connection, plan: Plan, author: str, reason: str, now: int) -> tuple[Plan, Erasure]:
    erasure = Erasure.of(plan.kind, plan.key, author=author, reason=reason, erased=plan.erased)
    keys: defaultdict[str, list[str]] = defaultdict(list)
    for each in plan.erased:
        keys[each.kind].append(each.key)
    dialect = dialect_of(connection)
    dialect.forget_text(connection, [each.sequence for each in plan.erased])
    # The forms of a document that loses a statement have its words too; they are made again without.
    derived = [*keys["document"], *plan.texts]
    for table in (schema.forms, schema.report_keys):
        _delete(connection, table.c.document, derived)
    for table in (schema.stored_labels, schema.stored_links, schema.stored_rows, schema.stored_boards):
        connection.execute(delete(table))
    with dialect.deleting(connection, [TABLES[kind][0].name for kind in _ORDER if keys[kind]]):
        for kind in _ORDER:
            table, name = TABLES[kind]
            _delete(connection, table.c[name], keys[kind])
    _forget_protections(connection)
    appender = Appender(connection, now)
    appender.erasure(erasure)
    appender.write()
    stones = [
        {"entry": each.sequence, "kind": each.kind, "key": each.key, "erasure": erasure.id}
        for each in plan.erased
    ]
    connection.execute(insert(schema.tombstones), stones)
    return plan, erasure


def _forget_protections(connection: Connection) -> None:
    """Take from what is noted of protections the judgements that are gone, and those that took these back."""
    table, held = schema.protections, schema.judgements
    noted = connection.execute(select(table.c.judgement)).scalars().all()
    rows = _rows(connection, held.c.id, noted, held.c.payload)
    kept = {each.id for each in protecting(decode(row.payload, Judgement) for row in rows)}
    _delete(connection, table.c.judgement, sorted(set(noted) - kept))


def _delete(connection: Connection, column: Column[str], keys: Sequence[str]) -> None:
    for start in range(0, len(keys), AT_ONCE):
        connection.execute(delete(column.table).where(column.in_(keys[start : start + AT_ONCE])))


def _one(connection: Connection, wanted: Column[str], column: Column[str], key: str) -> str:
    return connection.execute(select(wanted).where(column == key)).scalar_one()


def _rows(
    connection: Connection, column: Column[str], keys: Sequence[str], *more: Column[Any]
) -> Iterable[Any]:
    """Give this and more columns of the rows in whose column one of the keys stands."""
    for start in range(0, len(keys), AT_ONCE):
        query = select(column, *(each for each in more if each is not column))
        yield from connection.execute(query.where(column.in_(keys[start : start + AT_ONCE]))).all()
