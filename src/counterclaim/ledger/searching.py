"""Full-text search over statements and documents."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

import msgspec
from sqlalchemy import Connection

from counterclaim.ledger.dialect import dialect_of
from counterclaim.ledger.lookup import named, reports, sequence_until
from counterclaim.ledger.matches import Match, body_of, query_terms
from counterclaim.ledger.redaction import redaction_of
from counterclaim.ledger.snippets import places
from counterclaim.ledger.words import folded_words
from counterclaim.model import Document, Report, Span, Statement

CONSIDERED = 1000
"""Matches that are ranked, the newest of all; no search gives more."""


class SearchHit(msgspec.Struct, frozen=True, kw_only=True):
    """A match: a document, and the statement that holds the words (None where only its text does).

    ``spans`` are the first places in the document's text where the words stand (within source, cue
    and content of the statement, if there is one), in order; none where they stand only in the
    title, the publisher or a speaker's full name.
    """

    document: Document
    statement: Statement | None = None
    spans: tuple[Span, ...] = ()


def text_rows(report: Report, places_in_log: Mapping[tuple[str, str], int]) -> list[dict[str, Any]]:
    """Return what the full-text table holds of a report: its text, and each statement's words."""
    document = report.document
    text = "\n".join(part for part in (document.title, document.publisher, document.text) if part)
    rows = [_row("document", document.key, document.key, text, places_in_log)]
    for statement in report.statements:
        who = statement.speaker.label if statement.speaker else ""
        text = " ".join((who, statement.source_text, statement.cue_text, statement.content_text))
        rows.append(_row("statement", statement.id, document.key, text, places_in_log))
    return rows


def _row(
    kind: str, key: str, document: str, text: str, places_in_log: Mapping[tuple[str, str], int]
) -> dict[str, Any]:
    words = folded_words(text)
    return {
        "sequence": places_in_log[kind, key],
        "kind": kind,
        "key": key,
        "document": document,
        "words": len(words),
        "body": body_of(words),
    }


def search(connection: Connection, query: str, limit: int, until: int | None) -> list[SearchHit]:
    """Return the matches for ``query``, best first.

    Words are joined by "and", a phrase stands in double quotes, case and accents are left out of
    account. No word, no match. The CONSIDERED newest matches are ranked, so that a common word does
    not take longer the more the ledger holds: those first in which the terms take up most of the words,
    among equals statements before documents, and what was recorded last before what was recorded
    earlier. A document is listed only where none of its statements is. The order is the same in
    every database.
    """
    terms = query_terms(query)
    if not terms:
        return []
    last = sequence_until(connection, until)
    matches = dialect_of(connection).matches(connection, terms, last, CONSIDERED)
    best = _ranked(_not_by_protected(connection, matches, terms))[:limit]
    documents = named(connection, Document, {match.document for match in best})
    statements = named(connection, Statement, {match.key for match in best if match.kind == "statement"})
    return [_hit(documents[match.document], statements.get(match.key), terms) for match in best]


def _not_by_protected(
    connection: Connection, matches: list[Match], terms: Sequence[Sequence[str]]
) -> list[Match]:
    """Leave out what a reader without the protected words would not find."""
    redaction = redaction_of(connection)
    if redaction is None or not any(redaction.masks.meets(word) for term in terms for word in term):
        return matches
    places_in_log: defaultdict[tuple[str, str], int] = defaultdict(int)
    bodies = {
        row["key"]: row["body"]
        for report in reports(connection, {match.document for match in matches})
        for row in text_rows(report, places_in_log)
    }
    return [match for match in matches if all(body_of(term) in bodies[match.key] for term in terms)]


def _ranked(matches: Sequence[Match]) -> list[Match]:
    """Return what is listed of the matches, best first."""
    said = {match.document for match in matches if match.kind == "statement"}
    listed = (match for match in matches if match.kind == "statement" or match.document not in said)
    return sorted(
        listed,
        key=lambda match: (-match.occurrences / match.words, match.kind != "statement", -match.sequence),
    )


def _hit(document: Document, statement: Statement | None, terms: Sequence[Sequence[str]]) -> SearchHit:
    ranges = [(0, len(document.text))]
    if statement:
        said = (*statement.source, *statement.cue, *statement.content)
        ranges = [(span.start, span.end) for span in said]
    return SearchHit(document=document, statement=statement, spans=places(document.text, terms, ranges))
