"""Versions of one report in a ledger: which are held of a report that comes in, and how they are linked.

A report that comes in is linked with every version of it that is held, by one judgement a pair, so that
any order of recording gives the same chain (:func:`counterclaim.disputes.read_versions`).
"""

from __future__ import annotations

from sqlalchemy import Connection, select

from counterclaim.disputes import basis_of, revision, version_keys
from counterclaim.ledger import schema
from counterclaim.ledger.lookup import decode
from counterclaim.model import Document, Judgement


def held_versions(connection: Connection, document: Document) -> list[Document]:
    """Return the documents in the ledger that are other versions of this report, sorted by key."""
    keys, table = schema.report_keys, schema.documents
    named = select(keys.c.document).where(keys.c.key.in_(version_keys(document)))
    query = select(table.c.payload).where(table.c.key.in_(named)).order_by(table.c.key)
    found = (decode(payload, Document) for payload in connection.execute(query).scalars())
    return [other for other in found if basis_of(document, other) is not None]


def revisions(connection: Connection, document: Document) -> list[Judgement]:
    """Return how a report that is about to be recorded stands to each version of it that is held."""
    found = (revision(document, other) for other in held_versions(connection, document))
    return [judgement for judgement in found if judgement is not None]
