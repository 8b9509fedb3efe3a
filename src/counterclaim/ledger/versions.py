"""Versions of one report in a ledger: which are held of a report that comes in, and how they are linked.

A report that comes in is linked with the versions of it next to it in time
(:func:`counterclaim.disputes.revisions`), so that any order of recording gives the same chain.
"""

from __future__ import annotations

from sqlalchemy import Connection, select

from counterclaim.disputes import revisions, version_keys
from counterclaim.ledger import schema
from counterclaim.ledger.lookup import decode
from counterclaim.model import Document, Judgement

LOOKED_AT = 100
"""How many documents of one id, or at one address, are looked at: those recorded last. One that is linked
with any of them is linked with all their versions."""


def held_documents(connection: Connection, document: Document) -> list[Document]:
    """Return the documents that have the id or the address of this one, as they were recorded."""
    keys, table = schema.report_keys, schema.documents
    found: dict[int, Document] = {}
    for key in version_keys(document):
        named = (
            select(table.c.sequence, table.c.payload)
            .join(keys, keys.c.document == table.c.key)
            .where(keys.c.key == key)
            .order_by(table.c.sequence.desc())
            .limit(LOOKED_AT)
        )
        for sequence, payload in connection.execute(named):
            found[sequence] = decode(payload, Document)
    return [each for _sequence, each in sorted(found.items())]


def linked_versions(connection: Connection, document: Document) -> list[Judgement]:
    """Return how a report that is about to be recorded stands to the versions of it that are held."""
    return revisions(document, held_documents(connection, document))
