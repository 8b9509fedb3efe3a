"""Full-text search over statements and documents."""

from __future__ import annotations

from typing import Any

import msgspec
from sqlalchemy import Connection, select

from counterclaim.ledger import schema
from counterclaim.ledger.dialect import query_terms, search_text
from counterclaim.ledger.lookup import decode
from counterclaim.ledger.snippets import places
from counterclaim.model import Document, Report, Span, Statement


class SearchHit(msgspec.Struct, frozen=True, kw_only=True):
    """A match: a document, and the statement that holds the words (None where only its text does).

    ``spans`` are the first places in the document's text where the words stand (within source, cue
    and content of the statement, if there is one), in order; none where they stand only in the
    title, the publisher or a speaker's full name.
    """

    document: Document
    statement: Statement | None = None
    spans: tuple[Span, ...] = ()


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
    terms = query_terms(query)
    if not terms:
        return []
    return [
        _hit(
            _document(connection, document),
            _statement(connection, key) if kind == "statement" else None,
            terms,
        )
        for kind, key, document in search_text(connection, terms, until, limit)
    ]


def _hit(document: Document, statement: Statement | None, terms: list[str]) -> SearchHit:
    ranges = [(0, len(document.text))]
    if statement:
        said = (*statement.source, *statement.cue, *statement.content)
        ranges = [(span.start, span.end) for span in said]
    return SearchHit(document=document, statement=statement, spans=places(document.text, terms, ranges))


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
