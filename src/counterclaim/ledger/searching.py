"""Full-text search over statements and documents."""

from __future__ import annotations

from typing import Any

import msgspec
from sqlalchemy import Connection, select

from counterclaim.ledger import schema
from counterclaim.ledger.dialect import match_expression, search_text
from counterclaim.ledger.lookup import decode
from counterclaim.model import Document, Report, Statement


class SearchHit(msgspec.Struct, frozen=True, kw_only=True):
    """A match: a document, and the statement that holds the words (None where only its text does)."""

    document: Document
    statement: Statement | None = None


def text_rows(report: Report, recorded: int) -> list[dict[str, Any]]:
    """Return what the full-text table holds of a report: its text, and each statement's words."""
    document = report.document
    common = {"document": document.key, "recorded": recorded}
    body = "\n".join(part for part in (document.title, document.publisher, document.text) if part)
    rows: list[dict[str, Any]] = [{"kind": "document", "key": document.key, "body": body} | common]
    for statement in report.statements:
        who = statement.speaker.label if statement.speaker else ""
        words = " ".join((who, statement.source_text, statement.cue_text, statement.content_text))
        rows.append({"kind": "statement", "key": statement.id, "body": words} | common)
    return rows


def search(connection: Connection, query: str, limit: int, until: int | None) -> list[SearchHit]:
    """Return the matches for ``query``, best first, statements before documents among equals.

    Words are joined by "and", a phrase stands in double quotes, case and accents are left out of
    account. A document is listed only where none of its statements is. No word, no match.
    """
    expression = match_expression(query)
    if expression is None:
        return []
    return [
        SearchHit(
            document=_document(connection, document),
            statement=_statement(connection, key) if kind == "statement" else None,
        )
        for kind, key, document in search_text(connection, expression, until, limit)
    ]


def _document(connection: Connection, key: str) -> Document:
    table = schema.documents
    return decode(
        connection.execute(select(table.c.payload).where(table.c.key == key)).scalar_one(), Document
    )


def _statement(connection: Connection, key: str) -> Statement:
    table = schema.statements
    return decode(
        connection.execute(select(table.c.payload).where(table.c.id == key)).scalar_one(), Statement
    )
