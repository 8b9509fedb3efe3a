"""Every noun of a ledger as JSON Lines, which :func:`counterclaim.model.load_line` reads back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from counterclaim.exports.source import STORED, Sort, Source
from counterclaim.ledger import Recorded
from counterclaim.model import (
    Actor,
    Annotations,
    Capture,
    Claim,
    Dispute,
    Document,
    Judgement,
    Line,
    Statement,
    dump,
    dump_line,
)


def lines(source: Source) -> Iterator[bytes]:
    """Give one line a noun: what was received and read, then what was judged, then what follows from it.

    Captures, documents, annotations, statements and judgements are what the ledger stores, each with
    its place in the log (docs/formats.md has the contract); actors, claims and disputes are read
    off these. Each sort is in order of its ids, so that equal ledgers give equal lines. What is stored
    is read in constant memory; the board is read where one of its sorts is wanted.
    """
    wanted = source.choices.nouns
    for sort in Sort:
        if sort in wanted:
            yield from _lines_of(source, sort)


def stored_lines(source: Source) -> Iterator[bytes]:
    """Give the lines of what the ledger stores, all sorts of it, in constant memory."""
    for sort in STORED:
        yield from _lines_of(source, sort)


def _lines_of(source: Source, sort: Sort) -> Iterator[bytes]:
    match sort:
        case Sort.CAPTURES:
            yield from _placed(source, source.nouns(Capture))
        case Sort.DOCUMENTS:
            yield from _placed(source, source.nouns(Document))
        case Sort.ANNOTATIONS:
            yield from _placed(source, source.nouns(Annotations))
        case Sort.STATEMENTS:
            yield from _placed(source, source.nouns(Statement))
        case Sort.JUDGEMENTS:
            yield from _placed(source, source.nouns(Judgement))
        case Sort.ACTORS:
            yield from _derived(source.catalogue.board.actors)
        case Sort.CLAIMS:
            yield from _derived(source.catalogue.board.claims)
        case Sort.DISPUTES:
            yield from _derived(source.catalogue.board.disputes)


def _placed(
    source: Source,
    stored: Iterator[Recorded[Capture]]
    | Iterator[Recorded[Document]]
    | Iterator[Recorded[Annotations]]
    | Iterator[Recorded[Statement]]
    | Iterator[Recorded[Judgement]],
) -> Iterator[bytes]:
    for each in stored:
        if source.choices.recorded:
            recorded = each.recorded.isoformat(timespec="microseconds").replace("+00:00", "Z")
            yield dump_line(Line(noun=each.noun, recorded=recorded, sequence=each.sequence)) + b"\n"
        else:
            yield dump(each.noun) + b"\n"


def _derived(nouns: Iterable[Actor] | Iterable[Claim] | Iterable[Dispute]) -> Iterator[bytes]:
    for noun in nouns:
        yield dump(noun) + b"\n"
