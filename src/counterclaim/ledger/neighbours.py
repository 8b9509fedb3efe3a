"""Which reports a new one is compared with, and the forms in which they are compared.

Keys and forms are derived: where another version of the linker made them, or none, they are made again
from the reports, once.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import Connection, Select, and_, delete, insert, select

from counterclaim.disputes import version_keys
from counterclaim.ledger import schema
from counterclaim.ledger.derived_check import form_digest
from counterclaim.ledger.lookup import AT_ONCE, reports
from counterclaim.model import Form, Keys, Linker, Report


def neighbours(connection: Connection, keys: Keys, linker: Linker, since: int = 0) -> list[Form]:
    """Return the forms of the reports with which one with these keys is compared, sorted by document key.

    Only those after place ``since`` of the log.
    """
    table, held = schema.report_keys, schema.documents
    shared: defaultdict[str, set[str]] = defaultdict(set)
    for part in _parts(keys.sought):
        query = select(table.c.document, table.c.key).where(table.c.key.in_(part))
        if since:
            recent = select(held.c.key).where(held.c.sequence > since)
            query = query.where(table.c.document.in_(recent))
        for document, key in connection.execute(query).all():
            shared[document].add(key)
    return forms(connection, sorted(key for key, common in shared.items() if linker.near(common)), linker)


def forms(connection: Connection, documents: Sequence[str], linker: Linker) -> list[Form]:
    """Return the forms of the documents with these keys, in order."""
    table = schema.forms
    found: dict[str, Form] = {}
    for part in _parts(documents):
        query = select(table.c.document, table.c.payload)
        query = query.where(table.c.document.in_(part), table.c.version == linker.version)
        found.update((key, Form(document=key, payload=payload)) for key, payload in connection.execute(query))
    return [found[key] for key in documents]


def keep(
    connection: Connection, report: Report, keys: Keys, linker: Linker, form: Form | None = None
) -> None:
    """Store keys and form of a report that the ledger now holds, and the keys of its versions.

    The linker makes the form where None is given.
    """
    document = report.document.key
    held = (*keys.held, *version_keys(report.document))
    connection.execute(insert(schema.report_keys), [{"key": key, "document": document} for key in held])
    payload = (form or linker.form(report)).payload
    row = {"document": document, "version": linker.version, "payload": payload}
    row["digest"] = form_digest(document, linker.version, payload, held)
    connection.execute(insert(schema.forms), [row])


def lacking(connection: Connection, linker: Linker, since: int) -> bool:
    """Tell whether reports after place ``since`` of the log have no keys and form of this linker."""
    return connection.execute(_unformed(linker, since).limit(1)).first() is not None


def _unformed(linker: Linker, since: int) -> Select[Any]:
    made, held = schema.forms, schema.documents
    form = and_(made.c.document == held.c.key, made.c.version == linker.version)
    query = select(held.c.key).select_from(held.outerjoin(made, form))
    return query.where(held.c.sequence > since, made.c.document.is_(None))


def bring_up_to_date(connection: Connection, linker: Linker, since: int) -> None:
    """Make keys and forms again for the reports that have none of this linker.

    Only those after place ``since`` of the log are looked at: up to there somebody has looked already.
    """
    made = schema.forms
    missing = connection.execute(_unformed(linker, since)).scalars().all()
    for part in _parts(sorted(missing)):
        connection.execute(delete(schema.report_keys).where(schema.report_keys.c.document.in_(part)))
        connection.execute(delete(made).where(made.c.document.in_(part)))
        for report in reports(connection, part):
            keep(connection, report, linker.keys(report), linker)


def _parts(values: Sequence[str]) -> Iterator[Sequence[str]]:
    return (values[start : start + AT_ONCE] for start in range(0, len(values), AT_ONCE))
