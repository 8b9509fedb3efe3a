"""Reports and single statements with citations, and what a search finds."""

from __future__ import annotations

from typing import Annotated

import msgspec
from msgspec import Meta

from counterclaim.ledger import SearchHit
from counterclaim.model import Document, LedgerError, Statement
from counterclaim.model.errors import Messages
from counterclaim.views.brief import NAMES
from counterclaim.views.catalogue import Catalogue
from counterclaim.views.cited.citation import (
    Citation,
    Quotation,
    Words,
    citation_of,
    quotation_of,
    words_at,
)
from counterclaim.views.cited.known import Known
from counterclaim.views.cited.naming import what_it_is
from counterclaim.views.cited.paging import Page, Place, page
from counterclaim.views.document import DocumentView, SideView
from counterclaim.views.names import Named
from counterclaim.views.statement import StatementView

STATEMENTS = 40
"""Statements that are given with one stretch of a report at most."""
SPANS = 40
"""Parts of one statement that are given at most."""
LONGEST_PART = 600
"""Characters of one part of a statement that are given at most."""


class PartOfStatement(msgspec.Struct, frozen=True, kw_only=True):
    """One part of a statement: its words, their characters in the text, and their bytes in the capture.

    The bytes are null where the capture is withheld, since protected words stand in it, and where the words
    do not stand in the bytes (PDF, mail): ``source_place`` tells where then.
    """

    role: str
    at: Words
    byte_start: int | None
    byte_end: int | None
    source_place: str | None = None


class StatementAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """One statement with the way back to its source."""

    as_of: Annotated[str, Meta(description="The moment of the ledger; ask again with as_of for the same.")]
    quotation: Quotation
    parts: Annotated[
        tuple[PartOfStatement, ...],
        Meta(description="Source, cue, content, hedge, verification and others, each with its place."),
    ]
    more_parts: int
    said: str | None
    happened: Annotated[str | None, Meta(description="When what is claimed is said to have happened.")]
    claim: Named | None
    sides: tuple[SideView, ...]
    reported_by: Annotated[str | None, Meta(description="The statement inside which this one stands.")]
    found_by: Annotated[str, Meta(description="Name and version of what found the statement.")]
    confidence: float
    people_decided: Annotated[int, Meta(description="How many decisions of analysts there are on it.")]


class ReportAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """A stretch of a report's text, and the statements that begin in it.

    ``next_start`` is where to go on, null at the end.
    """

    as_of: Annotated[str, Meta(description="The moment of the ledger; ask again with as_of for the same.")]
    citation: Citation
    byline: str | None
    language: str | None
    modified: str | None
    versions: Annotated[int, Meta(description="How many versions of this report the ledger holds.")]
    latest_version: bool
    analysed: Annotated[bool, Meta(description="False where the text was not read for statements.")]
    corrected_by: Annotated[
        tuple[str, ...], Meta(description="Ids of reports that correct or retract this one.")
    ]
    not_independent_of: Annotated[
        tuple[Named, ...], Meta(description="Reports of which it is a copy or derived, or that are of it.")
    ]
    characters: Annotated[int, Meta(description="Length of the whole text in code points.")]
    text: Words
    next_start: int | None
    statements: tuple[Quotation, ...]
    more_statements: Annotated[int, Meta(description="Statements in this stretch that are not given.")]


class Found(msgspec.Struct, frozen=True, kw_only=True):
    """One match: a statement, or a report of which only the text holds the words (``places``)."""

    quotation: Quotation | None
    citation: Citation
    places: tuple[Words, ...]


class SearchAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """A page of matches, best first."""

    as_of: Annotated[str, Meta(description="The moment of the ledger; ask again with as_of for the same.")]
    found: tuple[Found, ...]
    page: Page


def show_statement(known: Known, name: str) -> StatementAnswer:
    """Return one statement. Raises LedgerError where the name is that of none."""
    view = known.answer(name)
    if not isinstance(view, StatementView):
        kind, tool = what_it_is(view)
        raise LedgerError(Messages.something_else(name, kind, "statement", tool))
    part = known.part(statements=[view.id])
    return StatementAnswer(
        as_of=known.as_of,
        quotation=quotation_of(part, part.statements[view.id]),
        parts=tuple(
            PartOfStatement(
                role=each.role,
                at=_cut(each.start, each.quote, LONGEST_PART),
                byte_start=each.byte_start,
                byte_end=each.byte_end,
                source_place=each.source_place,
            )
            for each in view.spans[:SPANS]
        ),
        more_parts=max(0, len(view.spans) - SPANS),
        said=view.said,
        happened=view.happened,
        claim=view.claim,
        sides=view.sides[:NAMES],
        reported_by=view.reported_by,
        found_by=view.model,
        confidence=view.confidence,
        people_decided=len(view.decisions),
    )


def read_report(known: Known, name: str, version: str | None, start: int, length: int) -> ReportAnswer:
    """Return at most ``length`` characters of a report from ``start`` on, with the statements in them.

    The stretch ends earlier where more than STATEMENTS begin in it. Raises LedgerError where the name is
    that of no report, and where ``start`` is not before its end.
    """
    view = known.answer(name, version)
    if not isinstance(view, DocumentView):
        kind, tool = what_it_is(view)
        raise LedgerError(Messages.something_else(name, kind, "report", tool))
    part = known.part(documents=[view.key])
    document = part.documents[view.key]
    if start and start >= len(document.text):
        raise LedgerError(Messages.start_outside(view.id, start, len(document.text)))
    end = min(len(document.text), start + length)
    stated = [each for each in part.statements_of(view.key) if each.part_of is None]
    here = [each for each in stated if start <= each.content[0].start < end]
    if len(here) > STATEMENTS and here[STATEMENTS].content[0].start > start:
        end = here[STATEMENTS].content[0].start
        here = [each for each in here if each.content[0].start < end]
    versions = view.history.versions
    return ReportAnswer(
        as_of=known.as_of,
        citation=citation_of(document),
        byline=view.byline,
        language=view.language,
        modified=view.modified,
        versions=max(1, len(versions)),
        latest_version=all(each.latest for each in versions if each.shown),
        analysed=view.analysed,
        corrected_by=tuple(each.document.name for each in view.history.corrected_by)[:NAMES],
        not_independent_of=tuple(each.document for each in view.related)[:NAMES],
        characters=len(document.text),
        text=Words(start=start, end=end, words=document.text[start:end]),
        next_start=end if end < len(document.text) else None,
        statements=tuple(quotation_of(part, each) for each in here[:STATEMENTS]),
        more_statements=max(0, len(here) - STATEMENTS),
    )


def search(known: Known, words: str, place: Place, limit: int) -> SearchAnswer:
    """Return a page of the statements and reports that hold all these words, best first."""
    wanted = place.offset + limit + 1
    hits = known.ledger.search(words, wanted, known.moment)
    shown = hits[place.offset : place.offset + limit]
    part = known.part(statements=[each.statement.id for each in shown if each.statement])
    more = max(0, len(hits) - place.offset - len(shown))
    return SearchAnswer(
        as_of=known.as_of,
        found=tuple(_found(part, each) for each in shown),
        page=page(place.offset, len(shown), more, known.moment, at_least=bool(more)),
    )


def _found(part: Catalogue, hit: SearchHit) -> Found:
    return Found(
        quotation=_quoted(part, hit.statement),
        citation=citation_of(hit.document),
        places=_around(hit),
    )


def _quoted(part: Catalogue, statement: Statement | None) -> Quotation | None:
    return quotation_of(part, statement) if statement is not None else None


def _around(hit: SearchHit) -> tuple[Words, ...]:
    """Return the lines in which the words stand, where no statement holds them; each line once."""
    if hit.statement is not None:
        return ()
    lines = dict.fromkeys(_line(hit.document, span.start) for span in hit.spans)
    return tuple(words_at(hit.document.span(start, end)) for start, end in list(lines)[:3])


def _line(document: Document, place: int) -> tuple[int, int]:
    start = document.text.rfind("\n", 0, place) + 1
    end = document.text.find("\n", place)
    return start, end if end >= 0 else len(document.text)


def _cut(start: int, words: str, most: int) -> Words:
    shown = words[:most]
    return Words(start=start, end=start + len(shown), words=shown, more_characters=len(words) - len(shown))
