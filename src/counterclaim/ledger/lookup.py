"""Reading nouns back from the tables."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from difflib import get_close_matches
from typing import NamedTuple, TypeVar

from sqlalchemy import Column, ColumnElement, Connection, Select, and_, select

from counterclaim.disputes import moment
from counterclaim.ledger import schema
from counterclaim.ledger.entries import TABLES
from counterclaim.ledger.redaction import read_noun, redaction_of, shown_id
from counterclaim.ledger.tombstones import erased_among, refuse_name
from counterclaim.model import (
    AmbiguousNameError,
    Annotations,
    Document,
    Judgement,
    Report,
    SchemaError,
    Statement,
    UnknownNameError,
    load,
)
from counterclaim.model.errors import Messages
from counterclaim.model.judgement import by_program

Noun = TypeVar("Noun", Document, Annotations, Statement, Judgement)
_KINDS: dict[type, str] = {
    Document: "document",
    Annotations: "annotations",
    Statement: "statement",
    Judgement: "judgement",
}
_LAST = "\U0010ffff"
AT_ONCE = 500
"""Values in one IN (...) list: SQLite allows 32,766 parameters, other databases fewer."""
_COMPARED = 2000
"""Ids with which an unknown one is compared at most."""
_KEY = re.compile("d-[0-9a-f]{16}")
_LONGEST = 200
"""Characters of an unknown id that are compared."""


def decode(payload: str, kind: type[Noun]) -> Noun:
    """Read a stored payload. Raises SchemaError where it is not of the kind expected."""
    noun = load(payload)
    if not isinstance(noun, kind):
        raise SchemaError(f"a {_KINDS[kind]} was expected, not a {type(noun).__name__.lower()}")
    return noun


def nouns(
    connection: Connection, kind: type[Noun], until: int | None, document: str | None = None
) -> tuple[Noun, ...]:
    """Return all nouns of a kind recorded until then (microseconds), sorted by what names them.

    With ``document``, only the statements or annotations of the document with this key.
    """
    table, name = TABLES[_KINDS[kind]]
    query = select(table.c.payload).order_by(table.c[name])
    if document is not None:
        query = query.where(table.c.document == document)
    if until is not None:
        query = query.where(table.c.recorded <= until)
    return tuple(read_noun(connection, payload, kind) for payload in connection.execute(query).scalars())


def reports(
    connection: Connection, keys: Iterable[str], until: int | None = None, *, statements: bool = True
) -> list[Report]:
    """Return the reports with these document keys that were recorded until then, sorted by key.

    Their statements stand in order of the text, or are left out; they and the annotations were recorded
    with the document.
    """
    wanted = sorted(set(keys))
    documents: list[Document] = []
    said: defaultdict[str, list[Statement]] = defaultdict(list)
    notes: dict[str, Annotations] = {}
    for start in range(0, len(wanted), AT_ONCE):
        part = wanted[start : start + AT_ONCE]
        table = schema.documents
        query = select(table.c.payload).where(table.c.key.in_(part))
        if until is not None:
            query = query.where(table.c.recorded <= until)
        documents += [
            read_noun(connection, payload, Document) for payload in connection.execute(query).scalars()
        ]
        read = schema.notes
        for payload in connection.execute(select(read.c.payload).where(read.c.document.in_(part))).scalars():
            found = read_noun(connection, payload, Annotations)
            notes[found.document] = found
        stated = schema.statements
        query = select(stated.c.payload).where(stated.c.document.in_(part))
        for payload in connection.execute(query).scalars() if statements else ():
            statement = read_noun(connection, payload, Statement)
            said[statement.document].append(statement)
    return [
        Report(
            document=document,
            statements=tuple(sorted(said[document.key], key=lambda s: (s.content[0].start, s.id))),
            annotations=notes.get(document.key),
        )
        for document in sorted(documents, key=lambda document: document.key)
    ]


def statement_ids(connection: Connection, beginning: str, until: int, most: int) -> list[str]:
    """Return at most so many ids of statements recorded until then that begin so, sorted."""
    table = schema.statements
    query = select(table.c.id).where(_begins(table.c.id, beginning), table.c.recorded <= until)
    found = query.order_by(table.c.id).limit(most)
    return list(connection.execute(found).scalars()) if can_be_held(beginning) else []


def named(connection: Connection, kind: type[Noun], names: Iterable[str]) -> dict[str, Noun]:
    """Return the nouns of a kind that have these names, by name."""
    table, column = TABLES[_KINDS[kind]]
    wanted = sorted(set(names))
    found: dict[str, Noun] = {}
    for start in range(0, len(wanted), AT_ONCE):
        query = select(table.c[column], table.c.payload)
        query = query.where(table.c[column].in_(wanted[start : start + AT_ONCE]))
        found.update(
            (name, read_noun(connection, payload, kind)) for name, payload in connection.execute(query)
        )
    return found


def holds_capture(connection: Connection, sha256: str) -> bool:
    """Tell whether the ledger holds the bytes with this digest."""
    table = schema.captures
    return connection.execute(select(table.c.sha256).where(table.c.sha256 == sha256)).first() is not None


def capture_content(connection: Connection, sha256: str) -> bytes:
    """Return the bytes with this digest, none where the ledger does not hold them."""
    table = schema.captures
    content = connection.execute(select(table.c.content).where(table.c.sha256 == sha256)).scalar()
    return bytes(content) if isinstance(content, bytes | memoryview) else b""


def new_judgements(connection: Connection, judgements: Iterable[Judgement]) -> list[Judgement]:
    """Return those judgements that the ledger does not hold yet, sorted by id.

    What a program finds again after it was erased is left out too.
    """
    wanted = {judgement.id: judgement for judgement in judgements}
    for gone in erased_among(
        connection, "judgement", (each.id for each in wanted.values() if by_program(each))
    ):
        del wanted[gone]
    ids = sorted(wanted)
    table = schema.judgements
    for start in range(0, len(ids), AT_ONCE):
        part = ids[start : start + AT_ONCE]
        for held in connection.execute(select(table.c.id).where(table.c.id.in_(part))).scalars():
            del wanted[held]
    return [wanted[key] for key in sorted(wanted)]


def decisions(connection: Connection, until: int | None) -> tuple[str, ...]:
    """Return the ids of the judgements that people made until then, in the order of the log."""
    table = schema.judgements
    query = select(table.c.payload).where(schema.BY_PEOPLE).order_by(table.c.sequence)
    if until is not None:
        query = query.where(table.c.recorded <= until)
    found = (read_noun(connection, payload, Judgement) for payload in connection.execute(query).scalars())
    return tuple(judgement.id for judgement in found if not judgement.author.startswith("program:"))


def sequence_until(connection: Connection, until: int | None) -> int | None:
    """Return the number of the last entry recorded until then (0 for none); None for no limit."""
    if until is None:
        return None
    entries = schema.entries
    query = select(entries.c.sequence).where(entries.c.recorded <= until)
    return connection.execute(query.order_by(entries.c.sequence.desc()).limit(1)).scalar() or 0


def entry_until(connection: Connection, until: int | None) -> tuple[int, int] | None:
    """Return number and time (microseconds) of the last entry recorded until then; None for none."""
    entries = schema.entries
    query = select(entries.c.sequence, entries.c.recorded).order_by(entries.c.sequence.desc()).limit(1)
    if until is not None:
        query = query.where(entries.c.recorded <= until)
    row = connection.execute(query).first()
    return (row.sequence, row.recorded) if row else None


def keys_of(connection: Connection, ids: Iterable[str], until: int) -> list[str]:
    """Return the keys of all versions, recorded until then, of documents that readers see under these ids."""
    table = schema.documents
    redaction = redaction_of(connection)
    wanted = sorted(set(ids))
    found: set[str] = set()
    for start in range(0, len(wanted), AT_ONCE):
        part = wanted[start : start + AT_ONCE]
        query = select(table.c.key).where(table.c.id.in_(part), table.c.recorded <= until)
        found.update(connection.execute(query).scalars())
    if redaction is not None:
        found.update(key for each in wanted for key in redaction.found_by(each))
    return sorted(found)


def find_document(connection: Connection, name: str, until: int | None) -> Document:
    """Return the document whose id or key is ``name``, or the only one whose id or key begins so.

    Of several versions of one id the one that its outlet dates last, else the one recorded last. Raises
    LedgerError where none fits, or several different ones.
    """
    table = schema.documents
    fits = _begins(table.c.id, name) | _begins(table.c.key, name)
    query = select(table.c.id, table.c.key, table.c.payload).order_by(table.c.recorded)
    if until is not None:
        query = query.where(table.c.recorded <= until)
    rows = (
        [_Row(r.id, r.key, r.payload) for r in connection.execute(query.where(fits))]
        if can_be_held(name)
        else []
    )
    rows = _as_shown(connection, name, rows, query)
    rows = [row for row in rows if name in (row.id, row.key)] or rows
    if not rows:
        refuse_name(connection, name)
        near = _near(connection, name, until, table.c.id, alike="")
        raise UnknownNameError(Messages.name_unknown(name, near))
    ids = sorted({row.id for row in rows})
    if len(ids) > 1:
        raise AmbiguousNameError(Messages.name_ambiguous(name, ids))
    versions = [read_noun(connection, row.payload, Document) for row in rows]
    return max(enumerate(versions), key=lambda each: (moment(each[1]), each[0]))[1]


class _Row(NamedTuple):
    id: str
    key: str
    payload: str


def _as_shown(
    connection: Connection, name: str, rows: list[_Row], query: Select[tuple[str, str, str]]
) -> list[_Row]:
    """Return rows with their ids as a reader sees them, those alone that the name fits then."""
    redaction = redaction_of(connection)
    if redaction is None:
        return rows
    also = query.where(schema.documents.c.key.in_(redaction.found_by(name)))
    shown: dict[str, _Row] = {}
    for row in (*rows, *(_Row(each.id, each.key, each.payload) for each in connection.execute(also))):
        touched = redaction.masks.may_touch(row.id)
        name_shown = read_noun(connection, row.payload, Document).id if touched else row.id
        if name_shown.startswith(name) or row.key.startswith(name):
            shown[row.key] = _Row(name_shown, row.key, row.payload)
    return list(shown.values())


def find_statement(connection: Connection, name: str, until: int | None) -> Statement:
    """Return the statement whose id is ``name``, or the only one whose id begins so."""
    table = schema.statements
    query = select(table.c.id, table.c.payload).where(_begins(table.c.id, name))
    if until is not None:
        query = query.where(table.c.recorded <= until)
    rows = connection.execute(query.order_by(table.c.id)).all() if can_be_held(name) else []
    if not rows:
        refuse_name(connection, name)
        raise UnknownNameError(
            Messages.name_unknown(name, _near(connection, name, until, table.c.id, alike=name[:4]))
        )
    if len(rows) > 1:
        raise AmbiguousNameError(Messages.name_ambiguous(name, [row.id for row in rows]))
    return read_noun(connection, rows[0].payload, Statement)


def _begins(column: Column[str], name: str) -> ColumnElement[bool]:
    """Compare by range, which an index answers, and which takes no character for a wildcard."""
    return and_(column >= name, column < name + _LAST)


def _near(connection: Connection, name: str, until: int | None, column: Column[str], alike: str) -> list[str]:
    """Return up to three ids that look like ``name``, the likest first, of those that begin with ``alike``.

    None for the key of a document in full: it is made by a program, and no slip of the pen.
    """
    if not can_be_held(name) or _KEY.fullmatch(name):
        return []
    query = select(column).distinct().where(_begins(column, alike)).order_by(column).limit(_COMPARED)
    if until is not None:
        query = query.where(column.table.c.recorded <= until)
    candidates = [shown_id(connection, each) for each in connection.execute(query).scalars()]
    return get_close_matches(name[:_LONGEST], candidates, n=3, cutoff=0.7)


def can_be_held(name: str) -> bool:
    """Tell whether a name can stand in a ledger: it is not empty and can be written as UTF-8."""
    return bool(name) and not any("\ud800" <= character <= "\udfff" for character in name)
